"""Where texts run alike, of many pairs at once: the seeds of all sides are sorted, and equal ones stand together."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies.letters import BASE
from copydesk_rules.copies.words import grams, mixed

if TYPE_CHECKING:
    from copydesk_rules.copies.words import U4, U8, Ints

SEED = 4
"""Words of the shortest run that is looked for."""
_SAME_SEED = 6
"""Places of one seed in a text beyond which it is a refrain and begins no run."""
_AT_ONCE = 1 << 16
"""Words worked on at a time, so that the arrays stay in the processor's cache."""
_PLACE_BITS = 24
"""Low bits of a sorted seed hold its place; the other 40 are its hash, and equal ones are compared whole."""
_LONGEST = 1 << _PLACE_BITS - 1
"""Words of a text that are looked at."""


class Tile(NamedTuple):
    """``size`` equal words, from word ``here`` of one text and ``there`` of the other."""

    here: int
    there: int
    size: int


def runs(words: U4, bounds: Ints, pairs: Ints) -> Iterator[list[Tile]]:
    """For each pair of articles the runs of equal words, from the first of their seeds that is no refrain.

    Article ``n`` has the words ``bounds[n]`` to ``bounds[n + 1]``. A run ends before a refrain, or goes on behind it.
    """
    import numpy as np

    low, high = bounds[pairs], bounds[pairs + 1]
    high = np.minimum(high, low + _LONGEST)
    total = np.cumsum((high - low).sum(axis=1))
    first = 0
    while first < len(pairs):
        before = total[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(total, before + _AT_ONCE, "right")))
        yield from _of_some(words, low[first:last].ravel(), high[first:last].ravel())
        first = last


def _of_some(words: U4, low: Ints, high: Ints) -> Iterator[list[Tile]]:
    """The runs of some pairs, whose sides are from ``low`` to ``high``: each one's two follow each other."""
    import numpy as np

    size = high - low
    begin = np.cumsum(size) - size
    side = np.repeat(np.arange(len(low)), size)
    seeds = grams(words[np.arange(len(side)) + (low - begin)[side]], SEED)
    here, there, length = _stretches(*_equal(seeds, side))
    pair = side[here] >> 1
    here, there = here - begin[2 * pair], there - begin[2 * pair + 1]
    tiles = [Tile(*t) for t in zip(here.tolist(), there.tolist(), (length + SEED - 1).tolist(), strict=True)]
    edges = np.searchsorted(pair, np.arange(len(low) // 2 + 1)).tolist()
    return (tiles[edges[n] : edges[n + 1]] for n in range(len(low) // 2))


def _equal(seeds: U8, side: Ints) -> tuple[Ints, Ints]:
    """The places of equal seeds on the two sides of a pair; refrains of the second side left out."""
    import numpy as np

    packed = _sorted(seeds, side)
    again = np.zeros(len(packed), bool)
    again[1:] = packed[1:] ^ packed[:-1] < np.uint64(1 << _PLACE_BITS)
    again[:-1] |= again[1:]
    place = (packed[again] & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.int64)
    pair = side[place] >> 1
    new = (np.diff(seeds[place], prepend=np.uint64(0)) != 0) | (np.diff(pair, prepend=-1) != 0)
    group = np.cumsum(new) - 1
    second = side[place] & 1
    count = np.bincount(group, second).astype(np.int64)
    end = np.append(np.flatnonzero(new)[1:], len(place))
    first = np.flatnonzero((second == 0) & (count[group] <= _SAME_SEED))
    times = count[group[first]]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return place[np.repeat(first, times)], place[np.repeat(end[group[first]] - times, times) + nth]


def _sorted(seeds: U8, side: Ints) -> U8:
    """The seeds within one side as hashes that are equal only for equal pairs, each with its place, sorted."""
    import numpy as np

    place = np.flatnonzero(side[: len(seeds)] == side[len(side) - len(seeds) :])
    own = seeds[place] + (side[place] >> 1).astype(np.uint64) * np.uint64(BASE)
    packed = mixed(own) >> np.uint64(_PLACE_BITS) << np.uint64(_PLACE_BITS) | place.astype(np.uint64)
    packed.sort()
    return packed


def _stretches(here: Ints, there: Ints) -> tuple[Ints, Ints, Ints]:
    """The same places gathered where both go on by one: the first ones, and how many; in order of the first side."""
    import numpy as np

    key = there - here << _PLACE_BITS | here
    key.sort()
    begin = np.flatnonzero(np.diff(key, prepend=-9) != 1)
    length = np.diff(begin, append=len(key))
    here = key[begin] & (1 << _PLACE_BITS) - 1
    there = here + (key[begin] >> _PLACE_BITS)
    order = np.argsort(here, kind="stable")
    return here[order], there[order], length[order]
