"""Names in a language that gives every noun a capital: only a word by which somebody is introduced is a name.

A given name before it introduces, or a title or role. A bare word counts where it is such a name, or one slip from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import combinations

from copydesk import Article
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.endings import derived
from copydesk_rules.names.evidence import Context, Evidence, Use, use
from copydesk_rules.names.language import lines, words
from copydesk_rules.names.letters import distance, fold
from copydesk_rules.names.mentions import Mention, Names, Place
from copydesk_rules.names.pairs import Likeness
from copydesk_rules.names.stretches import names
from copydesk_rules.names.within import Clash

_MOST = 200
"""Surnames that one article introduces, at most; more is a list of names, and no copy."""
_BEFORE = compiled(r"([^\W\d_]+)[ \u00a0]$")
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_DOUBLED = compiled(r"([a-z])\1")
_PAIRS_OF_ONE = ("ck", "kk"), ("tz", "zz"), ("dt", "tt")


class Introduction(NamedTuple):
    """Numbers of the words that introduce and are introduced; ``given`` is None behind a title alone."""

    given: int | None
    surname: int
    title: str


class People(NamedTuple):
    """An article's words without case endings, and who is introduced by them."""

    names: Names
    introductions: tuple[Introduction, ...]
    spoilt: frozenset[int]
    """Words that are no evidence: in capitals, or in a paragraph on spelling."""


def people(article: Article, code: str) -> People:
    """The people of an article, read with the tables of a pack."""
    found = names(article)
    titled = {found.words[i.given].form for i in _introductions(found, code) if i.given is not None}
    introductions = tuple(_introductions(found, code, titled))
    surnames = {found.words[i.surname].form for i in introductions}
    if len(surnames) > _MOST:
        return People(found, (), frozenset())
    met = {word.form for word in found.words}
    based = [_base(word, surnames, met, code) for word in found.words]
    spoilt = {i for i, word in enumerate(found.words) if word.form.isupper()}
    starts = [word.start for word in found.words]
    for block in article.blocks:
        if _is_notice(article[block.span].lower(), code):
            spoilt.update(range(bisect_left(starts, block.span.start), bisect_left(starts, block.span.end)))
    return People(Names(found.text, based, found.linked, found.headlines), introductions, frozenset(spoilt))


def _is_notice(text: str, code: str) -> bool:
    return any(stem.replace("_", " ") in text for stem in words(code, "notices"))


def _introductions(found: Names, code: str, given: Collection[str] = ()) -> Iterator[Introduction]:
    """Who is introduced, in order, by known given names, titles and the given names in ``given``.

    Only the last of several given names has the surname behind it.
    """
    last = len(found.words) - 1
    introduces = [word.form in given or _is_given(word.form, code) for word in found.words]
    for i in range(last):
        here, following = found.words[i].form, found.words[i + 1].form
        if not found.linked[i] or not _is_name(following, code):
            continue
        goes_on = i + 1 < last and found.linked[i + 1] and _is_name(found.words[i + 2].form, code)
        if introduces[i] and not (introduces[i + 1] and goes_on):
            yield Introduction(i, i + 1, "")
        elif _is_role(here, code) and not introduces[i + 1]:
            yield Introduction(i + 1, i + 2, "") if goes_on else Introduction(None, i + 1, here)


def _base(word: Mention, surnames: set[str], met: set[str], code: str) -> Mention:
    """A word without the ending of a genitive, and without what is compounded to it (Putin-Sprecher)."""
    start, _, form = word
    head, _, tail = form.partition("-")
    if tail[:1].isupper() and form not in surnames and not _is_given(head, code):
        form = head
    short = form[:-1]
    if form.endswith("s") and (
        short in surnames or (form in surnames and short in met) or any(slip(short, name, code) for name in surnames)
    ):
        form = short
    return Mention(start, start + len(form), form)


def _is_name(form: str, code: str) -> bool:
    word = form.lower()
    return (
        len(form) > 2
        and not form.isupper()
        and word not in words(code, "function")
        and word not in words(code, "courtesy")
        and not _is_role(form, code)
    )


def _is_role(form: str, code: str) -> bool:
    return form.lower().endswith(_roles(code))


@cache
def _roles(code: str) -> tuple[str, ...]:
    return tuple(sorted(words(code, "roles")))


def _is_given(form: str, code: str) -> bool:
    """Whether a word is a given name, or a double one that begins with it; in either spelling of its umlauts."""
    head = fold(form.partition("-")[0])
    return form.lower() not in words(code, "function") and (head in _given(code) or lexicon.is_given(head))


@cache
def _given(code: str) -> frozenset[str]:
    return frozenset(spelled for name in words(code, "given") for spelled in (fold(name), transcribed(name)))


@lru_cache(maxsize=1 << 16)
def transcribed(form: str) -> str:
    """A folded form in which umlauts are written with an e (mueller)."""
    return fold(form.lower().translate(_TRANSCRIBED))


def clashes(met: People, code: str, distinct: Iterable[tuple[str, ...]] = (), slips: bool = True) -> list[Clash]:
    """The names in two forms, each odd form once."""
    apart = [frozenset(map(fold, group)) for group in distinct]
    best: dict[str, Clash] = {}
    for clash in (*_surnames(met, code), *_given_names(met, code)):
        kept = any(clash.odd.folded in group and clash.other.folded in group for group in apart)
        if kept or (clash.likeness != "form" and not slips):
            continue
        if clash.odd.form not in best or clash.other.count > best[clash.odd.form].other.count:
            best[clash.odd.form] = clash
    return sorted(best.values(), key=lambda c: c.odd_places)


