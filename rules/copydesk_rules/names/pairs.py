"""Pairs of forms that may be one name: found through folded forms, keys and deletion neighbours, never all with all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain, combinations, islice

from copydesk.compiled import compiled
from copydesk.typed import Literal, NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.endings import derived
from copydesk_rules.names.letters import distance, fold, keys, keys_all, neighbours

Likeness = Literal["listed", "form", "key", "slip", "far"]
"""How near two forms are: listed as one name; equal but for accents, capitals and hyphens; equal in transliteration;
one slip of the keyboard or one vowel apart; two apart."""

_GROUP = 200
"""Forms with one first letter, or one mark, that are compared with each other; bounds the work on a text made to have
many."""


_LONGEST = 40
"""Letters of a form that is compared; a name is no longer."""


_COMPARED = 60_000
"""Pairs of forms that are compared in one article; a list of names as long as a book stops there."""


_APART = 2
"""Letters that only one of two near forms has, at most."""


_KEPT = 1 << 16
"""Shapes that are kept from one article to the next."""


class Pair(NamedTuple):
    """Two different forms, as written."""

    a: str
    b: str
    likeness: Likeness


_Letters = tuple[int, int, str]
"""The letters of a folded form, and of its key, as bits; and the form."""


class _Shape(NamedTuple):
    """What is compared first: the first letter, all letters, and marks that forms of one name share."""

    initial: str
    letters: _Letters
    marks: tuple[str, ...]


_shapes: dict[str, _Shape | None] = {}


def _shaped(forms: Collection[str]) -> list[_Shape]:
    """The shapes of the forms that are compared."""
    if len(_shapes) > _KEPT:
        _shapes.clear()
    new = {form: fold(form) for form in forms if form not in _shapes}
    _shapes.update(dict.fromkeys(new))
    new = {form: x for form, x in new.items() if 4 <= len(x) <= _LONGEST and not lexicon.is_function(x)}
    for (form, folded), sounds in zip(new.items(), keys_all([*new.values()]), strict=True):
        marks = (*sounds, *[f"#{n}" for n in lexicon.groups().get(folded, ())])
        _shapes[form] = _Shape(folded[0], (_bits(folded), _bits(sounds[0]), form), marks)
    return [shape for form in forms if (shape := _shapes[form])]


def _bits(letters: str) -> int:
    out = 0
    for code in letters.encode():
        out |= 1 << (code & 31)
    return out


def pairs(forms: Collection[str]) -> Iterator[Pair]:
    """Candidate pairs among an article's different forms, each once."""
    shapes = _shaped(forms)
    near = {*islice(chain(_of_like_letters(shapes), _marked_alike(shapes)), _COMPARED)}
    if near:
        place = {form: n for n, form in enumerate(forms)}
        for a, b in sorted(near, key=lambda pair: (place[pair[1]], place[pair[0]])):
            likeness = alike(a, b)
            if likeness:
                yield Pair(a, b, likeness)


def _of_like_letters(shapes: Iterable[_Shape]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[_Letters]] = {}
    for initial, letters, _ in shapes:
        groups.setdefault(initial, []).append(letters)
    for group in groups.values():
        for (x, u, a), (y, v, b) in combinations(group[:_GROUP], 2):
            if (x ^ y).bit_count() <= _APART or (u ^ v).bit_count() <= _APART:
                yield a, b


def _marked_alike(shapes: Iterable[_Shape]) -> Iterator[tuple[str, str]]:
    marks = [mark for shape in shapes for mark in shape.marks]
    if len(set(marks)) == len(marks):
        return
    marked: dict[str, list[str]] = {}
    for shape in shapes:
        for mark in shape.marks:
            marked.setdefault(mark, []).append(shape.letters[2])
    for group in marked.values():
        yield from combinations(group[:_GROUP], 2)


@lru_cache(maxsize=1 << 16)
def alike(a: str, b: str) -> Likeness | None:
    """How two forms are alike, or None where they are two words, two known names or one stem with two endings."""
    x, y = fold(a), fold(b)
    if "-" in a and a.replace("s-", "-") == b.replace("s-", "-"):
        return None
    group = lexicon.listed(a, b)
    if group and not (x == y and a[0] != b[0]):
        return "listed"
    if x == y:
        return "form" if _form(a, b, x) else None
    likeness = "key" if lexicon.listed_part(x, y) else _near(x, y)
    if likeness is None or _apart(a, b, x, y):
        return None
    return likeness


