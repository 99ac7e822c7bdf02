"""What a person reads: place, message, source line, carets, fix, further places, summary."""

from collections.abc import Callable

import pytest

from copydesk.article import FileEdit
from copydesk.finding import FileFix, Finding, Related
from copydesk.report import Error, Fixed, Report

Mark = Callable[..., Finding]
Shown = Callable[..., str]
Places = Callable[[int], tuple[Related, ...]]


def test_a_finding_reads_like_this(mark: Mark, shown: Shown) -> None:
    finding = mark("the end of the [world war.Â]", new="world war.", title="Drop the stray letter")
    assert shown("full", finding) == (
        "desk/a.txt:3:16: names/spelling [*] Something is wrong\n"
        "  |\n"
        "3 | the end of the world war.Â\n"
        "  |                ^^^^^^^^^^^\n"
        "  |\n"
        "  = help: Drop the stray letter: `world war.Â` → `world war.` (safe fix)\n"
        "\n"
        "Found 1 finding (1 fixable with `--fix`).\n"
    )


# the line with its mark in brackets, the line as shown, the columns before the carets, the number of carets
CARETS = {
    "plain": ("say [this] now", "say this now", 4, 4),
    "line start": ("[say] this", "say this", 0, 3),
    "line end": ("say [this]", "say this", 4, 4),
    "insertion": ("say[] this", "say this", 3, 1),
    "insertion at the end": ("say this[]", "say this", 8, 1),
    "wide before": ("日本 [Kim] x", "日本 Kim x", 5, 3),
    "wide inside": ("a [日本]b", "a 日本b", 2, 4),
    "full-width Latin": ("a [Ａ] b", "a Ａ b", 2, 2),
    "combining before": ("cafe\u0301 [au] lait", "cafe\u0301 au lait", 5, 2),
    "combining inside": ("a [cafe\u0301] b", "a cafe\u0301 b", 2, 4),
    "only a combining mark": ("e[\u0301]", "e<U+0301>", 1, 8),
    "emoji": ("a 🎉 [b]", "a 🎉 b", 5, 1),
    "tab before": ("a\t[b]", "a    b", 5, 1),
    "tab marked": ("a[\t]b", "a\\tb", 1, 2),
    "zero-width space marked": ("a[\u200b]b", "a<U+200B>b", 1, 8),
    "zero-width space beside": ("a\u200b[b]", "a<U+200B>b", 9, 1),
    "no-break space marked": ("a[\u00a0]b", "a<U+00A0>b", 1, 8),
    "no-break space beside": ("a\u00a0[b]", "a\u00a0b", 2, 1),
    "escape sequence": ("a \x1b[31m[b]".replace("[31m", "{31m"), "a \\x1b{31mb", 10, 1),
    "bidi override": ("a\u202e [b]", "a<U+202E> b", 10, 1),
    "NUL": ("a[\0]b", "a\\x00b", 1, 4),
    "C1 control": ("a[\x85]b", "a\\x85b", 1, 4),
    "line separator": ("a\u2028[b]", "a<U+2028>b", 9, 1),
    "lone surrogate": ("a[\ud800]b", "a<U+D800>b", 1, 8),
    "tag character": ("a[\U000e0041]b", "a<U+E0041>b", 1, 9),
    "Persian joiner": ("می\u200cروم [b]", "می\u200cروم b", 6, 1),
    "emoji joiner": ("👩\u200d👧 [b]", "👩<U+200D>👧 b", 13, 1),
}


@pytest.mark.parametrize(("line", "text", "before", "carets"), CARETS.values(), ids=CARETS)
def test_carets_stand_under_the_mark(mark: Mark, shown: Shown, line: str, text: str, before: int, carets: int) -> None:
    _, _, source, under, *_ = shown("full", mark(line)).splitlines()
    assert source == f"3 | {text}"
    assert under == "  | " + " " * before + "^" * carets


@pytest.mark.parametrize(
    ("line", "head", "tail"),
    [("x" * 300 + " [bad] " + "y" * 300, "…", "…"), ("[bad]" + "y" * 300, "", "…"), ("x" * 300 + "[bad]", "…", "")],
)
def test_a_long_line_is_cut_around_the_mark(mark: Mark, shown: Shown, line: str, head: str, tail: str) -> None:
    _, _, source, under, *_ = shown("full", mark(line), width=60).splitlines()
    assert len(source) <= len("3 | ") + 60 + len(head + tail)
    assert source.removeprefix("3 | ").startswith(head) and source.endswith(tail)
    assert source[under.index("^") : under.rindex("^") + 1] == "bad"


