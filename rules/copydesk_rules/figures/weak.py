"""A figure carried only by a hedge or by a source without a name."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Rule
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.report import data, written
from copydesk_rules.figures.sources import source_of


class Options(Frozen):
    """What counts as weak."""

    hedges: bool = True
    """“reportedly”, “is believed to”, “reports suggest”."""
    unnamed: bool = True
    """“sources”, “people familiar with the matter”."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Hits on figures with nothing better than a hedge or an unnamed source."""
    for j in judged(article):
        if j.weak and (options.hedges if j.sourceless else options.unnamed):
            yield _hit(article, j)


def _hit(article: Article, j: Judged) -> Hit:
    source = source_of(article, j)
    lack = "names no source" if j.sourceless else "has no name"
    message = f"only “{source}” stands behind “{written(article, j)}”, which {lack}; name who says so"
    return Hit(j.figure.span, message, confidence="medium", data=data(article, j, source))


RULE = Rule(
    summary="A figure carried only by a hedge or an unnamed source",
    check=check,
    options=Options,
    needs=r"\A(?:[^0-9]*+[0-9]|[\s\S]*?(?<![A-Za-z])(?=[abdefhmnostvzABDEFHMNOSTVZ])(?i:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|thirt|fift|fort|twent|t?een|t?y|dozen|hundred|thousand|[mbt]r?illion(?:en)?"
    r"|zwei|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwan|[zß]ig|dutzend|hundert|tausend|milliarden?)+\b)",
    severity="info",
    default=False,
)
