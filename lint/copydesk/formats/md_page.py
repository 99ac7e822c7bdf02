"""What a Markdown file shows, put together block by block: text, segments, blocks, code."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from copydesk.article import Block, BlockKind
from copydesk.compiled import compiled
from copydesk.formats.layers import GAP
from copydesk.formats.md_inline import Inline, Mark, inline
from copydesk.formats.md_tokens import is_plain
from copydesk.offsets import OffsetMap, Segment, Span
from copydesk.typed import NamedTuple

_LINE_END = compiled(r"\r\n?|\n")
CELL = " | "
"""Stands between two cells of a table's row in reader's text, and nowhere in the file."""


class Line(NamedTuple):
    """A line of a file, or what its containers leave of it: where it begins in the file, its content's range."""

    begin: int
    start: int
    end: int


def file_lines(raw: str, start: int = 0) -> list[Line]:
    """The lines of a text from ``start``, without their line ends."""
    out, at = [], start
    if "\r" in raw:
        for m in _LINE_END.finditer(raw, start):
            out.append(Line(at, at, m.start()))
            at = m.end()
    else:
        while (end := raw.find("\n", at)) >= 0:
            out.append(Line(at, at, end))
            at = end + 1
    if at < len(raw):
        out.append(Line(at, at, len(raw)))
    return out


@dataclass(slots=True)
class Page:
    """Collects what is shown of ``raw``. Offsets of segments and outer ranges are in ``raw``."""

    raw: str
    labels: AbstractSet[str] = frozenset()
    anchors: AbstractSet[str] = frozenset()
    """The labels that lead to a place in the file itself."""
    size: int = 0
    text: list[str] = field(default_factory=list)
    pieces: list[tuple[int, list[Piece]]] = field(default_factory=list)
    """Where a block's content starts in the text, and the pieces that it is shown in."""
    blocks: list[Block] = field(default_factory=list)
    code: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    parts: list[Span] = field(default_factory=list)
    """The ranges of text between two gaps; one holds a block, its blanks included."""
    unclosed: set[str] = field(default_factory=set)
    """Template tags that are known to have no end."""

    def offsets(self) -> OffsetMap:
        """The map of what was put in."""
        return OffsetMap(partial(_segments, self.pieces))

    def prose(self, lines: list[Line], kind: BlockKind, level: int = 0, outer: Span | None = None) -> None:
        """Put in a block of lines, its inline markup read."""
        self._block([self._content(lines)], kind, level, outer)

    def line(self, line: Line, kind: BlockKind, level: int) -> None:
        """Put in a paragraph of one line, which is not blank."""
        outer = Span(line.begin, line.end)
        text = self.raw[line.start : line.end]
        if text[0].isspace() or text[-1].isspace() or not is_plain(text):
            self.prose([line], kind, level, outer)
            return
        if self.parts:
            self._put(GAP)
        start, size = self.size, len(text)
        span = Span(start, start + size)
        self.pieces.append((start, [(0, size, line.start, line.end, True)]))
        self._put(text)
        self.blocks.append(Block(span, kind, outer, level))
        self.parts.append(span)

    def html(self, lines: list[Line], kind: BlockKind) -> None:
        """Put in a block of lines in which only HTML is markup."""
        content = self._content(lines)
        self._block(
            [content._replace(inline=inline(content.text, self.labels, self.anchors, html=True))], kind, 0, None
        )

    def row(self, cells: list[Line], outer: Span | None) -> None:
        """Put in a row of a table."""
        self._block([self._content([c]) for c in cells], "table", 0, outer)

    def verbatim(self, lines: list[Line], outer: Span) -> None:
        """Put in a block of code."""
        start = self.size + (len(GAP) if self.parts else 0)
        self._block([self._content(lines)._replace(inline=Inline())], "code", 0, outer)
        if self.parts and self.parts[-1].start == start:
            self.code.append(self.parts[-1])

    def _content(self, lines: list[Line]) -> _Content:
        first, last = lines[0].start, lines[-1].end
        if len(lines) == 1 or (
            "\r" not in self.raw and all(line.begin == line.start for line in lines[1:]) and _whole(lines)
        ):
            text = self.raw[first:last]
            return _Content(text, [(0, first, len(text))], inline(text, self.labels, self.anchors))
        pieces, at = [], 0
        for line in lines:
            pieces.append((at, line.start, line.end - line.start))
            at += line.end - line.start + 1
        text = "\n".join(self.raw[line.start : line.end] for line in lines)
        return _Content(text, pieces, inline(text, self.labels, self.anchors))

    def _block(self, contents: list[_Content], kind: BlockKind, level: int, outer: Span | None) -> None:
        shown = [_shown(c) for c in contents]
        text = CELL.join([s.text for s in shown]) if len(shown) > 1 else shown[0].text
        inner = text.strip()
        if not inner or (len(shown) > 1 and not any(s.text.strip() for s in shown)):
            return
        if self.parts:
            self._put(GAP)
        start = self.size
        for n, s in enumerate(shown):
            if n:
                self._put(CELL)
            self._add(s)
        lead = start + (text.index(inner) if len(inner) < len(text) else 0)
        captions = [c for s in shown for c in s.captions]
        if kind == "paragraph" and captions and not _beside(text, captions):
            kind = "caption"
        self.blocks.append(Block(Span(lead, lead + len(inner)), kind, outer, level))
        self.parts.append(Span(start, self.size))

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.size += len(text)

    def _add(self, shown: _Shown) -> None:
        at = self.size
        self.pieces.append((at, shown.pieces))
        if shown.code:
            self.code += [Span(start + at, end + at) for start, end in shown.code if start < end]
        if shown.links:  # a picture that leads somewhere is no words that do
            self.links += [Span(a + at, b + at) for a, b in shown.links if a < b and (a, b) not in shown.captions]
        self._put(shown.text)


