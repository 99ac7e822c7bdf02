"""Pairs of forms that may be one name: found through folded forms, keys and deletion neighbours, never all with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import derived, distance, fold, keys, neighbours

Likeness = Literal["listed", "form", "key", "slip", "far"]
"""How near two forms are: listed as one name; equal but for accents, capitals and hyphens; equal in transliteration;
one slip of the keyboard or one vowel apart; two apart."""

_BUCKET = 24
"""Forms that share one neighbour and are compared; bounds the work on a text made to have many."""


class Pair(NamedTuple):
    """Two different forms, as written."""

    a: str
    b: str
    likeness: Likeness


def pairs(forms: Iterable[str]) -> Iterator[Pair]:
    """Candidate pairs among an article's forms, each once."""
    buckets: dict[str, list[str]] = {}
    seen: set[tuple[str, str]] = set()
    for form in forms:
        folded = fold(form)
        if len(folded) < 4 or lexicon.is_function(folded):
            continue
        for near in neighbours(folded):
            bucket = buckets.setdefault(near, [])
            for other in bucket:
                if (other, form) not in seen:
                    seen.add((other, form))
                    likeness = alike(other, form)
                    if likeness:
                        yield Pair(other, form, likeness)
            if len(bucket) < _BUCKET:
                bucket.append(form)


def alike(a: str, b: str) -> Likeness | None:
    """How two forms are alike, or None where they are two words, two known names or one stem with two endings."""
    if lexicon.listed(a, b):
        return "listed"
    x, y = fold(a), fold(b)
    if x == y:
        return None if a.isupper() or b.isupper() else "form"
    if derived(x, y) or (lexicon.is_word(x) and lexicon.is_word(y)) or _two_known(x, y):
        return None
    return "key" if lexicon.listed_part(x, y) else _near(x, y)


def _two_known(x: str, y: str) -> bool:
    places = lexicon.is_place(x) and lexicon.is_place(y)
    return places or (lexicon.is_calendar(x) and lexicon.is_calendar(y))


def _near(x: str, y: str) -> Likeness | None:
    if set(keys(x)) & set(keys(y)):
        return "key"
    if x[0] != y[0]:
        return None
    if distance(x, y) == 1 or (len(x) > 4 and any(distance(k, m) == 1 for k in keys(x)[:1] for m in keys(y)[:1])):
        return "slip"
    return "far" if min(len(x), len(y)) >= 7 and distance(x, y) == 2 else None
