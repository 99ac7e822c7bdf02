"""Fingerprints of all articles: winnowed runs of five words, without quotations and stock phrases.

Winnowing after Schleimer, Wilkerson and Aiken (SIGMOD 2003): of any four neighbouring runs the smallest is kept,
so that every shared stretch of eight words or more is sure to meet.
"""

from __future__ import annotations

from array import array

from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies import letters
from copydesk_rules.copies.facts import QUOTED, STOCK
from copydesk_rules.copies.words import grams, numpy_is_there

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from copydesk.typed import Any
    from copydesk_rules.copies.words import U4, U8, Flags, Ints, Truths

SIZE = 5
_WINDOW = 4
NONE = 0xFFFFFFFFFFFFFFFF
"""Greater than any key: stands where there is none."""
_CHUNK = 1 << 16
"""Words worked on at a time, so that the steps' arrays stay in the processor's cache."""
DOC_BITS = 24
"""Low bits of a posting hold the article, so a run takes up to 16 million; the other 40 are the print."""


_MASKED = bytes(kind & (QUOTED | STOCK) != 0 for kind in range(256))


class Prints(NamedTuple):
    """``keys`` (40 bits), the word each one starts at (or nothing), and its article; in order of place."""

    keys: U8
    at: Ints
    article: Ints

    def keep(self, which: Truths) -> Prints:
        """The prints marked true."""
        return Prints(self.keys[which], self.at[which] if len(self.at) else self.at, self.article[which])


def winnowed(values: Sequence[Mapping[str, Any]], sizes: Ints) -> tuple[U8, U4, Ints]:
    """The fingerprints of articles from their facts, the words they start at, and how many each article has.

    ``sizes``: how many words each has.
    """
    import numpy as np

    bounds = np.append(0, np.cumsum(sizes))
    keys, at, counts = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
    first = 0
    while first < len(values):
        last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _CHUNK, "right")) - 1)
        starts = bounds[first:last] - bounds[first]
        words = np.frombuffer(b"".join(v["words"] for v in values[first:last]), np.uint32)
        kinds = np.frombuffer(b"".join(v["kinds"] for v in values[first:last]), np.uint8)
        found, where = _winnowed(words, kinds, starts[1:])
        article = np.searchsorted(starts, where, "right") - 1
        keys.append(found)
        at.append((where - starts[article]).astype(np.uint32))
        counts.append(np.bincount(article, minlength=len(starts)))
        first = last
    return np.concatenate(keys), np.concatenate(at), np.concatenate(counts)


def keys(value: Mapping[str, Any]) -> bytes:
    """The fingerprints of one article from its facts, 8 bytes each, sorted, each once."""
    if not numpy_is_there():
        return array("Q", sorted(set(one_by_one(value["words"], value["kinds"])))).tobytes()
    import numpy as np

    return np.unique(prints_of(value)).tobytes()


def prints_of(value: Mapping[str, Any]) -> U8:
    """The fingerprints of one article from its facts, in order of place."""
    import numpy as np

    words, kinds = np.frombuffer(value["words"], np.uint32), np.frombuffer(value["kinds"], np.uint8)
    return _winnowed(words, kinds, np.zeros(0, np.int64))[0]


def joined(found: Sequence[U8]) -> Prints:
    """The prints of several articles, without their places."""
    import numpy as np

    article = np.repeat(np.arange(len(found)), [len(own) for own in found])
    return Prints(np.concatenate(found), np.zeros(0, np.int64), article)


def one_by_one(words: bytes, kinds: bytes) -> list[int]:
    """The fingerprints of one article, without numpy."""
    hashes, masked = memoryview(words).cast("I").tolist(), kinds.translate(_MASKED)
    runs = zip(*(hashes[k:] for k in range(SIZE)), strict=False)
    found = [
        NONE if masked.find(1, n, n + SIZE) >= 0 else letters.mixed(letters.polynomial(run))
        for n, run in enumerate(runs)
    ]
    edge = [NONE] * (_WINDOW - 1)
    padded = edge + found + edge
    least = list(map(min, *(padded[k:] for k in range(_WINDOW))))
    return [key >> DOC_BITS for n, key in enumerate(found) if key != NONE and key in least[n : n + _WINDOW]]


def _winnowed(words: U4, kinds: Flags, ends: Ints) -> tuple[U8, Ints]:
    """The prints of some articles that end before the words ``ends``, and the words they start at."""
    import numpy as np

    none = np.uint64(NONE)
    keys = grams(words, SIZE)
    keys[_touched(kinds, len(keys))] = none
    for back in range(1, SIZE):
        across = ends - back
        keys[across[(across >= 0) & (across < len(keys))]] = none
    return _smallest(keys, none)


def _touched(kinds: Flags, count: int) -> Truths:
    """Which of the first ``count`` runs have a word in them that does not count."""
    import numpy as np

    masked = kinds & (QUOTED | STOCK) != 0
    touched = np.zeros(count, bool)
    for k in range(SIZE):
        touched |= masked[k : k + count]
    return touched


def _smallest(keys: U8, none: np.uint64) -> tuple[U8, Ints]:
    """The keys that are the least of some window, which are those that no window's least is greater than."""
    import numpy as np

    edge = np.full(_WINDOW - 1, none)
    least = _over_windows(np.minimum, np.concatenate([edge, keys, edge]))
    at = np.flatnonzero((_over_windows(np.maximum, least) == keys) & (keys != none))
    return keys[at] >> np.uint64(DOC_BITS), at


def _over_windows(choose: np.ufunc, values: U8) -> U8:
    """The least or greatest value of every window: that of its two halves."""
    halves = choose(values[:-1], values[1:])
    whole: U8 = choose(halves[: -_WINDOW // 2], halves[_WINDOW // 2 :])
    return whole