def _apart(a: str, b: str, x: str, y: str) -> bool:
    """Whether like forms are two names or two words all the same; ``x`` and ``y`` are the forms folded."""
    return (
        _branded(a) != _branded(b)
        or _compounds_apart(a, b)
        or _elsewhere_listed(x, y)
        or _run_together(a, b)
        or derived(x, y)
        or _two_words(x, y)
        or _two_known(x, y)
        or _acronym(a)
        or _acronym(b)
        or _drawn(x)
        or _drawn(y)
    )


def _compounds_apart(a: str, b: str) -> bool:
    """Whether hyphened forms are compounds of other parts: US-China and UK-China, Israel-Gaza and Israeli-Gaza."""
    if "-" not in a + b:
        return False
    parts, others = ([fold(part) for part in form.split("-")] for form in (a, b))
    if len(parts) != len(others):
        return set(keys(fold(a))).isdisjoint(keys(fold(b)))
    changed = [(x, y) for x, y in zip(parts, others, strict=True) if x != y]
    return any(min(len(x), len(y)) < 3 or derived(x, y) for x, y in changed)


def _elsewhere_listed(x: str, y: str) -> bool:
    """Whether both are listed, but not together: names that only look alike (Khamenei, Khomeini)."""
    groups, others = lexicon.groups().get(x, ()), lexicon.groups().get(y, ())
    return bool(groups and others) and set(groups).isdisjoint(others)


def _run_together(a: str, b: str) -> bool:
    """Whether one form is the other with the next word run on to it (ChristieIn)."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and long[len(short) :][:1].isupper()


def _form(a: str, b: str, folded: str) -> bool:
    """Whether forms of the same letters differ in more than apostrophes, a line in capitals, or play."""
    if a.translate(_APOSTROPHES) == b.translate(_APOSTROPHES) or _capitals(a) or _capitals(b):
        return False
    if a.lower() == b.lower() and max(_inner(a), _inner(b)) > 1:
        return False
    return not lexicon.is_word(folded)


_APOSTROPHES = str.maketrans("’ʼ‘`´", "'''''")
_REPEATED = compiled(r"(.)\1\1\1|(.)\2\2.*(.)\3\3")


def _capitals(form: str) -> bool:
    """Whether a form is written in capitals throughout (McCONNELL too)."""
    return form.isupper() or form.removeprefix("Mc").removeprefix("Mac").isupper()


def _inner(form: str) -> int:
    """Number of capitals within the parts of a form."""
    return sum(c.isupper() for part in re.split(r"[-’']", form) for c in part[1:])


def _branded(form: str) -> bool:
    """Whether capitals within a form make a brand or a play on words of it (RepublicEN)."""
    return not form.isupper() and (form[-2:].isupper() or _inner(form) > 2)


def _acronym(form: str) -> bool:
    return form.isupper() and len(form) < 6


def _drawn(folded: str) -> bool:
    """Whether letters are drawn out on purpose (Broooklyn)."""
    return bool(_REPEATED.search(folded))


def _two_words(x: str, y: str) -> bool:
    """Whether both are words, or one is a slip of a word that is no name: a speller's work."""
    if any(lexicon.is_word(w) and len(w) > 6 and not lexicon.is_surname(w) for w in (x, y)):
        return True
    return all(lexicon.is_word(w) or lexicon.is_role(w) or lexicon.is_title(w) for w in (x, y))


def _two_known(x: str, y: str) -> bool:
    places = lexicon.is_place(x) and lexicon.is_place(y)
    return places or (lexicon.is_calendar(x) and lexicon.is_calendar(y))


def _near(x: str, y: str) -> Likeness | None:
    if set(keys(x)) & set(keys(y)):
        return "key"
    if x[0] != y[0]:
        return None
    apart = distance(x, y)
    if apart == 1 or (apart == 2 and min(len(x), len(y)) > 4 and _vowel_apart(keys(x)[0], keys(y)[0])):
        return "slip"
    far = apart == 2 and min(len(x), len(y)) >= 7 and not set(neighbours(x)).isdisjoint(neighbours(y))
    return "far" if far else None


def _vowel_apart(x: str, y: str) -> bool:
    """Whether two keys differ in one vowel, changed, added or left out."""
    return distance(x, y, 1) == 1 and re.sub("[aeiou]", "", x) == re.sub("[aeiou]", "", y)
