"""The diff of what fixes change."""

import difflib
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.render import Options, render
from copydesk.report import Fixed, Report

_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def diff(before: str, after: str) -> list[str]:
    """The lines of the diff of one file, without the summary."""
    report = Report((), fixed=(Fixed("a.txt", (("a/b", 1),), before.encode(), after.encode()),))
    return "".join(render("diff", report, Options(fixing="diff"))).split("\n")[:-2]


def apply(before: list[str], lines: list[str]) -> list[str]:
    """``before`` with a diff applied, every context and removed line checked."""
    out: list[str] = []
    at = 0
    for line in lines[2:]:
        header = _HEADER.fullmatch(line)
        if header:
            start = int(header[1]) - (header[2] != "0")
            out += before[at:start]
            at = start
            assert len(out) == int(header[3]) - (header[4] != "0")
        elif line[0] == "+":
            out.append(line[1:])
        elif line[0] in " -":
            assert before[at] == line[1:]
            at += 1
            out += [line[1:]] if line[0] == " " else []
    return out + before[at:]


LINES = st.lists(st.sampled_from(["a", "b", "c", "dd", "", "e"]), max_size=40)


@given(LINES, LINES)
def test_the_diff_leads_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    lines = diff("".join(f"{line}\n" for line in before), "".join(f"{line}\n" for line in after))
    assert apply(before, lines) == after


@given(st.integers(1, 60), st.sets(st.integers(0, 59), max_size=6))
def test_changed_lines_read_as_difflib_has_them(count: int, changed: set[int]) -> None:
    before = [f"line {n}\n" for n in range(count)]
    after = [f"LINE {n}\n" if n in changed else line for n, line in enumerate(before)]
    expected = "".join(difflib.unified_diff(before, after, "a.txt", "a.txt")).split("\n")[:-1]
    assert diff("".join(before), "".join(after)) == (expected or ["--- a.txt", "+++ a.txt"])


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\u200bb\n", "ab\n", ["-a<U+200B>b", "+ab"]),
        ("a\tb\n", "c\td\n", ["-a\tb", "+c\td"]),
        ("a\r\nb\r\n", "a\r\nc\r\n", [" a", "-b", "+c"]),
        ("a\r\nb\n", "a\nb\n", ["-a\\r", "+a", " b"]),
        ("a", "b\n", ["-a", "\\ No newline at end of file", "+b"]),
        ("x\n::error::y\n", "z\n::error::y\n", ["-x", "+z", " \\x3a:error::y"]),
        ("x\n##[error]y\n", "z\n##[error]y\n", ["-x", "+z", " #\\x23[error]y"]),
        ("x\u2028y\x0cz\n", "x y\x0cz\n", ["-x<U+2028>y\\x0cz", "+x y\\x0cz"]),
    ],
)
def test_what_is_hidden_or_obeyed_is_spelled_out(before: str, after: str, lines: list[str]) -> None:
    assert diff(before, after)[3:] == lines


def test_a_very_long_line_is_cut_to_its_change() -> None:
    _, _, _, old, new = diff("x" * 9000 + "Kiev" + "y" * 9000 + "\n", "x" * 9000 + "Kyiv" + "y" * 9000 + "\n")
    assert "xKievy" in old and "xKyivy" in new
    assert max(len(old), len(new)) < 2100


def test_undecodable_bytes_do_not_stop_it(shown: Callable[..., str]) -> None:
    report = Report((), fixed=(Fixed("a.txt", (), b"a\xff\n", b"b\xff\n"),))
    assert "+b\N{REPLACEMENT CHARACTER}\n" in shown("diff", report=report)
