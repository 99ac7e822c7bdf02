"""Articles of different sources that are largely one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Corpus, Frozen, Hit, Ref, Rule
from copydesk_rules.copies.clusters import clusters
from copydesk_rules.copies.facts import collect
from copydesk_rules.copies.matches import by_article, longest, name, others, place, when_and_whose
from copydesk_rules.copies.nearby import KEYED
from copydesk_rules.copies.pairs import Pair, pairs

WORDS, SHARE = 60, 0.4


class Options(Frozen):
    """What counts as largely one text. Words are the writers' own, outside quotations and stock phrases."""

    words: int = WORDS
    """Own words in common that are enough by themselves."""
    share: float = SHARE
    """Share of the shorter article's own words that is enough with half as many."""
    credited: bool = True
    """Also report copies that say whose text they are, as information."""


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit an article, marking its longest passage, for all articles it is largely one text with."""
    found = [p for p in pairs(corpus) if p.verdict.largely_one(options.share, options.words)]
    for ref, matches in by_article(corpus, found, clusters(_refs(found))):
        told = [m for m in matches if options.credited or not m.credited]
        if told:
            credited = all(m.credited for m in told)
            yield (
                ref,
                Hit(
                    longest(told[0])[0],
                    f"{told[0].overlap[0]:.0%} of this article also stands in {name(told[0])}{when_and_whose(told[0])}"
                    f"{others(told)}",
                    related=tuple(map(place, told)),
                    matches=tuple(told),
                    severity="info" if credited else None,
                ),
            )


def _refs(found: Iterable[Pair]) -> list[tuple[Ref, Ref]]:
    return [(p.here.ref, p.there.ref) for p in found]


RULE = Rule(
    "Articles of different sources are largely one text",
    collect=collect,
    compare=compare,
    keyed=KEYED,
    options=Options,
    in_code=True,
)
