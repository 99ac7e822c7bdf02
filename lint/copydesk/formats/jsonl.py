"""JSONL: a record a line. A broken line is reported and the others are read."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError

from copydesk.article import Article
from copydesk.formats import BrokenRecord
from copydesk.formats.json_scan import blank, scan
from copydesk.formats.json_string import shown
from copydesk.formats.layers import Shown
from copydesk.formats.paths import Node, record_paths
from copydesk.formats.records import Found, Names, article
from copydesk.source import SourceFile
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import Fields


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The article of every line, named by its id or its number; blank lines do not count."""
    yield from records(file, fields, Names(file.part.record if file.part else 0))


def records(file: SourceFile, fields: Fields, names: Names) -> Iterator[Article | BrokenRecord]:
    """The articles of a file or a part of one; ``names`` has numbered the records before."""
    node, numbers = record_paths(fields), "\\u" in file.text

    def show(f: Found) -> Shown:
        return shown(file.text, f, file.encoding, in_ascii=file.ascii, numbers=numbers)

    for start, line in lines(file.text):
        found: list[Found] = []
        try:
            _record(line, node, found, start)
        except JSONDecodeError as e:
            names.number += 1
            yield BrokenRecord(f"record {names.number} is not JSON: {_said(e)} (column {e.pos + 1})", start + e.pos)
            continue
        except RecursionError:
            names.number += 1
            yield BrokenRecord(f"record {names.number} is nested too deeply to be read", start)
            continue
        made = article(file, found, show, "jsonl", names.next(found))
        if made is not None:
            yield made


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with the offset it starts at."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if line and not line.isspace():
            yield start, line
        start = end + 1


def is_lines(text: str, start: int) -> bool:
    """Whether a text is lines of JSON: its first line is an object, and there is another."""
    end = text.find("\n", start)
    if text[start] != "{" or end < 0 or blank(text, end) == len(text):
        return False
    try:
        _record(text[start:end], Node(), [])
    except (JSONDecodeError, RecursionError):
        return False
    return True


def _record(line: str, node: Node, found: list[Found], start: int = 0) -> None:
    end = blank(line, scan(line, blank(line, 0), node, found, base=start))
    if end < len(line):
        raise JSONDecodeError("Extra data", line, end)


def _said(error: JSONDecodeError) -> str:
    message = error.msg.removesuffix(" starting at").removesuffix(" at")
    if error.pos >= len(error.doc.rstrip()) or message.startswith("Unterminated"):
        return "the line is cut short"
    return message[0].lower() + message[1:]
