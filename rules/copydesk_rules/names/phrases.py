"""Forms of several words: hyphen against blank (Yoon Suk-yeol, Yoon Suk Yeol), and listed names (al Qaeda)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import Names, Place
from copydesk_rules.names.pairs import Pair


class Phrase(NamedTuple):
    """A form of several parts as written, and where it stands."""

    form: str
    place: Place


Spelled = Mapping[tuple[str, str], Iterable[tuple[tuple[str, ...], str]]]
"""First two parts, folded, to all folded parts and the form of each hyphened name."""


def phrases(found: Names, places: dict[str, list[Place]]) -> Iterator[Pair]:
    """Pairs of which one form has several words. The forms met are added to ``places``."""
    hyphens = list(hyphened(found))
    _add(places, hyphens)
    blanks = list(spaced(found, spelled(p.form for p in hyphens)))
    _add(places, [phrase for _, phrase in blanks])
    yield from sorted({Pair(form, phrase.form, "form") for form, phrase in blanks})
    met = list(listed_phrases(found))
    _add(places, met)
    for form in dict.fromkeys(p.form for p in met):
        yield from listed_pairs(form, places)


def may_have_phrases(text: str, forms: Collection[str]) -> bool:
    """Whether :func:`phrases` may find anything: two listed forms, or a hyphened one whose parts also stand alone."""
    firsts = openings()
    listed = [phrase for form in firsts.keys() & forms for phrase in firsts[form] if phrase in text]
    if any(other in text for phrase in listed for other in _others(phrase)):
        return True
    hyphens = [form for form in forms if "-" in form]
    alone = {fold(form) for form in forms} if hyphens else set()
    return any(alone.issuperset(map(fold, form.split("-"))) for form in hyphens)


def _add(places: dict[str, list[Place]], met: list[Phrase]) -> None:
    for form, place in met:
        places.setdefault(form, []).append(place)
    for form in {phrase.form for phrase in met}:
        places[form] = sorted(set(places[form]))


def hyphened(found: Names) -> Iterator[Phrase]:
    """Hyphened names; one whose second part is in lower case takes the surname before it along (Kim Jong-un)."""
    for i, word in enumerate(found.words):
        if (
            "-" in word.form
            and word.form.count("-") < 3
            and not word.form[0].islower()
            and _is_surname(word.form.split("-")[0])
        ):
            with_surname = word.form.split("-")[1][:1].islower() and i > 0 and found.linked[i - 1]
            first = i - 1 if with_surname and _is_surname(found.words[i - 1].form) else i
            yield Phrase(found.text[found.words[first].start : word.end], Place(first, i))


def _is_surname(form: str) -> bool:
    word = fold(form)
    return len(word) > 1 and not (lexicon.is_title(word) or lexicon.is_courtesy(word) or lexicon.is_function(word))


def spelled(hyphens: Iterable[str]) -> Spelled:
    """An index of hyphened forms by their first part."""
    index: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
    for form in dict.fromkeys(hyphens):
        parts = tuple(fold(p) for p in form.replace("-", " ").split())
        if len(parts) > 1:
            index.setdefault((parts[0], parts[1]), []).append((parts, form))
    return index


def spaced(found: Names, index: Spelled) -> Iterator[tuple[str, Phrase]]:
    """Hyphened forms with the places where their parts stand with blanks between."""
    if not index:
        return
    for i, (word, following) in enumerate(pairwise(found.words)):
        for parts, form in index.get((fold(word.form), fold(following.form)), ()):
            last = i + len(parts) - 1
            if (
                last < len(found.words)
                and all(found.linked[i:last])
                and all(fold(w.form) == part for w, part in zip(found.words[i : last + 1], parts, strict=True))
            ):
                yield form, Phrase(found.text[word.start : found.words[last].end], Place(i, last))


@cache
def openings() -> dict[str, tuple[str, ...]]:
    """First word of each listed form of several words, with those forms, longest first."""
    out: dict[str, set[str]] = {}
    for group in lexicon.variants():
        for form in group.forms:
            if " " in form:
                out.setdefault(form.split(" ")[0], set()).add(form)
    return {first: tuple(sorted(forms, key=lambda f: (-len(f), f))) for first, forms in out.items()}


def listed_phrases(found: Names) -> Iterator[Phrase]:
    """Places of the variant table's forms of several words."""
    firsts = openings()
    for i, word in enumerate(found.words):
        for form in firsts.get(word.form, ()):
            last = _ends(found, i, form)
            if last is not None:
                yield Phrase(form, Place(i, last))
                break


def listed_pairs(form: str, present: Iterable[str]) -> Iterator[Pair]:
    """Pairs of a listed form with the forms of its group that are present."""
    known = present if isinstance(present, (dict, set, frozenset)) else set(present)
    return (Pair(other, form, "listed") for other in _others(form) if other in known)


def _others(form: str) -> Iterator[str]:
    """The forms listed with one, but for the capital of the first letter, which a sentence's start asks for."""
    for number in lexicon.groups().get(fold(form), ()):
        group = lexicon.variants()[number]
        if group.kind != "part" and form in group.forms:
            yield from (other for other in group.forms if other[1:] != form[1:])


def _ends(found: Names, first: int, form: str) -> int | None:
    """Number of the word with which a listed form that starts at a word ends, or None where it does not stand there."""
    start = found.words[first].start
    if not found.text.startswith(form, start):
        return None
    last = first
    while last + 1 < len(found.words) and found.words[last].end < start + len(form):
        last += 1
    return last if found.words[last].end == start + len(form) else None
