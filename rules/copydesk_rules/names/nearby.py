"""Which articles of an index bear on the names of a few: those with a name that is known to have two forms.

The index is told of all such names, and how often they stand, when all its articles are looked at; articles are loaded
for rare ones only. Of a form that nobody wrote then, the articles with a like form are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from copydesk import Corpus, Facts, Keyed, Style
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple
from copydesk_rules.names.facts import FOLLOWED, distinct_runs, words_of

if TYPE_CHECKING:
    from copydesk_rules.names.across import Known
    from copydesk_rules.names.tallies import Told

_NAMES, _ODD, _FORM, _MARK = "name ", "odd ", "form ", "mark "
"""Keys of what an index tells of names: those with a form of which a word is the longest; those whose odd form is
another or ends in it; the words that stand in its articles; and those that have a mark."""


class _Name(NamedTuple):
    """A name in two forms: its number, the odd form, the other, the one that is told of, and what proves it."""

    number: int
    odd: str
    other: str
    told: str
    words: str


class Nearby(NamedTuple):
    """The articles to look at, and the pairs of forms; None for all."""

    facts: Sequence[Facts]
    only: Known | None
    told: Sequence[Told] = ()
    """Names that are told of without looking at their articles."""


def nearby(corpus: Corpus, styles: Iterable[Style], apart: Iterable[Iterable[str]] = (), load: bool = False) -> Nearby:
    """The articles in which the forms stand that may be told of in those wanted.

    ``load``: also those whose names the index has counted.
    """
    if corpus.elsewhere is None:
        return Nearby(corpus.facts, None)
    runs = {text: words_of(text) for text in distinct_runs(f for f in corpus.facts if corpus.wanted(f.ref))}
    house = {form for s in styles for form in (s.preferred, *s.rejected)}
    new: dict[frozenset[str], str | None] = dict.fromkeys(_new(corpus, runs))
    names = _known(corpus, runs, house)
    told = [] if load or not names else _told(corpus, names, apart)
    done = {frozenset((t.name.odd.form, t.name.other.form)) for t in told}
    only = new | {pair: n.words for n in names if (pair := frozenset((n.odd, n.other))) not in done}
    told = _best(told)
    facts = {f.ref: f for f in corpus.facts}
    for form in sorted({form for pair in only for form in pair}):
        facts |= {f.ref: f for f in _with(corpus, form)}
    return Nearby(sorted(facts.values(), key=lambda f: f.ref.path), only, told)


def overlap(odd: str, other: str) -> bool:
    """Whether the places of one odd form may be those of another."""
    return odd.endswith(other) or other.endswith(odd)


def _told(corpus: Corpus, names: Sequence[_Name], apart: Iterable[Iterable[str]]) -> list[Told]:
    """The names that the index has counted, but for those that may share places with others."""
    from copydesk_rules.names.across import are_apart
    from copydesk_rules.names.letters import fold
    from copydesk_rules.names.tallies import told

    groups = [frozenset(map(fold, group)) for group in apart]
    names = [n for n in names if not are_apart(n.odd, n.other, groups)]
    found = told(corpus, {(n.odd, n.other): n.words for n in names})
    done = {(t.name.odd.form, t.name.other.form) for t in found}
    loaded, odds = {n.odd for n in names if (n.odd, n.other) not in done}, {n.odd for n in names}
    rivals = {odd: loaded | odds - {odd} for odd in odds}
    return [t for t in found if not any(overlap(odd, t.name.odd.form) for odd in rivals[t.name.odd.form])]


def _best(told: Iterable[Told]) -> list[Told]:
    """Of the names with one odd form, the one whose other form most articles have."""
    best: dict[str, Told] = {}
    for t in told:
        odd = t.name.odd.form
        if odd not in best or t.name.other.articles > best[odd].name.other.articles:
            best[odd] = t
    return list(best.values())


def _with(corpus: Corpus, *forms: str) -> list[Facts]:
    """The articles of the index in which all words of the forms stand."""
    words = {word for form in forms for word in words_of(form)}
    return corpus.elsewhere.sharing(map(Keyed.key, words), len(words)) if corpus.elsewhere else []


def _known(corpus: Corpus, runs: Mapping[str, Sequence[str]], house: set[str]) -> list[_Name]:
    """The names that may be told of in articles with these runs; with each those whose odd form is longer."""
    here = {word for words in runs.values() for word in words}
    near = {_Name(*n) for names in _asked(corpus, _NAMES, here).values() for n in names}
    asked = [n for n in near if _stands(n.told, here) or (house & {n.odd, n.other} and _either(n, here))]
    return sorted({_Name(*n) for names in _asked(corpus, _ODD, {n.odd for n in asked}).values() for n in names})


def _asked(corpus: Corpus, prefix: str, keys: Iterable[str]) -> dict[str, Any]:
    """What the index was told under keys of one kind."""
    told = corpus.elsewhere.told(prefix + key for key in keys) if corpus.elsewhere else None
    return told or {}


def _either(name: _Name, here: set[str]) -> bool:
    return _stands(name.odd, here) or _stands(name.other, here)


def _stands(form: str, here: set[str]) -> bool:
    return form in here or (" " in form and here.issuperset(words_of(form)))


def _new(corpus: Corpus, runs: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    """The pairs of a word that the index did not know with one that is like it, and in like company."""
    here = {word for words in runs.values() for word in words}
    known = _asked(corpus, _FORM, here)
    new = [word for word in here if _FORM + word not in known]
    if not new:
        return
    from copydesk_rules.names.pairs import alike

    marks = {word: frozenset(_marked([word])) for word in here}
    written = _asked(corpus, _MARK, {mark for word in new for mark in marks[word]})
    for word in new:
        like = {form for mark in marks[word] for form in written.get(_MARK + mark, ())}
        like |= {other for other, theirs in marks.items() if other != word and not marks[word].isdisjoint(theirs)}
        for other in like:
            likeness = alike(*sorted((word, other)))
            if likeness in ("listed", "form") or (likeness == "key" and _in_company(corpus, runs, word, other)):
                yield frozenset((word, other))


def _in_company(corpus: Corpus, runs: Mapping[str, Sequence[str]], word: str, other: str) -> bool:
    """Whether an article has the other form and a word that stands beside this one."""
    beside = {w for words in runs.values() if word in words for w in words} - {word}
    elsewhere = corpus.elsewhere
    return elsewhere is not None and any(
        any(elsewhere.in_order(map(Keyed.key, {*words_of(other), w}))) for w in sorted(beside)
    )


def _marked(words: Iterable[str]) -> dict[str, list[str]]:
    """By mark, which a word that may be a name has in common with its other forms, the words that have it."""
    from copydesk_rules.names.letters import fold
    from copydesk_rules.names.pairing import marks, may_be_name

    folded: dict[str, list[str]] = {}
    for word in words:
        folded.setdefault(fold(word), []).append(word)
    marked: dict[str, list[str]] = {}
    for mark, name in marks([name for name in folded if may_be_name(name)]):
        marked.setdefault(mark, []).extend(folded[name])
    return marked


def keys(value: Any) -> bytes:
    """The keys of the words in an article's runs."""
    return Keyed.packed(Keyed.key(word) for text in value["runs"] for word in words_of(text))


