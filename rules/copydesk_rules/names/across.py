"""Names that are spelled two ways across the articles of a corpus. Sees facts only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from copydesk import Facts, Ref, Span
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.evidence import Context, Evidence, compound, context, strong
from copydesk_rules.names.facts import distinct_runs, opens_of, runs_of, words_of
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import Place, run
from copydesk_rules.names.pairing import Parts, Spots, in_company, phrase_pairs, word_pairs
from copydesk_rules.names.pairs import Likeness, Pair

Known = Mapping[frozenset[str], str | None]
"""Pairs of forms that are one name, each with the words that prove it, as far as these are known."""


class Sighting(NamedTuple):
    """A form in one article: where, and the words before and after it there."""

    ref: Ref
    source: str
    marks: tuple[tuple[Sequence[int], Span], ...]
    """Starts of runs with the form's range in them."""
    givens: frozenset[str]
    nexts: frozenset[str]
    opens: Sequence[int]
    """Starts in the article whose capital the position asks for."""

    @property
    def mentions(self) -> int:
        """Number of mentions."""
        return sum(len(starts) for starts, _ in self.marks)

    @property
    def spans(self) -> list[Span]:
        """The mentions, in order."""
        return sorted(Span(at + span.start, at + span.end) for starts, span in self.marks for at in starts)


class Split(NamedTuple):
    """One name in two forms across a corpus, with the articles of each."""

    odd: str
    other: str
    odd_seen: Sequence[Sighting]
    other_seen: Sequence[Sighting]
    likeness: Likeness
    evidence: Evidence
    preferred: str
    """A listed preference, or empty."""


class Found(NamedTuple):
    """The pairs of forms that something speaks for, with what does and the words their bearers share; the articles of
    each form; and all words of the runs that were looked at."""

    proven: Mapping[Pair, tuple[Evidence, frozenset[str]]]
    seen: Mapping[str, list[Sighting]]
    words: Collection[str]


def are_apart(a: str, b: str, apart: Iterable[frozenset[str]]) -> bool:
    """Whether two forms are said to be different names."""
    return any(fold(a) in group and fold(b) in group for group in apart)


def splits(facts: Sequence[Facts], distinct: Iterable[tuple[str, ...]] = (), only: Known | None = None) -> list[Split]:
    """The names in two forms of some articles, each odd form once; ``distinct`` forms are different names.

    ``only``: look at these pairs, which are known to be one name.
    """
    apart = [frozenset(map(fold, group)) for group in distinct]
    best: dict[str, Split] = {}
    for split in every(facts, apart, only):
        if split.odd not in best or len(split.other_seen) > len(best[split.odd].other_seen):
            best[split.odd] = split
    return list(_settled(best.values()))


def found(facts: Iterable[Facts], apart: Sequence[frozenset[str]] = (), only: Known | None = None) -> Found:
    """The pairs that something speaks for."""
    parts = {text: words_of(text) for text in distinct_runs(facts)}
    if only is not None:  # what stands in other runs says nothing of these forms
        told = {word for pair in only for form in pair for word in words_of(form)}
        parts = {text: words for text, words in parts.items() if not told.isdisjoint(words)}
    forms = {part for words in parts.values() for part in words}
    spots, pairs = phrase_pairs(parts, forms)
    pairs = [p for p in [*pairs, *word_pairs(forms)] if not are_apart(p.a, p.b, apart)]
    pairs = list(in_company((p for p in pairs if only is None or frozenset(p[:2]) in only), parts))
    _add_words(spots, parts, {form for p in pairs for form in (p.a, p.b)})
    around = _around(spots)
    proven = _proven(pairs, around, forms)
    del spots, parts
    return Found(proven, _sightings(facts, around, {form for p in proven for form in (p.a, p.b)}), forms)


def every(facts: Sequence[Facts], apart: Sequence[frozenset[str]] = (), only: Known | None = None) -> Iterator[Split]:
    """All pairs of forms of one name, whatever places they share with others."""
    for split in splits_of(found(facts, apart, only)):
        words = only[frozenset((split.odd, split.other))] if only else None
        yield split if words is None else split._replace(evidence=split.evidence._replace(words=words))


def splits_of(found: Found) -> Iterator[Split]:
    """The pairs of which both forms name one of the bearers."""
    for pair, (evidence, bearers) in found.proven.items():
        split = _split(pair, evidence, bearers, found.seen)
        if split:
            yield split