def test_a_mark_longer_than_the_window_shows_its_beginning(mark: Mark, shown: Shown) -> None:
    _, _, source, under, *_ = shown("full", mark("x" * 90 + "[" + "bad" * 100 + "]"), width=30).splitlines()
    assert source == "3 | …" + "bad" * 10 + "…"
    assert under == "  |  " + "^" * 30


def test_a_part_of_a_line_is_marked_where_it_stands(mark: Mark, shown: Shown) -> None:
    finding = mark("part of [a] line")._replace(column=5009, end_column=5010, source_column=5001)
    _, _, source, under, *_ = shown("full", finding).splitlines()
    assert (source, under) == ("3 | …part of a line", "  |          ^")


def test_a_longer_span_is_marked_to_the_end_of_its_first_line(mark: Mark, shown: Shown) -> None:
    finding = mark("one [two three]")._replace(end_line=12, end_column=4, end=400)
    text = shown("full", finding)
    assert "  |     ^^^^^^^^^\n" in text
    assert "  = note: continues to line 12\n" in text


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"new": ""}, "Mend it: delete `Zelensky` (safe fix)"),
        ({"new": "Zelenskyy", "safety": "unsafe"}, "Mend it: `Zelensky` → `Zelenskyy` (unsafe fix)"),
        ({"new": "Zelenskyy", "safety": "display"}, "Mend it: `Zelensky` → `Zelenskyy` (shown only, never applied)"),
        ({"new": "a\u200bb\nc"}, "Mend it: `Zelensky` → `a<U+200B>b\\nc` (safe fix)"),
        ({"new": "x" * 99}, "Mend it: `Zelensky` → `" + "x" * 59 + "…` (safe fix)"),
    ],
)
def test_help_says_what_the_fix_writes(mark: Mark, shown: Shown, changes: dict[str, str], line: str) -> None:
    assert f"  = help: {line}\n" in shown("full", mark("to [Zelensky] now", **changes))


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        ([(103, 103, "’")], "insert `’`"),
        ([(103, 130, "")], "delete `line…`"),
        ([(103, 108, "")], "delete `line`"),
        ([(98, 107, "")], "delete `a  line`"),
        ([(90, 107, "")], "delete 17 characters"),
        ([(900, 903, "")], "delete 3 characters"),
        ([(900, 903, "x")], "write `x`"),
        (
            [(100, 102, "A"), (103, 107, "B"), (900, 903, "x"), (910, 912, "y")],
            "`a ` → `A`, `line` → `B`, 2 more edits",
        ),
    ],
)
def test_help_of_edits_anywhere(mark: Mark, shown: Shown, edits: list[tuple[int, int, str]], line: str) -> None:
    fix = FileFix("Mend it", tuple(FileEdit(*e) for e in edits), "safe")
    assert f"  = help: Mend it: {line} (safe fix)\n" in shown("full", mark("a  [line]", fix=fix))


@pytest.mark.parametrize(("number", "listed", "more"), [(1, 1, ""), (6, 6, ""), (17, 5, "and 12 more places")])
def test_of_many_places_a_handful_is_shown(
    mark: Mark, shown: Shown, related: Places, number: int, listed: int, more: str
) -> None:
    notes = [
        line.removeprefix("  = note: ")
        for line in shown("full", mark("a [b]", related=related(number))).splitlines()
        if "note:" in line
    ]
    assert notes == [f"r{n}.txt:{n}:2: also here" for n in range(1, listed + 1)] + ([more] if more else [])


