"""Ranges of text, and the map from what a reader sees to where it stands in the file."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable
from functools import cached_property

from copydesk.typed import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points in an article's text."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether the two ranges share a code point; an empty range touches what it lies in."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Segment(NamedTuple):
    """A stretch of text and where it stands in the file.

    ``plain``: code point for code point; else the stretch is one unit (an escape, a reference, a line end).
    """

    start: int
    end: int
    file_start: int
    file_end: int
    plain: bool
    writer: int = 0


class OffsetMap:
    """From offsets in reader's text to offsets in the file, through however many layers lie between.

    Segments are in the order of the text; text between two of them (the blank line between two fields of a
    record) stands nowhere in the file. ``segments`` may be a function that makes them at the first question:
    most articles are read and found clean, and are never asked.
    """

    def __init__(self, segments: tuple[Segment, ...] | Callable[[], tuple[Segment, ...]]) -> None:
        self._made = segments

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches of the text, in its order; never none."""
        return self._made() if callable(self._made) else self._made

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.segments]

    def _at(self, offset: int) -> int:
        """Index of the last segment that starts at or before ``offset``; -1 where none does."""
        return bisect.bisect_right(self._starts, offset) - 1

    def start(self, offset: int) -> int:
        """File offset of the code point at ``offset``, or where the next one stands."""
        i = self._at(offset)
        if i >= 0:
            s = self.segments[i]
            if offset < s.end:
                return s.file_start + (offset - s.start if s.plain else 0)
            if offset == s.end and (i + 1 == len(self.segments) or self.segments[i + 1].start != offset):
                return s.file_end
        return self.segments[i + 1].file_start if i + 1 < len(self.segments) else self.segments[-1].file_end

    def end(self, offset: int) -> int:
        """File offset just after the code point before ``offset``."""
        i = self._at(offset - 1)
        if i < 0:
            return self.segments[0].file_start
        s = self.segments[i]
        return s.file_start + (offset - s.start) if s.plain and offset <= s.end else s.file_end

    def span(self, span: Span) -> Span:
        """The range of the file that shows as ``span``.

        Where a record's fields stand in another order than they are read, the longest stretch in order.
        """
        start = self.start(span.start)
        if span.end <= span.start:
            return Span(start, start)
        end = self.end(span.end)
        return Span(start, end) if start <= end else self._in_order(span)

    def _in_order(self, span: Span) -> Span:
        runs: list[Span] = []
        for p in self.pieces(span):
            start = p.file_start + (max(p.start, span.start) - p.start if p.plain else 0)
            end = p.file_end - (p.end - min(p.end, span.end) if p.plain else 0)
            if runs and runs[-1].end <= start:
                runs[-1] = Span(runs[-1].start, end)
            else:
                runs.append(Span(start, end))
        start = self.start(span.start)
        return max(runs, key=lambda run: run.end - run.start, default=Span(start, start))

    def pieces(self, span: Span) -> list[Segment]:
        """The segments that touch ``span``."""
        first = max(0, self._at(span.start))
        out = []
        for i in range(first, len(self.segments)):
            s = self.segments[i]
            if s.start >= span.end and not (span.start == span.end == s.start):
                break
            if s.end > span.start or (span.start == span.end and s.end == span.start):
                out.append(s)
        return out

    def holds(self, span: Span) -> bool:
        """Whether every code point of ``span`` stands in the file."""
        at = span.start
        for s in self.pieces(span):
            if s.start > at:
                return False
            at = s.end
        return at >= span.end


def joined(pieces: list[Segment]) -> bool:
    """Whether the segments follow each other in the file with nothing hidden between them."""
    return all(a.file_end == b.file_start for a, b in itertools.pairwise(pieces))


def identity(length: int) -> OffsetMap:
    """The map of a text that stands in its file as it is."""
    return OffsetMap((Segment(0, length, 0, length, True),))
