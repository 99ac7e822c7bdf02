"""Near-identical articles gathered in groups, so that a story run by forty papers is counted once.

Articles with the very same words first; then those whose 64-bit simhashes (Charikar, STOC 2002) differ in at
most three bits, as Manku, Jain and Das Sarma (WWW 2007) found right for web pages. The package's own hashing of
features is far too slow for an archive: it is given simhashes made in bulk from the fingerprints.
"""

from __future__ import annotations

from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk_rules.copies.prints import Prints
    from copydesk_rules.copies.words import U8, Ints

_BITS = 3
_FEWEST = 16
"""Prints of the shortest article that is gathered: below, three bits may be chance."""


def groups(same: Ints, found: Prints) -> Ints:
    """For every article the number of the first article of its group; ``same``: of the first with its very words."""
    from simhash import Simhash, SimhashIndex  # imports numpy

    first = same.copy()
    index = SimhashIndex([], k=_BITS)
    begin, which = _likely(same, found)
    for n in which.tolist():
        value = Simhash(_simhash(found.keys[begin[n] : begin[n + 1]]))
        near = index.get_near_dups(value)
        if near:
            first[n] = min(map(int, near))
        else:  # only the first of a group is looked up, so that no bucket grows with the group
            index.add(str(n), value)
    return first[same]


def _likely(same: Ints, found: Prints) -> tuple[Ints, Ints]:
    """Where each article's prints begin, and the articles whose least or greatest print another one has too."""
    import numpy as np

    begin = np.searchsorted(found.article, np.arange(len(same) + 1))
    able = np.flatnonzero((np.diff(begin) >= _FEWEST) & (same == np.arange(len(same))))
    if not len(able):
        return begin, able
    edges = np.stack([begin[able], begin[able + 1]], axis=1).ravel()
    edges = edges[:-1] if edges[-1] == len(found.keys) else edges
    shared = np.zeros(len(able), bool)
    for ends in (np.minimum, np.maximum):
        _, which, count = np.unique(ends.reduceat(found.keys, edges)[::2], return_inverse=True, return_counts=True)
        shared |= count[which] > 1
    return begin, able[shared]


def _simhash(keys: U8) -> int:
    """The majority of every bit over the prints' hashes."""
    import numpy as np

    from copydesk_rules.copies.words import mixed

    bits = np.unpackbits(mixed(keys).view(np.uint8).reshape(-1, 8), axis=1)
    return int.from_bytes(np.packbits(bits.sum(axis=0, dtype=np.int64) * 2 > len(keys)).tobytes(), "big")
