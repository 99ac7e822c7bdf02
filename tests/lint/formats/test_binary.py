"""Parquet and WARC: read without a text of their own; Parquet corrected in a new file."""

import io
import sys
from gzip import compress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from copydesk.article import Article, FileEdit
from copydesk.config import Config
from copydesk.formats import Fields
from copydesk.formats.parquet import corrected, differs
from copydesk.reading import Read, read

PAGE = "<html><head><title>T</title></head><body><h1>Ferry</h1><p>Ünter {} the ferry.</p></body></html>"
ROWS = {
    "ID": [7, 8, None, 10],
    "Title": ["One", None, "Three", "Four"],
    "text": ["First\r\n\r\npara é.", "<p>A <b>b</b> &amp; c</p>", None, "last 😀 row"],
    "n": [1.5, None, 3.0, 4.0],
    "date": ["2024-03-05", "", None, "x"],
}


def archive(*pages: tuple[str, str, str, bytes], gzip: bool = True) -> bytes:
    """A web archive of pages: address, status, content type, bytes."""
    records = []
    for address, status, kind, data in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-05T12:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:83aa2a5d-f40f-4c65-a94e-b3632fa3f45b>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        records.append(compress(record) if gzip else record)
    return b"".join(records)


PAGES = (
    ("https://www.a.example/1", "200 OK", "text/html; charset=utf-8", PAGE.format("one").encode()),
    ("https://a.example/2", "404 Not Found", "text/html", PAGE.format("gone").encode()),
    ("https://a.example/3.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://b.example/4", "200 OK", "text/html; charset=windows-1252", PAGE.format("two").encode("cp1252")),
)


def table(**options: Any) -> bytes:
    """A Parquet file of the rows, in groups of three."""
    out = io.BytesIO()
    made = pa.table(ROWS).replace_schema_metadata({"made": "by hand"})
    pq.write_table(made, out, row_group_size=3, **options)
    return out.getvalue()


def read_as(path: str, data: bytes) -> Read:
    return read(path, Config(root=Path.cwd()), data)


@pytest.mark.parametrize(("name", "gzip"), [("a.warc.gz", True), ("a.warc", False)])
def test_an_archive_holds_the_articles_of_its_pages(name: str, gzip: bool) -> None:
    data = archive(*PAGES, gzip=gzip)
    got = read_as(name, data)
    assert got.errors == ()
    one, two = got.articles
    assert (one.text, two.text) == ("Ferry\n\nÜnter one the ferry.", "Ferry\n\nÜnter two the ferry.")
    assert (one.meta.source, two.meta.url) == ("a.example", "https://b.example/4")
    offsets = [int(str(a.id).split()[0]) for a in (one, two)]
    assert [str(a.id).split()[1] for a in (one, two)] == ["https://www.a.example/1", "https://b.example/4"]
    assert offsets[0] == 0
    assert data[offsets[1] :].startswith(b"\x1f\x8b" if gzip else b"WARC/1.0")
    assert one.raw(one.blocks[0].span) == "Ferry"
    assert not one.file.rewritable
    assert got.file is not None
    assert got.file.data == data


def test_what_is_cut_short_is_told() -> None:
    data = archive(*PAGES)
    cut = archive(PAGES[0], gzip=False)[:-40]
    assert "cut short" in read_as("a.warc", cut).errors[0].message
    assert "cut short" in read_as("a.warc.gz", data[:200]).errors[0].message
    assert "not a web archive" in read_as("a.warc", b"nonsense\n").errors[0].message
    assert "not a web archive" in read_as("a.warc", b"").errors[0].message


def test_rows_of_parquet_are_articles() -> None:
    got = read_as("a.parquet", table())
    assert got.errors == ()
    assert [(a.id, a.text) for a in got.articles] == [
        ("7", "One\n\nFirst\n\npara é."),
        ("8", "A b & c"),
        ("10", "Four\n\nlast 😀 row"),
    ]
    first = got.articles[0]
    assert first.meta.date == "2024-03-05"
    assert first.raw(first.blocks[1].span) == "First"
    assert "not a Parquet file" in read_as("a.parquet", b"PAR1nonsense").errors[0].message


@pytest.mark.parametrize("options", [{}, {"compression": "zstd"}, {"compression": "none", "use_dictionary": False}])
def test_a_new_file_has_the_edits_and_all_else(options: dict[str, Any]) -> None:
    before = table(**options)
    edits = {
        "7": [FileEdit(0, 3, "1"), FileEdit(5, 10, "Last")],
        "8": [FileEdit(8, 9, "B")],
        "10": [FileEdit(0, 0, "’")],
    }
    after = corrected(before, Fields(), edits)
    assert differs(before, after, Fields()) == ""
    rows = pq.read_table(io.BytesIO(after)).to_pydict()
    assert rows["Title"] == ["1", None, "Three", "’Four"]
    assert rows["text"] == ["Last\r\n\r\npara é.", "<p>A <b>B</b> &amp; c</p>", None, "last 😀 row"]
    assert [rows[name] for name in ("ID", "n", "date")] == [ROWS[name] for name in ("ID", "n", "date")]
    old, new = (pq.ParquetFile(io.BytesIO(d)) for d in (before, after))
    assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
    assert [new.metadata.row_group(n).num_rows for n in range(2)] == [3, 1]
    codecs = [[f.metadata.row_group(0).column(n).compression for n in range(5)] for f in (old, new)]
    assert codecs[0] == codecs[1]


def test_another_file_is_told_apart() -> None:
    other = pa.table({**ROWS, "n": [1.5, None, 3.0, 5.0]}).replace_schema_metadata({"made": "by hand"})
    out = io.BytesIO()
    pq.write_table(other, out, row_group_size=3)
    assert "column n" in differs(table(), out.getvalue(), Fields())
    assert "row groups" in differs(table(), _regrouped(), Fields())


def _regrouped() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(ROWS).replace_schema_metadata({"made": "by hand"}), out, row_group_size=4)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "module", "said"),
    [("a.warc", "warcio.archiveiterator", "copydesk[warc]"), ("a.parquet", "pyarrow", "copydesk[parquet]")],
)
def test_without_the_extra_the_error_names_it(
    name: str, module: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert f'pip install "{said}"' in read_as(name, b"x").errors[0].message
    assert not any(isinstance(a, Article) for a in read_as(name, b"x").articles)
