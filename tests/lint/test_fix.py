"""Choosing, applying and settling fixes."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import FileEdit
from copydesk.finding import FileFix, Finding, Safety
from copydesk.fix import choose, splice
from copydesk.run import Run
from copydesk.settle import Settling, write_all

Write = Callable[[dict[str, str | bytes]], None]
RunOf = Callable[..., Run]


def finding(*edits: tuple[int, int, str], rule: str = "a/b", safety: Safety = "safe") -> Finding:
    """A finding with a fix of the given edits."""
    fix = FileFix("", tuple(FileEdit(*e) for e in edits), safety)
    return Finding("p", None, rule, "warning", "high", "", 0, 0, 1, 1, 1, 1, fix, (), "", {})


def test_overlapping_fixes_are_left_for_the_next_pass() -> None:
    first, second, third = finding((0, 4, "x")), finding((3, 5, "y")), finding((5, 6, "z"))
    assert choose([third, second, first], unsafe=False) == [first, third]


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    whole, blocked = finding((0, 2, "x")), finding((1, 2, "y"), (8, 9, "z"))
    assert choose([whole, blocked], unsafe=False) == [whole]


def test_two_insertions_at_one_place_are_not_made_together() -> None:
    assert len(choose([finding((3, 3, "x")), finding((3, 3, "y"), rule="b/c")], unsafe=False)) == 1


@pytest.mark.parametrize(("unsafe", "made"), [(False, ["safe"]), (True, ["safe", "unsafe"])])
def test_safety_decides_who_is_fixed(unsafe: bool, made: list[str]) -> None:
    kinds: tuple[Safety, ...] = ("safe", "unsafe", "display")
    found = [finding((n * 2, n * 2 + 1, "x"), safety=s) for n, s in enumerate(kinds)]
    assert [f.fix.safety for f in choose(found, unsafe) if f.fix] == made


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(max_size=3))))
def test_splicing_touches_nothing_outside_the_edits(text: str, wishes: list[tuple[int, int, str]]) -> None:
    edits, at = [], 0
    for gap, length, new in wishes:
        start = at + gap
        if start + length > len(text):
            break
        edits.append(FileEdit(start, start + length, new))
        at = start + length + 1
    out, cursor, pos = splice(text, edits), 0, 0
    for e in edits:
        kept = text[cursor : e.start]
        assert out[pos : pos + len(kept)] == kept
        assert out[pos + len(kept) :].startswith(e.text)
        pos, cursor = pos + len(kept) + len(e.text), e.end
    assert out[pos:] == text[cursor:]


def test_fixes_are_written_and_logged(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "\ufeffteh one\r\nteh other", "b.txt": "the end\n"})
    run = run_of("a.txt", "b.txt", select="trial/typo")
    report = write_all(run, Settling(run, unsafe=False).settle())
    assert [(f.path, f.rules) for f in report.fixed] == [("a.txt", (("trial/typo", 2),))]
    assert report.findings == ()
    assert Path("a.txt").read_bytes() == b"\xef\xbb\xbfthe one\r\nthe other"
    assert Path("b.txt").read_bytes() == b"the end\n"
    assert len(list(Path(".copydesk/undo").glob("*.jsonl"))) == 1


def test_fixes_that_do_not_settle_write_nothing_and_name_the_rules(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "ping teh end", "b.txt": "teh end"})
    run = run_of("a.txt", "b.txt", select="trial")
    report = write_all(run, Settling(run, unsafe=False).settle())
    assert [f.path for f in report.fixed] == ["b.txt"]
    [error] = report.errors
    assert error.path == "a.txt"
    assert "trial/swing" in error.message and "nothing was written" in error.message
    assert Path("a.txt").read_text() == "ping teh end"


def test_a_file_that_changed_since_it_was_checked_is_left_alone(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "teh end"})
    run = run_of("a.txt", select="trial/typo")
    write({"a.txt": "now teh end"})
    report = write_all(run, Settling(run, unsafe=False).settle())
    assert report.fixed == ()
    assert "changed since it was read" in report.errors[0].message


def test_a_file_that_changes_while_it_is_fixed_is_left_alone(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "teh end"})
    run = run_of("a.txt", select="trial/typo")
    settled = Settling(run, unsafe=False).settle()
    write({"a.txt": "somebody else"})
    report = write_all(run, settled)
    assert report.fixed == ()
    assert "changed since it was read" in report.errors[0].message


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("He said: “This is teh last word of it.”", "display"),
        ("He said it was teh last word.", "safe"),
        ("He said: “This is teh [sic] last word.” And teh end.", "safe"),
    ],
)
def test_words_in_a_quotation_are_not_ours_to_change(write: Write, run_of: RunOf, text: str, safety: str) -> None:
    write({"a.txt": text})
    [found] = run_of("a.txt", select="trial/typo").report().findings
    assert found.fix is not None
    assert found.fix.safety == safety


def test_a_file_in_a_guessed_encoding_is_never_fixed(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "teh Straße nach Köln ist gesperrt, sagte die Polizei für Köln.".encode("cp1252")})
    run = run_of("a.txt", select="trial/typo")
    report = write_all(run, Settling(run, unsafe=True).settle())
    assert report.fixed == ()
    assert "reads as" in report.errors[0].message


def test_corpus_fixes_settle_too(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "Word one", "b.txt": "Word two", "c.txt": "Word teh"})
    run = run_of("a.txt", "b.txt", "c.txt", select="trial/twins,trial/typo")
    report = Settling(run, unsafe=True).settle()
    assert {f.path: f.after for f in report.fixed} == {"b.txt": b"WORD two", "c.txt": b"WORD the"}


def fixed(run_of: RunOf, *paths: str) -> tuple[list[str], list[str]]:
    """The paths that fixing writes, and what it says of errors."""
    run = run_of(*paths, select="trial/typo")
    report = write_all(run, Settling(run, unsafe=True).settle())
    return [f.path for f in report.fixed], [e.message for e in report.errors]


def test_a_long_name_is_no_hindrance(write: Write, run_of: RunOf) -> None:
    name = "n" * 250 + ".txt"
    write({name: "teh end"})
    assert fixed(run_of, name) == ([name], [])
    assert Path(name).read_text() == "the end"


def test_utf_16_that_is_declared_but_not_marked(write: Write, run_of: RunOf) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\nencodings = {"*.txt" = "UTF-16"}'})
    write({"a.txt": "teh end\r\n".encode(f"utf-16-{sys.byteorder[0]}e")})
    assert fixed(run_of, "a.txt") == (["a.txt"], [])
    assert Path("a.txt").read_bytes() == "the end\r\n".encode(f"utf-16-{sys.byteorder[0]}e")


def test_a_file_whose_codec_has_two_spellings_is_only_shown_its_fixes(write: Write, run_of: RunOf) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\nencodings = {"*.txt" = "cp932"}'})
    write({"a.txt": b"teh \xfa\x54 end"})
    [found] = run_of("a.txt", select="trial/typo").report().findings
    assert found.fix is not None and found.fix.safety == "display"
    assert fixed(run_of, "a.txt") == ([], [])


def test_nothing_is_fixed_where_no_log_can_be_written(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "teh end", ".copydesk": "in the way"})
    paths, errors = fixed(run_of, "a.txt")
    assert paths == []
    assert "nothing was fixed" in errors[0]
    assert Path("a.txt").read_text() == "teh end"
