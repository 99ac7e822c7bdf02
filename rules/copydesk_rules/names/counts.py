"""How often a name in two forms stands across a corpus, whether its articles are at hand or were counted before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copydesk.typed import NamedTuple
from copydesk_rules.names.across import Sighting, Split, mentions
from copydesk_rules.names.evidence import Evidence


class Side(NamedTuple):
    """One form: the articles that have it, its mentions in them, and the mentions by source."""

    form: str
    articles: int
    mentions: int
    sources: Mapping[str, int]


class Count(NamedTuple):
    """One name in two forms, as ``across.Split``, in numbers."""

    odd: Side
    other: Side
    evidence: Evidence
    preferred: str


def side(form: str, seen: Iterable[Sighting]) -> Side:
    """The numbers of a form's articles."""
    seen = list(seen)
    sources: dict[str, int] = {}
    for s in seen:
        sources[s.source] = sources.get(s.source, 0) + s.mentions
    return Side(form, len(seen), mentions(seen), dict(sorted(sources.items())))


def count(split: Split) -> Count:
    """The numbers of a name in two forms."""
    odd, other = side(split.odd, split.odd_seen), side(split.other, split.other_seen)
    return Count(odd, other, split.evidence, split.preferred)


def changed(was: Side, gone: Side, come: Side) -> Side:
    """A form's numbers when some articles are gone and others have come."""
    sources = dict(was.sources)
    for name in {*gone.sources, *come.sources}:
        sources[name] = sources.get(name, 0) - gone.sources.get(name, 0) + come.sources.get(name, 0)
    return Side(
        was.form,
        was.articles - gone.articles + come.articles,
        was.mentions - gone.mentions + come.mentions,
        {name: number for name, number in sorted(sources.items()) if number},
    )
