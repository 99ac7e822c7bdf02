"""JSON: a record, a list of records, or an object that keeps a list of records. Other JSON holds no articles."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError

from copydesk.article import Article
from copydesk.formats import BrokenRecord, jsonl
from copydesk.formats.json_scan import Records, blank, scan
from copydesk.formats.json_string import shown
from copydesk.formats.layers import Shown
from copydesk.formats.paths import file_paths, record_paths
from copydesk.formats.records import Found, Names, article
from copydesk.source import SourceFile, UnreadableError
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import Fields


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The articles of a JSON file; one that holds lines of JSON is read as JSONL.

    Raises UnreadableError for what is not JSON, with line and column.
    """
    start = blank(file.text, 0)
    if start == len(file.text):
        raise UnreadableError("is empty, which is no JSON")
    try:
        if file.text[start] == "[":
            yield from _list(file, start, fields)
        elif jsonl.is_lines(file.text, start):
            yield from jsonl.articles(file, fields)
        else:
            yield from _alone(file, start, fields)
    except JSONDecodeError as e:
        raise UnreadableError(problem(file, e.msg, e.pos)) from None
    except RecursionError:
        raise UnreadableError("is nested too deeply to be read") from None


def _list(file: SourceFile, start: int, fields: Fields) -> Iterator[Article]:
    """The records of a file that is a list of them."""
    text, node, names = file.text, record_paths(fields), Names()
    at = blank(text, start + 1)
    while text[at : at + 1] != "]":
        found: list[Found] = []
        is_record = text[at : at + 1] == "{"
        at = blank(text, scan(text, at, node, found))
        if is_record:
            made = read_record(file, found, names.next(found))
            if made is not None:
                yield made
        if text[at : at + 1] == ",":
            at = blank(text, at + 1)
            if text[at : at + 1] == "]":
                raise JSONDecodeError("Expecting value", text, at)
        elif text[at : at + 1] != "]":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
    _nothing_after(text, at + 1)


def _alone(file: SourceFile, start: int, fields: Fields) -> Iterator[Article]:
    """The one record of a file, or those it keeps in a list; a feed's own title is no article."""
    found: list[Found] = []
    records = Records(record_paths(fields))
    _nothing_after(file.text, scan(file.text, start, file_paths(fields), found, records))
    whole = read_record(file, found, None)
    if whole is not None and any(f.slot.group == "text" and f.value.strip() for f in found):
        yield whole
        return
    names = Names()
    made = [read_record(file, r, names.next(r)) for _, r in records.got]
    inner = [a for a in made if a is not None]
    if inner:
        yield from inner
    elif whole is not None:
        yield whole


def read_record(file: SourceFile, found: list[Found], name: str | None) -> Article | None:
    """The article of a record's strings, or None where it holds none."""

    def show(f: Found) -> Shown:
        return shown(file.text, f, file.encoding)

    return article(file, found, show, "json", name)


def _nothing_after(text: str, end: int) -> None:
    at = blank(text, end)
    if at < len(text):
        raise JSONDecodeError("Extra data", text, at)


def problem(file: SourceFile, message: str, offset: int) -> str:
    """A sentence on what breaks a JSON text at ``offset``, with line and column."""
    line, column = file.place(offset)
    if not file.text[offset:].strip():
        return f"is cut short: its JSON ends in the middle of a value (line {line}, column {column})"
    message = message.removesuffix(" starting at").removesuffix(" at")
    return f"is not JSON: {message[0].lower()}{message[1:]} (line {line}, column {column})"
