"""Which articles to compare word by word: those that share several fingerprints which are not furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk_rules.copies.facts import STOCK
from copydesk_rules.copies.prints import DOC_BITS, SIZE, Prints

if TYPE_CHECKING:
    from copydesk_rules.copies.holdings import Holdings
    from copydesk_rules.copies.words import U8, Ints

COMMON = 40
"""Groups of copies that may share a print before it counts as furniture; neighbours paired at most."""
_HOUSE = 4
"""Articles of one source that share a print before it is the house's furniture."""
_RUN = 10
"""Words of the shortest piece of furniture: less is a turn of phrase."""
_HITS = 4
"""Shared prints of a pair worth aligning: about a sentence."""


class Postings(NamedTuple):
    """Print and group of every posting, once each, in order of print and then group."""

    keys: U8
    groups: Ints


def candidates(held: Holdings, groups: Ints, found: Prints) -> list[tuple[int, int]]:
    """Pairs of groups worth aligning, the lower first. Marks furniture in the holdings' kinds as it goes."""
    found = found.keep(~_furniture(held, groups, found))
    return _pairs(held, groups, _postings(groups, found))


def _postings(groups: Ints, found: Prints) -> Postings:
    import numpy as np

    packed = found.keys << np.uint64(DOC_BITS) | groups[found.article].astype(np.uint64)
    packed.sort()
    packed = packed[np.diff(packed, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)) != 0]
    return Postings(packed >> np.uint64(DOC_BITS), (packed & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64))


def _furniture(held: Holdings, groups: Ints, found: Prints):
    """Which prints are furniture; also marks its words."""
    import numpy as np

    posted = _postings(groups, found)
    source = held.source[posted.groups]
    new_key = np.diff(posted.keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)) != 0
    common = _crowded(posted.keys, new_key, COMMON)
    house = _crowded(posted.keys, new_key | (np.diff(source, prepend=-1) != 0), _HOUSE - 1)
    stock = np.union1d(common, house)
    at = np.searchsorted(stock, found.keys)
    marked = stock[np.minimum(at, len(stock) - 1)] == found.keys if len(stock) else np.zeros(len(found.keys), bool)
    return _mark_runs(held, found, marked)


def _crowded(keys: U8, first, most: int) -> U8:
    """The keys of stretches longer than ``most``; ``first`` says where a stretch begins."""
    import numpy as np

    begin = np.flatnonzero(first)
    return np.unique(keys[begin[np.diff(begin, append=len(keys)) > most]])


def _mark_runs(held: Holdings, found: Prints, marked):
    """Mark the words of long enough runs of marked prints as stock; the prints that touch them."""
    import numpy as np

    which = np.flatnonzero(marked)
    at, article = found.at[which], found.article[which]
    begin = np.flatnonzero((np.diff(at, prepend=-99) > SIZE + 3) | (np.diff(article, prepend=-1) != 0))
    if not len(begin):
        return marked
    last = np.append(begin[1:], len(at)) - 1
    low, high = at[begin], at[last] + SIZE
    long = high - low >= _RUN
    edges = np.zeros(len(held.kinds) + 1, np.int8)
    edges[low[long]] += 1
    edges[high[long]] -= 1
    inside = np.cumsum(edges[:-1], dtype=np.int8) > 0
    held.kinds[inside] |= STOCK
    return inside[found.at] | inside[found.at + SIZE - 1]


def _pairs(held: Holdings, groups: Ints, posted: Postings) -> list[tuple[int, int]]:
    import numpy as np

    one_source = _one_source(held, groups)[posted.groups]
    made = []
    alive = np.arange(len(posted.keys))
    for step in range(1, COMMON):
        alive = alive[alive + step < len(posted.keys)]
        alive = alive[posted.keys[alive] == posted.keys[alive + step]]
        if not len(alive):
            break
        a, b = one_source[alive], one_source[alive + step]
        pair = alive[(a != b) | (a < 0)]
        made.append(posted.groups[pair] << 32 | posted.groups[pair + step])
    keys, hits = np.unique(np.concatenate(made), return_counts=True) if made else (np.zeros(0, np.int64),) * 2
    return [(k >> 32, k & 0xFFFFFFFF) for k in keys[hits >= _HITS].tolist()]


def _one_source(held: Holdings, groups: Ints) -> Ints:
    """Each group's source by number of the group, -1 where its articles are of several."""

    own = held.source.copy()
    mixed = held.source != held.source[groups]
    own[groups[mixed]] = -1
    return own
