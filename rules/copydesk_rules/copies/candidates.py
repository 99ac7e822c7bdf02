"""Which articles to compare word by word: those that share several fingerprints which are not furniture."""

from __future__ import annotations

from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies.prints import DOC_BITS, NONE, SIZE, Prints
from copydesk_rules.copies.shared import among

if TYPE_CHECKING:
    from copydesk_rules.copies.holdings import Holdings
    from copydesk_rules.copies.words import U8, Ints, Truths

NEIGHBOURS = 40
"""Articles with a print that are paired with each other, in their order: more never cost more than in proportion."""
_EVERYWHERE = 12
"""Groups of copies that share a print before it may be furniture."""
_HOUSE = 4
"""Groups of one source that share a print before it may be the house's furniture."""
_ALIKE = 0.5
"""Share of their prints that articles have in common where what they share is their story."""
_RUN = 10
"""Words of the shortest piece of furniture: less is a turn of phrase."""
HITS = 4
"""Shared prints of a pair worth aligning: about a sentence."""


class Postings(NamedTuple):
    """Print and group of every posting, once each, in order of print and then group."""

    keys: U8
    groups: Ints


def candidates(held: Holdings, groups: Ints, found: Prints, focus: Truths | None, stock: U8) -> list[tuple[int, int]]:
    """Pairs of groups worth aligning, the lower first; with one in ``focus`` (by group) where that is given.

    Marks furniture, runs of the prints ``stock``, in the holdings as it goes.
    """
    found = found.keep(~_mark_runs(held, found, among(found.keys, stock)))
    posted = _postings(groups, found)
    if focus is not None:
        posted = _near(posted, focus)
    return _pairs(held, groups, posted, focus)


def stock_prints(source: Ints, groups: Ints, found: Prints, alone: Ints) -> U8:
    """The prints of which furniture is made, sorted: so many have them that are otherwise unlike.

    ``found``: the prints that several articles have; ``alone``: how many each has that no other does.
    """
    import numpy as np

    every = _postings(groups, found)
    prints_of = np.bincount(every.groups, minlength=len(groups)) + np.bincount(groups, alone, len(groups))
    posted = _common(every, min(_EVERYWHERE, _HOUSE))
    new_key = np.diff(posted.keys, prepend=np.uint64(NONE)) != 0
    new_source = new_key | (np.diff(source[posted.groups], prepend=-1) != 0)
    return np.union1d(_stock(posted, prints_of, new_key, _EVERYWHERE), _stock(posted, prints_of, new_source, _HOUSE))


def _common(posted: Postings, least: int) -> Postings:
    """The postings of prints that so many have; most prints have one."""
    import numpy as np

    size = np.diff(np.flatnonzero(np.diff(posted.keys, prepend=np.uint64(NONE)) != 0), append=len(posted.keys))
    wanted = np.repeat(size >= least, size)
    return Postings(posted.keys[wanted], posted.groups[wanted])


def _postings(groups: Ints, found: Prints) -> Postings:
    import numpy as np

    packed = found.keys << np.uint64(DOC_BITS) | groups[found.article].astype(np.uint64)
    packed.sort()
    packed = packed[np.diff(packed, prepend=np.uint64(NONE)) != 0]
    return Postings(packed >> np.uint64(DOC_BITS), (packed & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64))


def _near(posted: Postings, focus: Truths) -> Postings:
    """The postings of prints that an article in focus has."""
    import numpy as np

    begin = np.flatnonzero(np.diff(posted.keys, prepend=np.uint64(NONE)) != 0)
    if not len(begin):
        return posted
    wanted = np.repeat(np.bitwise_or.reduceat(focus[posted.groups], begin), np.diff(begin, append=len(posted.keys)))
    return Postings(posted.keys[wanted], posted.groups[wanted])


def _stock(posted: Postings, prints_of: Ints, first: Truths, least: int) -> U8:
    """Prints that at least ``least`` articles share which are otherwise unlike each other.

    ``prints_of``: how many prints each article has; ``first``: where the stretch of a print begins. What is alike
    beyond the print is a story run by many, or told again and again; only neighbours are looked at, which takes one
    pass.
    """
    import numpy as np

    begin = np.flatnonzero(first)
    size = np.diff(begin, append=len(posted.keys))
    crowded = np.repeat(size >= least, size)
    inner = np.flatnonzero(crowded & ~first)
    pair = posted.groups[inner - 1] << 32 | posted.groups[inner]
    _, which, hits = np.unique(pair, return_inverse=True, return_counts=True)
    shorter = np.minimum(prints_of[posted.groups[inner - 1]], prints_of[posted.groups[inner]])
    alike = np.zeros(len(posted.keys))
    alike[inner] = hits[which] / shorter
    begin, size = begin[size >= least], size[size >= least]
    total = np.cumsum(np.append(0.0, alike))
    mean = (total[begin + size] - total[begin]) / (size - 1)
    return np.unique(posted.keys[begin[mean < _ALIKE]])


def _mark_runs(held: Holdings, found: Prints, marked: Truths) -> Truths:
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
    edges = np.zeros(len(held.furniture) + 1, np.int8)
    edges[low[long]] += 1
    edges[high[long]] -= 1
    inside = np.greater(np.cumsum(edges[:-1], dtype=np.int8), 0, out=held.furniture)
    return inside[found.at] | inside[found.at + SIZE - 1]


def _pairs(held: Holdings, groups: Ints, posted: Postings, focus: Truths | None) -> list[tuple[int, int]]:
    """Pairs of groups with enough prints in common, not both of one source.

    A print pairs an article with its next neighbours only, so that no print costs more than in proportion.
    """
    import numpy as np

    one_source = _one_source(held, groups)[posted.groups]
    made = [np.zeros(0, np.int64)]
    alive = np.flatnonzero(posted.keys[1:] == posted.keys[:-1])  # most prints stand in one article
    for step in range(1, NEIGHBOURS):
        alive = alive[alive + step < len(posted.keys)]
        alive = alive[posted.keys[alive] == posted.keys[alive + step]]
        a, b = one_source[alive], one_source[alive + step]
        wanted = (a != b) | (a < 0)
        if focus is not None:
            wanted &= focus[posted.groups[alive]] | focus[posted.groups[alive + step]]
        pair = alive[wanted]
        made.append(posted.groups[pair] << 32 | posted.groups[pair + step])
    keys, hits = np.unique(np.concatenate(made), return_counts=True)
    return [(k >> 32, k & 0xFFFFFFFF) for k in keys[hits >= HITS].tolist()]


def _one_source(held: Holdings, groups: Ints) -> Ints:
    """Each group's source by number of the group, -1 where its articles are of several."""
    own = held.source.copy()
    own[groups[held.source != held.source[groups]]] = -1
    return own
