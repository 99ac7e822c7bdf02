"""Offsets through layers, code, blocks."""

from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Block, Edit
from copydesk.offsets import OffsetMap, Segment, Span, identity
from copydesk.source import SourceFile

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda t: Span(t[0], t[0] + t[1]))


def article(text: str = "x" * 60, code: tuple[Span, ...] = (), blocks: tuple[Block, ...] = ()) -> Article:
    return Article(SourceFile("a.txt", text.encode(), text), text, blocks, identity(len(text)), code=code)


@st.composite
def maps(draw: st.DrawFn) -> tuple[str, str, OffsetMap]:
    """A text, a file in which some of its letters are escapes and markup stands between, and their map."""
    text, file, segments = "", "", []
    for piece in draw(st.lists(st.sampled_from(["ab", "c", "&", "<b>", "\n"]), min_size=1)):
        shown = {"&": "&", "<b>": ""}.get(piece, piece)
        raw = {"&": "&amp;", "\n": "\r\n"}.get(piece, piece)
        if shown:
            plain = piece in ("ab", "c")
            segments.append(Segment(len(text), len(text) + len(shown), len(file), len(file) + len(raw), plain))
        text, file = text + shown, file + raw
    return text, file, OffsetMap(tuple(segments) or (Segment(0, 0, 0, 0, True),))


def shown(file: str) -> str:
    return file.replace("<b>", "").replace("&amp;", "&").replace("\r\n", "\n")


@given(maps(), st.data())
def test_a_span_comes_back_through_escapes_and_markup(made: tuple[str, str, OffsetMap], data: st.DataObject) -> None:
    text, file, offsets = made
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = offsets.span(Span(start, end))
    assert 0 <= at.start <= at.end <= len(file)
    assert shown(file[at.start : at.end]) == text[start:end]


@given(maps(), st.data())
def test_an_edit_never_takes_markup_with_it(made: tuple[str, str, OffsetMap], data: st.DataObject) -> None:
    text, file, offsets = made
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a = Article(SourceFile("a.html", file.encode(), file), text, (), offsets)
    written = a.to_file(Edit(Span(start, end), "Z"))
    if written is not None:
        after = file[: written.start] + written.text + file[written.end :]
        assert shown(after) == text[:start] + "Z" + text[end:]
        assert after.count("<b>") == file.count("<b>")


@given(st.lists(SPANS), SPANS)
def test_in_code_asks_every_stretch(code: list[Span], span: Span) -> None:
    assert article(code=tuple(code)).in_code(span) == any(c.touches(span) for c in code)


def test_block_at() -> None:
    a = article(blocks=(Block(Span(2, 5)), Block(Span(7, 9))))
    assert [a.block_at(n) for n in (0, 1, 2, 4, 5, 6, 7, 8, 9, 30)] == [-1, -1, 0, 0, 0, 0, 1, 1, 1, 1]


def test_removal_takes_the_smaller_gap() -> None:
    text = "One.\nTwo.\n\n\nThree.\nFour."
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in text.split()]
    a = article(text, blocks=tuple(Block(s) for s in spans))
    after = [text[: e.span.start] + text[e.span.end :] for e in (a.removal(n) for n in range(4))]
    assert after == [
        "Two.\n\n\nThree.\nFour.",
        "One.\n\n\nThree.\nFour.",
        "One.\nTwo.\n\n\nFour.",
        "One.\nTwo.\n\n\nThree.",
    ]


def test_blocks_with_markers_go_with_them_and_never_half() -> None:
    text, file = "A\nB\nC", "* A\n* B\n* C\n"
    segments = tuple(Segment(2 * n, 2 * n + 1, 4 * n + 2, 4 * n + 3, True) for n in range(3))
    blocks = tuple(Block(Span(2 * n, 2 * n + 1), "item", Span(4 * n, 4 * n + 3)) for n in range(3))
    a = Article(SourceFile("a.md", file.encode(), file), text, blocks, OffsetMap(segments))
    after = []
    for first, last in ((0, 0), (1, 1), (2, 2), (0, 1), (1, 2)):
        written = a.to_file(a.removal(first, last))
        assert written is not None
        after.append(file[: written.start] + written.text + file[written.end :])
    assert after == ["* B\n* C\n", "* A\n* C\n", "* A\n* B\n", "* C\n", "* A\n"]


def test_many_questions_on_a_long_article() -> None:
    """Each was a walk over all blocks or segments once; a hundred thousand of them would not come back."""
    size = 100_000
    blocks = tuple(Block(Span(2 * n, 2 * n + 1)) for n in range(size))
    segments = tuple(Segment(2 * n, 2 * n + 2, 2 * n, 2 * n + 2, True) for n in range(size))
    text = "x\n" * size
    code = tuple(Span(2 * n, 2 * n + 1) for n in range(0, size, 2))
    a = Article(SourceFile("a.txt", b"", text), text, blocks, OffsetMap(segments), code=code)
    assert all(a.block_at(2 * n) == n for n in range(size))
    assert sum(a.in_code(Span(2 * n, 2 * n + 1)) for n in range(size)) == size // 2
    assert all(len(a.map.pieces(Span(2 * n, 2 * n + 1))) == 1 for n in range(size))
