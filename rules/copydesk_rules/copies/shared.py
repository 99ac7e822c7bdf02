"""Which prints several articles have: of some millions most stand in one place, and tell no more than that."""

from __future__ import annotations

from copydesk.typed import TYPE_CHECKING
from copydesk_rules.copies.prints import DOC_BITS, NONE, Prints

if TYPE_CHECKING:
    from copydesk_rules.copies.words import U4, U8, Ints, Truths

_TABLE_BITS = 22
"""Low bits of a key that say whether it may be among others."""


def shared(found: Prints, articles: int) -> tuple[Prints, Ints]:
    """The prints that several articles have, with a few more; and how many others each article has, every one once."""
    import numpy as np

    half = found.keys.astype(np.uint32)
    in_order = np.sort(half)
    may = _alike(half, in_order[1:][in_order[1:] == in_order[:-1]])
    again = found.keep(may)
    posted = np.sort(again.keys << np.uint64(DOC_BITS) | again.article.astype(np.uint64))
    posted = posted[np.diff(posted, prepend=np.uint64(NONE)) != 0]
    key, article = posted >> np.uint64(DOC_BITS), (posted & np.uint64((1 << DOC_BITS) - 1)).astype(np.int64)
    several = key[1:][key[1:] == key[:-1]]
    alone = np.concatenate([article[~_alike(key, several)], found.article[~may]])
    return again.keep(_alike(again.keys, several)), np.bincount(alone, minlength=articles)


def among(keys: U8, few: U8) -> Truths:
    """Which keys are among some that are sorted."""
    import numpy as np

    found, few = _alike(keys, few), np.append(few, np.uint64(NONE))
    may = np.flatnonzero(found)
    found[may] = few[np.searchsorted(few, keys[may])] == keys[may]
    return found


def _alike(keys: U4 | U8, few: U4 | U8) -> Truths:
    """Which keys are among a few, or agree with one of them in as many bits as a table holds: that is quickly told."""
    import numpy as np

    table, low = np.zeros(1 << _TABLE_BITS, bool), keys.dtype.type((1 << _TABLE_BITS) - 1)
    table[few & low] = True
    found: Truths = table[keys & low]
    return found
