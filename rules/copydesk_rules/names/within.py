"""One article's names that are spelled two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from copydesk import Article
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.evidence import Evidence, Use, context, judge, use
from copydesk_rules.names.letters import distance, fold
from copydesk_rules.names.mentions import Names, Place
from copydesk_rules.names.pairs import Likeness, Pair, pairs
from copydesk_rules.names.phrases import may_have_phrases, phrases
from copydesk_rules.names.stretches import names, stretches

Places = dict[str, list[Place]]
Uses = dict[tuple[str, int], Use]
"""By form and number of places: a pair may look at fewer of a form's places than the next."""


class Clash(NamedTuple):
    """A name in two forms: the odd one, the other one, where each stands, and why they are one name."""

    odd: Use
    other: Use
    odd_places: list[Place]
    other_places: list[Place]
    likeness: Likeness
    evidence: Evidence
    preferred: str
    """A listed preference, or empty."""


def clashes(article: Article, distinct: Iterable[tuple[str, ...]] = (), slips: bool = True) -> list[Clash]:
    """The article's clashes, each odd form once, with the form it is likeliest to stand for."""
    apart = [frozenset(map(fold, group)) for group in distinct]
    met = dict.fromkeys(chain.from_iterable([stretch.forms for _, stretch, _ in stretches(article)]))
    near = list(pairs(met))
    if not near and not may_have_phrases(article.text, met.keys()):
        return []
    found = names(article)
    places = forms(found)
    best: dict[str, Clash] = {}
    uses: Uses = {}
    near = [pair for pair in near if pair.a in places and pair.b in places]
    candidates = [*near, *phrases(found, places)]
    _lower_openings(found, places)
    for pair in candidates:
        if not slips and pair.likeness in ("slip", "far"):
            continue
        if any(fold(pair.a) in group and fold(pair.b) in group for group in apart):
            continue
        clash = _clash(found, places, pair, uses)
        if clash and (clash.odd.form not in best or _rank(clash) > _rank(best[clash.odd.form])):
            best[clash.odd.form] = clash
    return _settled(best)


def _rank(clash: Clash) -> tuple[bool, bool, int]:
    """What makes one other form likelier than the next: a listed pair, then a slip that changed no letter, then use."""
    a, b = clash.odd.folded, clash.other.folded
    changed = clash.evidence.kind == "unknown word" and len(a) == len(b) and sorted(a) != sorted(b)
    return clash.likeness == "listed", not changed, clash.other.count


def _settled(best: dict[str, Clash]) -> list[Clash]:
    """Clashes without those whose mentions lie in the mentions of another."""
    taken: set[int] = set()
    out = []
    for clash in sorted(best.values(), key=lambda c: (-len(fold(c.odd.form)), c.odd_places)):
        words = {i for p in clash.odd_places for i in range(p.first, p.last + 1)}
        if not words <= taken:
            out.append(clash)
            taken |= words
            if clash.odd_places[0].last > clash.odd_places[0].first:
                taken |= {i for p in clash.other_places for i in range(p.first, p.last + 1)}
    return out


def forms(found: Names) -> Places:
    """The article's words as written, with their places. Words in capitals stand with the same word in mixed case."""
    out: Places = {}
    new = tuple.__new__  # a third of what it costs to call the class
    for i, (_, _, form) in enumerate(found.words):
        out.setdefault(form, []).append(new(Place, (i, i)))
    written = _in_capitals(out)
    for form in written:
        out[written[form]] = sorted([*out[written[form]], *out.pop(form)])
    return out


def _in_capitals(forms: Iterable[str]) -> dict[str, str]:
    """Forms in capitals with the same word in mixed case."""
    capitals = [form for form in forms if form.isupper() and len(form) > 1]
    if not capitals:
        return {}
    written = {form.upper(): form for form in forms if not form.isupper() or len(form) == 1}
    return {form: written[form] for form in capitals if form in written}


def _lower_openings(found: Names, places: Places) -> None:
    """Count a capital particle that opens a sentence as the article's form in lower case (Al Qaeda, al Qaeda)."""
    for form in [f for f in places if f[:3] in ("Al ", "Al-", "El ", "El-")]:
        lower = form[0].lower() + form[1:]
        opening = [p for p in places[form] if found.opens(p.first)] if lower in places else []
        if opening:
            places[lower] = sorted({*places[lower], *opening})
            places[form] = [p for p in places[form] if p not in set(opening)]


