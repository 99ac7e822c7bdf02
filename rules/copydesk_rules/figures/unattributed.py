"""A figure stated as fact that no source in reach carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk import Article, Hit, Rule
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.report import data, prefilter, written


@dataclass(frozen=True, slots=True)
class Options:
    """Kinds of figures that need a source, and how far a source carries."""

    count: bool = True
    money: bool = True
    percent: bool = True
    ratio: bool = True
    fold: bool = True
    magnitude: bool = True
    carry: bool = True
    """A source carries over to the two sentences behind it in its paragraph."""
    linked: bool = True
    """And into a next paragraph that opens with a link (“She …”, “The report …”)."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Hits on claim figures that nobody in reach stands behind."""
    for j in judged(article):
        if getattr(options, j.figure.kind) and _without_source(j, options):
            message = f"no source for “{written(article, j)}” in this sentence or the two before it; name who says so"
            yield Hit(j.figure.span, message, confidence="medium", data=data(article, j))


def _without_source(j: Judged, options: Options) -> bool:
    if j.reason == "carry":
        return not options.carry
    return not options.linked if j.reason == "linked" else j.bare


RULE = Rule(
    summary="A figure stated as fact without a source in reach",
    check=check,
    options=Options,
    prefilter=prefilter,
)
