"""Suppression comments as they are written in Markdown and HTML."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from copydesk.compiled import compiled
from copydesk.offsets import Span
from copydesk.options import close_to
from copydesk.typed import NamedTuple

VERBS = ("ignore", "ignore-start", "ignore-end", "ignore-file")
_OPEN = compiled(r"<!--[ \t\r\n]{0,9}copydesk[ \t]{0,9}:")
_DIRECTIVE = compiled(r"\s*([\w-]*)\s*(?:\[([^\]]*)\])?(.*)", re.S)
_LONGEST = 2000
"""Code points of a comment: a longer one is prose, or a mark that was never closed."""
_FENCE = compiled(r"^ {0,3}(?:>[ \t]?)*(`{3,}|~{3,})(.*)$", re.M)


class Comment(NamedTuple):
    """One suppression comment: its range in the file, what it says, or what is wrong with it."""

    start: int
    end: int
    verb: str
    selectors: tuple[str, ...] = ()
    problem: str = ""

    @property
    def says(self) -> str:
        """The directive as written, without its reason."""
        return f"{self.verb}[{', '.join(self.selectors)}]" if self.selectors else self.verb


def comments(text: str, code: Sequence[Span]) -> Iterator[Comment]:
    """The suppression comments of a file's text in order, but not those shown as code."""
    if "copydesk" not in text:
        return
    shown = sorted(code)
    starts = [s.start for s in shown]
    ends = [0]
    for s in shown:
        ends.append(max(ends[-1], s.end))
    for m in _OPEN.finditer(text):
        if ends[bisect.bisect_right(starts, m.start())] > m.start():
            continue
        close = text.find("-->", m.end(), m.end() + _LONGEST)
        if close < 0:
            yield Comment(m.start(), m.end(), "", problem="a copydesk comment is not closed by -->")
        else:
            yield _comment(m.start(), close + 3, text[m.end() : close])


def _comment(start: int, end: int, body: str) -> Comment:
    m = _DIRECTIVE.match(body)
    verb, inside = (m[1], m[2]) if m else ("", None)
    if verb not in VERBS:
        return Comment(start, end, verb, problem=f"unknown directive {verb!r}{close_to(verb, VERBS)}")
    selectors = tuple(s for s in (part.strip() for part in (inside or "").split(",")) if s)
    if not selectors and verb != "ignore-end":
        return Comment(start, end, verb, problem=f"{verb} names no rule: write {verb}[rule] with a rule or family")
    return Comment(start, end, verb, selectors)


def fenced(text: str) -> Iterator[Span]:
    """The ranges of fenced code in Markdown (CommonMark 4.5); an unclosed fence runs to the end of the text."""
    opening: re.Match[str] | None = None
    for m in _FENCE.finditer(text):
        if opening is None:
            opening = m if m[1][0] == "~" or "`" not in m[2] else None
        elif m[1].startswith(opening[1]) and not m[2].strip():
            yield Span(opening.start(), m.end())
            opening = None
    if opening is not None:
        yield Span(opening.start(), len(text))
