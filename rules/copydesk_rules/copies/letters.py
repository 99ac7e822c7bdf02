"""Which characters make words, and the hashes of words: what both ways of reading a text go by."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import chain

from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD, DIGIT, UPPER, ALONE, SKIP = 1, 2, 4, 8, 16
_BETWEEN = (
    *((0, 0x30), (0x3A, 0x41), (0x5B, 0x61), (0x7B, 0xAA), (0xAB, 0xB5), (0xB6, 0xBA), (0xBB, 0xC0), (0xD7, 0xD8)),
    *((0xF7, 0xF8), (0x2000, 0x2C00), (0x3000, 0x3041), (0xD800, 0xF900), (0xFE00, 0xFE70), (0xFF00, 0xFF10)),
    (0xFFF0, 0x10000),
)
"""Ranges of what parts words, half-open; so does all beyond the basic plane."""
_ALONE = ((0x0E01, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3041, 0xA000), (0xF900, 0xFB00))
"""Scripts without blanks between words: each character is a word of its own."""
_UNSEEN = ((0xAD, 0xAE), (0x300, 0x370), (0x200B, 0x200E), (0x2060, 0x2061), (0xFEFF, 0xFF00))
"""Soft hyphens, accents set apart and the like: part of the word they stand in, and not counted."""
_LATIN = ((0x41, 0x590), (0x1E00, 0x2000))
"""Letters with case and accents; Greek and Cyrillic are among them."""
BASE = 0x9E3779B97F4A7C15
"""Of the polynomials that hash letters to words and words to runs; odd, so that it has an inverse modulo 2^64."""
MASK = (1 << 64) - 1


def character_class(kind: int) -> str:
    """The inside of a pattern's character class: SKIP, ALONE, or with WORD all that is neither nor parts words."""
    ranges = {SKIP: _UNSEEN, ALONE: _ALONE, WORD: (*_BETWEEN, *_ALONE, *_UNSEEN, (0x10000, 0x110000))}[kind]
    return "^" * (kind == WORD) + "".join(f"\\U{low:08x}-\\U{high - 1:08x}" for low, high in ranges)


@cache
def kinds() -> bytes:
    """The kind of every character of the basic plane."""
    table = bytearray([WORD]) * 0x10000
    for ranges, kind in ((_BETWEEN, 0), (_ALONE, WORD | ALONE), (_UNSEEN, SKIP), (((0x30, 0x3A),), WORD | DIGIT)):
        for low, high in ranges:
            table[low:high] = bytes([kind]) * (high - low)
    for code in chain.from_iterable(range(*r) for r in _LATIN):
        if table[code] == WORD and chr(code).isupper():
            table[code] |= UPPER
    return bytes(table)


@lru_cache(1 << 12)
def folded(letter: str) -> int:
    """A letter as a number, without its case and accents."""
    code = ord(letter)
    if any(low <= code < high for low, high in _LATIN):
        return ord(unicodedata.normalize("NFKD", letter.lower())[:1] or letter)
    return code


def polynomial(values: Iterable[int]) -> int:
    """The first value, plus the next times BASE, plus the next times its square, and so on; modulo 2^64."""
    total = 0
    for value in reversed(list(values)):
        total = total * BASE + value & MASK
    return total


def mixed(value: int) -> int:
    """Spread every bit of a 64-bit sum over the whole word (after the finaliser of MurmurHash3, public domain)."""
    value ^= value >> 33
    value = value * 0xFF51AFD7ED558CCD & MASK
    return value ^ value >> 29
