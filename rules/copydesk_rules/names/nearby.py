"""Which articles of an index bear on the names of a few: those with a name that is known to have two forms.

The index is told of all such names, and how often they stand, when all its articles are looked at; articles are loaded
for rare ones only. Of a form that nobody wrote then, the articles with a like form are asked for.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from copydesk import Corpus, Facts, Keyed, Style
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple
from copydesk_rules.names.facts import distinct_runs, words_of

if TYPE_CHECKING:
    from copydesk_rules.names.across import Known
    from copydesk_rules.names.tallies import Told

_NUMBER_BITS = 24
_NOTHING: dict[str, Any] = {"names": [], "marks": b"", "forms": b"", "ends": b""}
"""What an index tells that was never told of names."""


class _Name(NamedTuple):
    """A name in two forms: the odd form, the other, the one that is told of, and what proves it."""

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
    known = corpus.elsewhere.summary or _NOTHING
    house = {form for s in styles for form in (s.preferred, *s.rejected)}
    new: dict[frozenset[str], str | None] = dict.fromkeys(_new(corpus, runs, known))
    names = list(_known([_Name(*n) for n in known["names"]], runs, house))
    told = [] if load or not names else _told(corpus, known["counts"], names, apart)
    done = {frozenset((t.name.odd.form, t.name.other.form)) for t in told}
    only = new | {pair: n.words for n in names if (pair := frozenset(n[:2])) not in done}
    told = _best(told)
    facts = {f.ref: f for f in corpus.facts}
    for form in sorted({form for pair in only for form in pair}):
        facts |= {f.ref: f for f in _with(corpus, form)}
    return Nearby(sorted(facts.values(), key=lambda f: f.ref.path), only, told)


def overlap(odd: str, other: str) -> bool:
    """Whether the places of one odd form may be those of another."""
    return odd.endswith(other) or other.endswith(odd)


def _told(
    corpus: Corpus, counts: Mapping[str, Any], names: Sequence[_Name], apart: Iterable[Iterable[str]]
) -> list[Told]:
    """The names that the index has counted, but for those that may share places with others."""
    from copydesk_rules.names.across import are_apart
    from copydesk_rules.names.letters import fold
    from copydesk_rules.names.tallies import told

    groups = [frozenset(map(fold, group)) for group in apart]
    names = [n for n in names if not are_apart(n.odd, n.other, groups)]
    found = told(corpus, counts, {n[:2]: n.words for n in names})
    done = {(t.name.odd.form, t.name.other.form) for t in found}
    loaded, odds = {n.odd for n in names if n[:2] not in done}, {n.odd for n in names}
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


def _known(names: Sequence[_Name], runs: Mapping[str, Sequence[str]], house: set[str]) -> Iterator[_Name]:
    """The names that may be told of in articles with these runs; with each those whose odd form is longer."""
    here = {word for words in runs.values() for word in words}
    asked = [n for n in names if _stands(n.told, here) or (house & {*n[:2]} and any(_stands(f, here) for f in n[:2]))]
    odd = tuple({n.odd for n in asked})
    yield from (n for n in names if odd and n.odd.endswith(odd))


def _stands(form: str, here: set[str]) -> bool:
    return form in here or (" " in form and here.issuperset(words_of(form)))


def _new(corpus: Corpus, runs: Mapping[str, Sequence[str]], known: Mapping[str, bytes]) -> Iterator[frozenset[str]]:
    """The pairs of a word that the index did not know with one that is like it, and in like company."""
    from copydesk_rules.names.pairs import alike

    here = {word: frozenset(map(Keyed.key, marks_of(word))) for words in runs.values() for word in words}
    written, ends, forms = array("Q", known["marks"]), array("I", known["ends"]), known["forms"]
    for word, own in here.items():
        numbers = (n for mark in own for n in _numbers(written, mark))
        like = {forms[ends[n] : ends[n + 1]].decode("utf-8", "surrogatepass") for n in numbers}
        if word in like:
            continue
        like |= {other for other, theirs in here.items() if other != word and not own.isdisjoint(theirs)}
        for other in like:
            likeness = alike(*sorted((word, other)))
            if likeness in ("listed", "form") or (likeness == "key" and _in_company(corpus, runs, word, other)):
                yield frozenset((word, other))


def _in_company(corpus: Corpus, runs: Mapping[str, Sequence[str]], word: str, other: str) -> bool:
    """Whether an article has the other form and a word that stands beside this one."""
    beside = {w for words in runs.values() if word in words for w in words} - {word}
    return any(_with(corpus, other, w) for w in sorted(beside))


def marks_of(word: str) -> Iterator[str]:
    """What a word that may be a name has in common with its other forms; nothing for others."""
    return (mark for mark, _ in _marked([word]))


def _marked(words: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The marks of words, each with the word's number."""
    from copydesk_rules.names.letters import fold
    from copydesk_rules.names.pairing import marks, may_be_name

    numbers: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        numbers.setdefault(fold(word), []).append(n)
    found = marks([*filter(may_be_name, numbers)])
    return ((mark, n) for mark, folded in found for n in numbers[folded])


def _numbers(written: Sequence[int], mark: int) -> Iterator[int]:
    """The numbers of the forms with a mark."""
    at = bisect_left(written, mark << _NUMBER_BITS)
    while at < len(written) and written[at] >> _NUMBER_BITS == mark:
        yield written[at] & (1 << _NUMBER_BITS) - 1
        at += 1


def keys(value: Any) -> bytes:
    """The keys of the words in an article's runs."""
    return Keyed.packed(Keyed.key(word) for text in value["runs"] for word in words_of(text))


class _Packed:
    """Facts of many articles that are gone through several times: as bytes, of which no collector takes notice."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._packed = [(f.ref, f.meta, marshal.dumps(f.value)) for f in facts]

    def __iter__(self) -> Iterator[Facts]:
        return (Facts(ref, meta, marshal.loads(value)) for ref, meta, value in self._packed)


def summary(facts: Iterable[Facts]) -> dict[str, Any]:
    """The names in two forms that all articles have, and all forms."""
    from copydesk_rules.names.across import found, splits_of
    from copydesk_rules.names.counts import count
    from copydesk_rules.names.findings import favoured
    from copydesk_rules.names.tallies import tallies

    facts = _Packed(facts)
    all_found = found(facts)
    splits = list(splits_of(all_found))
    names = [
        _Name(s.odd, s.other, s.other if favoured(count(s), ())[0] == s.odd else s.odd, s.evidence.words)
        for s in splits
    ]
    forms = sorted({word for text in distinct_runs(facts) for word in words_of(text)})
    encoded = [form.encode("utf-8", "surrogatepass") for form in forms]
    marks = array("Q", sorted(Keyed.key(mark) << _NUMBER_BITS | n for mark, n in _marked(forms)))
    return {
        "names": names,
        "counts": tallies(all_found, splits),
        "marks": marks.tobytes(),
        "forms": b"".join(encoded),
        "ends": array("I", accumulate(map(len, encoded), initial=0)).tobytes(),
    }


KEYED = Keyed(keys, summary, follows=True)
