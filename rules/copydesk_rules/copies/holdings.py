"""The facts of all articles as a few long arrays, ordered by source, so that every step is one pass."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from copydesk import Corpus, Facts, Frozen
from copydesk.hashing import blake2b
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk_rules.copies.words import U4, Flags, Ints


class Holdings(Frozen, eq=False):
    """Every article in reach. Article ``n`` has the words ``bounds[n]`` to ``bounds[n + 1]``."""

    facts: Sequence[Facts]
    words: U4
    kinds: Flags
    bounds: Ints
    source: Ints
    """The first article of the source of each, so that it rises."""
    same: Ints
    """The first article with the very same words; its own number where there is none before."""

    def words_of(self, n: int) -> U4:
        """The word hashes of one article."""
        return self.words[self.bounds[n] : self.bounds[n + 1]]

    def kinds_of(self, n: int) -> Flags:
        """The word kinds of one article; writable, shared by all steps."""
        return self.kinds[self.bounds[n] : self.bounds[n + 1]]


def holdings(corpus: Corpus) -> Holdings:
    """The corpus as arrays."""
    import numpy as np

    facts = sorted(corpus.facts, key=order)
    sizes = [len(f.value["kinds"]) for f in facts]
    return Holdings(
        facts,
        np.frombuffer(b"".join(f.value["words"] for f in facts), np.uint32),
        np.frombuffer(b"".join(f.value["kinds"] for f in facts), np.uint8).copy(),
        np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]),
        firsts(f.meta.source for f in facts),
        firsts(f.value["words"] for f in facts),
    )


def order(facts: Facts) -> tuple[str, str, str]:
    """What articles are ordered by."""
    return facts.meta.source, facts.ref.path, facts.ref.article or ""


def digest(facts: Facts) -> bytes:
    """What articles with the very same words have in common."""
    return blake2b(facts.value["words"], digest_size=16).digest()


def firsts(things: Iterable[Hashable]) -> Ints:
    """For each thing the number of the first one that equals it."""
    import numpy as np

    first: dict[Hashable, int] = {}
    return np.array([first.setdefault(thing, n) for n, thing in enumerate(things)], np.int64)
