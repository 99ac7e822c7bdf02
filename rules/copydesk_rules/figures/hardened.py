"""A figure that was hedged, or had its source, once, and stands as bare fact later on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk import Article, Hit, Place, Rule
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.language import language_of
from copydesk_rules.figures.report import data, prefilter, written
from copydesk_rules.figures.sources import source_of


@dataclass(frozen=True, slots=True)
class Options:
    """Where a later bare mention counts."""

    summaries: bool = True
    """In list items, also where the first mention had a full source."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Hits on bare repeats of figures that were hedged before, or had their source and lose it in a list."""
    for j in judged(article):
        first = j.repeats
        if first is None or _refers_back(article, j):
            continue
        if j.figure.noun and first.figure.noun and not _one_noun(article, j, first):
            continue
        item = article.blocks[j.block].kind == "item"
        if _unsure(first) or (item and options.summaries):
            yield _hit(article, j, first)


def _unsure(first: Judged) -> bool:
    """Whether the first mention left the number itself open."""
    return first.reason != "charge" and (first.hedge is not None or first.weak)


def _one_noun(article: Article, j: Judged, first: Judged) -> bool:
    language = language_of(article)
    return language is not None and language.synonyms(j.figure.noun, first.figure.noun)


def _refers_back(article: Article, j: Judged) -> bool:
    """Whether the mention itself points to the earlier one: "the 10,000 soldiers"."""
    language = language_of(article)
    words = article.text[max(0, j.figure.span.start - 20) : j.figure.span.start].lower().split()
    return bool(words) and language is not None and words[-1] in language.definite


def _hit(article: Article, j: Judged, first: Judged) -> Hit:
    source = article[first.hedge] if first.hedge else source_of(article, first)
    was = f"with “{source}”" if source else "with its source"
    message = (
        f"“{written(article, j)}” stands as fact here, but earlier only {was}; keep the source or the hedge with it"
    )
    earlier = Place(article.ref, first.figure.span, f"first given {was}")
    sure = _unsure(first)
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
    prefilter=prefilter,
)
