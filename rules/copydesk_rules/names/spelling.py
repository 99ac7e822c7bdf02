"""names/spelling: one name spelled two ways, in an article or across the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from copydesk import Article, Corpus, Frozen, Hit, Ref, Rule, Style
from copydesk.typed import Any
from copydesk_rules.names import facts, within
from copydesk_rules.names.language import language_of, may_be_read
from copydesk_rules.names.mentions import Names
from copydesk_rules.names.nearby import KEYED, nearby, overlap
from copydesk_rules.names.stretches import names
from copydesk_rules.names.within import Clash


class Options(Frozen):
    """What the rule looks for."""

    distinct: tuple[tuple[str, ...], ...] = ()
    """Groups of forms that are different names: ``[["Smith", "Smyth"]]``."""
    slips: bool = True
    """Letters left out, added, changed or swapped; else only accents, hyphens, transliteration and listed forms."""
    styles: tuple[Style, ...] = ()


def check(article: Article, options: Options) -> Iterator[Hit]:
    """One hit a place of the odd form of each name that an article spells two ways."""
    code = language_of(article)
    if code:
        words, found = _clashes(article, code, options)
        for clash in found:
            from copydesk_rules.names.findings import hits

            yield from hits(article, words(), clash, options.styles)


def _clashes(article: Article, code: str, options: Options) -> tuple[Callable[[], Names], list[Clash]]:
    """The article's words, and its clashes, found as its language asks."""
    if code == "en":
        return partial(names, article), within.clashes(article, apart(options), options.slips)
    from copydesk_rules.names import introduced

    people = introduced.people(article, code)
    return (lambda: people.names), introduced.clashes(people, code, apart(options), options.slips)


def collect(article: Article) -> dict[str, Any] | None:
    """The article's runs of names, for :func:`compare`."""
    return facts.collect(article) if language_of(article) == "en" else None


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit a place of the odd form of each name that the corpus spells two ways."""
    near = nearby(corpus, options.styles, apart(options))
    if near.only == {} and not near.told:
        return
    from copydesk_rules.names.across import splits
    from copydesk_rules.names.findings import across, counted

    found = splits(near.facts, apart(options), near.only)
    if any(overlap(split.odd, told.name.odd.form) for split in found for told in near.told):
        near = nearby(corpus, options.styles, apart(options), load=True)
        found = splits(near.facts, apart(options), near.only)
    for split in found:
        yield from across(split, options.styles, corpus.wanted)
    for told in near.told:
        yield from counted(told.name, told.own, told.seen, options.styles)


def apart(options: Options) -> tuple[tuple[str, ...], ...]:
    """Groups of forms that are different names: the rule's own, and those of the house styles."""
    return (*options.distinct, *((s.preferred, *s.distinct) for s in options.styles if s.distinct))


RULE = Rule(
    summary="One name is spelled two ways",
    check=check,
    collect=collect,
    compare=compare,
    keyed=KEYED,
    options=Options,
    prefilter=may_be_read,
)
