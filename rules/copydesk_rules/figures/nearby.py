"""The quantities of some articles, with those that an index knows: it is asked by what each is looked for under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Corpus, Keyed
from copydesk.typed import Any
from copydesk_rules.figures.alignment import Given, Limits, clusters, given, mentions_of, shelves_of
from copydesk_rules.figures.quantities import Mention


def near(corpus: Corpus, limits: Limits) -> list[list[Given]]:
    """The clusters with a mention that is wanted, each as it is in the whole corpus.

    A cluster is whole when all that its mentions may be joined to has been asked for.
    """
    facts, asked = {f.ref: f for f in corpus.facts}, set[int]()
    while True:
        found = clusters(given(sorted(facts.values(), key=lambda f: f.ref.path)), limits)
        here = [cluster for cluster in found if any(corpus.wanted(g.ref) for g in cluster)]
        new = set(_keys(g.mention for cluster in here for g in cluster)) - asked
        if corpus.elsewhere is None or not new:
            return here
        asked |= new
        facts |= {f.ref: f for f in corpus.elsewhere.sharing(new, 1)}


def _keys(mentions: Iterable[Mention]) -> Iterator[int]:
    return (Keyed.key("\0".join(shelf)) for m in mentions for shelf in shelves_of(m))


def keys(value: Any) -> bytes:
    """The keys of what is kept of an article."""
    return Keyed.packed(_keys(mentions_of(value)))


KEYED = Keyed(keys)
