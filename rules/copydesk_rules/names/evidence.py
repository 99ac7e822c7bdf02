"""What speaks for two forms being one name: who and what stands beside them. Likeness alone never decides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from copydesk import Frozen
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import distance, fold
from copydesk_rules.names.mentions import Names, Place
from copydesk_rules.names.pairs import Likeness

_BEFORE = compiled(r"([^\W\d_]+) $")


class Context(NamedTuple):
    """What stands beside one mention, folded; empty where nothing does."""

    given: str = ""
    next: str = ""
    title: str = ""
    opens: bool = False


def context(names: Names, place: Place) -> Context:
    """The words around a mention: the name before it, the name after it, its title or role."""
    given, title, i = "", "", place.first
    while i > 0 and names.linked[i - 1] and not given and not title:
        i -= 1
        word = fold(names.words[i].form)
        if len(word) < 2 or lexicon.is_courtesy(word) or lexicon.is_particle(word):
            continue
        if lexicon.is_title(word):
            title = word
        elif lexicon.is_function(word) or (names.opens(i) and lexicon.is_word(word) and not lexicon.is_given(word)):
            break
        else:
            given = word
    opens = names.opens(place.first)
    if not given and not title and not opens:
        title = _role(names, i)
    return Context(given, _next(names, place.last), title, opens)


def _role(names: Names, number: int) -> str:
    start = names.words[number].start
    m = _BEFORE.search(names.text[max(0, start - 24) : start])
    return m.group(1) if m and lexicon.is_role(m.group(1)) else ""


def _next(names: Names, number: int) -> str:
    while number + 1 < len(names.words) and names.linked[number]:
        number += 1
        word = fold(names.words[number].form)
        if len(word) > 1 and not lexicon.is_particle(word):
            return "" if lexicon.is_function(word) or word in ("jr", "sr") else word
    return ""


class Use(Frozen):
    """How a form is used: its mentions' neighbours, without repeats."""

    form: str
    folded: str
    count: int
    givens: frozenset[str]
    nexts: frozenset[str]
    titles: frozenset[str]
    bare: int
    """Mentions with neither a name before nor after."""
    opens: int
    """Mentions that open a sentence."""

    @property
    def is_known(self) -> bool:
        """Whether the form is a name or a word in its own right."""
        return lexicon.is_known(self.folded) or lexicon.is_word(self.folded)


def use(form: str, contexts: Iterable[Context]) -> Use:
    """A form with the contexts of all its mentions."""
    found = list(contexts)
    return Use(
        form,
        fold(form),
        len(found),
        frozenset(c.given for c in found if c.given),
        frozenset(c.next for c in found if c.next),
        frozenset(c.title for c in found if c.title),
        sum(not c.given and not c.next for c in found),
        sum(c.opens for c in found),
    )


class Evidence(NamedTuple):
    """Why two forms are taken for one name: kind and the words that prove it."""

    kind: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.words}".strip()


def judge(odd: Use, other: Use, likeness: Likeness) -> Evidence | None:
    """The evidence that the rarer form names what the other names, or None."""
    if likeness == "listed":
        return Evidence("listed")
    given, following = _shared(odd.givens, other.givens), _shared(odd.nexts, other.nexts)
    if not given and _introduced(odd) and _introduced(other):
        given = _short_for(odd.givens, other.givens)
        if not given:
            return None
    if likeness == "form" and compound(odd.form, other.form, bool(odd.givens and other.givens)):
        return None
    if given and not _namesakes(odd, other, likeness):
        return Evidence("given", given)
    if following and not given and _same_given(odd.folded, other.folded, likeness, following):
        return Evidence("next", following)
    if not odd.is_known and _slip_of_place(odd, other, likeness):
        return Evidence("unknown word")
    if (odd.nexts and other.nexts and not following) or given or following:
        return None
    return _weaker(odd, other, likeness)


def _weaker(odd: Use, other: Use, likeness: Likeness) -> Evidence | None:
    titles = odd.titles & other.titles
    if likeness == "form":
        return _same_letters(odd, other, min(titles, default=""))
    if likeness == "far" and len(odd.folded) < 8:
        return None
    if titles and (likeness == "key" or not (odd.is_known and other.is_known)):
        return Evidence("title", min(titles))
    if likeness == "key":
        return _transliterated(odd, other)
    if _never_introduced(odd, other) and not odd.is_known and not _needs_none(odd, other):
        return Evidence("orphan", min(_introduced(other)))
    if _never_introduced(other, odd) and odd.count == 1 < other.count and not odd.is_known and not _is_other(other):
        return Evidence("orphan", min(_introduced(odd)))
    return Evidence("unknown word") if not odd.is_known and _slip_of_frequent(odd, other) else None


def _transliterated(odd: Use, other: Use) -> Evidence | None:
    """Evidence for two romanisations of one name."""
    listed = lexicon.listed_part(odd.folded, other.folded)
    if (
        _never_introduced(odd, other)
        and (listed or not (odd.is_known and other.is_known))
        and not _needs_none(odd, other)
    ):
        return Evidence("orphan", min(_introduced(other)))
    if _never_introduced(other, odd) and not listed and not odd.is_known and not _is_other(other):
        return Evidence("orphan", min(_introduced(odd)))
    if odd.is_known or listed or lexicon.is_word(other.folded) or _is_place_or_day(other):
        return None
    rare = not other.is_known or other.count >= 3
    return Evidence("transliteration") if rare and min(len(odd.folded), len(other.folded)) >= 6 else None


