"""CSV and its like as rows of cells with their exact ranges (RFC 4180, and what spreadsheets make of it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x00"
_SAMPLE = 200
"""Rows that decide between two delimiters."""
_LINE_END = compiled(r"\r\n?|\n")
_EXCEL = compiled(r"sep=(.)(?:\r\n?|\n)", re.I)


class Dialect(NamedTuple):
    """How a file separates its cells (NO_DELIMITER: it has one a row), if it quotes any, where its header starts."""

    delimiter: str
    quotes: bool = True
    start: int = 0


class Cell(NamedTuple):
    """A cell's range in the file, its quotes inside."""

    start: int
    end: int


class Row(NamedTuple):
    """The cells of a row; ``broken`` is the offset of a quotation mark that closes nothing, or -1."""

    cells: list[Cell]
    broken: int = -1

    @property
    def start(self) -> int:
        """Where the row starts in the file."""
        return self.cells[0].start


@lru_cache(maxsize=16)
def _pattern(delimiter: str, quotes: bool) -> re.Pattern[str]:
    d = re.escape(delimiter)
    plain = rf"(?!\")[^{d}\r\n]*+" if quotes else rf"[^{d}\r\n]*+"
    quoted = r"\"(?:[^\"]++|\"\")*+\"|" if quotes else ""
    return compiled(rf"((?:{quoted}{plain}))({d}|\r\n?|\n|\Z)|(\")")


def rows(text: str, dialect: Dialect) -> Iterator[Row]:
    """The rows of a file that are not blank; after one with a broken quotation nothing can be told apart."""
    cells: list[Cell] = []
    for m in _pattern(dialect.delimiter, dialect.quotes).finditer(text, dialect.start):
        start, end = m.span(1)
        if start < 0:
            yield Row([*cells, Cell(m.start(), m.end())], m.start())
            return
        cells.append(Cell(start, end))
        if m[2] == dialect.delimiter:
            continue
        if len(cells) > 1 or start < end:
            yield Row(cells)
        cells = []
        if m.end() == len(text):
            return


def excel_mark(text: str) -> Dialect | None:
    """What a spreadsheet's ``sep=;`` before the header says."""
    m = _EXCEL.match(text)
    return Dialect(m[1], True, m.end()) if m else None


def is_cell(raw: str, dialect: Dialect) -> bool:
    """Whether a text is one cell and nothing else."""
    m = _pattern(dialect.delimiter, dialect.quotes).match(raw)
    return m is not None and m.span(1) == (0, len(raw))


def keeps(old: str, new: str, dialect: Dialect) -> bool:
    """Whether an edited cell ends its lines as before, and reads alike whatever a reader takes for a delimiter."""
    if dialect.quotes and new.startswith('"'):
        ends = set(_LINE_END.findall(old))
        return not ends or ends.issuperset(_LINE_END.findall(new))
    special = (*DELIMITERS, "\n", "\r") if dialect.quotes else (dialect.delimiter, "\n", "\r")
    return new.count('"') == old.count('"') and not any(c in new and c not in old for c in special)


def ragged(text: str, dialect: Dialect, width: int, most: int = _SAMPLE) -> int:
    """How many of the first rows do not fit a header of ``width`` cells."""
    count = 0
    for number, row in enumerate(rows(text, dialect)):
        if number == most:
            break
        count += row.broken >= 0 or too_many(text, row, width)
    return count


def too_many(text: str, row: Row, width: int) -> bool:
    """Whether a row has more cells than its header, and something in them."""
    return any(not text[c.start : c.end].isspace() for c in row.cells[width:] if c.start < c.end)
