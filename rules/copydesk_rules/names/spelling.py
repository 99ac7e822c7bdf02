"""names/spelling: one name spelled two ways, in an article or across the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copydesk import Article, Corpus, Hit, Ref, Rule, Style
from copydesk_rules.names import facts
from copydesk_rules.names.across import splits
from copydesk_rules.names.findings import across, hits
from copydesk_rules.names.language import language_of, may_be_read
from copydesk_rules.names.stretches import names
from copydesk_rules.names.within import clashes


@dataclass(frozen=True, slots=True)
class Options:
    """What the rule looks for."""

    distinct: tuple[tuple[str, ...], ...] = ()
    """Groups of forms that are different names: ``[["Smith", "Smyth"]]``."""
    slips: bool = True
    """Letters left out, added, changed or swapped; else only accents, hyphens, transliteration and listed forms."""
    styles: tuple[Style, ...] = ()


def check(article: Article, options: Options) -> Iterator[Hit]:
    """One hit a place of the odd form of each name that an article spells two ways."""
    code = language_of(article)
    if code == "en":
        for clash in clashes(article, apart(options), options.slips):
            yield from hits(article, names(article), clash, options.styles)
    elif code:
        yield from _introduced(article, code, options)


def _introduced(article: Article, code: str, options: Options) -> Iterator[Hit]:
    """The hits in a language whose nouns all have capitals."""
    from copydesk_rules.names import introduced

    met = introduced.people(article, code)
    for clash in introduced.clashes(met, code, apart(options), options.slips):
        yield from hits(article, met.names, clash, options.styles)


def collect(article: Article) -> dict[str, Any] | None:
    """The article's runs of names, for :func:`compare`."""
    return facts.collect(article) if language_of(article) == "en" else None


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit a place of the odd form of each name that the corpus spells two ways."""
    for split in splits(corpus, apart(options)):
        yield from across(split, options.styles, corpus.wanted)


def apart(options: Options) -> tuple[tuple[str, ...], ...]:
    """Groups of forms that are different names: the rule's own, and those of the house styles."""
    return (*options.distinct, *((s.preferred, *s.distinct) for s in options.styles if s.distinct))


RULE = Rule(
    summary="One name is spelled two ways",
    check=check,
    collect=collect,
    compare=compare,
    options=Options,
    prefilter=may_be_read,
)
