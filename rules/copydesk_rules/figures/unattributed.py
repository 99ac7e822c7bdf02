"""A figure stated as fact that no source in reach carries."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Rule
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.report import data, written


class Options(Frozen):
    """Kinds of numbers that need a source, and how far a source carries."""

    count: bool = True
    money: bool = True
    percent: bool = True
    ratio: bool = True
    fold: bool = True
    """“a threefold rise”."""
    magnitude: bool = True
    """Of earthquakes."""
    small: bool = False
    """Plain counts up to twelve."""
    measure: bool = False
    rule: bool = False
    """Sums that name a law or measure, minimum wages."""
    market: bool = False
    """Prices and moves of the day: “shares fell 4 percent”."""
    vote: bool = False
    score: bool = False
    sport: bool = False
    weather: bool = False
    age: bool = False
    duration: bool = False
    date: bool = False
    year: bool = False
    decade: bool = False
    clock: bool = False
    ordinal: bool = False
    designation: bool = False
    address: bool = False
    unit: bool = False
    """Bases: “per 100,000”."""
    spec: bool = False
    """“a 16-seat bus”."""
    vague: bool = False
    number: bool = False
    """Numbers of no other kind."""
    carry: bool = True
    """A source carries over to the two sentences behind it in its paragraph."""
    linked: bool = True
    """And into a next paragraph that opens with a linking word (“She …”, “The report …”)."""
    link: bool = True
    """A link in the sentence is a source (Markdown)."""


_REACH = frozenset({"carry", "linked"})


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Hits on claim figures that nobody in reach stands behind."""
    kinds = frozenset(k for k in options._fields if k not in (*_REACH, "link") and getattr(options, k))
    for j in judged(article, kinds, options.link):
        if _without_source(j, options):
            message = f"no source for “{written(article, j)}” in this sentence or the two before it; name who says so"
            yield Hit(j.figure.span, message, confidence="medium", data=data(article, j))


def _without_source(j: Judged, options: Options) -> bool:
    if j.reason in _REACH:
        return not getattr(options, j.reason)
    return j.bare


RULE = Rule(
    summary="A figure stated as fact without a source in reach",
    check=check,
    options=Options,
    needs=r"\A(?:[^0-9]*+[0-9]|[\s\S]*?(?<![A-Za-z])(?=[abdefhmnostvzABDEFHMNOSTVZ])(?i:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|thirt|fift|fort|twent|t?een|t?y|dozen|hundred|thousand|[mbt]r?illion(?:en)?"
    r"|zwei|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwan|[zß]ig|dutzend|hundert|tausend|milliarden?)+\b)",
)
