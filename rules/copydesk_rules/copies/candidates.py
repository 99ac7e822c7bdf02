"""Which articles to compare word by word: those that share several fingerprints which are not furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk_rules.copies.facts import STOCK
from copydesk_rules.copies.prints import DOC_BITS, SIZE, Prints

if TYPE_CHECKING:
    from copydesk_rules.copies.holdings import Holdings
    from copydesk_rules.copies.words import U8, Ints, Truths

COMMON = 40
"""Groups of copies that may share a print before it is furniture; an article is paired with as many neighbours."""
_HOUSE = 4
"""Articles of one source that share a print before it is the house's furniture."""
_MOSTLY = 0.75
"""Share of furniture from which it is the article itself: a story run everywhere, or told again and again."""
_RUN = 10
"""Words of the shortest piece of furniture: less is a turn of phrase."""
_HITS = 4
"""Shared prints of a pair worth aligning: about a sentence."""
_NONE = 0xFFFFFFFFFFFFFFFF


class Postings(NamedTuple):
    """Print and group of every posting, once each, in order of print and then group."""

    keys: U8
    groups: Ints


def candidates(held: Holdings, groups: Ints, found: Prints, focus: Truths | None) -> list[tuple[int, int]]:
    """Pairs of groups worth aligning, the lower first; with one in ``focus`` (by group) where that is given.

    Marks furniture in the holdings' kinds as it goes.
    """
    found = found.keep(~_furniture(held, groups, found))
    posted = _postings(groups, found)
    if focus is not None:
        posted = _near(posted, focus)
    return _pairs(held, groups, posted, focus)


def _postings(groups: Ints, found: Prints) -> Postings:
    import numpy as np

    packed = found.keys << np.uint64(DOC_BITS) | groups[found.article].astype(np.uint64)
    packed.sort()
    packed = packed[np.diff(packed, prepend=np.uint64(_NONE)) != 0]
    return Postings(packed >> np.uint64(DOC_BITS), (packed & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64))


def _near(posted: Postings, focus: Truths) -> Postings:
    """The postings of prints that an article in focus has."""
    import numpy as np

    begin = np.flatnonzero(np.diff(posted.keys, prepend=np.uint64(_NONE)) != 0)
    if not len(begin):
        return posted
    wanted = np.repeat(np.bitwise_or.reduceat(focus[posted.groups], begin), np.diff(begin, append=len(posted.keys)))
    return Postings(posted.keys[wanted], posted.groups[wanted])


def _furniture(held: Holdings, groups: Ints, found: Prints) -> Truths:
    """Which prints touch furniture; also marks its words.

    Furniture is what many articles share, or several of one source, unless it is most of the article.
    """
    import numpy as np

    posted = _postings(groups, found)
    source = held.source[posted.groups]
    new_key = np.diff(posted.keys, prepend=np.uint64(_NONE)) != 0
    common = _crowded(posted.keys, new_key, COMMON)
    house = _crowded(posted.keys, new_key | (np.diff(source, prepend=-1) != 0), _HOUSE - 1)
    stock = np.append(np.union1d(common, house), np.uint64(_NONE))
    marked = stock[np.searchsorted(stock, found.keys)] == found.keys
    count = np.bincount(found.article, minlength=len(held.facts))
    share = np.bincount(found.article, weights=marked, minlength=len(held.facts)) / np.maximum(count, 1)
    return _mark_runs(held, found, marked & (share < _MOSTLY)[found.article])


def _crowded(keys: U8, first: Truths, most: int) -> U8:
    """The keys of stretches longer than ``most``; ``first`` says where a stretch begins."""
    import numpy as np

    begin = np.flatnonzero(first)
    return np.unique(keys[begin[np.diff(begin, append=len(keys)) > most]])


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
    edges = np.zeros(len(held.kinds) + 1, np.int8)
    edges[low[long]] += 1
    edges[high[long]] -= 1
    inside = np.cumsum(edges[:-1], dtype=np.int8) > 0
    held.kinds[inside] |= STOCK
    return inside[found.at] | inside[found.at + SIZE - 1]


def _pairs(held: Holdings, groups: Ints, posted: Postings, focus: Truths | None) -> list[tuple[int, int]]:
    """Pairs of groups with enough prints in common, not both of one source.

    A print pairs an article with its next neighbours only, so that no print costs more than in proportion.
    """
    import numpy as np

    one_source = _one_source(held, groups)[posted.groups]
    made = [np.zeros(0, np.int64)]
    alive = np.arange(len(posted.keys))
    for step in range(1, COMMON):
        alive = alive[alive + step < len(posted.keys)]
        alive = alive[posted.keys[alive] == posted.keys[alive + step]]
        a, b = one_source[alive], one_source[alive + step]
        wanted = (a != b) | (a < 0)
        if focus is not None:
            wanted &= focus[posted.groups[alive]] | focus[posted.groups[alive + step]]
        pair = alive[wanted]
        made.append(posted.groups[pair] << 32 | posted.groups[pair + step])
    keys, hits = np.unique(np.concatenate(made), return_counts=True)
    return [(k >> 32, k & 0xFFFFFFFF) for k in keys[hits >= _HITS].tolist()]


def _one_source(held: Holdings, groups: Ints) -> Ints:
    """Each group's source by number of the group, -1 where its articles are of several."""
    own = held.source.copy()
    own[groups[held.source != held.source[groups]]] = -1
    return own
