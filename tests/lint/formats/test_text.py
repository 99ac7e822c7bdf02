"""Plain text: line ends, the way back to the file, blocks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Edit
from copydesk.formats import Fields
from copydesk.formats.text import articles, blocks, hard_wrapped, newlines
from copydesk.offsets import Span
from copydesk.source import SourceFile

RAW = st.text(st.sampled_from("ab.\n\r \t\u2028\x0b\x0c\x85é😀"))
COPY = st.lists(st.text(st.sampled_from("Ab. é"), min_size=1).filter(str.strip), min_size=1, max_size=6)


def article(raw: str) -> Article:
    return next(articles(SourceFile("story.txt", raw.encode(), raw), Fields()))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[slice(*b.span)]) for b in blocks(text)]


@given(RAW | st.text(), st.integers(0, 5))
def test_text_and_map_agree_with_the_file(raw: str, at: int) -> None:
    """Every code point of the text stands where the map says; only line ends differ."""
    text, offsets = newlines(raw, at)
    file = "·" * at + raw
    assert text == raw.replace("\r\n", "\n").replace("\r", "\n")
    for n, c in enumerate(text):
        start, end = offsets.span(Span(n, n + 1))
        assert file[start:end] == c or (c == "\n" and file[start:end] in ("\r\n", "\r"))


@given(RAW, st.data())
def test_any_span_lies_in_the_file_and_comes_back(raw: str, data: st.DataObject) -> None:
    text, offsets = newlines(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = offsets.span(Span(start, end))
    assert 0 <= at.start <= at.end <= len(raw)
    assert newlines(raw[at.start : at.end])[0] == text[start:end]
    assert len(newlines(raw[: at.start])[0]) == start


@given(RAW.filter(str.strip), RAW.map(lambda s: s.replace("\r", "")), st.data())
def test_an_edit_is_a_splice(raw: str, new: str, data: st.DataObject) -> None:
    """The file, so edited, reads as the edited text, and nothing else in it moves."""
    a = article(raw)
    start = data.draw(st.integers(0, len(a.text)))
    end = data.draw(st.integers(start, len(a.text)))
    written = a.to_file(Edit(Span(start, end), new))
    if written is None:
        return
    after = raw[: written.start] + written.text + raw[written.end :]
    glued = raw[: written.start].endswith("\r") and (written.text + raw[written.end :]).startswith("\n")
    if not glued and not (written.text.endswith("\r") and raw[written.end :].startswith("\n")):
        assert newlines(after)[0] == a.text[:start] + new + a.text[end:]


@given(COPY, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([1, 2, 3]), st.booleans(), st.data())
def test_removing_blocks_leaves_the_others_and_no_double_gap(
    paragraphs: list[str], newline: str, gap: int, final: bool, data: st.DataObject
) -> None:
    lines = [p.strip() for p in paragraphs]
    raw = (newline * gap).join(lines) + newline * final
    a = article(raw)
    first = data.draw(st.integers(0, len(a.blocks) - 1))
    last = data.draw(st.integers(first, len(a.blocks) - 1))
    written = a.to_file(a.removal(first, last))
    assert written is not None
    after = raw[: written.start] + written.text + raw[written.end :]
    assert after == (newline * gap).join(lines[:first] + lines[last + 1 :]) + newline * final


@given(st.text())
def test_blocks_hold_everything_but_blanks(text: str) -> None:
    text = newlines(text)[0]
    found = [b.span for b in blocks(text)]
    assert "".join("".join(text[slice(*s)].split()) for s in found) == "".join(text.split())
    assert all(a.end < b.start for a, b in itertools.pairwise(found))


def test_a_story() -> None:
    text = (
        "Talks go on in Geneva\n\nTalks go on in Geneva\n\nBy Ana Ruiz\n\nFriday, August 21, 2015\n\n"
        "GENEVA (AP) — Talks went on.\n\nA long night\n\nThey met. Nobody spoke.\n\n- One thing\n- Another\n\n"
        "The mayor’s car in Geneva\nThe mayor's car in Geneva. (Photo: Ana Ruiz)\n\nHe never came back\n\nÂ"
    )
    assert [kind for kind, _ in kinds(text)] == [
        *("headline", "headline", "paragraph", "paragraph", "paragraph", "heading", "paragraph"),
        *("item", "item", "caption", "caption", "paragraph", "paragraph"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The talks went on.\n\nMore.",
        "KYIV (Reuters)\n\nTalks went on.",
        "He said nothing\n\nMore.",
        "One line alone",
        "“Nobody spoke,” he said:\n\nMore.",
    ],
)
def test_no_headline(text: str) -> None:
    assert "headline" not in dict(kinds(text))


WRAPPED = """Talks went on in Geneva on Monday, and nobody at the long table
was sure that they would end before the week did, a spokesman
for the mission said.

The minister, who had come by train, left before the evening
meal and did not speak to the reporters who were waiting in the
rain outside the hotel.
- One thing that had been agreed
- Another thing
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_one_paragraph(newline: str) -> None:
    a = article(WRAPPED.replace("\n", newline))
    assert [b.kind for b in a.blocks] == ["paragraph", "paragraph", "item", "item"]
    assert a[a.blocks[1].span].startswith("The minister") and a[a.blocks[1].span].endswith("hotel.")


def test_a_line_a_paragraph_is_not_hard_wrapped() -> None:
    assert not hard_wrapped("\n".join(["Talks went on in Geneva on Monday, and nobody was sure of it at all."] * 9))
    assert not hard_wrapped("A verse is short\nAnd so is this\nNo stop stands here\nNor in this line\nIt ends")


@pytest.mark.parametrize("end", ["\u2028", "\x0b", "\x0c", "\x85", "\u2029", "\x1c"])
def test_other_separators_end_no_line(end: str) -> None:
    a = article(f"One{end}two.\r\nThree.")
    assert [a[b.span] for b in a.blocks] == [f"One{end}two.", "Three."]


def test_a_writer_writes_the_line_ends_of_its_file() -> None:
    for newline in ("\n", "\r\n", "\r"):
        a = article(f"One.{newline}Two.{newline}")
        written = a.to_file(Edit(Span(4, 4), "\nMore."))
        assert written is not None and written.text == f"{newline}More."


@pytest.mark.parametrize("text", [" " * 200_000 + "\nx", "\t \n" * 50_000, ". " * 100_000, "a\n" * 100_000])
def test_blanks_take_no_longer_than_words(text: str) -> None:
    """A quadratic pattern would not come back from these."""
    assert len("".join(t for _, t in kinds(text)).split()) == len(text.split()) or "a" in text
