"""The words of a text: places and hashes. One text is read word by word, many by array arithmetic; both alike."""

from __future__ import annotations

import itertools
import re
import sys
from array import array
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk_rules.copies import letters
from copydesk_rules.copies.letters import ALONE, DIGIT, LONGEST, SKIP, UPPER, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    U4 = npt.NDArray[np.uint32]
    U8 = npt.NDArray[np.uint64]
    Truths = npt.NDArray[np.bool_]
    Flags = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

_PAYS_FROM = 256
"""Articles from which it pays to import numpy, which is thrice as fast."""
_LONG = 1 << 18
"""Code points of an article for which alone it pays."""
_FORMS = 1 << 14
"""Different words whose hashes are remembered."""
_read = itertools.count()


class Words(NamedTuple):
    """The words of a text: ``hashes`` are 32 bits each, ``starts`` and ``lengths`` (255 at most) code points."""

    hashes: array[int]
    starts: array[int]
    steps: array[int]
    """From each word's start to the next one's, the first from 0; of 16 bits, or of 32 where one is long."""
    lengths: bytes
    kinds: bytes
    """What the word's characters are: any of DIGIT; UPPER where the first is a capital."""


def words(text: str) -> Words:
    """Split a text at everything that is neither letter nor digit, apostrophes too, and hash each word.

    Case and accents do not count, nor do soft hyphens and other marks a reader does not see. A character of a
    script without blanks between words is a word of its own.
    """
    pays = numpy_is_there() or len(text) >= _LONG or next(_read) >= _PAYS_FROM
    return in_bulk(text) if pays else one_by_one(text)


def numpy_is_there() -> bool:
    """Whether somebody has paid for importing numpy."""
    return "numpy" in sys.modules


def one_by_one(text: str) -> Words:
    """The words of a text, without numpy."""
    found = [(m.start(), m.group()) for m in _pattern().finditer(text)]
    known = [_form(form) for _, form in found]
    starts = array("I", [start for start, _ in found])
    return Words(
        array("I", [h for h, _ in known]),
        starts,
        _steps([b - a for a, b in itertools.pairwise([0, *starts])]),
        bytes([min(len(form), 0xFF) for _, form in found]),
        bytes([kind for _, kind in known]),
    )


def _steps(steps: Sequence[int]) -> array[int]:
    return array("I" if max(steps, default=0) > 0xFFFF else "H", steps)


@cache
def _pattern() -> re.Pattern[str]:
    letter, unseen, alone = map(letters.character_class, (WORD, SKIP, ALONE))
    return re.compile(f"[{letter}](?:[{unseen}]*[{letter}])*|[{alone}]")


@lru_cache(_FORMS)
def _form(word: str) -> tuple[int, int]:
    """Hash and kind of a word."""
    kinds = letters.kinds()
    seen = [c for c in word if not kinds[ord(c)] & SKIP]
    total = sum(letters.folded(c) * m for c, m in zip(seen, itertools.cycle(letters.multipliers()), strict=False))
    digit = DIGIT if any(kinds[ord(c)] & DIGIT for c in seen) else 0
    return letters.mixed(total & letters.MASK) >> 32, digit | kinds[ord(seen[0])] & UPPER


def in_bulk(text: str) -> Words:
    """The words of a text, by numpy."""
    import numpy as np

    kind_of, folded, multipliers = _tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), 0xFFFF)
    kinds = kind_of.take(codes)
    present = int(np.bitwise_or.reduce(kinds)) if len(kinds) else 0
    if not present & WORD:
        return Words(array("I"), array("I"), array("H"), b"", b"")
    at = np.flatnonzero((kinds & WORD).view(bool))
    first, sizes = _bounds(kinds, at, present)
    place = np.arange(len(at)) - np.repeat(first, sizes)
    values = folded.take(codes.take(at)) * multipliers.take(place & (LONGEST - 1))
    hashes = mixed(np.add.reduceat(values, first)) >> np.uint64(32)
    starts = at.take(first)
    shape = kinds.take(starts) & UPPER
    shape[np.searchsorted(starts, np.flatnonzero(kinds & DIGIT), "right") - 1] |= DIGIT
    lengths = np.minimum(at.take(first + sizes - 1) + 1 - starts, 0xFF).astype(np.uint8)
    steps = starts.copy()
    steps[1:] -= starts[:-1]
    wide = steps.max() > 0xFFFF
    return Words(
        array("I", hashes.astype(np.uintc).tobytes()),
        array("I", starts.astype(np.uintc).tobytes()),
        array("I", steps.astype(np.uintc).tobytes()) if wide else array("H", steps.astype(np.ushort).tobytes()),
        lengths.tobytes(),
        shape.tobytes(),
    )


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
    """``letters.mixed`` of many."""
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
def _tables() -> tuple[Flags, U8, U8]:
    """Kind and folded value of every character of the basic plane, and a multiplier for every place in a word."""
    import numpy as np

    kinds = np.frombuffer(letters.kinds(), np.uint8)
    folded = np.arange(0x10000, dtype=np.uint64)
    folded[:0x2000] = [letters.folded(chr(code)) for code in range(0x2000)]
    return kinds, folded, np.array(letters.multipliers(), np.uint64)
