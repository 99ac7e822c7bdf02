"""Words of a text in bulk: places and hashes by array arithmetic, never one word at a time."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    U4 = npt.NDArray[np.uint32]
    U8 = npt.NDArray[np.uint64]
    Truths = npt.NDArray[np.bool_]
    Flags = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

WORD, DIGIT, UPPER, ALONE, SKIP = 1, 2, 4, 8, 16
_LONGEST = 64
"""Position in a word from which the multipliers repeat; a power of two."""


class Words(NamedTuple):
    """The words of a text: ``hashes`` are 32 bits each, ``starts`` and ``lengths`` code points."""

    hashes: U4
    starts: Ints
    lengths: Ints
    kinds: Flags
    """What the word's characters are: any of DIGIT; UPPER where the first is a capital."""


def words(text: str) -> Words:
    """Split a text at everything that is neither letter nor digit, apostrophes too, and hash each word.

    Case and accents do not count, nor do soft hyphens and other marks a reader does not see. A character of a
    script without blanks between words is a word of its own.
    """
    import numpy as np

    kind_of, folded, multipliers = _tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), 0xFFFF)
    kinds = kind_of.take(codes)
    present = int(np.bitwise_or.reduce(kinds)) if len(kinds) else 0
    if not present & WORD:
        none = np.zeros(0, np.int64)
        return Words(none.astype(np.uint32), none, none, none.astype(np.uint8))
    at = np.flatnonzero(kinds & WORD != 0)
    first, sizes = _bounds(kinds, at, present)
    place = np.arange(len(at)) - np.repeat(first, sizes)
    values = folded.take(codes.take(at)) * multipliers.take(place & (_LONGEST - 1))
    hashes = mixed(np.add.reduceat(values, first)) >> np.uint64(32)
    own = kinds.take(at)
    shape = np.bitwise_or.reduceat(own & DIGIT, first) | (own.take(first) & UPPER)
    starts = at.take(first)
    return Words(hashes.astype(np.uint32), starts, at.take(first + sizes - 1) + 1 - starts, shape)


def _bounds(kinds: Flags, at: Ints, present: int) -> tuple[Ints, Ints]:
    """The first of each word among the word characters ``at``, and each word's size."""
    import numpy as np

    # a skipped character does not end its word: places are counted without it
    order = np.cumsum(kinds & SKIP == 0)[at] if present & SKIP else at
    begins = np.empty(len(at), bool)
    begins[0] = True
    begins[1:] = order[1:] - order[:-1] > 1
    if present & ALONE:
        alone = kinds[at] & ALONE != 0
        begins[1:] |= alone[1:] | alone[:-1]
    first = np.flatnonzero(begins)
    return first, np.append(first[1:], len(at)) - first


def mixed(values: U8) -> U8:
    """Spread every bit of 64-bit sums over the whole word (the finaliser of MurmurHash3, public domain)."""
    import numpy as np

    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    return values ^ (values >> np.uint64(29))


def grams(hashes: U4, size: int) -> U8:
    """One 64-bit hash for every run of ``size`` words; empty where the text is shorter."""
    import numpy as np

    _, _, multipliers = _tables()
    count = max(0, len(hashes) - size + 1)
    total = np.zeros(count, np.uint64)
    for k in range(size):
        total += hashes[k : k + count].astype(np.uint64) * multipliers[k]
    return mixed(total)


@cache
def _tables() -> tuple[Any, Any, Any]:
    """Kind and folded value of every code point of the basic plane, and a multiplier for every place in a word."""
    import numpy as np

    kinds = np.full(0x10000, WORD, np.uint8)
    for low, high in ((0, 0x30), (0x3A, 0x41), (0x5B, 0x61), (0x7B, 0xC0), (0x2000, 0x2C00), (0x3000, 0x3041)):
        kinds[low:high] = 0
    for low, high in ((0xD800, 0xFA00), (0xFE00, 0xFE70), (0xFF00, 0xFF10), (0xFFF0, 0x10000)):
        kinds[low:high] = 0
    for low, high in ((0x0E01, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3041, 0xA000), (0xF900, 0xFB00)):
        kinds[low:high] = WORD | ALONE
    kinds[[0xAA, 0xB5, 0xBA]], kinds[[0xD7, 0xF7]] = WORD, 0
    kinds[0x30:0x3A] = WORD | DIGIT
    folded = np.arange(0x10000, dtype=np.uint64)
    for low, high in ((0x41, 0x590), (0x1E00, 0x2000)):
        for code in range(low, high):
            letter = chr(code)
            folded[code] = ord(unicodedata.normalize("NFKD", letter.lower())[:1] or letter)
            if letter.isupper():
                kinds[code] |= UPPER
    kinds[0x300:0x370] = SKIP
    kinds[[0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]] = SKIP
    random = np.random.default_rng(20170523)
    multipliers = random.integers(0, 1 << 63, _LONGEST, np.uint64, endpoint=False) * np.uint64(2) + np.uint64(1)
    return kinds, folded, multipliers