class _Content(NamedTuple):
    """The content of a block: its text, where its stretches stand (offset, place in the file, length), its marks."""

    text: str
    pieces: list[tuple[int, int, int]]
    inline: Inline


Piece = tuple[int, int, int, int, bool]
"""A segment, before it is known where in the text its content stands."""


def _segments(contents: list[tuple[int, list[Piece]]]) -> tuple[Segment, ...]:
    """The segments of a page."""
    made = [
        Segment(start + at, end + at, file_start, file_end, plain)
        for at, pieces in contents
        for start, end, file_start, file_end, plain in pieces
    ]
    return tuple(made) or (Segment(0, 0, 0, 0, True),)


class _Shown(NamedTuple):
    text: str
    pieces: list[Piece]
    code: list[tuple[int, int]]
    captions: list[tuple[int, int]]
    links: list[tuple[int, int]]


def _whole(lines: list[Line]) -> bool:
    """Whether each line but the first begins just after the line end of the one before."""
    return all(a.end + 1 == b.begin for a, b in itertools.pairwise(lines))


def _beside(text: str, captions: list[tuple[int, int]]) -> str:
    """What is left of a text without its images' texts."""
    rest, done = [], 0
    for start, end in sorted(captions):
        rest.append(text[done:start])
        done = max(done, end)
    return "".join([*rest, text[done:]]).strip()


def _shown(content: _Content) -> _Shown:
    found = content.inline
    marks = found.marks
    if not marks and len(content.pieces) == 1:
        start = content.pieces[0][1]
        size = len(content.text)
        pieces = [(0, size, start, start + size, True)] if size else []
        return _Shown(content.text, pieces, found.code, found.captions, found.links)
    writer = _Writer(content)
    for m in marks:
        writer.plain(m.start)
        writer.unit(m)
    writer.plain(len(content.text))
    text = "".join(writer.out)
    if not (found.code or found.captions or found.links):
        return _Shown(text, writer.made, [], [], [])
    return _Shown(text, writer.made, *map(writer.places, (found.code, found.captions, sorted(found.links))))


class _Writer:
    """Writes out a content: plain stretches, units, and line ends with the prefix of the line they lead to."""

    def __init__(self, content: _Content) -> None:
        self.text = content.text
        self.pieces = content.pieces
        self.starts = [p[0] for p in content.pieces]
        self.out: list[str] = []
        self.made: list[Piece] = []
        self.at = self.done = 0
        self.known: list[tuple[int, int]] = []

    def plain(self, to: int) -> None:
        """Show what stands before ``to`` as it is."""
        if self.done < to and len(self.pieces) == 1:
            self.known.append((self.done, self.at))
            start = self.pieces[0][1] + self.done
            self._add(self.text[self.done : to], start, start + to - self.done, True)
            self.done = to
        while self.done < to:
            offset, place, length = self._piece(self.done)
            self.known.append((self.done, self.at))
            size = min(to, offset + length) - self.done
            if size > 0:
                start = place + self.done - offset
                self._add(self.text[self.done : self.done + size], start, start + size, True)
                self.done += size
            else:
                self._add("\n", place + length, self._place(offset + length + 1), False)
                self.done += 1

    def unit(self, mark: Mark) -> None:
        """Show a mark as one unit, or hide it."""
        start, end, shown = mark
        if end <= self.done:
            return
        self.known.append((max(start, self.done), self.at))
        if shown:
            self._add(shown, self._place(start), self._place(end - 1) + 1, False)
        self.done = end

    def _add(self, text: str, start: int, end: int, plain: bool) -> None:
        at, self.at = self.at, self.at + len(text)
        self.made.append((at, self.at, start, end, plain))
        self.out.append(text)

    def _piece(self, offset: int) -> tuple[int, int, int]:
        return self.pieces[bisect.bisect_right(self.starts, offset) - 1]

    def _place(self, offset: int) -> int:
        at, place, _ = self._piece(offset)
        return place + offset - at

    def places(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Ranges of the content as ranges of what is shown."""
        return [(self._shown_at(start), self._shown_at(end)) for start, end in ranges]

    def _shown_at(self, offset: int) -> int:
        n = bisect.bisect_right(self.known, (offset, len(self.text) + 1)) - 1
        if n < 0:
            return 0
        start, at = self.known[n]
        limit = self.known[n + 1][1] if n + 1 < len(self.known) else self.at
        return min(at + offset - start, limit)
