"""Layers: what each one shows of what it reads, and how they are stacked.

A layer reads text (a file, or what another layer shows) and shows text: the JSON string layer shows what
stands between two quotes, Markdown what its reader sees. ``stacked`` puts one upon another; a third party's
layer needs nothing but a function that makes a Shown.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from copydesk.article import Block, Edit, LazyBlocks, Writer
from copydesk.offsets import OffsetMap, Segment, Span
from copydesk.typed import NamedTuple


class Shown(NamedTuple):
    """What a layer shows: its text, the map back to what it read, and how new text is spelled in it.

    ``blocks``, ``code`` and ``links`` are in ``text``, a block's ``outer`` in what was read.
    """

    text: str
    map: OffsetMap
    writers: tuple[Writer, ...] = (str,)
    blocks: Sequence[Block] = ()
    code: tuple[Span, ...] = ()
    links: tuple[Span, ...] = ()
    allows: Callable[[Edit], bool] | None = None
    """Whether the text, so edited, would be shown as edited: for a layer where that hangs on what stands around."""


def stacked(outer: Shown, inner: Shown) -> Shown:
    """``inner``, which read what ``outer`` shows, with its map and writers leading to what ``outer`` read."""
    width = len(outer.writers)
    writers = tuple(Both(i, o) for i in inner.writers for o in outer.writers)
    blocks = LazyBlocks(partial(_outwards, outer.map, inner.blocks)) if inner.blocks else ()
    offsets = OffsetMap(partial(compose, outer.map, inner.map, width))
    return Shown(inner.text, offsets, writers, blocks, inner.code, inner.links, inner.allows)


def _outwards(outer: OffsetMap, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an inner layer, where they stand in what the outer one read."""
    for block in blocks:
        yield block._replace(outer=outer.span(block.outer)) if block.outer else block


@dataclass(frozen=True, slots=True)
class Both:
    """Writes with the inner layer's writer, and what comes of it with the outer layer's."""

    inner: Writer
    outer: Writer

    def __call__(self, text: str) -> str:
        return self.outer(self.inner(text))


def compose(outer: OffsetMap, inner: OffsetMap, width: int = 1) -> tuple[Segment, ...]:
    """The segments of ``inner``, which leads to the text that ``outer`` leads on from, in what ``outer`` read.

    ``width`` is the number of the outer layer's writers: writer ``i`` over ``o`` becomes ``i * width + o``.
    """
    out: list[Segment] = []
    for s in inner.segments:
        pieces = outer.pieces(Span(s.file_start, s.file_end))
        if s.plain:
            out += (_cut(s, p, width) for p in pieces)
        elif pieces:
            at = outer.span(Span(s.file_start, s.file_end))
            out.append(Segment(s.start, s.end, at.start, at.end, False, s.writer * width + pieces[0].writer))
    return tuple(out)


def _cut(inner: Segment, outer: Segment, width: int) -> Segment:
    """What a plain inner segment and an outer one share; a unit of the outer layer stays one."""
    start, end = max(inner.file_start, outer.start), min(inner.file_end, outer.end)
    shift = inner.start - inner.file_start
    at = outer.file_start - outer.start
    file = (start + at, end + at) if outer.plain else (outer.file_start, outer.file_end)
    return Segment(start + shift, end + shift, *file, outer.plain, inner.writer * width + outer.writer)


def shifted(segments: tuple[Segment, ...], text: int, file: int, writer: int = 0) -> tuple[Segment, ...]:
    """Segments moved by ``text`` and ``file`` code points, their writers numbered from ``writer``."""
    return tuple(
        Segment(s.start + text, s.end + text, s.file_start + file, s.file_end + file, s.plain, s.writer + writer)
        for s in segments
    )


class Part(NamedTuple):
    """One field of a record as shown; ``at`` is where what it was read from starts in the file."""

    shown: Shown
    at: int


GAP = "\n\n"
"""Stands between two parts in reader's text, and nowhere in the file."""


def joined(parts: list[Part], blocks: Sequence[Block] | None = None) -> Shown:
    """Several fields as one text, in the order given, with a gap between them that no file holds.

    ``blocks`` are those of the whole text, where they are known; else they are the fields'.
    """
    starts = places(parts)
    if blocks is None:
        blocks = LazyBlocks(partial(_all_blocks, parts, starts))
    shown = [p.shown for p in parts]
    return Shown(
        GAP.join([s.text for s in shown]),
        OffsetMap(partial(_joined_segments, parts, starts)),
        tuple([w for s in shown for w in s.writers]),
        blocks,
        _later([s.code for s in shown], starts),
        _later([s.links for s in shown], starts),
        partial(_allowed, parts, starts) if any(s.allows for s in shown) else None,
    )


def _all_blocks(parts: list[Part], starts: list[int]) -> Iterator[Block]:
    return (b for p, at in zip(parts, starts, strict=True) for b in moved(p.shown.blocks, at, p.at))


def places(parts: list[Part]) -> list[int]:
    """Where each of several fields starts in the text that they are joined to."""
    out, at = [], 0
    for p in parts:
        out.append(at)
        at += len(p.shown.text) + len(GAP)
    return out


def _allowed(parts: list[Part], starts: list[int], edit: Edit) -> bool:
    """Whether the part that an edit stands in allows it; no edit reaches from one to another."""
    n = bisect.bisect_right(starts, edit.span.start, hi=len(parts)) - 1
    part, at = parts[n].shown, starts[n]
    if part.allows is None:
        return True
    span = Span(edit.span.start - at, min(edit.span.end - at, len(part.text)))
    return span.end >= span.start and part.allows(Edit(span, edit.text))


def _joined_segments(parts: list[Part], starts: list[int]) -> tuple[Segment, ...]:
    numbers = itertools.accumulate((len(p.shown.writers) for p in parts), initial=0)
    return tuple(
        s
        for p, start, number in zip(parts, starts, numbers, strict=False)
        for s in shifted(p.shown.map.segments, start, p.at, number)
    )


def _later(spans: list[tuple[Span, ...]], starts: list[int]) -> tuple[Span, ...]:
    """The ranges in each of several fields, as ranges of the text that they are joined to."""
    if not any(spans):
        return ()
    return tuple(Span(a + at, b + at) for inner, at in zip(spans, starts, strict=True) for a, b in inner)


def moved(blocks: Iterable[Block], text: int, file: int) -> Iterator[Block]:
    """Blocks moved by ``text`` and, in the file, by ``file`` code points."""
    new = tuple.__new__  # a third of what it costs to call the classes
    for (start, end), kind, outer, level in blocks:
        around = outer and new(Span, (outer[0] + file, outer[1] + file))
        yield new(Block, (new(Span, (start + text, end + text)), kind, around, level))
