"""Code pages through which UTF-8 is misread, as tables from a character back to its byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from copydesk.compiled import compiled, compiled_bytes
from copydesk.typed import NamedTuple

_UNIT = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""Well-formed UTF-8 of more than one byte (Unicode Standard, table 3-7), and astral characters in CESU-8 (UTR 26)."""
_HIGH = compiled("[^\x00-\x7f]{1,256}")
_LONGEST = 256
"""Characters that are looked at together."""


class Page(NamedTuple):
    """A single-byte code page. ``table`` maps a code point to its byte, for bytes 0x80 to 0xFF."""

    name: str
    table: dict[int, int]

    def chars(self, low: int, high: int) -> str:
        """The characters whose bytes lie in a range, ends included."""
        return "".join(chr(c) for c, b in self.table.items() if low <= b <= high)

    def decode(self, run: str) -> str:
        """The UTF-8 text whose bytes ``run`` spells in this page; CESU-8 too. Raises UnicodeDecodeError."""
        data = run.translate(self.table).encode("latin-1")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")


NAMES = (
    "windows-1252",
    "windows-1250",
    "iso-8859-2",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "windows-1257",
    "iso-8859-15",
    "macroman",
    "cp437",
    "cp850",
    "cp866",
    "koi8-r",
)
"""The pages, the commonest first: it wins where several explain the same text."""

_CODECS = {"windows-1252": "cp1252", "macroman": "mac_roman"}


@cache
def page(name: str) -> Page:
    """The page of that name. Bytes that it leaves undefined stand as C1 controls, as programs show them."""
    codec = _CODECS.get(name, name)
    table: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        try:
            table[ord(bytes([byte]).decode(codec))] = byte
        except UnicodeDecodeError:
            table[byte] = byte
    if name in ("windows-1252", "windows-1254"):  # and Latin-1, which programs mix with it in one text
        table |= {byte: byte for byte in range(0x80, 0xA0)}
    return Page(name, table)


def _characters(chars: str) -> str:
    return "[" + "".join(re.escape(c) for c in sorted(chars)) + "]"


def units(name: str, text: str, at: int) -> tuple[str, ...]:
    """The UTF-8 sequences that follow each other from ``at``, as the page shows them."""
    found: list[str] = []
    m = _HIGH.match(text, at)
    while m:
        more = _units(name, m.group())
        found += more
        at += sum(map(len, more))
        m = _HIGH.match(text, at) if more and len(m.group()) == _LONGEST else None
    return tuple(found)


@cache
def _bytes(name: str) -> dict[int, int]:
    """The page's table, with NUL for the rest of Latin-1; no other character is a byte."""
    return dict.fromkeys(range(0x80, 0x100), 0) | page(name).table


@lru_cache(maxsize=32768)
def _units(name: str, shown: str) -> tuple[str, ...]:
    """The sequences at the head of a stretch without ASCII characters; damage repeats itself."""
    data = shown.translate(_bytes(name)).encode("latin-1", "replace")
    found, m = [], _UNIT.match(data)
    while m:
        found.append(shown[m.start() : m.end()])
        m = _UNIT.match(data, m.end())
    return tuple(found)


@cache
def leads(name: str) -> frozenset[str]:
    """Characters that begin the sequences common in print.

    In Windows-1252 all; in the other pages those of Latin, Greek, Cyrillic, Hebrew, Arabic and punctuation.
    """
    common = (*range(0xC2, 0xCC), 0xCE, 0xCF, 0xD0, 0xD1, *range(0xD7, 0xDC), 0xE1, 0xE2, 0xEF, 0xF0)
    if name == "windows-1251":  # its small letters are the commonest of Russian and Ukrainian
        common = tuple(b for b in common if b < 0xE1 or b == 0xE2)
    wanted = range(0xC2, 0xF5) if name in ("windows-1252", "koi8-r", "cp866", "macroman") else common
    return frozenset(chr(c) for c, b in page(name).table.items() if b in wanted)


@cache
def follows(name: str) -> frozenset[str]:
    """Characters that continue a sequence."""
    return frozenset(page(name).chars(0x80, 0xBF))


def _spelled(tails: Iterable[bytes]) -> bytes:
    """A pattern for any of these bytes."""
    ends: dict[bytes, bytes] = {}
    for tail in sorted(tails):
        ends[tail[:-1]] = ends.get(tail[:-1], b"") + b"\\x%02x" % tail[-1]
    return b"(?:" + b"|".join(re.escape(head) + b"[" + last + b"]" for head, last in ends.items()) + b")"


@cache
def sequences(names: tuple[str, ...]) -> tuple[tuple[bytes, re.Pattern[bytes]], ...]:
    """What UTF-8 sequences look like that one of the pages shows, spelled in UTF-8 once more.

    One pattern for each byte that begins one: ``re`` looks for such a byte alone, ten times as fast as for a class.
    """
    continued = _spelled({c.encode() for name in names for c in follows(name)})
    branches: dict[bytes, list[bytes]] = {}
    for length, low, high in ((2, 0xC2, 0xDF), (3, 0xE0, 0xEF), (4, 0xF0, 0xF4)):
        heads = {c.encode() for name in names for c in page(name).chars(low, high) if c in leads(name)}
        for first in {h[:1] for h in heads}:
            tails = _spelled(h[1:] for h in heads if h[:1] == first)
            branches.setdefault(first, []).append(tails + continued * (length - 1))
    return tuple(
        (first, compiled_bytes(re.escape(first) + b"(?:" + b"|".join(b) + b")")) for first, b in branches.items()
    )


@cache
def unlike(name: str, other: str) -> frozenset[str]:
    """Characters that stand for other bytes than in the other page: without them the two read a text alike."""
    return frozenset(chr(c) for c, b in page(name).table.items() if page(other).table.get(c) != b)


@cache
def beginnings(names: tuple[str, ...]) -> re.Pattern[str]:
    """Where a run of one of the pages may begin: two classes in a row, which ``re`` searches fastest."""
    first, second = (frozenset().union(*(f(n) for n in names)) for f in (leads, follows))
    return compiled(_characters("".join(first)) + _characters("".join(second)))
