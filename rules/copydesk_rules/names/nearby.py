"""Which articles of an index bear on the names of a few: those with a name that is known to have two forms.

The index is told of all such names when all its articles are looked at; of a form that nobody wrote then, the articles
with a like form are asked for.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk import Corpus, Facts, Keyed, Style
from copydesk_rules.names.facts import distinct_runs, words_of

if TYPE_CHECKING:
    from copydesk_rules.names.across import Known

_NUMBER_BITS = 24


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


def nearby(corpus: Corpus, styles: Iterable[Style]) -> Nearby:
    """The articles in which the forms stand that may be told of in those wanted."""
    if corpus.elsewhere is None:
        return Nearby(corpus.facts, None)
    runs = {text: words_of(text) for text in distinct_runs(f for f in corpus.facts if corpus.wanted(f.ref))}
    told = corpus.elsewhere.summary or {"names": [], "marks": b"", "forms": b""}
    house = {form for s in styles for form in (s.preferred, *s.rejected)}
    only: dict[frozenset[str], str | None] = dict.fromkeys(_new(corpus, runs, told["marks"], told["forms"]))
    only |= _known([_Name(*n) for n in told["names"]], runs, house)
    facts = {f.ref: f for f in corpus.facts}
    for form in sorted({form for pair in only for form in pair}):
        facts |= {f.ref: f for f in _with(corpus, form)}
    return Nearby(sorted(facts.values(), key=lambda f: f.ref.path), only)


def _with(corpus: Corpus, *forms: str) -> list[Facts]:
    """The articles of the index in which all words of the forms stand."""
    words = {word for form in forms for word in words_of(form)}
    return corpus.elsewhere.sharing(map(Keyed.key, words), len(words)) if corpus.elsewhere else []


def _known(
    names: Sequence[_Name], runs: Mapping[str, Sequence[str]], house: set[str]
) -> Iterator[tuple[frozenset[str], str | None]]:
    """The pairs that may be told of in articles with these runs; with each those whose odd form is longer."""
    here = {word for words in runs.values() for word in words}
    asked = [n for n in names if _stands(n.told, here) or (house & {*n[:2]} and any(_stands(f, here) for f in n[:2]))]
    odd = tuple({n.odd for n in asked})
    yield from ((frozenset(n[:2]), n.words) for n in names if odd and n.odd.endswith(odd))


def _stands(form: str, here: set[str]) -> bool:
    return form in here or (" " in form and here.issuperset(words_of(form)))


def _new(corpus: Corpus, runs: Mapping[str, Sequence[str]], marks: bytes, forms: bytes) -> Iterator[frozenset[str]]:
    """The pairs of a word that the index did not know with one that is like it, and in like company."""
    from copydesk_rules.names.pairs import alike

    here = {word: frozenset(map(Keyed.key, marks_of(word))) for words in runs.values() for word in words}
    written, known = array("Q", marks), forms.split(b"\n")
    for word, own in here.items():
        like = {known[n].decode() for mark in own for n in _numbers(written, mark)}
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
    from copydesk_rules.names.letters import fold
    from copydesk_rules.names.pairing import marks, may_be_name

    folded = fold(word)
    return (mark for mark, _ in marks([folded] if may_be_name(folded) else []))


def _numbers(written: Sequence[int], mark: int) -> Iterator[int]:
    """The numbers of the forms with a mark."""
    at = bisect_left(written, mark << _NUMBER_BITS)
    while at < len(written) and written[at] >> _NUMBER_BITS == mark:
        yield written[at] & (1 << _NUMBER_BITS) - 1
        at += 1


def keys(value: Any) -> bytes:
    """The keys of the words in an article's runs."""
    return Keyed.packed(Keyed.key(word) for text in value["runs"] for word in words_of(text))


def _interned(runs: Mapping[str, Any]) -> dict[str, Any]:
    """The runs with one text for all articles that have it."""
    return {intern(text): starts for text, starts in runs.items()}


def summary(facts: Iterable[Facts]) -> dict[str, Any]:
    """The names in two forms that all articles have, and all forms."""
    from copydesk_rules.names.across import every
    from copydesk_rules.names.findings import favoured

    facts = [f._replace(value={**f.value, "runs": _interned(f.value["runs"])}) for f in facts]
    names = [
        _Name(s.odd, s.other, s.other if favoured(s, ())[0] == s.odd else s.odd, s.evidence.words) for s in every(facts)
    ]
    forms = sorted({word for text in distinct_runs(facts) for word in words_of(text)})
    marks = array("Q", sorted(Keyed.key(m) << _NUMBER_BITS | n for n, word in enumerate(forms) for m in marks_of(word)))
    return {"names": names, "marks": marks.tobytes(), "forms": "\n".join(forms).encode("utf-8", "surrogatepass")}


KEYED = Keyed(keys, summary)
