"""Parquet: a record a row, its fields by the names of columns of text. Needs ``copydesk[parquet]``.

A file cannot be rewritten in place: ``corrected`` makes a new one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from copydesk.article import Article, FileEdit
from copydesk.fix import splice
from copydesk.formats.csv import columns_of
from copydesk.formats.html_layer import field
from copydesk.formats.json_string import LineWriter
from copydesk.formats.layers import GAP, Shown, stacked
from copydesk.formats.paths import COPY, Slot
from copydesk.formats.records import Names
from copydesk.formats.reread import Record
from copydesk.formats.text import newlines
from copydesk.offsets import OffsetMap, Segment
from copydesk.source import SourceFile, UnreadableError
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from copydesk.formats import Fields

_ROWS = 1024
"""Rows in memory as Python objects at a time."""


class Row(NamedTuple):
    """A row's article, and where the cells of its columns stand in its text."""

    article: Article | None
    cells: dict[str, tuple[int, int]]


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The article of every row, named by its id or its number; offsets are in its texts, an empty line apart.

    Raises UnreadableError for what is no Parquet file.
    """
    for row in _rows(file.path, _opened(file.data), fields):
        if row.article is not None:
            yield row.article


def _opened(data: bytes) -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UnreadableError('is a Parquet file; to read it, pip install "copydesk[parquet]"') from None
    try:
        return pq.ParquetFile(io.BytesIO(data))
    except (pa.ArrowException, OSError) as e:
        raise UnreadableError(f"is not a Parquet file: {e}") from None


def _rows(path: str, table: Any, fields: Fields) -> Iterator[Row]:
    names = [name for name in table.schema_arrow.names if columns_of(name, fields)]
    slots = {name: columns_of(name, fields) for name in names}
    numbers = Names()
    for batch in table.iter_batches(_ROWS, columns=names):
        for row in batch.to_pylist():
            yield _row(path, row, slots, numbers)


def _row(path: str, row: Mapping[str, Any], slots: Mapping[str, Sequence[Slot]], names: Names) -> Row:
    copy = [n for n, value in row.items() if isinstance(value, str) and any(s.group in COPY for s in slots[n])]
    cells: dict[str, tuple[int, int]] = {}
    at = 0
    for name in copy:
        cells[name] = (at, at + len(row[name]))
        at = cells[name][1] + len(GAP)
    text = GAP.join(row[name] for name in copy)
    record = Record(SourceFile(path, text.encode("utf-8", "surrogatepass"), text))
    for name, value in row.items():
        for slot in slots[name]:
            if slot.group not in COPY:
                record.say(slot, "" if value is None else str(value))
            elif name in cells:
                record.copy(slot, *cells[name], _shown)
    return Row(record.article("parquet", names.next(record.found)), cells)


def _shown(raw: str) -> Shown:
    cell = Shown(raw, OffsetMap((Segment(0, len(raw), 0, len(raw), True),)))
    if "\r" in raw:
        text, lines = newlines(raw)
        cell = stacked(cell, Shown(text, lines, (LineWriter.of(raw),)))
    return field(cell)


def corrected(data: bytes, fields: Fields, edits: Mapping[str, Sequence[FileEdit]]) -> bytes:
    """A new file with edits made, by the ids of their articles; schema, metadata, row groups and the rest kept."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table, out = _opened(data), io.BytesIO()
    changed = _changed(table, fields, edits)
    start = 0
    with pq.ParquetWriter(out, table.schema_arrow, compression=_compression(table)) as writer:
        for number in range(table.num_row_groups):
            group = table.read_row_group(number)
            for n, name in enumerate(group.schema.names):
                new = {row - start: value for row, value in changed.get(name, {}).items() if row >= start}
                new = {row: value for row, value in new.items() if row < group.num_rows}
                if new:
                    values = [new.get(row, value) for row, value in enumerate(group.column(n).to_pylist())]
                    group = group.set_column(n, group.schema.field(n), pa.array(values, group.schema.field(n).type))
            writer.write_table(group, row_group_size=max(1, group.num_rows))
            start += group.num_rows
    return out.getvalue()


def differs(before: bytes, after: bytes, fields: Fields) -> str:
    """What a corrected file must share with the first one and does not; empty where it is as it should be."""
    old, new = _opened(before), _opened(after)
    if not old.schema_arrow.equals(new.schema_arrow, check_metadata=True):
        return "the schema would be another"
    sizes = [[t.metadata.row_group(n).num_rows for n in range(t.num_row_groups)] for t in (old, new)]
    if sizes[0] != sizes[1]:
        return "the row groups would be others"
    for number in range(old.num_row_groups):
        a, b = old.read_row_group(number), new.read_row_group(number)
        for n, name in enumerate(a.schema.names):
            if not columns_of(name, fields) and not a.column(n).equals(b.column(n)):
                return f"the column {name} would be another"
    return ""


def _changed(table: Any, fields: Fields, edits: Mapping[str, Sequence[FileEdit]]) -> dict[str, dict[int, str]]:
    """The new texts of cells, by column and number of the row."""
    changed: dict[str, dict[int, str]] = {}
    for number, row in enumerate(_rows("", table, fields)):
        made = edits.get(row.article.id or "") if row.article is not None else None
        if row.article is None or not made:
            continue
        for name, (start, end) in row.cells.items():
            inside = [e for e in made if start <= e.start and e.end <= end]
            moved = [FileEdit(e.start - start, e.end - start, e.text) for e in inside]
            if moved:
                changed.setdefault(name, {})[number] = splice(row.article.file.text[start:end], moved)
    return changed


def _compression(table: Any) -> dict[str, str] | str:
    """How every column is compressed."""
    if not table.num_row_groups:
        return "snappy"
    group = table.metadata.row_group(0)
    columns = [group.column(n) for n in range(group.num_columns)]
    return {c.path_in_schema: c.compression if c.compression != "UNCOMPRESSED" else "NONE" for c in columns}
