"""Near-identical articles gathered in groups, so that a story run by forty papers is counted once.

Articles with the very same words first; then those whose 64-bit simhashes (Charikar, STOC 2002) differ in at
most three bits, as Manku, Jain and Das Sarma (WWW 2007) found right for web pages. The package's own hashing of
features is far too slow for an archive: it is given simhashes made in bulk from the fingerprints.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.typed import TYPE_CHECKING
from copydesk_rules.copies.words import mixed

if TYPE_CHECKING:
    from copydesk_rules.copies.prints import Prints
    from copydesk_rules.copies.words import U8, Ints

_BITS = 3
_AT_ONCE = 256
"""Articles whose simhashes are made at a time."""
_FEWEST = 16
"""Prints of the shortest article that is gathered: below, three bits may be chance."""


def groups(same: Ints, found: Prints) -> Ints:
    """For every article the number of the first article of its group; ``same``: of the first with its very words."""
    from simhash import Simhash, SimhashIndex  # imports numpy

    first = same.copy()
    index = SimhashIndex([], k=_BITS)
    for n, made in _near_another(*_simhashes(*_likely(same, found))):
        value = Simhash(made)
        near = index.get_near_dups(value)
        if near:
            first[n] = min(map(int, near))
        else:  # only the first of a group is looked up, so that no bucket grows with the group
            index.add(str(n), value)
    return first[same]


def _likely(same: Ints, found: Prints) -> tuple[Ints, U8, Ints]:
    """The articles whose least or greatest print another one has too, their prints, and where each one's begin."""
    import numpy as np

    begin = np.searchsorted(found.article, np.arange(len(same) + 1))
    able = np.flatnonzero((np.diff(begin) >= _FEWEST) & (same == np.arange(len(same))))
    wanted = np.zeros(len(same), bool)
    if len(able):
        edges = np.stack([begin[able], begin[able + 1]], axis=1).ravel()
        edges = edges[:-1] if edges[-1] == len(found.keys) else edges
        for ends in (np.minimum, np.maximum):
            _, which, count = np.unique(ends.reduceat(found.keys, edges)[::2], return_inverse=True, return_counts=True)
            wanted[able[count[which] > 1]] = True
    own = np.append(0, np.cumsum(np.diff(begin)[wanted]))
    return np.flatnonzero(wanted), found.keys[wanted[found.article]], own


def _simhashes(articles: Ints, keys: U8, begin: Ints) -> tuple[Ints, U8]:
    """The articles' simhashes: of every bit what most of the prints' hashes have."""
    import numpy as np

    made = np.zeros(len(articles), np.uint64)
    for first in range(0, len(articles), _AT_ONCE):
        edges = begin[first : first + _AT_ONCE + 1]
        bits = np.unpackbits(mixed(keys[edges[0] : edges[-1]]).view(np.uint8).reshape(-1, 8), axis=1)
        most = np.add.reduceat(bits, edges[:-1] - edges[0], axis=0, dtype=np.int32) * 2 > np.diff(edges)[:, None]
        made[first : first + _AT_ONCE] = np.packbits(most, axis=1).view(">u8").ravel()
    return articles, made


def _near_another(articles: Ints, made: U8) -> Iterator[tuple[int, int]]:
    """Those that may differ in few bits from another one, with their simhashes: one of the parts is then equal."""
    import numpy as np

    near = np.zeros(len(made), bool)
    part = 64 // (_BITS + 1)
    for shift in range(0, 64, part):
        parts = made >> np.uint64(shift) & np.uint64((1 << part) - 1)
        _, which, count = np.unique(parts, return_inverse=True, return_counts=True)
        near |= count[which] > 1
    return zip(articles[near].tolist(), made[near].tolist(), strict=True)
