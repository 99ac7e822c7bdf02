"""Fingerprints of all articles: winnowed runs of five words, without quotations and stock phrases.

Winnowing after Schleimer, Wilkerson and Aiken (SIGMOD 2003): of any four neighbouring runs the smallest is kept,
so that every shared stretch of eight words or more is sure to meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk_rules.copies.facts import QUOTED, STOCK
from copydesk_rules.copies.words import grams

if TYPE_CHECKING:
    import numpy as np

    from copydesk_rules.copies.holdings import Holdings
    from copydesk_rules.copies.words import U8, Ints, Truths

SIZE = 5
_WINDOW = 4
_CHUNK = 1 << 20
"""Words worked on at a time, to keep the steps' arrays small."""
DOC_BITS = 24
"""Low bits of a posting hold the article, so a run takes up to 16 million; the other 40 are the print."""


class Prints(NamedTuple):
    """``keys`` (40 bits), the word each one starts at, and its article; in order of place."""

    keys: U8
    at: Ints
    article: Ints

    def keep(self, which: Truths) -> Prints:
        """The prints marked true."""
        return Prints(self.keys[which], self.at[which], self.article[which])


def prints(held: Holdings) -> Prints:
    """The fingerprints of all articles."""
    import numpy as np

    keys, at = [], []
    first, articles = 0, len(held.bounds) - 1
    while first < articles:
        last = max(first + 1, int(np.searchsorted(held.bounds, held.bounds[first] + _CHUNK, "right")) - 1)
        found, where = _winnowed(held, first, last)
        keys.append(found)
        at.append(where)
        first = last
    places = np.concatenate(at) if at else np.zeros(0, np.int64)
    article = np.searchsorted(held.bounds, places, "right") - 1
    return Prints(np.concatenate(keys) if keys else np.zeros(0, np.uint64), places, article)


def _winnowed(held: Holdings, first: int, last: int) -> tuple[U8, Ints]:
    """The prints of articles ``first`` to ``last`` (exclusive) and their places in the holdings."""
    import numpy as np

    low, high = int(held.bounds[first]), int(held.bounds[last])
    none = np.uint64(0xFFFFFFFFFFFFFFFF)
    keys = grams(held.words[low:high], SIZE)
    masked = np.concatenate([[0], np.cumsum(held.kinds[low:high] & (QUOTED | STOCK) != 0)])
    keys[masked[SIZE:][: len(keys)] != masked[: len(keys)]] = none
    for back in range(1, SIZE):
        across = held.bounds[first + 1 : last + 1] - low - back
        keys[across[(across >= 0) & (across < len(keys))]] = none
    return _smallest(keys, none, low)


def _smallest(keys: U8, none: np.uint64, low: int) -> tuple[U8, Ints]:
    import numpy as np

    padded = np.concatenate([np.full(_WINDOW - 1, none), keys, np.full(_WINDOW - 1, none)])
    least = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW).min(axis=1)
    chosen = np.zeros(len(keys), bool)
    for k in range(_WINDOW):
        chosen |= keys == least[k : k + len(keys)]
    at = np.flatnonzero(chosen & (keys != none))
    return keys[at] >> np.uint64(DOC_BITS), at + low
