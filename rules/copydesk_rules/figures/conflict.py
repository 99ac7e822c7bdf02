"""The same quantity with different values across the corpus: the range, with its sources and statuses."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from copydesk import Article, Corpus, Hit, Place, Ref, Rule
from copydesk_rules.figures.quantities import Mention, mentions, span_of
from copydesk_rules.figures.report import prefilter

_NEIGHBOURS = 40
"""Mentions of one noun and name that each mention is compared with, nearest in the corpus first."""
_LISTED = 24
_SHARED = 5
"""Proper names two articles on one story share at least."""


@dataclass(frozen=True, slots=True)
class Options:
    """When two articles speak of the same quantity."""

    days: int = 3
    """Their dates lie no further apart, where both have one."""
    overlap: float = 0.3
    """Share of the proper names of the one with fewer that the other has, too."""
    factor: float = 10.0
    """Values further apart count different things."""


@dataclass(frozen=True, slots=True)
class Given:
    """A mention, its article, and what tells the article's story."""

    ref: Ref
    mention: Mention
    names: frozenset[str]
    day: date | None


def collect(article: Article) -> object:
    """The article's comparable figures, see quantities.mentions."""
    return mentions(article) if prefilter(article.text) else None


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit a quantity whose values contradict each other between articles."""
    given = _given(corpus)
    for cluster in _clusters(given, options):
        pair = min(_contradictions(cluster, options), key=_bounds, default=None)
        home = next((g for g in cluster if corpus.wanted(g.ref)), None)
        if pair is not None and home is not None:
            yield home.ref, _hit(home, cluster, pair)


def _given(corpus: Corpus) -> list[Given]:
    out = []
    for facts in corpus.facts:
        names, day = frozenset(facts.value["names"]), _day(facts.meta.date)
        found = [Mention(*m[:-1], tuple(m[-1])) for m in facts.value["mentions"]]
        out += [Given(facts.ref, m, names, day) for m in found if m.entity or not _twice(m, found)]
    return out


def _twice(m: Mention, found: list[Mention]) -> bool:
    """Whether its article gives another value for what has no name: it tells of two events, and nothing says which."""
    return any((n.noun, n.status) == (m.noun, m.status) and not n.agrees(m) for n in found)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _clusters(given: list[Given], options: Options) -> list[list[Given]]:
    """Mentions of one quantity, joined pair by pair within the same group, noun and name."""
    parent = list(range(len(given)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    shelves: dict[tuple[str, str], list[int]] = {}
    for i, g in enumerate(given):
        for name in {g.mention.entity, *g.mention.names} - {""}:
            shelf = shelves.setdefault((g.mention.group, name), [])
            for k in shelf[-_NEIGHBOURS:]:
                if _same_quantity(given[k], g, options):
                    parent[root(i)] = root(k)
            shelf.append(i)
    ordered = sorted(range(len(given)), key=root)
    return [[given[i] for i in run] for _, run in itertools.groupby(ordered, root)]


def _same_quantity(a: Given, b: Given, options: Options) -> bool:
    m, n = a.mention, b.mention
    if m.entity and n.entity:
        entity = m.entity == n.entity
    elif m.entity or n.entity:
        entity = (m.entity or n.entity) in (n.names if m.entity else m.names)
    else:  # "80 people were killed": only the date and the names around it tell of which event
        shared = len(set(m.names) & set(n.names))
        entity = m.status == n.status and shared > 1 and (a.ref == b.ref or bool(a.day and b.day))
    noun = m.noun == n.noun or (_of_the_entity(m, n))
    near = max(m.value, n.value) <= options.factor * min(m.value, n.value)
    return m.group == n.group and entity and noun and near and _same_story(a, b, options)


def _of_the_entity(m: Mention, n: Mention) -> bool:
    """One of the nouns is the name itself: "3,000 North Koreans" who were sent are soldiers, too."""
    if not m.entity or m.entity != n.entity or m.group != "deployment":
        return False
    last = m.entity.split()[-1]
    return m.noun.startswith(last) or n.noun.startswith(last)


def _same_story(a: Given, b: Given, options: Options) -> bool:
    if a.ref == b.ref:
        return True
    if a.day and b.day and abs((a.day - b.day).days) > options.days:
        return False
    fewer = min(len(a.names), len(b.names))
    return len(a.names & b.names) >= max(_SHARED, options.overlap * fewer)


def _contradictions(cluster: list[Given], options: Options) -> Iterator[tuple[Given, Given]]:
    """Pairs of one status from two articles that no one value satisfies; values that agree are paired off first."""
    for a, b in itertools.combinations(cluster[:_LISTED], 2):
        same = a.mention.status == b.mention.status and a.mention.status != "expected"
        if a.ref != b.ref and same and not _agree(a, b) and _same_quantity(a, b, options):
            yield a, b


def _agree(a: Given, b: Given) -> bool:
    """Whether one true value could be behind both, or behind a total that grew from one day to the other."""
    if a.day and b.day and a.day != b.day:
        early, late = (a, b) if a.day < b.day else (b, a)
        return early.mention.low <= late.mention.high
    return a.mention.agrees(b.mention)


def _bounds(pair: tuple[Given, Given]) -> int:
    """How many of the two are bounds ("over 3,000"), not values: the plainest contradiction is named."""
    return sum(g.mention.value in (g.mention.low, g.mention.high) for g in pair)


def _hit(home: Given, cluster: list[Given], pair: tuple[Given, Given]) -> Hit:
    low, high = (f(g.mention.value for g in cluster) for f in (min, max))
    articles = len({g.ref for g in cluster})
    a, b = (g.mention for g in pair)
    message = (
        f"“{home.mention.written}”: in {articles} articles this number runs from {low:,.0f} to {high:,.0f}, "
        f"{a.value:,.0f} and {b.value:,.0f} both given as {a.status}; print the range with its sources"
    )
    related = tuple(Place(g.ref, span_of(g.mention), _told(g.mention)) for g in cluster if g is not home)
    m = home.mention
    data = {"kind": "count", "value": m.value, "source": m.source, "low": low, "high": high, "status": m.status}
    return Hit(span_of(m), message, related=related[:_LISTED], confidence="medium", data=data)


def _told(m: Mention) -> str:
    source = f"source: {m.source}" if m.source else "no source"
    return f"{m.written}, {m.status}, {source}"


RULE = Rule(
    summary="The same quantity with different values across articles",
    collect=collect,
    compare=compare,
    options=Options,
    prefilter=prefilter,
)
