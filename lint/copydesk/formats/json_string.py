"""The JSON string layer: what stands between two quotes, with its escapes read and new text escaped alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from copydesk.compiled import compiled
from copydesk.formats import html_layer
from copydesk.formats.layers import Shown, stacked
from copydesk.formats.records import Found
from copydesk.formats.text import newlines
from copydesk.offsets import OffsetMap, Segment

_ESCAPE = compiled(r"\\(?:u([dD][89abAB]..)\\u([dD][c-fC-F]..)|u(....)|.)", re.S)
_LONE = compiled(r"[\ud800-\udfff]")
_MUST = compiled(r'[\x00-\x1f"\\\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_SHOUTED = compiled(r"\\u[0-9A-F]*[A-F]")


def shown(
    file: str, found: Found, encoding: str = "utf-8", markup: bool = True, *,
    in_ascii: bool | None = None, numbers: bool = True,
) -> Shown:  # fmt: skip
    """A string of ``file``, its quotes outside; what its HTML shows where it is some, if ``markup`` may be in it.

    ``in_ascii`` tells whether the whole file is, of which ``file`` may be a part, ``numbers`` whether there may be
    escapes in it that are numbers.
    Line ends are shown as ``\\n``; half a surrogate pair, which is no character, as U+FFFD.
    """
    _, value, start, end, kind = found
    writers = (partial(spelled, file, start, end, encoding, file.isascii() if in_ascii is None else in_ascii),)
    if len(value) == end - start:
        offsets = OffsetMap((Segment(0, end - start, 0, end - start, True),))
    else:
        offsets = OffsetMap(partial(segments, file, start, end))
        value = _whole(value) if numbers else value
    if markup and html_layer.is_html(value, kind):
        return html_layer.field(Shown(value, offsets, writers), kind)
    allows = partial(html_layer.stays_plain, value, kind) if markup else None
    if "\r" not in value:
        return Shown(value, offsets, writers, allows=allows)
    text, lines = newlines(value)
    if markup:
        allows = partial(html_layer.stays_plain, text, kind)
    return stacked(Shown(value, offsets, writers), Shown(text, lines, (LineWriter.of(value),), allows=allows))


def _whole(value: str) -> str:
    """A string without halves of surrogate pairs, which its escapes may have left in it."""
    try:
        value.encode()  # faster than a search
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", value)
    return value


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


def spelled(file: str, start: int, end: int, encoding: str, in_ascii: bool, text: str) -> str:
    """Text as the string between ``start`` and ``end`` of ``file`` is written: as it is, or in ASCII.

    ``in_ascii`` tells whether the whole file is ASCII.
    """
    raw = file[start:end]
    escaped, shouted = _escaped(raw, in_ascii), bool(_SHOUTED.search(raw))
    return "".join(
        c if not _MUST.match(c) and (c <= "~" or (not escaped and _encodable(c, encoding))) else _escape(c, shouted)
        for c in text
    )


def _escaped(raw: str, in_ascii: bool) -> bool:
    """Whether a string escapes what is not ASCII or, where it has nothing to escape, its file does."""
    if not raw.isascii():
        return False
    return in_ascii or any(m[3] and int(m[3], 16) > 126 for m in _ESCAPE.finditer(raw))


def _escape(c: str, shouted: bool) -> str:
    """The escape of a character, with capital digits where ``shouted``."""
    if c in _SHORT:
        return _SHORT[c]
    units = c.encode("utf-16-be", "surrogatepass").hex()
    digits = units.upper() if shouted else units
    return "".join(f"\\u{digits[i : i + 4]}" for i in range(0, len(units), 4))


def _encodable(c: str, encoding: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