def _surnames(met: People, code: str) -> Iterator[Clash]:
    """Clashes of two surnames, or of a surname and a bare word that is one slip from it."""
    contexts = {i.surname: Context(given=_form(met, i.given), title=i.title) for i in met.introductions}
    places = _places(met, range(len(met.names.words)))
    initials: dict[str, list[str]] = {}
    for form in places:
        initials.setdefault(transcribed(form)[:1], []).append(form)
    named = {met.names.words[i].form for i in contexts} & places.keys()
    pairs = {(min(a, b), max(a, b)) for a in named for b in initials[transcribed(a)[:1]]}
    for pair in sorted(pairs):
        likeness = alike(*pair, code)
        if likeness:
            a, b = (use(form, (contexts.get(p.first, Context()) for p in places[form])) for form in pair)
            odd, other = sorted((a, b), key=lambda u: (u.count, bool(u.givens)))
            evidence = _evidence(met, odd, other, likeness, places[odd.form], code)
            if evidence:
                yield Clash(odd, other, places[odd.form], places[other.form], likeness, evidence, "")


def _evidence(
    met: People, odd: Use, other: Use, likeness: Likeness, places: Iterable[Place], code: str
) -> Evidence | None:
    """Why two forms are one surname: one given name, one title, or one of them nobody's in the article."""
    mine, theirs = ({transcribed(given): given for given in form.givens} for form in (odd, other))
    if mine and mine.keys() <= theirs.keys():
        return Evidence("given", theirs[min(mine)])
    if mine or likeness != "slip" or 2 * odd.count > other.count or _is_noun(met, odd, places, code):
        return None
    if theirs:
        return Evidence("orphan", min(other.givens))
    titles = odd.titles & other.titles
    return Evidence("title", min(titles)) if titles else None


def _is_noun(met: People, form: Use, places: Iterable[Place], code: str) -> bool:
    """Whether a bare word may be a noun or somebody else's name."""
    text = met.names.text
    if lexicon.is_surname(form.folded) or _is_given(form.form, code) or f" {form.form.lower()} " in text:
        return True
    alone = (span for span in map(met.names.span, places) if text[span.end : span.end + 1] != "-")
    before = (_BEFORE.search(text[max(0, span.start - 24) : span.start]) for span in alone)
    return any(m is not None and m[1].lower() in words(code, "determiners") for m in before)


def _given_names(met: People, code: str) -> Iterator[Clash]:
    """Clashes of two given names before one surname. Two known ones are two people, but for how umlauts are written."""
    bearers: dict[str, list[int]] = {}
    for i in met.introductions:
        if i.given is not None:
            bearers.setdefault(transcribed(met.names.words[i.surname].form), []).append(i.given)
    for numbers in bearers.values():
        places = _places(met, numbers)
        for pair in combinations(sorted(places), 2):
            likeness = alike(*pair, code)
            if not likeness or (likeness != "form" and all(_is_given(form, code) for form in pair)):
                continue
            surname = met.names.words[numbers[0] + 1].form
            uses = (use(form, [Context(next=surname)] * len(places[form])) for form in pair)
            odd, other = sorted(uses, key=lambda u: (u.count, _is_given(u.form, code)))
            yield Clash(odd, other, places[odd.form], places[other.form], likeness, Evidence("next", surname), "")


def _form(met: People, number: int | None) -> str:
    return "" if number is None else met.names.words[number].form


def _places(met: People, numbers: Iterable[int]) -> dict[str, list[Place]]:
    """Places by form."""
    out: dict[str, list[Place]] = {}
    for i in numbers:
        if i not in met.spoilt:
            out.setdefault(met.names.words[i].form, []).append(Place(i, i))
    return out


def alike(a: str, b: str, code: str) -> Likeness | None:
    """How two forms are alike: in all but accents and umlauts, but for a slip, or (far) but for one letter more.

    None where a case, a plural or an adjective is made with the difference, or where both are common surnames.
    """
    x, y = transcribed(a), transcribed(b)
    if min(len(x), len(y)) < 5 or abs(len(x) - len(y)) > 2 or a.replace("ß", "ss") == b.replace("ß", "ss"):
        return None
    if x == y or fold(a) == fold(b):
        return "form"
    if derived(x, y, code) or any({a.lower(), b.lower()} <= group for group in _namesakes(code)):
        return None
    if slip(a, b, code):
        return "slip"
    return "far" if min(len(x), len(y)) > 5 and len(x) != len(y) and distance(x, y, 1) == 1 else None


@cache
def _namesakes(code: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in lines(code, "namesakes"))


def slip(a: str, b: str, code: str) -> bool:
    """Whether forms differ in a letter doubled or two letters swapped, and not by an ending: no two words do by chance.

    ``ei`` for ``ie`` does not count, it makes other words (Wiener, Weiner).
    """
    x, y = transcribed(a), transcribed(b)
    if x == y or min(len(x), len(y)) < 5 or x[0] != y[0] or derived(x, y, code):
        return False
    if len(x) != len(y):
        return _single(x) == _single(y)
    changed = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    swapped = len(changed) == 2 and changed[1] == changed[0] + 1 and sorted(x) == sorted(y)
    return swapped and x[changed[0] : changed[1] + 1] not in ("ei", "ie")


def _single(folded: str) -> str:
    """A form with one letter for two."""
    for pair, doubled in _PAIRS_OF_ONE:
        folded = folded.replace(pair, doubled)
    return _DOUBLED.sub(r"\1", folded)
