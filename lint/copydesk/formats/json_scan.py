"""A scanner of JSON that gives the strings at given paths with their exact ranges, and skips the rest in C.

It rests on the scanner and string reader of Python's ``json`` module, so that it accepts what that accepts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # public in CPython and PyPy, not in typeshed

from copydesk.compiled import compiled
from copydesk.formats.paths import TYPE, Node
from copydesk.formats.records import Found
from copydesk.typed import Any, cast

# numbers as they are spelled: no value is ever computed, so none can be too large
_decoder: Any = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_skip = cast(Callable[[str, int], tuple[Any, int]], _decoder.scan_once)
_string = cast(Callable[[str, int, bool], tuple[str, int]], scanstring)
_BLANK = compiled(r"[ \t\n\r]*").match
_BLANKS = " \t\n\r"
_KEY = compiled(r'"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*').match
"""A key without escapes, through the colon to its value."""
_NEXT = compiled(r"[ \t\n\r]*,[ \t\n\r]*").match


@dataclass(frozen=True, slots=True)
class Records:
    """The records found on the way to the end of a file: where each starts, and its fields."""

    node: Node
    """The paths of a record."""
    got: list[tuple[int, list[Found]]] = field(default_factory=list)

    def read(self, text: str, at: int) -> int:
        """Read the record at ``at`` and give its end."""
        found: list[Found] = []
        self.got.append((at, found))
        return scan(text, at, self.node, found)

    def drop(self, first: int, last: int) -> None:
        """Forget the records of a range."""
        self.got[:] = [r for r in self.got if not first <= r[0] <= last]


def blank(text: str, at: int) -> int:
    """The offset of the next code point that is not white space."""
    return at if text[at : at + 1] not in _BLANKS else _BLANK(text, at).end()  # type: ignore[union-attr]


def scan(text: str, at: int, node: Node, found: list[Found], records: Records | None = None, base: int = 0) -> int:
    """Read the value at ``at`` into ``found`` and give its end; ``base`` is where ``text`` stands in its file.

    ``records`` reads the objects where ``node`` says that a file keeps records.
    Raises JSONDecodeError, and RecursionError for a value nested deeper than Python's ``json`` reads.
    """
    c = text[at : at + 1]
    if c == '"':
        value, end = _string(text, at + 1, True)
        found.extend([Found(slot, value, base + at + 1, base + end - 1) for slot in node.slots])
        return end
    if c == "{":
        if node.records and records is not None:
            end = records.read(text, at)
            if not (node.children or node.starts):
                return end
        if node.children or node.starts:
            return _object(text, at, node, found, records, base)
    elif c == "[" and (node.slots or node.each or node.records):
        return _array(text, at, node, found, records, base)
    value, end = skip(text, at)
    if isinstance(value, str):
        found.extend([Found(slot, value, base + at, base + at) for slot in node.slots if slot.group in ("id", "date")])
    return end


def skip(text: str, at: int) -> tuple[Any, int]:
    """The value at ``at``, its numbers as spelled, and its end. Raises JSONDecodeError and RecursionError."""
    try:
        return _skip(text, at)
    except StopIteration as e:
        raise JSONDecodeError("Expecting value", text, e.value) from None


def _object(text: str, at: int, node: Node, found: list[Found], records: Records | None, base: int) -> int:
    at, before = blank(text, at + 1), len(found)
    if text[at : at + 1] == "}":
        return at + 1
    children, places = node.children, dict[str, tuple[int, int]]()
    while True:
        if m := _KEY(text, at):
            key, at = m[1], m.end()
        else:
            key, at = _key(text, at)
        child = children.get(key) or (node.child(key) if node.starts else None)
        if child is None:
            at = _skip(text, at)[1] if text[at : at + 1] == '"' else skip(text, at)[1]
        else:
            if key in places:  # a key given twice: the last one counts, as for other readers
                first, last = places[key]
                found[:] = [f for f in found if not first <= f.start - base <= last]
                if records is not None:
                    records.drop(first, last)
            start, at = at, scan(text, at, child, found, records, base)
            places[key] = (start, at)
        if m := _NEXT(text, at):
            at = m.end()
            continue
        at = blank(text, at)
        if text[at : at + 1] != "}":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        if node.typed:
            _type(found, before)
        return at + 1


def _key(text: str, at: int) -> tuple[str, int]:
    """A key that has escapes, or is none, and where its value stands. Raises JSONDecodeError."""
    if text[at : at + 1] != '"':
        raise JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    key, at = _string(text, at + 1, True)
    at = blank(text, at)
    if text[at : at + 1] != ":":
        raise JSONDecodeError("Expecting ':' delimiter", text, at)
    return key, blank(text, at + 1)


def _type(found: list[Found], first: int) -> None:
    """Give the values of an object, found from ``first`` on, its content type."""
    kind = next((f.value.strip().lower() for f in found[first:] if f.slot.group == TYPE), None)
    if kind is None:
        return
    found[first:] = [f._replace(kind=kind) for f in found[first:] if f.slot.group != TYPE]


def _array(text: str, at: int, node: Node, found: list[Found], records: Records | None, base: int) -> int:
    inner = node.elements()
    inner.records = inner.records or node.records
    at = blank(text, at + 1)
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        at = blank(text, scan(text, at, inner, found, records, base))
        end = text[at : at + 1]
        if end == "]":
            return at + 1
        if end != ",":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        at = blank(text, at + 1)
