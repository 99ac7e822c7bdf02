"""Plain text: one article a file, a line or a hard-wrapped group of lines a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk.article import Article, Block, BlockKind, OffsetMap, Segment, Span, identity

if TYPE_CHECKING:
    from copydesk.formats import Fields
    from copydesk.source import SourceFile

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_GROUP = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,]['\"”’)\]]*\s*$")
_WRAP = range(45, 100)


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a text file; an empty file holds none."""
    if not file.text.strip():
        return
    text, offsets = newlines(file.text)
    yield Article(file, text, tuple(blocks(text)), offsets, writers=(line_end_writer(file),))


def newlines(raw: str, at: int = 0) -> tuple[str, OffsetMap]:
    """``raw`` with every line end as ``\\n``, and its map; ``raw`` stands at offset ``at`` of the file."""
    if "\r" not in raw:
        return raw, OffsetMap((Segment(0, len(raw), at, at + len(raw), True),)) if at else identity(len(raw))
    segments, shown, done, parts = [], 0, 0, []
    for m in re.finditer(r"\r\n?", raw):
        length = m.start() - done
        if length:
            segments.append(Segment(shown, shown + length, at + done, at + m.start(), True))
        shown += length
        segments.append(Segment(shown, shown + 1, at + m.start(), at + m.end(), False))
        parts += [raw[done : m.start()], "\n"]
        shown, done = shown + 1, m.end()
    if done < len(raw):
        segments.append(Segment(shown, shown + len(raw) - done, at + done, at + len(raw), True))
        parts.append(raw[done:])
    return "".join(parts), OffsetMap(tuple(segments))


class line_end_writer:  # noqa: N801 - used as a function; a class so that it can be sent to a worker
    """Writes new text with the line ends of its file."""

    def __init__(self, file: SourceFile) -> None:
        self.newline = file.newline if "\r" in file.text else "\n"

    def __call__(self, text: str) -> str:
        return text.replace("\n", self.newline)


def blocks(text: str) -> Iterator[Block]:
    """Headline, headings, items and paragraphs of plain text, each with its exact span."""
    pattern = _GROUP if hard_wrapped(text) else _LINE
    for number, m in enumerate(pattern.finditer(text)):
        span = Span(m.start() + len(m.group()) - len(m.group().lstrip()), m.start() + len(m.group().rstrip()))
        yield Block(span, _kind(text, span, number))


def hard_wrapped(text: str) -> bool:
    """Whether lines end at a column, not at a paragraph: most lines inside a group are full and unfinished."""
    inner = [line for g in _GROUP.finditer(text) for line in g.group().split("\n")[:-1]]
    if len(inner) < 4:
        return False
    full = [line for line in inner if len(line.rstrip()) in _WRAP and not _SENTENCE_END.search(line)]
    return len(full) * 2 > len(inner) and max(map(len, inner)) < _WRAP.stop + 20


def _kind(text: str, span: Span, number: int) -> BlockKind:
    line = text[span.start : span.end]
    if _ITEM.match(line):
        return "item"
    if len(line) > 120 or "\n" in line or _SENTENCE_END.search(line):
        return "paragraph"
    if number == 0:
        return "headline"
    return "heading" if line[0].isupper() and len(line.split()) <= 12 else "paragraph"
