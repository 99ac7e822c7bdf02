"""The JSON string layer: what stands between two quotes, with its escapes read and new text escaped alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, partial

from copydesk.formats import html_layer
from copydesk.formats.layers import Shown, stacked
from copydesk.formats.records import Found
from copydesk.formats.text import newlines
from copydesk.offsets import OffsetMap, Segment

_ESCAPE = re.compile(r"\\(?:u([dD][89abAB]..)\\u([dD][c-fC-F]..)|u(....)|.)", re.S)
_LONE = re.compile(r"[\ud800-\udfff]")
_MUST = re.compile(r'[\x00-\x1f"\\\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_SHOUTED = re.compile(r"\\u[0-9A-F]*[A-F]")


def shown(
    file: str, found: Found, encoding: str = "utf-8", markup: bool = True, *, in_ascii: bool | None = None
) -> Shown:
    """A string of ``file``, its quotes outside; what its HTML shows where it is some, if ``markup`` may be in it.

    ``in_ascii`` tells whether the whole file is, of which ``file`` may be a part.
    Line ends are shown as ``\\n``; half a surrogate pair, which is no character, as U+FFFD.
    """
    _, value, start, end, kind = found
    writers = (StringWriter(file, start, end, encoding, file.isascii() if in_ascii is None else in_ascii),)
    if len(value) == end - start:
        offsets = OffsetMap((Segment(0, end - start, 0, end - start, True),))
    else:
        offsets = OffsetMap(partial(segments, file, start, end))
        if file.find("\\ud", start, end) >= 0 or file.find("\\uD", start, end) >= 0:
            value = _LONE.sub("\ufffd", value)
    if markup and html_layer.is_html(value, kind):
        return html_layer.field(Shown(value, offsets, writers), kind)
    allows = html_layer.Plain(value, kind) if markup else None
    if "\r" not in value:
        return Shown(value, offsets, writers, allows=allows)
    text, lines = newlines(value)
    if markup:
        allows = html_layer.Plain(text, kind)
    return stacked(Shown(value, offsets, writers), Shown(text, lines, (LineWriter.of(value),), allows=allows))


def segments(file: str, start: int, end: int) -> tuple[Segment, ...]:
    """The segments of a string from ``start``, an escape one unit."""
    out: list[Segment] = []
    at = done = 0
    for m in _ESCAPE.finditer(file, start, end):
        length = m.start() - start - done
        if length:
            out.append(Segment(at, at + length, done, done + length, True))
        at, done = at + length + 1, m.end() - start
        out.append(Segment(at - 1, at, m.start() - start, done, False))
    if done < end - start or not out:
        out.append(Segment(at, at + end - start - done, done, end - start, True))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class LineWriter:
    """Writes line ends as a string of the file writes them.

    Raises ValueError where they are mixed and the edit could make one of two, or two of one.
    """

    end: str

    @classmethod
    def of(cls, value: str) -> LineWriter:
        """The writer of a string that holds carriage returns."""
        pairs, returns, feeds = value.count("\r\n"), value.count("\r"), value.count("\n")
        if pairs == returns == feeds:
            return cls("\r\n")
        return cls("" if feeds else "\r")

    def __call__(self, text: str) -> str:
        if not self.end and (not text or "\n" in text):
            raise ValueError("mixed line ends")
        return text.replace("\n", self.end)


@dataclass(frozen=True)
class StringWriter:
    """Writes text as the string between ``start`` and ``end`` of ``file`` is written: as it is, or in ASCII."""

    file: str
    start: int
    end: int
    encoding: str = "utf-8"
    in_ascii: bool = False
    """Whether the whole file is ASCII."""

    def __call__(self, text: str) -> str:
        return "".join(self._character(c) if _MUST.match(c) or c > "~" else c for c in text)

    def _character(self, c: str) -> str:
        if c in _SHORT:
            return _SHORT[c]
        if c > "~" and not self._ascii and _encodable(c, self.encoding):
            return c
        units = c.encode("utf-16-be", "surrogatepass").hex()
        escaped = "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
        return escaped.replace("\\u", "\\U").upper().replace("\\U", "\\u") if self._shouted else escaped

    @cached_property
    def _raw(self) -> str:
        return self.file[self.start : self.end]

    @cached_property
    def _ascii(self) -> bool:
        """Whether this string escapes what is not ASCII or, where it has nothing to escape, its file does."""
        if not self._raw.isascii():
            return False
        return self.in_ascii or any(m[3] and int(m[3], 16) > 126 for m in _ESCAPE.finditer(self._raw))

    @cached_property
    def _shouted(self) -> bool:
        return bool(_SHOUTED.search(self._raw))


def _encodable(c: str, encoding: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