def sightings(facts: Sequence[Facts], forms: set[str]) -> dict[str, list[Sighting]]:
    """The articles of some forms, whatever else a corpus has."""
    parts = {text: words_of(text) for text in distinct_runs(facts)}
    spots, _ = phrase_pairs(parts, {word for words in parts.values() for word in words}, forms)
    _add_words(spots, parts, forms)
    return _sightings(facts, _around(spots), forms)


def _settled(found: Iterable[Split]) -> Iterator[Split]:
    """Splits without the places that lie within a longer form of another split."""
    taken: set[tuple[Ref, int]] = set()
    for split in sorted(found, key=lambda s: (-len(s.odd), s.odd)):
        left = [_without(s, taken) for s in split.odd_seen]
        left = [s for s in left if s.marks]
        if left:
            taken |= {(s.ref, span.end) for s in left for span in s.spans}
            yield split._replace(odd_seen=left)


def _without(seen: Sighting, taken: set[tuple[Ref, int]]) -> Sighting:
    marks = (([at for at in starts if (seen.ref, at + span.end) not in taken], span) for starts, span in seen.marks)
    return seen._replace(marks=tuple(m for m in marks if m[0]))


def _add_words(spots: Spots, parts: Parts, wanted: set[str]) -> None:
    """Add the places of single words; forms nobody wants are left out."""
    for text in list(spots):
        spots[text] = [s for s in spots[text] if s[0] in wanted]
    for text, words in parts.items():
        if not wanted.isdisjoint(words):
            here = spots.setdefault(text, [])
            excepted = _excepted(text)
            for i, word in enumerate(run(text).words):
                if word.form in wanted and word.form not in excepted and (word.form, Place(i, i)) not in here:
                    here.append((word.form, Place(i, i)))


Around = Mapping[str, Sequence[tuple[str, Span, Context]]]
"""Text of a run to the forms it holds, where, and what stands beside them."""


def _around(spots: Spots) -> Around:
    out = {}
    for text, here in spots.items():
        names = run(text)
        out[text] = [(form, names.span(place), context(names, place)) for form, place in here]
    return out


def _excepted(text: str) -> set[str]:
    """Listed forms that stand in a phrase which keeps them (Dynamo Kiev)."""
    return {form for phrase, forms in lexicon.exceptions().items() if phrase in text for form in forms}


def _proven(pairs: Iterable[Pair], found: Around, forms: Iterable[str]) -> dict[Pair, tuple[Evidence, frozenset[str]]]:
    """The pairs that something speaks for, with the evidence and the words their bearers share."""
    givens: dict[str, set[str]] = {}
    nexts: dict[str, set[str]] = {}
    for here in found.values():
        for form, _, around in here:
            givens.setdefault(form, set()).add(around.given)
            nexts.setdefault(form, set()).add(around.next)
    written = {fold(form): form for form in sorted(forms)}
    out = {}
    for pair in pairs:
        evidence, bearers = evidence_of(
            pair,
            [strong(givens.get(form, ())) for form in (pair.a, pair.b)],
            [strong(nexts.get(form, ())) for form in (pair.a, pair.b)],
        )
        if evidence is not None:
            out[pair] = (evidence._replace(words=written.get(evidence.words, "")), bearers)
    return out


def _sightings(corpus: Iterable[Facts], found: Around, wanted: set[str]) -> dict[str, list[Sighting]]:
    """Each wanted form's articles, in order."""
    known = {text: [spot for spot in here if spot[0] in wanted] for text, here in found.items()}
    known = {text: here for text, here in known.items() if here}
    out: dict[str, list[Sighting]] = {}
    for facts in corpus:
        runs = runs_of(facts)
        here: dict[str, list[tuple[list[int], Span, Context]]] = {}
        for text in runs.keys() & known.keys():
            for form, span, around in known[text]:
                here.setdefault(form, []).append((runs[text], span, around))
        for form, seen in here.items():
            out.setdefault(form, []).append(_sighting(facts, seen))
    return out


def _sighting(facts: Facts, seen: list[tuple[list[int], Span, Context]]) -> Sighting:
    return Sighting(
        facts.ref,
        facts.meta.source,
        tuple((starts, span) for starts, span, _ in seen),
        frozenset(c.given for *_, c in seen if c.given),
        frozenset(c.next for *_, c in seen if c.next),
        opens_of(facts),
    )


