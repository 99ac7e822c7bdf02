"""CSV and TSV: a record a row, its fields by the names in the header. Without names we know it holds no articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from copydesk.article import Article, FileEdit
from copydesk.fix import splice
from copydesk.formats import BrokenRecord, html_layer
from copydesk.formats.csv_cell import quoted, shown
from copydesk.formats.csv_scan import DELIMITERS, NO_DELIMITER, Dialect, Row, excel_mark, keeps, ragged, rows, too_many
from copydesk.formats.layers import Shown, stacked
from copydesk.formats.paths import COPY, Node, Slot, record_paths
from copydesk.formats.records import Names
from copydesk.formats.reread import Record
from copydesk.source import SourceFile
from copydesk.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from copydesk.formats import Fields

_WITHOUT_QUOTES = ("\t", "|")
"""Delimiters that stand in no copy, so that files with them may quote no cell."""


class Table(NamedTuple):
    """How a file is read: its dialect, and what the cells of a row are for."""

    dialect: Dialect
    columns: list[tuple[Slot, ...]]


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The article of every row, named by its id or its number."""
    table = _table(file, fields)
    if table is None:
        return
    names, found = Names(), rows(file.text, table.dialect)
    next(found)
    for row in found:
        if row.broken >= 0:
            names.number += 1
            message = f"record {names.number} has a quotation mark that closes nothing; what follows was not read"
            yield BrokenRecord(message, row.broken)
        elif too_many(file.text, row, len(table.columns)):
            names.number += 1
            yield BrokenRecord(
                f"record {names.number} has {len(row.cells)} cells, the header {len(table.columns)}", row.start
            )
        else:
            record = _record(file, row, table)
            made = record.article("csv", names.next(record.found))
            if made is not None:
                yield made


def _table(file: SourceFile, fields: Fields) -> Table | None:
    """The dialect under which the header has the most names we know, and the fewest rows do not fit it."""
    marked = excel_mark(file.text)
    best: tuple[tuple[int, int], Table] | None = None
    for dialect in [marked] if marked else [Dialect(d) for d in (*DELIMITERS, NO_DELIMITER)]:
        header = next(rows(file.text, dialect), None)
        if header is None or header.broken >= 0 or (len(header.cells) == 1) != (dialect.delimiter == NO_DELIMITER):
            continue
        columns = [columns_of(shown(file.text[c.start : c.end], dialect).text, fields) for c in header.cells]
        groups = {slot.group for column in columns for slot in column}
        if groups.isdisjoint(("text", "headline")):
            continue
        rank = (-sum(map(bool, columns)), ragged(file.text, dialect, len(columns)))
        if best is None or rank < best[0]:
            best = rank, Table(dialect, columns)
    return _without_quotes(file.text, best[1]) if best else None


def _without_quotes(text: str, table: Table) -> Table:
    """The table, read as one that quotes no cell where quotation marks make no sense otherwise."""
    width, dialect = len(table.columns), table.dialect
    if dialect.delimiter not in _WITHOUT_QUOTES or '"' not in text or not ragged(text, dialect, width, len(text)):
        return table
    plain = dialect._replace(quotes=False)
    return table if ragged(text, plain, width, len(text)) else Table(plain, table.columns)


def columns_of(name: str, fields: Fields) -> tuple[Slot, ...]:
    """What a column of that name is for."""
    return _names(fields).get(_key(name), ())


def _key(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


@lru_cache(maxsize=8)
def _names(chosen: Fields) -> dict[str, tuple[Slot, ...]]:
    """The paths of a record as names of columns; capitals do not count."""
    out: dict[str, tuple[Slot, ...]] = {}

    def walk(node: Node, path: str) -> None:
        out.setdefault(path, tuple(node.slots))
        for name, child in node.children.items():
            walk(child, _key(f"{path}.{name}" if path else name))

    walk(record_paths(chosen), "")
    return {path: slots for path, slots in out.items() if path and slots}


def _record(file: SourceFile, row: Row, table: Table) -> Record:
    dialect = table.dialect
    record = Record(file, partial(keeps, dialect=dialect), requotes=partial(_requoted, file, row, dialect))
    read = partial(_shown, dialect=dialect, encoding=file.encoding)
    for cell, slots in zip(row.cells, table.columns, strict=False):
        for slot in slots:
            if slot.group in COPY:
                record.copy(slot, cell.start, cell.end, read)
            else:
                value = shown(file.text[cell.start : cell.end], dialect).text
                record.say(slot, value)
    return record


def _shown(raw: str, dialect: Dialect, encoding: str) -> Shown:
    cell = shown(raw, dialect)
    if not html_layer.is_html(cell.text):
        return cell
    return stacked(cell, html_layer.shown(cell.text, encoding=encoding, titled=True))


def _requoted(file: SourceFile, row: Row, dialect: Dialect, written: FileEdit) -> FileEdit | None:
    """An edit of a cell without quotes, as one that quotes it; None where it has some or may have none."""
    for cell in row.cells:
        raw = file.text[cell.start : cell.end]
        if cell.start <= written.start and written.end <= cell.end:
            if not dialect.quotes or raw.startswith('"'):
                return None
            moved = FileEdit(written.start - cell.start, written.end - cell.start, written.text)
            return FileEdit(cell.start, cell.end, quoted(splice(raw, [moved])))
    return None
