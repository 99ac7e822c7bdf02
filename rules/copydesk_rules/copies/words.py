"""The words of a text: places and hashes. One text is read word by word, many by array arithmetic; both alike."""

from __future__ import annotations

import itertools
import re
import sys
from array import array
from functools import cache, lru_cache

from copydesk.compiled import compiled
from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies import letters
from copydesk_rules.copies.letters import ALONE, BASE, DIGIT, SKIP, UPPER, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    U4 = npt.NDArray[np.uint32]
    U8 = npt.NDArray[np.uint64]
    Truths = npt.NDArray[np.bool_]
    Flags = npt.NDArray[np.uint8]
    Ints = npt.NDArray[np.int64]

_PAYS_FROM = 16
"""Articles from which it pays to import numpy, which is ten times as fast: a commit of a few files, of which an index
takes in each, does without unless they share text with others."""
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
    return compiled(f"[{letter}](?:[{unseen}]*[{letter}])*|[{alone}]")


@lru_cache(_FORMS)
def _form(word: str) -> tuple[int, int]:
    """Hash and kind of a word."""
    kinds = letters.kinds()
    seen = [c for c in word if not kinds[ord(c)] & SKIP]
    digit = DIGIT if any(kinds[ord(c)] & DIGIT for c in seen) else 0
    return letters.mixed(letters.polynomial(map(letters.folded, seen))) >> 32, digit | kinds[ord(seen[0])] & UPPER


def in_bulk(text: str) -> Words:
    """The words of a text, by numpy."""
    import numpy as np

    kind_of, folded = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.intp)
    kinds = kind_of.take(codes, mode="clip")  # what is beyond the basic plane is as its last character
    present = int(np.bitwise_or.reduce(kinds)) if len(kinds) else 0
    if not present & WORD:
        return Words(array("I"), array("I"), array("H"), b"", b"")
    shown = np.flatnonzero(kinds != SKIP) if present & SKIP else None
    if shown is not None:  # a skipped character does not end its word, nor count in it
        codes, kinds = codes[shown], kinds[shown]
    first, after = _bounds(kinds, present)
    powers, inverse = _powers(1 << len(codes).bit_length())
    values = folded.take(codes, mode="clip")
    values *= powers[: len(codes)]
    hashes = np.add.reduceat(values, first)  # to the next word: what parts words is worth nothing
    hashes *= inverse.take(first)
    shape = kinds.take(first)
    shape &= UPPER
    if present & DIGIT:
        shape[np.searchsorted(first, (kinds & DIGIT).nonzero()[0], "right") - 1] |= DIGIT
    starts, ends = (first, after) if shown is None else (shown[first], shown[after - 1] + 1)
    return _words(mixed(hashes) >> np.uint64(32), starts.astype(np.uintc), ends.astype(np.uintc), shape)


def _words(hashes: U8, starts: U4, ends: U4, shape: Flags) -> Words:
    import numpy as np

    steps = starts.copy()
    steps[1:] -= starts[:-1]
    wide = starts[-1] > 0xFFFF and steps.max() > 0xFFFF
    return Words(
        array("I", hashes.astype(np.uintc).tobytes()),
        array("I", starts.tobytes()),
        array("I", steps.tobytes()) if wide else array("H", steps.astype(np.ushort).tobytes()),
        np.minimum(ends - starts, 0xFF).astype(np.uint8).tobytes(),
        shape.tobytes(),
    )


def _bounds(kinds: Flags, present: int) -> tuple[Ints, Ints]:
    """Where each word begins and where it is over."""
    import numpy as np

    inside = np.zeros(len(kinds) + 2, bool)
    np.bitwise_and(kinds, WORD, out=inside[1:-1].view(np.uint8))
    if not present & ALONE:
        edges = (inside[1:] != inside[:-1]).nonzero()[0]
        return edges[::2], edges[1::2]
    alone = np.zeros(len(inside), bool)
    np.not_equal(kinds & ALONE, 0, out=alone[1:-1])
    begins = inside[1:-1] & (~inside[:-2] | alone[1:-1] | alone[:-2])
    ends = inside[1:-1] & (~inside[2:] | alone[1:-1] | alone[2:])
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


@lru_cache(8)
def _powers(size: int) -> tuple[U8, U8]:
    """The powers of BASE modulo 2^64, from 0, and those of its inverse."""
    import numpy as np

    both = np.ones((2, size), np.uint64)
    both[0, 1:], both[1, 1:] = BASE, pow(BASE, -1, 1 << 64)
    powers = np.cumprod(both, axis=1, dtype=np.uint64)
    return powers[0], powers[1]


def mixed(values: U8) -> U8:
    """``letters.mixed`` of many."""
    import numpy as np

    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(29)
    return values


def grams(hashes: U4, size: int) -> U8:
    """One 64-bit hash for every run of ``size`` words; empty where the text is shorter."""
    import numpy as np

    count = max(0, len(hashes) - size + 1)
    total = hashes[size - 1 : size - 1 + count].astype(np.uint64)
    for k in range(size - 2, -1, -1):
        total *= np.uint64(BASE)
        total += hashes[k : k + count]
    return mixed(total)


@cache
def _tables() -> tuple[Flags, U8]:
    """Kind and folded value of every character of the basic plane; what is in no word has none."""
    import numpy as np

    kinds = np.frombuffer(letters.kinds(), np.uint8)
    folded = np.arange(0x10000, dtype=np.uint64)
    folded[:0x2000] = [letters.folded(chr(code)) for code in range(0x2000)]
    folded[kinds & WORD == 0] = 0
    return kinds, folded
