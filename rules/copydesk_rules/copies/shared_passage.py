"""Passages, one sentence and up, that stand in another source's article."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Corpus, Frozen, Hit, Match, Ref, Rule, Span
from copydesk_rules.copies.facts import collect
from copydesk_rules.copies.matches import by_article, name, others, place, when_and_whose
from copydesk_rules.copies.near_duplicate import SHARE, WORDS
from copydesk_rules.copies.nearby import KEYED
from copydesk_rules.copies.pairs import Pair, pairs

_SENTENCE, _PHRASE = 18, 10
"""Own words of a sentence that is told of, and of the least passage told of beside one."""


class Options(Frozen):
    """Which passages are told of. Words are the writers' own, outside quotations and stock phrases."""

    words: int = 20
    """Own words in common from which a pair is told of; never fewer than 20 are looked at."""
    near_duplicates: bool = False
    """Also the passages of pairs that are largely one text, which copies/near-duplicate tells of."""
    credited: bool = True
    """Also report passages that say whose text they are, as information."""


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit for every place of an article that also stands elsewhere."""
    found = [p for p in map(_sentences, pairs(corpus)) if _told(p, options)]
    for ref, matches in by_article(corpus, found, {}):
        told = [m for m in matches if options.credited or not m.credited]
        for span, there in _by_place(told):
            yield ref, _hit(span, there)


def _sentences(pair: Pair) -> Pair:
    """The pair without the passages that are turns of phrase, and without any where none is a sentence."""
    verdict = pair.verdict
    kept = [p for p, own in zip(verdict.passages, verdict.own_in, strict=True) if own >= _PHRASE]
    return pair._replace(verdict=verdict._replace(passages=tuple(kept if max(verdict.own_in) >= _SENTENCE else ())))


def _told(pair: Pair, options: Options) -> bool:
    verdict = pair.verdict
    return (
        verdict.relation == "copy"
        and bool(verdict.passages)
        and verdict.own >= options.words
        and (options.near_duplicates or not verdict.largely_one(SHARE, WORDS))
    )


def _hit(span: Span, there: list[Match]) -> Hit:
    return Hit(
        span,
        f"this passage also stands in {name(there[0])}{when_and_whose(there[0])}{others(there)}",
        related=tuple(map(place, there)),
        matches=tuple(there),
        severity="info" if all(m.credited for m in there) else None,
    )


def _by_place(matches: list[Match]) -> Iterator[tuple[Span, list[Match]]]:
    """Places of the article, overlapping passages as one, each with the matches that share it."""
    pieces = sorted((p[0], n, p) for n, m in enumerate(matches) for p in m.passages)
    at = 0
    while at < len(pieces):
        span, end = pieces[at][0], at
        while end < len(pieces) and pieces[end][0].start < span.end:
            span = Span(span.start, max(span.end, pieces[end][0].end))
            end += 1
        here: dict[int, list[tuple[Span, Span]]] = {}
        for _, n, passage in pieces[at:end]:
            here.setdefault(n, []).append(passage)
        yield span, [matches[n]._replace(passages=tuple(here[n])) for n in sorted(here)]
        at = end


RULE = Rule(
    "A passage stands in another source's article too",
    collect=collect,
    compare=compare,
    keyed=KEYED,
    options=Options,
    in_code=True,
)
