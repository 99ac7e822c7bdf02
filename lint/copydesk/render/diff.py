"""What fixes change, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import takewhile

from copydesk.compiled import compiled
from copydesk.render.options import Options
from copydesk.render.style import Paint
from copydesk.render.summary import summary, told
from copydesk.render.visible import line_start, visible
from copydesk.report import Fixed, Report
from copydesk.typed import NamedTuple

_COLORS = {"+": "green", "-": "red", "@": "cyan"}
_MISSING = "\\ No newline at end of file\n"
_LINE = compiled(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CONTEXT = 3
_AROUND = 60
_LONG = 2000
"""Characters of a line beyond which only the part that changes is shown."""
_MANY = 20_000
"""Changed lines beyond which no closer comparison is made: difflib is quadratic at worst."""


class _Change(NamedTuple):
    """``before[start:end]`` becomes ``after[new_start:new_end]``."""

    start: int
    end: int
    new_start: int
    new_end: int


def diff(report: Report, options: Options) -> Iterator[str]:
    """The changed lines of every fixed file, errors, and the summary."""
    for fixed in report.fixed:
        yield from file_diff(fixed, options)
    yield from told(report, options)
    yield from summary(report, options)


def file_diff(fixed: Fixed, options: Options) -> Iterator[str]:
    """The changed lines of one file; what a terminal would obey or hide is spelled out, so that each change shows."""
    paint = Paint(options.color)
    before, after = (_LINE.findall(data.decode(fixed.encoding, "replace")) for data in (fixed.before, fixed.after))
    ends = [[line[len(line.rstrip("\r\n")) :] for line in lines] for lines in (before, after)]
    keep_ends = set(ends[0]) != set(ends[1])
    yield paint(f"--- {visible(fixed.path)}", "bold") + "\n"
    yield paint(f"+++ {visible(fixed.path)}", "bold") + "\n"
    for tag, line in _tagged(before, after):
        body = line.rstrip("\n") if keep_ends else line.rstrip("\r\n")
        shown = f" {line_start(body, chr(9))}" if tag == " " else tag + visible(body, "\t")
        yield paint(shown, _COLORS[tag]) + "\n" if tag in _COLORS else shown + "\n"
        if tag != "@" and not line.endswith(("\r", "\n")):
            yield _MISSING


def _tagged(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """``@`` headers, and lines tagged blank, ``-`` or ``+``."""
    for hunk in _hunks(_changes(before, after)):
        first, last = hunk[0], hunk[-1]
        start = max(0, first.start - _CONTEXT)
        end = min(len(before), last.end + _CONTEXT)
        new_start = first.new_start - (first.start - start)
        yield "@", f"@ -{_range(start, end)} +{_range(new_start, last.new_end + end - last.end)} @@\n"
        for change in hunk:
            yield from ((" ", _short(line)) for line in before[start : change.start])
            old, new = before[change.start : change.end], after[change.new_start : change.new_end]
            yield from _replaced(old, new)
            start = change.end
        yield from ((" ", _short(line)) for line in before[start:end])


def _range(start: int, end: int) -> str:
    """Line numbers as a hunk's header has them: an empty range names the line before it."""
    return f"{start + 1 if end > start else start},{end - start}" if end - start != 1 else f"{end}"


def _changes(before: Sequence[str], after: Sequence[str]) -> list[_Change]:
    head = sum(1 for _ in takewhile(lambda p: p[0] == p[1], zip(before, after, strict=False)))
    shorter = min(len(before), len(after)) - head
    pairs = zip(reversed(before), reversed(after), strict=False)
    tail = min(shorter, sum(1 for _ in takewhile(lambda p: p[0] == p[1], pairs)))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) + len(new) > _MANY:
        return [_Change(head, head + len(old), head, head + len(new))]
    codes = difflib.SequenceMatcher(None, old, new).get_opcodes()
    return [_Change(head + a, head + b, head + c, head + d) for tag, a, b, c, d in codes if tag != "equal"]


def _hunks(changes: list[_Change]) -> list[list[_Change]]:
    """Changes whose context meets share a hunk."""
    hunks: list[list[_Change]] = []
    for change in changes:
        if hunks and change.start - hunks[-1][-1].end <= 2 * _CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    return hunks


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    paired = len(old) == len(new)
    yield from (("-", _short(line, new[n] if paired else "")) for n, line in enumerate(old))
    yield from (("+", _short(line, old[n] if paired else "")) for n, line in enumerate(new))


def _short(line: str, other: str = "") -> str:
    """A very long line cut to where it differs from its counterpart."""
    if len(line) <= _LONG:
        return line
    end = line[len(line.rstrip("\r\n")) :]
    start = max(0, _shared(line, other) - _AROUND)
    return ("…" if start else "") + line[start : start + _LONG - len(end)].rstrip("\r\n") + "…" + end


def _shared(a: str, b: str) -> int:
    """Length of the common prefix, by bisection: the comparing is left to C."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