def _clash(found: Names, places: Places, pair: Pair, uses: Uses) -> Clash | None:
    likeness = pair.likeness
    if likeness == "form" and pair.a.lower() == pair.b.lower():
        places = _mid_sentence(found, places, pair)
    if not places[pair.a] or not places[pair.b]:
        return None
    group = lexicon.listed(pair.a, pair.b)
    preferred = group.preferred if group else ""
    if group and (
        _excepted(found, places, pair, group) or (group.kind == "rename" and _explained(found, places, pair))
    ):
        return None
    a, b = (_use(found, places[form], form, uses) for form in (pair.a, pair.b))
    order = [f for f in group.forms if f in (pair.a, pair.b)] if group else lexicon.usual(a.folded, b.folded)
    odd, other = sorted((a, b), key=lambda u: _weight(u, preferred, order))
    evidence = judge(odd, other, likeness)
    if evidence is None:
        return None
    evidence = evidence._replace(words=_as_written(found, evidence.words))
    return Clash(odd, other, places[odd.form], places[other.form], likeness, evidence, preferred)


def _as_written(found: Names, word: str) -> str:
    """A folded word as the article has it."""
    return next((w.form for w in found.words if word and fold(w.form) == word), word)


def _use(found: Names, where: list[Place], form: str, uses: Uses) -> Use:
    """A form's use, worked out once an article for all pairs it is in."""
    key = form, len(where)
    if key not in uses:
        uses[key] = use(form, (context(found, p) for p in where))
    return uses[key]


def _weight(form: Use, preferred: str, order: list[str]) -> tuple[bool, int, bool, bool, bool, bool]:
    """What makes a form the right one: preference, mentions; in a tie being known, hyphened, usual, introduced."""
    return (
        form.form == preferred,
        form.count,
        form.is_known,
        ("-" in form.form and not form.form[0].islower()) or form.form[:3] in ("al-", "el-"),
        form.form in order[:1] or form.folded in order[:1],
        bool(form.givens),
    )


def _mid_sentence(found: Names, places: Places, pair: Pair) -> Places:
    """Places of two forms that differ in capitals only, without those whose capital the position asks for."""
    out = {}
    for form in (pair.a, pair.b):
        out[form] = [p for p in places[form] if not _titled(found, p)]
    return out


def _titled(found: Names, place: Place) -> bool:
    """Whether a capital is due to the place: the start of a sentence, a headline, words in title case around it."""
    if found.opens(place.first) or found.in_headline(place.first):
        return True
    following = place.last + 1 < len(found.words) and found.linked[place.last] and found.words[place.last + 1].form
    return bool(following) and lexicon.is_word(fold(following)) and not lexicon.is_known(fold(following))


_EXPLAINED = r"(?:\b(?:formerly|previously|known as|called|calls|termed|renamed?|aka|or)|\()\W{0,3}$"


def _explained(found: Names, places: Places, pair: Pair) -> bool:
    """Whether the article says that one form is the other's older or second name."""
    return any(
        re.search(_EXPLAINED, found.text[max(0, found.span(p).start - 40) : found.span(p).start])
        for form in (pair.a, pair.b)
        for p in places[form]
    )


def _excepted(found: Names, places: Places, pair: Pair, group: lexicon.Variant) -> bool:
    """Whether every mention of one form stands in a phrase or a name that keeps it (chicken Kiev, Peking Opera)."""
    kept = group.kind in ("place", "rename") and distance(fold(pair.a), fold(pair.b), 1) > 1
    return any(
        all(_in_phrase(found, p, group.exceptions) or (kept and _in_longer_name(found, p)) for p in places[form])
        for form in (pair.a, pair.b)
    )


def _in_longer_name(found: Names, place: Place) -> bool:
    """Whether a place is the first word of a body's or a work's name, which keeps its own spelling (Peking Opera)."""
    if place.last + 1 == len(found.words) or not found.linked[place.last]:
        return False
    following = fold(found.words[place.last + 1].form)
    return not (lexicon.is_title(following) or lexicon.is_courtesy(following) or lexicon.is_place(following))


def _in_phrase(found: Names, place: Place, phrases: Iterable[str]) -> bool:
    start, end = found.span(place)
    return any(phrase in found.text[max(0, start - len(phrase)) : end + len(phrase)] for phrase in phrases)