def _split(pair: Pair, evidence: Evidence, bearers: frozenset[str], seen: Mapping[str, list[Sighting]]) -> Split | None:
    a, b = (
        borne(pair, here, evidence.kind, bearers, is_alone(here, bearers))
        for here in (seen.get(form, []) for form in (pair.a, pair.b))
    )
    if not a or not b or ({s.ref for s in a} == {s.ref for s in b} and len(a) == 1):
        return None
    group = lexicon.listed(pair.a, pair.b)
    sides = [(pair.a, a), (pair.b, b)]
    if odd_first(pair, {form: (len(seen), mentions(seen)) for form, seen in sides}) == pair.b:
        sides.reverse()
    (odd, odd_seen), (other, other_seen) = sides
    return Split(odd, other, odd_seen, other_seen, pair.likeness, evidence, group.preferred if group else "")


def odd_first(pair: Pair, counts: Mapping[str, tuple[int, int]]) -> str:
    """The odd one of two forms, by the articles and mentions of each."""
    group = lexicon.listed(pair.a, pair.b)
    preferred = group.preferred if group else ""
    order = [f for f in group.forms if f in (pair.a, pair.b)] if group else []
    return min(pair[:2], key=lambda form: (form == preferred, *counts[form], form in order[:1], "-" in form))


def mentions(seen: Iterable[Sighting]) -> int:
    """Number of mentions in all articles."""
    return sum(s.mentions for s in seen)


def _mid_sentence(seen: list[Sighting]) -> list[Sighting]:
    """Sightings without the places whose capital the position asks for."""
    return [left for s in seen if (left := _without(s, {(s.ref, at) for at in _opening_ends(s)})).marks]


def _opening_ends(seen: Sighting) -> Iterator[int]:
    opens = frozenset(seen.opens)
    for starts, span in seen.marks:
        yield from (at + span.end for at in starts if span.start == 0 and at in opens)


def evidence_of(
    pair: Pair, givens: list[frozenset[str]], nexts: list[frozenset[str]]
) -> tuple[Evidence | None, frozenset[str]]:
    """Why two forms are one name, and the words that its bearers share."""
    group = lexicon.listed(pair.a, pair.b)
    if pair.likeness == "listed" and group and group.kind != "rename" and fold(pair.a) != fold(pair.b):
        return Evidence("listed"), frozenset()
    if pair.likeness == "form" and _given_names(pair) and not nexts[0] & nexts[1]:
        return None, frozenset()
    if pair.likeness == "form" and compound(pair.a, pair.b, bool(givens[0] & givens[1])):
        return None, frozenset()
    if givens[0] & givens[1]:
        return Evidence("given", min(givens[0] & givens[1])), givens[0] & givens[1]
    if nexts[0] & nexts[1]:
        return Evidence("next", min(nexts[0] & nexts[1])), nexts[0] & nexts[1]
    if pair.likeness == "key" or givens[0] or givens[1] or pair.a[1:] == pair.b[1:]:
        return None, frozenset()
    if pair.likeness == "listed":
        return (Evidence("listed"), frozenset()) if group and group.kind != "rename" else (None, frozenset())
    return Evidence("same letters"), frozenset()


def _given_names(pair: Pair) -> bool:
    """Whether the forms are a double given name, which many bear (Anne-Marie)."""
    form = pair.a if "-" in pair.a else pair.b
    first, _, last = next((word for word in form.split() if "-" in word), form).partition("-")
    return last[:1].isupper() and lexicon.is_given(fold(first))


def is_alone(seen: Iterable[Sighting], bearers: frozenset[str]) -> bool:
    """Whether nobody but the bearers has a form."""
    return strong(x for s in seen for x in s.givens) <= bearers


def borne(pair: Pair, seen: list[Sighting], kind: str, bearers: frozenset[str], alone: bool) -> list[Sighting]:
    """The articles in which a form of a pair names one of the bearers: they introduce him, or nobody else has it.

    Where the forms differ in capitals only, without the places whose capital the position asks for.
    """
    if kind == "given":
        seen = [s for s in seen if s.givens & bearers or (alone and not strong(s.givens))]
    elif kind == "next":
        seen = [s for s in seen if s.nexts & bearers]
    return _mid_sentence(seen) if pair.a.lower() == pair.b.lower() else seen