def _needs_none(odd: Use, other: Use) -> bool:
    """Whether the form that is introduced is no surname here, or a word that only looks like one."""
    if _short_change(odd, other):
        return other.count < 3 * odd.count
    if any(map(lexicon.is_given, other.givens)) and lexicon.is_surname(other.folded):
        return False
    if lexicon.is_word(other.folded) or lexicon.is_place(other.folded):
        return other.count < 3 * odd.count
    return bool(other.nexts) and lexicon.is_given(other.folded)


def _short_change(odd: Use, other: Use) -> bool:
    """Whether two short forms differ by one letter put for another: likelier two names than a slip."""
    a, b = odd.folded, other.folded
    return len(a) == len(b) < 6 and sorted(a) != sorted(b)


def _same_letters(odd: Use, other: Use, title: str) -> Evidence | None:
    """Evidence for forms that differ in accents, capitals or hyphens."""
    if title:
        return Evidence("title", title)
    if odd.form[0].islower() != other.form[0].islower():
        return None
    return Evidence("same letters")


def compound(a: str, b: str, given: bool) -> bool:
    """Whether two forms are a compound of words, hyphened or not, and not somebody's name (African-American).

    ``given``: both follow a name.
    """
    hyphened = a if "-" in a else b
    word = next((w for w in hyphened.split() if "-" in w), hyphened)
    given = given or word != hyphened  # a surname stands before it within the form
    parts = [fold(p) for p in word.split("-")]
    plain = [p for p in parts if lexicon.is_word(p) or (lexicon.is_place(p) and not lexicon.is_given(p))]
    if len(parts) > 1 and len(plain) == len(parts):
        return not (given and word.split("-")[-1].islower())
    return " " in a + b and bool(plain) and not given


def _never_introduced(short: Use, full: Use) -> bool:
    """One form is introduced with a given name, the other stands alone throughout."""
    return bool(_introduced(full)) and not short.givens and not short.nexts


def _is_other(other: Use) -> bool:
    """Whether the form that stands alone is a word, a place or a given name, so that it needs no introduction."""
    name = other.folded
    return lexicon.is_word(name) or lexicon.is_place(name) or (lexicon.is_given(name) and not lexicon.is_surname(name))


def _slip_of_frequent(odd: Use, other: Use) -> bool:
    """Whether an unknown word is one slip away from a known place or from a name met more often."""
    if odd.count > 1 or _introduced(odd) or odd.folded[0] != other.folded[0]:
        return False
    length = len(odd.folded)
    if lexicon.is_place(other.folded) or lexicon.is_calendar(other.folded):
        return length >= 7
    return (
        not odd.nexts and not odd.givens and ((length >= 7 and other.count >= 2) or (length >= 6 and other.count >= 5))
    )


def _introduced(form: Use) -> frozenset[str]:
    return strong(form.givens)


def strong(beside: Iterable[str]) -> frozenset[str]:
    """Of the words beside a form, those that may be names: no words and places that may stand before any name."""
    return frozenset(filter(_may_be_name, beside))


_SAINTS = frozenset({"san", "santa", "santo", "sao", "los", "las"})


@lru_cache(maxsize=1 << 16)
def _may_be_name(word: str) -> bool:
    plain = lexicon.is_word(word) or lexicon.is_place(word) or lexicon.is_calendar(word)
    return bool(word) and word not in _SAINTS and (lexicon.is_given(word) or not plain)


def _shared(a: frozenset[str], b: frozenset[str]) -> str:
    """A word that both have, or have but for a slip."""
    exact = a & b
    if exact:
        return min(exact)
    near = ((x, y) for x in sorted(a) for y in sorted(b) if x[0] == y[0] and len(x) > 4 and distance(x, y, 1) == 1)
    return next((x for x, y in near if not (lexicon.is_word(x) and lexicon.is_word(y))), "")


def _short_for(a: frozenset[str], b: frozenset[str]) -> str:
    """The given name of one that is short for, or the long form of, one of the other's."""
    return next((x for x in sorted(a) for y in sorted(b) if lexicon.same_given(x, y)), "")


def _is_place_or_day(form: Use) -> bool:
    return lexicon.is_place(form.folded) or lexicon.is_calendar(form.folded)


def _slip_of_place(odd: Use, other: Use, likeness: Likeness) -> bool:
    """Whether a form is a slip of a place or a day, and not its name in another language (Rossiya)."""
    doubled = set(odd.folded) == set(other.folded)
    near = likeness == "slip" or (likeness == "key" and (doubled or distance(odd.folded, other.folded, 1) == 1))
    return near and _is_place_or_day(other) and _slip_of_frequent(odd, other)


def _namesakes(odd: Use, other: Use, likeness: Likeness) -> bool:
    """Two known surnames, each introduced in full more than once: two people who share a given name."""
    if likeness in ("form", "key"):
        return False
    if odd.is_known and other.is_known and _short_change(odd, other):
        return True
    return lexicon.is_known(odd.folded) and lexicon.is_known(other.folded) and (odd.count > 1 or likeness == "far")


_VOWELS = frozenset("aeiouy")


def _same_given(a: str, b: str, likeness: Likeness, following: str) -> bool:
    """Whether two forms before one word are one name: relatives' names differ at the end or in a consonant."""
    if likeness in ("form", "key"):
        return True
    if (likeness == "far" and lexicon.is_given(b)) or (lexicon.is_word(following) and distance(a, b) > 1):
        return False
    if not (lexicon.is_known(a) and lexicon.is_known(b)):
        return not (lexicon.is_word(a) and lexicon.is_word(b))
    if likeness == "far" or a[-1] != b[-1] or len(a) != len(b) or distance(a, b, 1) != 1:
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(a) > 5 and len(changed) == 1 and set(changed[0]) <= _VOWELS