MATCH = {
    "path": "b.txt", "article": None, "source": "AP", "date": "2024-05-01", "overlap": [0.934, 0.5],
    "credited": True, "passages": [[0, 4, 0, 4], [9, 12, 9, 12]],
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ({"evidence": "ends 40 of 52 files of this source"}, "evidence: ends 40 of 52 files of this source"),
        ({"evidence": ["wording", "place"]}, "evidence: wording; place"),
        ({"codecs": ["windows-1252", "utf-8"]}, "evidence: windows-1252 → utf-8"),
        ({"counts": {"Kyiv": 12, "Kiev": 1}}, "evidence: `Kyiv` 12×, `Kiev` 1×"),
        ({"counts": {"Kyiv": {"AP": 12, "BBC": 3}}, "evidence": "listed"}, "evidence: listed; `Kyiv` 15×"),
        ({"matches": [MATCH]}, "b.txt: AP, 2024-05-01, 93% of this article, 2 shared passages, credited"),
    ],
)
def test_evidence_is_shown(mark: Mark, shown: Shown, data: dict[str, object], note: str) -> None:
    assert f"  = note: {note}\n" in shown("full", mark("a [b]", data=data))


def test_evidence_is_not_said_twice(mark: Mark, shown: Shown) -> None:
    assert "note:" not in shown("full", mark("a [b]", message="Footer (wording)", data={"evidence": "wording"}))


@pytest.mark.parametrize("data", [{"evidence": 3}, {"codecs": None}, {"counts": []}, {"matches": [1]}, {"overlap": 1}])
def test_data_of_another_shape_is_left_out(mark: Mark, shown: Shown, data: dict[str, object]) -> None:
    assert "note:" not in shown("full", mark("a [b]", data=data))


def test_summary_counts_by_what_would_fix(mark: Mark, shown: Shown) -> None:
    safe, unsafe, shown_only = (mark("a [b]", new="c", safety=s) for s in ("safe", "unsafe", "display"))
    found = (safe, safe, unsafe, shown_only)
    assert shown("concise", *found).endswith(
        "Found 4 findings (2 fixable with `--fix`, 1 more with `--unsafe-fixes`).\n"
    )
    assert shown("concise", *found, unsafe_fixes=True).endswith(
        "Found 4 findings (3 fixable with `--fix --unsafe-fixes`).\n"
    )
    assert shown("concise", unsafe).endswith("Found 1 finding (1 fixable with `--fix --unsafe-fixes`).\n")
    assert shown("concise", shown_only).endswith("Found 1 finding.\n")


FIXED = Fixed("a.txt", (("characters/stray", 2), ("names/style", 1)), b"old\n", b"new\n")


def test_summary_after_fixing(mark: Mark, shown: Shown) -> None:
    report = Report((mark("a [b]"),), fixed=(FIXED,))
    assert shown("concise", report=report, fixing="write").endswith("Found 4 findings (3 fixed, 1 remaining).\n")
    assert shown("diff", report=report, fixing="diff").endswith("Would fix 3 findings; 1 would remain.\n")


def test_fixes_are_listed_when_asked_for(shown: Shown) -> None:
    text = shown("concise", report=Report((), fixed=(FIXED,)), fixing="write", show_fixes=True)
    assert text.startswith("Fixed 3 findings:\n- a.txt:\n    2 × characters/stray\n    1 × names/style\n")


def test_clean_copy(shown: Shown) -> None:
    assert shown("full") == shown("concise") == "All checks passed!\n"


def test_what_is_not_shown_is_counted(shown: Shown) -> None:
    text = shown("concise", report=Report((), suppressed=2, baselined=1200))
    assert text == "All checks passed!\nNot shown: 2 suppressed, 1,200 in the baseline.\n"


def test_errors_are_never_passed_over(shown: Shown) -> None:
    report = Report((), errors=(Error("a.txt", "is binary data"), Error("b.jsonl", "line ends early", line=7)))
    assert shown("concise", report=report) == (
        "a.txt: error: is binary data\nb.jsonl:7: error: line ends early\n2 errors: not everything could be checked.\n"
    )


def test_statistics(mark: Mark, shown: Shown) -> None:
    found = [mark("a [b]", rule="names/style", new="c"), *(mark(f"a [{n}]") for n in range(11))]
    assert shown("statistics", *found) == (
        "11  names/spelling  [ ]\n 1  names/style     [*]\nFound 12 findings (1 fixable with `--fix`).\n"
    )


def test_colour_only_when_asked_for(mark: Mark, shown: Shown, related: Places) -> None:
    finding = mark("a [b]", new="c", related=related(2))
    plain, coloured = shown("full", finding), shown("full", finding, color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;33m^\x1b[0m" in coloured
