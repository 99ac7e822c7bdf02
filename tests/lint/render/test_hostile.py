"""Copy that tries to steer the terminal or the build service it is printed in."""

import json
import re
from collections.abc import Callable
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.finding import Finding, Notice, Related
from copydesk.render import FORMATS
from copydesk.render.visible import line_start, visible, width
from copydesk.report import Error, Fixed, Report

Mark = Callable[..., Finding]
Shown = Callable[..., str]

_PIECES = (
    *("\x1b[31m", "\x9b", "\x07", "\0", "\n", "\r", "\u2028", "\x85", "\t", " "),
    *("\u202e", "\u2066", "\u200b", "\ud800", "\U000e0041", "\ufeff", "\u3164", "\ufffe", "日", "e\u0301"),
    *("::error::", "##[group]", "##vso[x]", "%0A", "](1)", "]]>"),
)
PIECES = st.sampled_from(_PIECES)
HOSTILE = st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=5)), max_size=8).map("".join)
FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
_WORKFLOW = re.compile(r"##\[|##vso\[|^\s*::", re.M | re.I)


def report_of(mark: Mark, text: str) -> Report:
    """A report that says ``text`` wherever words of others can stand."""
    finding = mark("a [b]", path=text, message=text, new=text, title=text, article=text)
    place = Related(text, text, 0, 1, text, 1, 1)
    line = text + "x" + text
    finding = finding._replace(
        source_line=line,
        column=len(text) + 1,
        related=(place,),
        data={"evidence": text, "counts": {text: 1}, "matches": [{"path": text, "source": text}], text: [text]},
    )
    data = text.encode("utf-8", "surrogatepass")
    return Report(
        (finding,),
        (Error(text, text, 1),),
        notices=(Notice(text, text, 1),),
        fixed=(Fixed(text, ((text, 1),), data, b"x" + data),),
    )


def unsafe(output: str) -> set[str]:
    """The characters of an output that no terminal should see."""
    return {c for c in output if c != "\n" and (category(c) in FORBIDDEN or c in _BIDI)}


@pytest.mark.parametrize("name", FORMATS)
@given(text=HOSTILE)
@example(text=":")
@example(text="::error::x")
def test_nothing_reaches_the_terminal(mark: Mark, shown: Shown, name: str, text: str) -> None:
    output = shown(name, report=report_of(mark, text), show_fixes=True)
    assert unsafe(output) <= ({"\t"} if name == "diff" else set())
    assert not _WORKFLOW.search(output) or name == "github"
    output.encode()


@given(text=HOSTILE)
def test_a_github_line_is_one_command(mark: Mark, shown: Shown, text: str) -> None:
    lines = shown("github", report=report_of(mark, text)).split("\n")
    assert [line[: line.index(" ")] for line in lines[:-1]] == ["::error", "::warning", "::notice"]
    assert "##[" not in "".join(lines)


@given(text=HOSTILE)
def test_a_finding_takes_one_line(mark: Mark, shown: Shown, text: str) -> None:
    report = report_of(mark, text)
    assert shown("concise", report=report).count("\n") == 5
    assert len(shown("jsonl", report=report).splitlines()) == 1


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
@given(text=HOSTILE)
def test_json_stays_json(mark: Mark, shown: Shown, name: str, text: str) -> None:
    json.loads(shown(name, report=report_of(mark, text)))


@given(text=HOSTILE)
def test_carets_line_up(mark: Mark, shown: Shown, text: str) -> None:
    inside = "x" + text.replace("]", "").replace("[", "")
    line = text.replace("[", "").replace("]", "") + "[" + inside + "]" + " end"
    _, _, source, under, *_ = shown("full", mark(line), width=10_000).splitlines()
    columns = [c for c in source for _ in range(width(c))]
    carets = [n for n, c in enumerate(under) if c == "^"]
    assert carets == list(range(carets[0], carets[-1] + 1))
    assert columns[carets[0]] == "x"
    assert "".join(columns[carets[-1] + 1 :]) == " end"


@given(st.text(st.characters()))
def test_visible_text_is_printable_and_stays_so(text: str) -> None:
    assert not unsafe(visible(text)) and "\n" not in visible(text)
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("  ::x", "  \\x3a:x"),
        ("a::b", "a::b"),
        ("##[x", "#\\x23[x"),
        ("# #[", "# #["),
    ],
)
def test_a_line_begins_no_command(text: str, safe: str) -> None:
    assert line_start(text) == safe
