"""The proof of a format: random edits of the reader's text must come back when the file is read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from copydesk.article import Article, Edit, FileEdit
from copydesk.fix import splice
from copydesk.formats import Fields, Reader, articles
from copydesk.offsets import Span
from copydesk.source import read_source

WORDS = (
    "", "", "", "the", "Œuvre", "x", " ", "a b", "’", '"', "“q”", "\\", "\\n", "😀", "\t", "é\n", "\u2028", "/", "'",
    "*", "**b**", "_", "`", "[", "]", "[a](b)", "![", "<", "<b>", "</b>", "&", "&amp;", "AT&T", "#", "# ", "- ", "1. ",
    "> ", "+ ", "|", "~~", "{{", "}}", "{%", "$", ":", "=", "---", "{:", "http://x.org/", "!", "\u00a0", "\x07",
    ": ", " #",
)  # fmt: skip
"""What is put in: words, and whatever some format takes for markup."""
Other = Callable[[bytes], list[str]]
"""Another reader of a format: the texts of a file's articles without their white space."""
Again = Callable[[str, bytes], list[Article]]


@dataclass(frozen=True, slots=True)
class Proven:
    """How many edits were made and came back, and how many the format refused."""

    made: int
    refused: int


def prove(
    path: str,
    data: bytes,
    random: Random,
    edits: int,
    fields: Fields | None = None,
    read: Reader = articles,
    other: Other | None = None,
) -> Proven:
    """Make random edits in a file, each on its own. ``read`` is the format's reader, else the one of the suffix.

    ``other`` is another reader of the format, of whose text it is checked that it is the edited one, too.
    Raises AssertionError where one, read again, is not the edited text, or where another article has changed.
    """
    again = partial(_read, fields=fields or Fields(), read=read)
    before = again(path, data)
    made = refused = 0
    for _ in range(edits):
        number = random.randrange(len(before))
        edit = _edit(before[number], random)
        if edit is None:
            continue
        if _comes_back(path, before, number, edit, again, other):
            made += 1
        else:
            refused += 1
    return Proven(made, refused)


def prove_removals(path: str, data: bytes, fields: Fields | None = None, read: Reader = articles) -> Proven:
    """Take every block out of a file, each on its own.

    Raises AssertionError where what is left, read again, is not the other blocks as they were.
    """
    again = partial(_read, fields=fields or Fields(), read=read)
    made = refused = 0
    for number, article in enumerate(again(path, data)):
        texts = [article[b.span] for b in article.blocks]
        for n in range(len(texts)):
            written = article.to_file(article.removal(n))
            if written is None:
                refused += 1
                continue
            after = again(path, _spliced(article, written))
            left = [a[b.span] for a in after[number : number + 1] for b in a.blocks]
            assert left == texts[:n] + texts[n + 1 :], f"{texts[n]!r} taken out as {written}: {left!r}"
            made += 1
    return Proven(made, refused)


def _spliced(article: Article, written: FileEdit) -> bytes:
    file = article.file
    return file.bom + splice(file.text, [written]).encode(file.encoding)


def _read(path: str, data: bytes, fields: Fields, read: Reader) -> list[Article]:
    return [a for a in read(read_source(path, data), fields) if isinstance(a, Article)]


def _edit(article: Article, random: Random) -> Edit | None:
    """An edit at a random place; None for one that would empty a block (which takes its markup along)."""
    start = random.randrange(len(article.text) + 1)
    end = min(len(article.text), start + random.choice((0, 0, 1, 1, 2, 3, 5, 8, 13)))
    text = random.choice(WORDS)
    span = Span(start, end)
    if (start == end and not text) or article[span] == text:
        return None
    if not text.strip() and any(span.covers(b.span) for b in article.blocks):
        return None
    return Edit(span, text)


def _comes_back(path: str, before: list[Article], number: int, edit: Edit, again: Again, other: Other | None) -> bool:
    """Whether the format makes the edit. Raises AssertionError where it makes it wrongly."""
    article = before[number]
    try:
        written = article.to_file(edit)
    except ValueError:
        return False
    if written is None:
        return False
    file = article.file
    text = splice(file.text, [written])
    data = _spliced(article, written)
    after = again(path, data)
    wanted = [a.text for a in before]
    wanted[number] = article.text[: edit.span.start] + edit.text + article.text[edit.span.end :]
    got = [a.text for a in after]
    assert got == wanted, f"{edit} written as {written}: read {got!r}, wanted {wanted!r}"
    if other is not None:
        seen = other(data)
        assert seen == [unspaced(t) for t in wanted], f"{edit} written as {written}: read {seen!r} by another reader"
    assert text[: written.start] == file.text[: written.start]
    assert text[written.start + len(written.text) :] == file.text[written.end :]
    return True


def unspaced(text: str) -> str:
    """A text without white space, no-break spaces left out, too."""
    return "".join(text.split())


def verify_map(article: Article) -> None:
    """Raise AssertionError where an article's map leaves the file, or its text or runs backwards in a segment."""
    done = 0
    for s in article.map.segments:
        assert done <= s.start <= s.end <= len(article.text), s
        assert 0 <= s.file_start <= s.file_end <= len(article.file.text), s
        if s.plain:
            assert article.text[s.start : s.end] == article.file.text[s.file_start : s.file_end], s
        done = s.end
    for block in article.blocks:
        assert 0 <= block.span.start < block.span.end <= len(article.text), block
        assert block.outer is None or 0 <= block.outer.start < block.outer.end <= len(article.file.text), block
