"""Which figures of different articles speak of the same quantity, and which of those contradict each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date

from copydesk import Facts, Frozen, Ref
from copydesk.typed import Any, Protocol
from copydesk_rules.figures.quantities import Mention

_NEIGHBOURS = 40
"""Mentions of one noun and name that each mention is compared with, nearest in the corpus first."""
_COMPARED = 24
"""Mentions of a quantity that are compared pair by pair."""
_SHARED = 5
"""Proper names two articles on one story share at least."""


class Limits(Protocol):
    """How far apart two mentions of one quantity may be; see the options of figures/conflict."""

    @property
    def days(self) -> int:
        """Between the dates of their articles."""

    @property
    def overlap(self) -> float:
        """Share of proper names that their articles have in common, at least."""

    @property
    def factor(self) -> float:
        """Between their values."""


class Given(Frozen):
    """A mention, its article, and what tells the article's story."""

    ref: Ref
    mention: Mention
    names: frozenset[str]
    day: date | None


def mentions_of(value: Any) -> list[Mention]:
    """The mentions kept of an article."""
    return [Mention._make([*m[:-1], tuple(m[-1])]) for m in value["mentions"]]


def given(corpus: Iterable[Facts]) -> list[Given]:
    """The comparable figures of a corpus, without those that tell of two events no name sets apart."""
    out = []
    for facts in corpus:
        names, day = frozenset(facts.value["names"]), _day(facts.meta.date)
        found = mentions_of(facts.value)
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


def clusters(found: list[Given], limits: Limits) -> list[list[Given]]:
    """Mentions of one quantity, joined pair by pair within the same group, noun and name."""
    parent = list(range(len(found)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    shelves: dict[tuple[str, str], list[int]] = {}
    for i, g in enumerate(found):
        for on in shelves_of(g.mention):
            shelf = shelves.setdefault(on, [])
            for k in shelf[-_NEIGHBOURS:]:
                if _same_quantity(found[k], g, limits):
                    parent[root(i)] = root(k)
            shelf.append(i)
    ordered = sorted(range(len(found)), key=root)
    return [[found[i] for i in run] for _, run in itertools.groupby(ordered, root)]


def shelves_of(m: Mention) -> set[tuple[str, str]]:
    """Group and name under which a mention is looked for."""
    return {(m.group, name) for name in {m.entity, *m.names} - {""}}


def _same_quantity(a: Given, b: Given, limits: Limits) -> bool:
    m, n = a.mention, b.mention
    if m.entity and n.entity:
        entity = m.entity == n.entity
    elif m.entity or n.entity:
        entity = (m.entity or n.entity) in (n.names if m.entity else m.names)
    else:  # "80 people were killed": only the date and the names around it tell of which event
        shared = len(set(m.names) & set(n.names))
        entity = m.status == n.status and shared > 1 and (a.ref == b.ref or bool(a.day and b.day))
    noun = m.noun == n.noun or (_of_the_entity(m, n))
    near = max(m.value, n.value) <= limits.factor * min(m.value, n.value)
    return m.group == n.group and entity and noun and near and _same_story(a, b, limits)


def _of_the_entity(m: Mention, n: Mention) -> bool:
    """One of the nouns is the name itself: "3,000 North Koreans" who were sent are soldiers, too."""
    if not m.entity or m.entity != n.entity or m.group != "deployment":
        return False
    last = m.entity.split()[-1]
    return m.noun.startswith(last) or n.noun.startswith(last)


def _same_story(a: Given, b: Given, limits: Limits) -> bool:
    if a.ref == b.ref:
        return True
    if a.day and b.day and abs((a.day - b.day).days) > limits.days:
        return False
    fewer = min(len(a.names), len(b.names))
    return len(a.names & b.names) >= max(_SHARED, limits.overlap * fewer)


def contradictions(cluster: list[Given], limits: Limits) -> Iterator[tuple[Given, Given]]:
    """Pairs of one status from two articles that no one value satisfies; values that agree are paired off first."""
    for a, b in itertools.combinations(cluster[:_COMPARED], 2):
        same = a.mention.status == b.mention.status and a.mention.status != "expected"
        if a.ref != b.ref and same and not _agree(a, b) and _same_quantity(a, b, limits):
            yield a, b


def _agree(a: Given, b: Given) -> bool:
    """Whether one true value could be behind both, or behind a total that grew from one day to the other."""
    if a.day and b.day and a.day != b.day:
        early, late = (a, b) if a.day < b.day else (b, a)
        return early.mention.low <= late.mention.high
    return a.mention.agrees(b.mention)
