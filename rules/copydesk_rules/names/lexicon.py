"""What is known of words and names before an article is read. Tables are loaded when first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from copydesk.compiled import kept
from copydesk.typed import NamedTuple
from copydesk_rules.names.language import contents, lines, words
from copydesk_rules.names.letters import fold, fold_all

_DATA = Path(__file__).with_name("data")


@cache
def _lines(name: str) -> frozenset[str]:
    return frozenset(contents(_DATA / name).split())


_list = partial(words, "en")


def is_title(word: str) -> bool:
    """Whether the folded word is a title that says who somebody is (senator, judge)."""
    return word in _list("titles")


def is_abbreviated(word: str) -> bool:
    """Whether the folded word is a shortened title, whose full stop joins it to the name (sen, dr)."""
    return word in _list("abbreviated")


def is_courtesy(word: str) -> bool:
    """Whether the folded word may stand before any name (mr, former)."""
    return word in _list("courtesy")


def is_role(word: str) -> bool:
    """Whether the lower-case word is a role somebody may be introduced by (prosecutor, singer)."""
    return word in _list("roles")


def is_function(word: str) -> bool:
    """Whether the folded word belongs to no name: articles, prepositions, pronouns, "said"."""
    return word in _list("function")


def is_particle(word: str) -> bool:
    """Whether the folded word joins the parts of a name (von, bin, de la)."""
    return word in _lines("particles.txt")


def is_suffix(word: str) -> bool:
    """Whether the word after a hyphen describes and names nothing (-linked, -style)."""
    return word in _list("suffixes")


def same_given(a: str, b: str) -> bool:
    """Whether one given name is short for the other (mike, michael)."""
    names = _short().get(a, frozenset())
    return b in names or a in _short().get(b, frozenset())


@cache
def _short() -> dict[str, frozenset[str]]:
    return {line.split()[0]: frozenset(line.split()[1:]) for line in lines("en", "short")}


def is_calendar(word: str) -> bool:
    """Whether the folded word is a day, a month or a feast."""
    return word in _list("calendar")


def is_place(word: str) -> bool:
    """Whether the folded word is a known place, people, party or paper."""
    return word in _list("places")


def is_given(word: str) -> bool:
    """Whether the folded word is a known given name (US census of 1990)."""
    return word in _lines("given.txt") or word in _lines("given-news.txt")


def is_surname(word: str) -> bool:
    """Whether the folded word is one of the 10,000 most frequent surnames (US census of 1990)."""
    return word in _lines("surnames.txt")


@cache
def is_word(word: str) -> bool:
    """Whether the lower-case word is a common English word or a regular inflection of one."""
    known = _list("words")
    if word in known or word in _list("function") or any(base in known for base in _bases(word)):
        return True
    return word.endswith("s") and len(word) > 4 and is_word(word[:-1])


def _bases(word: str) -> list[str]:
    out = []
    for ending in ("s", "es", "ed", "ing", "er", "ers", "est", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            out += [stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem]
            out += [stem[:-1] + "y"] if stem[-1] == "i" else []
    return out


def is_known(word: str) -> bool:
    """Whether the folded word is a known surname, given name or place."""
    return is_surname(word) or is_given(word) or is_place(word) or is_calendar(word) or word in _lines("people.txt")


class Variant(NamedTuple):
    """A group of the variant table: forms of one name."""

    kind: str
    preferred: str
    forms: tuple[str, ...]
    exceptions: tuple[str, ...]


@cache
def variants() -> tuple[Variant, ...]:
    """The groups of ``data/variants.tsv``."""
    return tuple(map(Variant._make, _tables()[0]))


@cache
def exceptions() -> dict[str, tuple[str, ...]]:
    """Phrases of the variant table that keep an old form (Dynamo Kiev), with the forms in them."""
    found = ((phrase, group.forms) for group in variants() for phrase in group.exceptions)
    return {phrase: tuple(form for form in forms if form in phrase) for phrase, forms in found}


def groups() -> Mapping[str, Sequence[int]]:
    """Folded form to the numbers of the groups that list it."""
    return _tables()[1]


_Tables = tuple[list[tuple[str, str, tuple[str, ...], tuple[str, ...]]], dict[str, list[int]]]


@cache
def _tables() -> _Tables:
    text = (_DATA / "variants.tsv").read_text(encoding="utf-8")
    tables: _Tables = kept(text, "variants 1", grouped)  # count up whenever that function or the folding changes
    return tables


def grouped(table: str) -> _Tables:
    """What is made of the text of the table: its groups, and the numbers of the groups of each folded form."""
    found = []
    for line in table.splitlines():
        if line and not line.startswith("#"):
            kind, preferred, forms, exceptions = (*line.split("\t"), "")[:4]
            found.append((kind, preferred, tuple(forms.split("|")), tuple(filter(None, exceptions.split("|")))))
    numbers: dict[str, list[int]] = {}
    listed = [(number, form) for number, (_, _, forms, _) in enumerate(found) for form in forms]
    folded = fold_all([form for _, form in listed])
    for (number, _), form in zip(listed, folded, strict=True):
        of_form = numbers.setdefault(form, [])
        if of_form[-1:] != [number]:
            of_form.append(number)
    return found, numbers


def listed(a: str, b: str) -> Variant | None:
    """The group that lists both forms (as written), if any. Parts of names are left to :func:`listed_part`."""
    for number in groups().get(fold(a), ()):
        group = variants()[number]
        if group.kind != "part" and a in group.forms and b in group.forms:
            return group
    return None


def listed_part(a: str, b: str) -> bool:
    """Whether two folded forms are listed spellings of one given name or name part."""
    mine = groups().get(a, ())
    return any(variants()[n].kind == "part" and n in groups().get(b, ()) for n in mine)


def usual(a: str, b: str) -> list[str]:
    """Two folded spellings of one given name, the commoner first; empty where they are not listed."""
    for number in groups().get(a, ()):
        group = variants()[number]
        if group.kind == "part" and number in groups().get(b, ()):
            return [f for f in map(fold, group.forms) if f in (a, b)]
    return []
