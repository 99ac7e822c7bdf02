"""The source line of a finding with carets under its span."""

from __future__ import annotations

from copydesk.finding import Finding
from copydesk.render.visible import Cell, cells
from copydesk.typed import NamedTuple

_AROUND = 400
"""Code points beside the span that are looked at: a line may be megabytes long."""


class Excerpt(NamedTuple):
    """A line as it is shown, the columns before the first caret, and the number of carets."""

    line: str
    before: int
    carets: int


def excerpt(finding: Finding, limit: int) -> Excerpt:
    """The line of a finding, cut to about ``limit`` columns around its span; the first line of a longer one."""
    line = finding.source_line
    start = min(max(0, finding.column - finding.source_column), len(line))
    end = start + finding.end - finding.start if finding.end_line == finding.line else len(line)
    end = max(start, min(end, len(line)))
    low, high = max(0, start - _AROUND), min(len(line), end + _AROUND, start + _AROUND + limit)
    row = cells(line[low:high], start - low, min(end, high) - low)
    left, right = _window(row, start - low, min(end, high) - low, limit)
    head = "…" if low + left or finding.source_column > 1 else ""
    tail = "…" if low + right < len(line) else ""
    before = len(head) + sum(c.width for c in row[left : start - low])
    carets = sum(c.width for c in row[start - low : min(end - low, right)])
    return Excerpt(head + "".join(c.text for c in row[left:right]) + tail, before, max(1, carets))


def _window(row: list[Cell], start: int, end: int, limit: int) -> tuple[int, int]:
    """The stretch of a row to show: the span, or its beginning, with what fits on both sides."""
    if sum(c.width for c in row) <= limit:
        return 0, len(row)
    right, used = start, 0
    while right < end and used + row[right].width <= limit:
        used += row[right].width
        right += 1
    left, half = start, (limit + used) // 2
    while left > 0 and used + row[left - 1].width <= half:
        left -= 1
        used += row[left].width
    while right < len(row) and used + row[right].width <= limit:
        used += row[right].width
        right += 1
    while left > 0 and used + row[left - 1].width <= limit:
        left -= 1
        used += row[left].width
    while left < start and row[left].width == 0:  # no mark without its letter
        left += 1
    while right < len(row) and row[right].width == 0:
        right += 1
    return left, right
