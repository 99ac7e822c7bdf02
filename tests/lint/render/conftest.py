"""Findings to render, made without rules."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from copydesk.article import FileEdit
from copydesk.finding import FileFix, Finding, Related, Safety
from copydesk.render import Options, render
from copydesk.report import Report

Mark = Callable[..., Finding]
Shown = Callable[..., str]

_PLAIN = Finding("desk/a.txt", None, "names/spelling", "warning", "high", "", 0, 0, 1, 1, 1, 1, None, (), "f0", {})
_LINE_AT = 100


def marked(line: str, **changes: Any) -> Finding:
    """A finding in line 3 of a file; ``[`` and ``]`` in ``line`` enclose what is marked, ``new`` is its fix."""
    before, _, rest = line.partition("[")
    inside, _, after = rest.partition("]")
    text, start = before + inside + after, _LINE_AT + len(before)
    new: str | None = changes.pop("new", None)
    safety: Safety = changes.pop("safety", "safe")
    end = start + len(inside)
    fix = FileFix(changes.pop("title", "Mend it"), (FileEdit(start, end, new),), safety) if new is not None else None
    base = _PLAIN._replace(
        message="Something is wrong",
        start=start,
        end=end,
        line=3,
        column=len(before) + 1,
        end_line=3,
        end_column=len(before) + len(inside) + 1,
        fix=fix,
        source_line=text,
    )
    return base._replace(**changes)


def places(number: int) -> tuple[Related, ...]:
    """That many related places, each in a file and on a line of its number."""
    return tuple(Related(f"r{n}.txt", None, 0, 4, "also here", n, 2) for n in range(1, number + 1))


@pytest.fixture(scope="session")
def mark() -> Mark:
    """Makes a finding from a line with its marked part in brackets."""
    return marked


@pytest.fixture(scope="session")
def related() -> Callable[[int], tuple[Related, ...]]:
    """Makes related places."""
    return places


@pytest.fixture(scope="session")
def shown() -> Shown:
    """Renders findings, or a report, in a format."""

    def text(name: str, *findings: Finding, report: Report | None = None, **options: Any) -> str:
        return "".join(render(name, report or Report(findings), Options(**options)))

    return text


@pytest.fixture(scope="session")
def loaded(shown: Shown) -> Callable[..., Any]:
    """Renders findings, or a report, in a format that is JSON, and reads it back."""
    return lambda *args, **keys: json.loads(shown(*args, **keys))
