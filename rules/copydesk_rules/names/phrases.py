"""Forms of several words: hyphen against blank (Kim Jong-un, Kim Jong Un), and listed names (al Qaeda)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import Names, Place
from copydesk_rules.names.pairs import Pair


def phrases(found: Names, places: dict[str, list[Place]]) -> Iterator[Pair]:
    """Pairs of which one form has several words. The forms met are added to ``places``."""
    yield from _hyphens(found, places)
    yield from _listed(found, places)


def _hyphens(found: Names, places: dict[str, list[Place]]) -> Iterator[Pair]:
    hyphened = [f for f in places if "-" in f and f.count("-") < 3 and not f[0].islower()]
    firsts: dict[str, list[str]] = {}
    for form in hyphened:
        firsts.setdefault(fold(form.split("-")[0]), []).append(form)
    pairs = set()
    for i in range(len(found.words) - 1) if firsts else ():
        for form in firsts.get(fold(found.words[i].form), ()):
            last = i + form.count("-")
            if _spells(found, i, last, form):
                spaced = found.text[found.words[i].start : found.words[last].end]
                places.setdefault(spaced, [])
                if Place(i, last) not in places[spaced]:
                    places[spaced].append(Place(i, last))
                pairs.add(Pair(form, spaced, "form"))
    yield from sorted(pairs)


def _spells(found: Names, first: int, last: int, form: str) -> bool:
    """Whether words first to last are the parts of a hyphened form, with blanks between."""
    if last >= len(found.words) or not all(found.linked[first:last]):
        return False
    parts = [fold(p) for p in form.split("-")]
    return parts == [fold(w.form) for w in found.words[first : last + 1]]


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """First word of each listed form of several words, with those forms."""
    out: dict[str, list[str]] = {}
    for group in lexicon.variants():
        for form in group.forms:
            if " " in form:
                out.setdefault(form.split(" ")[0], []).append(form)
    return {first: tuple(sorted(set(forms), key=len, reverse=True)) for first, forms in out.items()}


def _listed(found: Names, places: dict[str, list[Place]]) -> Iterator[Pair]:
    openings = _openings()
    met: dict[str, list[Place]] = {}
    for i, word in enumerate(found.words):
        for form in openings.get(word.form, ()):
            last = _ends(found, i, form)
            if last is not None:
                met.setdefault(form, []).append(Place(i, last))
                break
    for form, where in met.items():
        places[form] = where
        for number in lexicon.groups()[fold(form)]:
            group = lexicon.variants()[number]
            if group.kind != "part":
                yield from (
                    Pair(other, form, "listed") for other in group.forms if other in places and _differs(other, form)
                )


def _differs(a: str, b: str) -> bool:
    """Whether two forms differ in more than the capital of their first letter, which a sentence's start asks for."""
    return a != b and a[1:] != b[1:]


def _ends(found: Names, first: int, form: str) -> int | None:
    """Number of the word with which a listed form that starts at a word ends, or None where it does not stand there."""
    start = found.words[first].start
    if not found.text.startswith(form, start):
        return None
    last = first
    while last + 1 < len(found.words) and found.words[last].end < start + len(form):
        last += 1
    return last if found.words[last].end == start + len(form) else None
