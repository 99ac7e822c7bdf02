"""The facts of all articles as a few long arrays, ordered by source, so that every step is one pass."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from copydesk import Corpus, Facts, Frozen
from copydesk.typed import TYPE_CHECKING
from copydesk_rules.copies.facts import STOCK
from copydesk_rules.copies.forward import forward

if TYPE_CHECKING:
    from copydesk_rules.copies.prints import Prints
    from copydesk_rules.copies.words import U4, Flags, Ints, Truths


class Holdings(Frozen, eq=False):
    """Every article in reach. Article ``n`` has the words ``bounds[n]`` to ``bounds[n + 1]``."""

    facts: Sequence[Facts]
    prints: Prints
    bounds: Ints
    source: Ints
    """The first article of the source of each, so that it rises."""
    same: Ints
    """The first article with the very same words; its own number where there is none before."""
    furniture: Truths
    """Which words are found to be furniture; writable, shared by all steps."""

    def words_of(self, n: int) -> U4:
        """The word hashes of one article."""
        import numpy as np

        return np.frombuffer(self.facts[n].value["words"], np.uint32)

    def kinds_of(self, n: int) -> Flags:
        """The word kinds of one article."""
        import numpy as np

        own = np.frombuffer(self.facts[n].value["kinds"], np.uint8)
        return own | self.furniture[self.bounds[n] : self.bounds[n + 1]] * np.uint8(STOCK)


def holdings(corpus: Corpus) -> Holdings:
    """The corpus as arrays."""
    import numpy as np

    facts = sorted(corpus.facts, key=order)
    made = forward(facts, corpus.notes)
    source, same = firsts(f.meta.source for f in facts), firsts(made.digests.tolist())
    return Holdings(facts, made.prints, made.bounds, source, same, np.zeros(made.bounds[-1], bool))


def order(facts: Facts) -> tuple[str, str, str]:
    """What articles are ordered by."""
    return facts.meta.source, facts.ref.path, facts.ref.article or ""


def firsts(things: Iterable[Hashable]) -> Ints:
    """For each thing the number of the first one that equals it."""
    import numpy as np

    first: dict[Hashable, int] = {}
    return np.array([first.setdefault(thing, n) for n, thing in enumerate(things)], np.int64)
