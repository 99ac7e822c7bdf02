"""A figure that was hedged, or had its source, once, and stands as bare fact later on."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Place, Rule, Span
from copydesk.compiled import compiled
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.cues import sentence_at
from copydesk_rules.figures.language import Language, language_of
from copydesk_rules.figures.report import data, written
from copydesk_rules.figures.sources import source_of

_PARTED = compiled(r"\d|[,;:.–—](?=\s)")
_WORDS = 12
"""Between an adverb ("reportedly") and the number it hedges, at most."""
_FEW_WORDS = 4
"""Likewise for other hedges ("an estimated …", "… are believed")."""
_SHARED = 3
"""Words that the sentences of two mentions without nouns share at least."""
_BACK = 30


class Options(Frozen):
    """Where a later bare mention counts."""

    summaries: bool = True
    """In list items, also where the first mention had a full source."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Hits on bare repeats of figures that were hedged before, or had their source and lose it in a list."""
    language = language_of(article)
    for j in judged(article):
        first = j.repeats
        if first is None or language is None:
            continue
        lost = _unsure(article, first) or (options.summaries and _summed_up(article, j, first))
        if lost and _one_claim(article, language, j, first) and not _refers_back(article, language, j):
            yield _hit(article, j, first)


def _unsure(article: Article, first: Judged) -> bool:
    """Whether the first mention left the number itself open."""
    if first.hedge is not None:
        return _hedges(article, first.hedge, first.figure.span)
    return first.weak and not first.sourceless


def _hedges(article: Article, hedge: Span, figure: Span) -> bool:
    """Whether a hedge is on this number: nothing parts the two, no other number, and few words."""
    first, last = sorted((hedge, figure))
    between = article.text[first.end : last.start]
    reach = _WORDS if hedge < figure and article[hedge].endswith("ly") else _FEW_WORDS
    return not _PARTED.search(between) and len(between.split()) <= reach


def _summed_up(article: Article, j: Judged, first: Judged) -> bool:
    """Whether a list item takes up what the text before gave with its source."""
    kinds = article.blocks[j.block].kind, article.blocks[first.block].kind
    return kinds[0] == "item" != kinds[1] and first.reason in ("speech", "phrase", "data")


def _one_claim(article: Article, language: Language, j: Judged, first: Judged) -> bool:
    """Whether both speak of one thing: their nouns, or where one has none the words of their sentences."""
    nouns = j.figure.noun, first.figure.noun
    if j.figure.kind == "count" and all(nouns):
        return language.synonyms(*nouns)
    one, other = (sentence_at(article, m.sentence, language) for m in (j, first))
    return len(one.content & other.content) >= _SHARED


def _refers_back(article: Article, language: Language, j: Judged) -> bool:
    """Whether the mention itself points to the earlier one: "the 10,000 soldiers", "the rumoured 10,000"."""
    words = article.text[max(0, j.figure.span.start - _BACK) : j.figure.span.start].lower().split()
    if words[-2:-1] and words[-1].endswith("ed"):
        words.pop()
    return bool(words) and (words[-1] in language.definite or words[-1].endswith(("’s", "'s", "s’", "s'")))


def _hit(article: Article, j: Judged, first: Judged) -> Hit:
    source = article[first.hedge] if first.hedge else source_of(article, first)
    was = f"with “{source}”" if source else "with its source"
    message = (
        f"“{written(article, j)}” stands as fact here, but earlier only {was}; keep the source or the hedge with it"
    )
    earlier = Place(article.ref, first.figure.span, f"first given {was}")
    sure = _unsure(article, first)
    return Hit(
        j.figure.span,
        message,
        related=(earlier,),
        confidence="high" if sure else "medium",
        data=data(article, j, source),
    )


RULE = Rule(
    summary="A figure that was hedged or sourced once stands as bare fact later",
    check=check,
    options=Options,
    needs=r"\A(?:[^0-9]*+[0-9]|[\s\S]*?(?<![A-Za-z])(?=[abdefhmnostvzABDEFHMNOSTVZ])(?i:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|thirt|fift|fort|twent|t?een|t?y|dozen|hundred|thousand|[mbt]r?illion(?:en)?"
    r"|zwei|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwan|[zß]ig|dutzend|hundert|tausend|milliarden?)+\b)",
)