def summary(facts: Iterable[Facts]) -> dict[str, Any]:
    """The names in two forms that all articles have, and all words."""
    from copydesk_rules.names.across import found, splits_of
    from copydesk_rules.names.counts import count
    from copydesk_rules.names.findings import favoured
    from copydesk_rules.names.tallies import tallies

    all_found = found(facts)
    splits = list(splits_of(all_found))
    names = [
        _Name(n, s.odd, s.other, s.other if favoured(count(s), ())[0] == s.odd else s.odd, s.evidence.words)
        for n, s in enumerate(splits)
    ]
    return tallies(all_found, splits) | _by_words(names) | _by_endings(names) | _words(all_found.words)


def _by_words(names: Iterable[_Name]) -> dict[str, list[_Name]]:
    """Names by a word of each of their forms: whoever writes the form writes the word."""
    found: dict[str, list[_Name]] = {}
    for n in names:
        for word in {max(words_of(form), key=len) for form in (n.odd, n.other)}:
            found.setdefault(_NAMES + word, []).append(n)
    return found


def _by_endings(names: Iterable[_Name]) -> dict[str, list[_Name]]:
    """Names by each odd form that theirs is, or ends in."""
    found: dict[str, list[_Name]] = {_ODD + n.odd: [] for n in names}
    for n in names:
        for start in range(len(n.odd)):
            found.get(_ODD + n.odd[start:], []).append(n)
    return found


def _words(forms: Iterable[str]) -> dict[str, Any]:
    """The words that stand in the articles, and those that have a mark in common."""
    forms = sorted(forms)
    return dict.fromkeys((_FORM + form for form in forms), 1) | {_MARK + m: w for m, w in _marked(forms).items()}


KEYED = Keyed(keys, summary, follows=FOLLOWED)
