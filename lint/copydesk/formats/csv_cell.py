"""The CSV cell layer: what a cell shows, and how new text is spelled in it."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.compiled import compiled
from copydesk.formats.csv_scan import Dialect, is_cell
from copydesk.formats.json_string import LineWriter
from copydesk.formats.layers import Shown, stacked
from copydesk.formats.text import newlines
from copydesk.offsets import OffsetMap, Segment

_DOUBLED = compiled(r'""')


def shown(raw: str, dialect: Dialect) -> Shown:
    """What a cell shows, its line ends as ``\\n``. Raises ValueError for a text that is not one cell."""
    if not is_cell(raw, dialect):
        raise ValueError("not one cell")
    cell = _quoted(raw) if dialect.quotes and raw.startswith('"') else _plain(raw, dialect)
    if "\r" not in cell.text:
        return cell
    text, lines = newlines(cell.text)
    return stacked(cell, Shown(text, lines, (LineWriter.of(cell.text),)))


def quoted(text: str) -> str:
    """A text as a quoted cell."""
    return f'"{_double(text)}"'


def _quoted(raw: str) -> Shown:
    segments, at, done = [], 0, 1
    for m in _DOUBLED.finditer(raw, 1, len(raw) - 1):
        if done < m.start():
            segments.append(Segment(at, at + m.start() - done, done, m.start(), True))
            at += m.start() - done
        segments.append(Segment(at, at + 1, m.start(), m.end(), False))
        at, done = at + 1, m.end()
    if done < len(raw) - 1 or not segments:
        segments.append(Segment(at, at + len(raw) - 1 - done, done, len(raw) - 1, True))
    return Shown(raw[1:-1].replace('""', '"'), OffsetMap(tuple(segments)), (_double,))


def _double(text: str) -> str:
    return text.replace('"', '""')


def _plain(raw: str, dialect: Dialect) -> Shown:
    writer = str if dialect.quotes else PlainWriter(dialect.delimiter)
    return Shown(raw, OffsetMap((Segment(0, len(raw), 0, len(raw), True),)), (writer,))


@dataclass(frozen=True, slots=True)
class PlainWriter:
    """Writes a cell of a file that quotes none.

    Raises ValueError for what would need quotes, and for quotation marks, by which the file might be read anew.
    """

    delimiter: str

    def __call__(self, text: str) -> str:
        if any(c in text for c in (self.delimiter, "\n", "\r", '"')):
            raise ValueError("needs quotes")
        return text
