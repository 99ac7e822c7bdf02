"""WARC, the archive of crawlers (ISO 28500): the article of every page in it. Read only; needs ``copydesk[warc]``."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from email.message import Message

from copydesk.article import Article
from copydesk.formats import BrokenRecord, html
from copydesk.source import SourceFile, UnreadableError, decode
from copydesk.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.formats import Fields

_PAGES = ("text/html", "application/xhtml+xml")


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The article of every page, named by its record's offset in the archive and its address.

    Offsets in findings are code points in the page as it was decoded. Raises UnreadableError for what is no WARC.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise UnreadableError('is a web archive; to read it, pip install "copydesk[warc]"') from None
    records = ArchiveIterator(io.BytesIO(file.data))
    number = 0
    try:
        for record in records:
            number += 1
            if _is_page(record):
                data = record.content_stream().read()
                yield from _page(file, fields, record, data, records.get_record_offset())
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError) as e:
        if number:
            yield BrokenRecord(f"record {number} cannot be read ({e}); those after it were not read", 0)
        else:
            raise UnreadableError(f"is not a web archive: {e}") from None
    if not number:
        raise UnreadableError("is not a web archive, or cut short: there is no record in it")


def _is_page(record: Any) -> bool:
    """Whether a record is a page that was delivered."""
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return record.http_headers.get_statuscode() == "200" and _type(record).get_content_type() in _PAGES


def _type(record: Any) -> Message:
    message = Message()
    message["content-type"] = record.http_headers.get_header("Content-Type", "")
    return message


def _page(file: SourceFile, fields: Fields, record: Any, data: bytes, offset: int) -> Iterator[Article | BrokenRecord]:
    name = f"{offset} {record.rec_headers.get_header('WARC-Target-URI', '').strip('<>')}"
    if getattr(record.raw_stream, "limit", 0) > 0:
        yield BrokenRecord(f"the record of {name} is cut short", 0)
    try:
        got = decode(data, _type(record).get_content_charset(), "page.html")
    except (UnreadableError, LookupError) as e:
        yield BrokenRecord(f"the page of {name} cannot be read: it {e}", 0)
        return
    page = SourceFile(file.path, data, got.text, got.encoding, got.bom, "binary")
    for article in html.articles(page, fields):
        meta = article.meta._replace(url=name.partition(" ")[2])
        yield article._replace(id=name, meta=meta, format="warc", _views={})
