"""Suppressions in comments, front matter and records."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Block, Meta
from copydesk.finding import Finding, Notice
from copydesk.offsets import OffsetMap, Segment, Span, identity
from copydesk.source import SourceFile, read_source
from copydesk.suppress import Suppressed, orders_in
from copydesk.suppress import suppress as sort_out

RULES = ("names/spelling", "names/style", "figures/weak")


def suppress(
    articles: Sequence[Article], findings: Sequence[Finding], rules: Sequence[str], ran: Sequence[str]
) -> Suppressed:
    """The findings of one file, sorted by the suppressions in its articles."""
    return sort_out(orders_in(articles, rules), findings, rules, ran)


def article(text: str, path: str = "a.md", code: Sequence[str] = ()) -> Article:
    """An article whose paragraphs are the lines of a file that hold more than comments and fences."""
    lines = re.finditer(r"(?m)^(?!\s*<!--.*-->\s*$|```).*\S.*$", text)
    blocks = tuple(Block(Span(*m.span()), outer=Span(*m.span())) for m in lines)
    shown = tuple(Span(text.index(c), text.index(c) + len(c)) for c in code)
    return Article(read_source(path, text.encode()), text, blocks, identity(len(text)), code=shown)


def hits(text: str, rule: str = "names/style") -> list[Finding]:
    """A finding for each ``Kiev`` of a text."""
    spans = [m.span() for m in re.finditer("Kiev", text)]
    return [Finding("a.md", None, rule, "warning", "high", "", a, b, 1, 1, 1, 1, None, (), "", {}) for a, b in spans]


def suppressed(text: str, path: str = "a.md", ran: Sequence[str] = RULES, code: Sequence[str] = ()) -> Suppressed:
    """What the suppressions in a text make of the findings in it."""
    return suppress([article(text, path, code)], hits(text), RULES, ran)


def left(result: Suppressed, text: str) -> list[str]:
    """The word before each finding that is left."""
    return [text[: f.start].split()[-1] for f in result.kept]


# the file, and the words before the findings that are left
HONOURED = {
    "the next block": ("a Kiev\n<!-- copydesk: ignore[names/style] a quote -->\nb Kiev c Kiev\nd Kiev\n", "a d"),
    "a blank line between": ("<!-- copydesk: ignore[names/style] -->\n\na Kiev\nb Kiev\n", "b"),
    "a family": ("<!-- copydesk: ignore[names] -->\na Kiev\n", ""),
    "several rules": ("<!-- copydesk: ignore[figures/weak, names/style] -->\na Kiev\n", ""),
    "another rule": ("<!-- copydesk: ignore[names/spelling] -->\na Kiev\n", "a"),
    "two comments": ("<!-- copydesk: ignore[figures] -->\n<!-- copydesk: ignore[names] -->\na Kiev\nb Kiev\n", "b"),
    "inside a block": ("a Kiev <!-- copydesk: ignore[names] --> b Kiev\nc Kiev\n", "c"),
    "over several lines": ("<!--\n  copydesk: ignore[names]\n  a quote\n-->\na Kiev\nb Kiev\n", "b"),
    "a range": (
        "a Kiev\n<!-- copydesk: ignore-start[names] -->\nb Kiev\nc Kiev\n<!-- copydesk: ignore-end -->\nd Kiev\n",
        "a d",
    ),
    "a range in a range": (
        "<!-- copydesk: ignore-start[names] -->\na Kiev\n<!-- copydesk: ignore-start[figures] -->\nb Kiev\n"
        "<!-- copydesk: ignore-end[names] -->\nc Kiev\n<!-- copydesk: ignore-end -->\nd Kiev\n",
        "c d",
    ),
    "an end that names nothing closes the last range": (
        "<!-- copydesk: ignore-start[names] -->\n<!-- copydesk: ignore-start[figures] -->\n"
        "<!-- copydesk: ignore-end -->\na Kiev\n<!-- copydesk: ignore-end -->\nb Kiev\n",
        "b",
    ),
    "the whole file": ("a Kiev\n<!-- copydesk: ignore-file[names] -->\nb Kiev\n", ""),
    "a fence is code": ("```\n<!-- copydesk: ignore[names] -->\n```\na Kiev\n", "a"),
    "a fence in a fence": ("````\n```\n<!-- copydesk: ignore-file[names] -->\n```\n````\na Kiev\n", "a"),
    "after a fence": ("```\nx\n```\n<!-- copydesk: ignore[names] -->\na Kiev\n", ""),
    "an unclosed fence": ("a Kiev\n~~~\n<!-- copydesk: ignore-file[names] -->\n", "a"),
    "an ordinary comment": ("<!-- copydesk says: ignore[names] -->\na Kiev\n", "a"),
}


@pytest.mark.parametrize(("text", "words"), HONOURED.values(), ids=HONOURED)
def test_comments(text: str, words: str) -> None:
    result = suppressed(text)
    assert left(result, text) == words.split()
    assert result.number == text.count("Kiev") - len(words.split())


def test_code_shown_to_the_reader_is_no_comment() -> None:
    text = "write `<!-- copydesk: ignore-file[names] -->` to have Kiev ignored\n"
    assert suppressed(text, code=["<!-- copydesk: ignore-file[names] -->"]).number == 0
    assert suppressed(text).number == 1


@pytest.mark.parametrize(
    ("path", "number"), [("a.md", 1), ("a.HTML", 1), ("a.htm", 1), ("a.markdown", 1), ("a.txt", 0), ("a.json", 0)]
)
def test_only_markdown_and_html_have_comments(path: str, number: int) -> None:
    assert suppressed("<!-- copydesk: ignore[names] -->\na Kiev\n", path).number == number


def test_backticks_are_no_fence_in_html() -> None:
    assert suppressed("```\n<!-- copydesk: ignore[names] -->\n<p>a Kiev</p>\n", "a.html").number == 1


# the file, the offset's text, the message
PROBLEMS = {
    "an unknown rule": (
        "<!-- copydesk: ignore[names/stlye] -->\na Kiev\n",
        "ignore[names/stlye] names no rule or family; did you mean 'names/style'?",
    ),
    "no rule": (
        "<!-- copydesk: ignore -->\na Kiev\n",
        "ignore names no rule: write ignore[rule] with a rule or family",
    ),
    "an unknown word": (
        "<!-- copydesk: ingore[names] -->\na Kiev\n",
        "unknown directive 'ingore'; did you mean 'ignore'?",
    ),
    "nothing": ("<!-- copydesk: -->\na Kiev\n", "unknown directive ''"),
    "not closed": ("<!-- copydesk: ignore[names]\na Kiev\n", "a copydesk comment is not closed by -->"),
    "no end": (
        "<!-- copydesk: ignore-start[names] -->\na Kiev\n",
        "ignore-start[names] has no ignore-end; it holds to the end of the file",
    ),
    "no start": ("<!-- copydesk: ignore-end -->\na Kiev\n", "ignore-end has no ignore-start before it"),
    "another end": (
        "<!-- copydesk: ignore-end[names] -->\na Kiev\n",
        "ignore-end[names] has no ignore-start before it",
    ),
    "no block": ("a Kiev\n<!-- copydesk: ignore[names] -->\n", "ignore[names] stands before no block"),
}


@pytest.mark.parametrize(("text", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_problems_are_told(text: str, message: str) -> None:
    result = suppressed(text)
    assert [(p.path, p.offset, p.message) for p in result.problems] == [("a.md", text.index("<!--"), message)]
    assert result.unused == ()


def test_what_suppresses_nothing_is_told() -> None:
    text = "<!-- copydesk: ignore[figures/weak, names/style] -->\na Kiev\n<!-- copydesk: ignore[names] -->\nb\n"
    told = [(n.offset, n.message) for n in suppressed(text).unused]
    assert told == [
        (0, "ignore[figures/weak] suppresses nothing"),
        (text.rindex("<!--"), "ignore[names] suppresses nothing"),
    ]


@pytest.mark.parametrize(("ran", "told"), [(RULES, 2), (("names/style",), 0), (("figures/weak",), 1)])
def test_a_suppression_of_rules_that_did_not_run_is_not_unused(ran: Sequence[str], told: int) -> None:
    text = "<!-- copydesk: ignore-file[names] -->\n<!-- copydesk: ignore-file[figures] -->\na Kyiv\n"
    assert len(suppressed(text, ran=ran).unused) == told


def test_offsets_are_those_of_the_file() -> None:
    raw = "<!-- copydesk: ignore[names] -->\r\n\r\n**Kiev** is\r\n"
    start = raw.index("Kiev")
    offsets = OffsetMap((Segment(0, 4, start, start + 4, True), Segment(4, 7, start + 6, start + 9, True)))
    outer = Span(raw.index("**"), raw.index("\r\n", start))
    file = SourceFile("a.md", raw.encode(), raw)
    made = Article(file, "Kiev is", (Block(Span(0, 7), outer=outer),), offsets)
    assert suppress([made], hits(raw), RULES, RULES).number == 1
    unmarked = made._replace(blocks=(Block(Span(0, 7)),), _views={})
    assert suppress([unmarked], hits(raw), RULES, RULES).number == 1


def test_the_key_of_a_record_speaks_of_that_record() -> None:
    raw = '{"id": 1, "text": "Kiev", "copydesk-ignore": "names"}\n{"id": 2, "text": "Kiev"}\n'
    file = SourceFile("a.jsonl", raw.encode(), raw)
    places = [m.start() for m in re.finditer("Kiev", raw)]
    records = [
        Article(file, "Kiev", (), OffsetMap((Segment(0, 4, at, at + 4, True),)), str(n), Meta(ignore=ignore))
        for n, (at, ignore) in enumerate(zip(places, (("names",), ("figures/weak", "nmaes")), strict=True), 1)
    ]
    found = [f._replace(article=str(n), path="a.jsonl") for n, f in enumerate(hits(raw), 1)]
    result = suppress(records, found, RULES, RULES)
    assert [f.article for f in result.kept] == ["2"]
    assert result.unused == (Notice("a.jsonl", "copydesk-ignore: figures/weak suppresses nothing", 2, places[1]),)
    assert result.problems == (
        Notice("a.jsonl", "copydesk-ignore: nmaes names no rule or family; did you mean 'names'?", 2, places[1]),
    )


def test_the_key_in_front_matter_is_found() -> None:
    text = "---\ncopydesk-ignore: [names]\n---\nKyiv\n"
    made = article(text)._replace(meta=Meta(ignore=("names",)), _views={})
    assert [n.offset for n in suppress([made], [], RULES, RULES).unused] == [4]


def test_a_finding_at_the_very_end_of_a_block_belongs_to_it() -> None:
    text = "<!-- copydesk: ignore[names] -->\na Kiev\nb\n"
    end = hits(text)[0]._replace(start=text.index("\nb"), end=text.index("\nb"))
    assert suppress([article(text)], [end], RULES, RULES).number == 1


def test_a_file_without_suppressions_is_left_alone() -> None:
    found = hits("a Kiev")
    assert suppress([article("a Kiev")], found, RULES, RULES) == Suppressed(tuple(found))
    assert suppress([], found, RULES, RULES) == Suppressed(tuple(found))


PARTS = st.sampled_from(
    [
        "<!-- copydesk: ",
        "ignore[names]",
        "ignore-start[names]",
        "ignore-end",
        " -->",
        "-->\n",
        "\n```\n",
        "a Kiev\n",
        "[",
    ]
)


@given(st.lists(PARTS, max_size=25).map("".join))
def test_any_text_adds_up(text: str) -> None:
    result = suppressed(text)
    assert len(result.kept) + result.number == text.count("Kiev")
    assert all(0 <= (n.offset or 0) < len(text) for n in (*result.unused, *result.problems))
