"""Names that are spelled two ways across the articles of a corpus. Sees facts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from copydesk import Corpus, Facts, Ref, Span
from copydesk_rules.names import lexicon
from copydesk_rules.names.evidence import Context, Evidence, context, strong
from copydesk_rules.names.facts import distinct_runs, opens_of, run, runs_of
from copydesk_rules.names.letters import fold, keys
from copydesk_rules.names.mentions import Place
from copydesk_rules.names.pairs import Likeness, Pair, alike
from copydesk_rules.names.phrases import hyphened, listed_pairs, listed_phrases, spaced, spelled

_GROUP = 12
"""Forms of one folded form or key that are compared with each other."""

Spots = dict[str, list[tuple[str, Place]]]
"""Text of a run to the forms it holds and where."""


class Sighting(NamedTuple):
    """A form in one article: where, and the words before and after it there."""

    ref: Ref
    source: str
    spans: tuple[Span, ...]
    givens: frozenset[str]
    nexts: frozenset[str]


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


def splits(corpus: Corpus, distinct: Iterable[tuple[str, ...]] = ()) -> Iterator[Split]:
    """The corpus's names in two forms, each odd form once."""
    apart = [frozenset(map(fold, group)) for group in distinct]
    texts = distinct_runs(corpus.facts)
    spots, pairs = _phrases(texts)
    pairs = [p for p in [*pairs, *_words(texts)] if not any(fold(p.a) in g and fold(p.b) in g for g in apart)]
    _add_words(spots, texts, {form for p in pairs for form in (p.a, p.b)})
    seen = _sightings(corpus.facts, spots)
    best: dict[str, Split] = {}
    for pair in pairs:
        split = _split(pair, seen.get(pair.a, []), seen.get(pair.b, []))
        if split and (split.odd not in best or len(split.other_seen) > len(best[split.odd].other_seen)):
            best[split.odd] = split
    yield from _settled(best.values())


def _settled(found: Iterable[Split]) -> Iterator[Split]:
    """Splits without those whose places lie within the places of a longer form."""
    taken: set[tuple[Ref, int]] = set()
    for split in sorted(found, key=lambda s: (-len(s.odd), s.odd)):
        ends = {(s.ref, span.end) for s in split.odd_seen for span in s.spans}
        if not ends <= taken:
            taken |= ends
            yield split


def _words(texts: Iterable[str]) -> Iterator[Pair]:
    """Pairs of words that are listed, or equal in letters or in transliteration; slips are an article's matter."""
    index: dict[str, set[str]] = {}
    for form in {w.form for text in texts for w in run(text).words}:
        folded = fold(form)
        if len(folded) > 3 and not lexicon.is_function(folded):
            groups = (f"#{n}" for n in lexicon.groups().get(folded, ()))
            for mark in (folded, *("=" + k for k in keys(folded)), *groups):
                index.setdefault(mark, set()).add(form)
    near = {(a, b) for g in index.values() if 1 < len(g) < _GROUP for a in g for b in g if a < b}
    for a, b in sorted(near):
        likeness = alike(a, b)
        if likeness in ("listed", "form", "key"):
            yield Pair(a, b, likeness)


def _phrases(texts: Iterable[str]) -> tuple[Spots, list[Pair]]:
    """Forms of several words in the runs that hold them, and their pairs."""
    spots: Spots = {}
    pairs: set[Pair] = set()
    several = [text for text in texts if " " in text or "-" in text]
    for text in several:
        for form, place in (*hyphened(run(text)), *listed_phrases(run(text))):
            spots.setdefault(text, []).append((form, place))
    forms = {form for found in spots.values() for form, _ in found}
    index = spelled(form for form in forms if "-" in form)
    for text in several:
        for form, phrase in spaced(run(text), index):
            pairs.add(Pair(form, phrase.form, "form"))
            spots.setdefault(text, []).append((phrase.form, phrase.place))
    words = forms | {w.form for text in texts for w in run(text).words}
    pairs |= {pair for form in forms for pair in listed_pairs(form, words)}
    return {text: list(dict.fromkeys(here)) for text, here in spots.items()}, sorted(pairs)


def _add_words(spots: Spots, texts: Iterable[str], wanted: set[str]) -> None:
    """Add the places of single words; forms nobody wants are left out."""
    for text in texts:
        for i, word in enumerate(run(text).words):
            if word.form in wanted and (word.form, Place(i, i)) not in spots.get(text, ()):
                spots.setdefault(text, []).append((word.form, Place(i, i)))
    for text in list(spots):
        spots[text] = [s for s in spots[text] if s[0] in wanted]


def _sightings(corpus: Iterable[Facts], spots: Spots) -> dict[str, list[Sighting]]:
    """Each form's articles, in order."""
    beside = {text: [(form, place, context(run(text), place)) for form, place in here] for text, here in spots.items()}
    out: dict[str, list[Sighting]] = {}
    for facts in corpus:
        here: dict[str, list[tuple[Span, Context]]] = {}
        opens = opens_of(facts)
        for text in runs_of(facts).keys() & spots.keys():
            for form, place, around in beside[text]:
                found = run(text).span(place)
                for start in runs_of(facts)[text]:
                    around = around._replace(opens=found.start == 0 and start in opens)
                    here.setdefault(form, []).append((Span(start + found.start, start + found.end), around))
        for form, seen in here.items():
            out.setdefault(form, []).append(_sighting(facts, seen))
    return out


def _sighting(facts: Facts, seen: list[tuple[Span, Context]]) -> Sighting:
    return Sighting(
        facts.ref,
        facts.meta.source,
        tuple(sorted(span for span, _ in seen)),
        frozenset(c.given for _, c in seen if c.given),
        frozenset(c.next for _, c in seen if c.next),
    )


def _split(pair: Pair, a: list[Sighting], b: list[Sighting]) -> Split | None:
    evidence, bearers = _evidence(pair, a, b)
    if evidence is None:
        return None
    a, b = _borne(a, evidence.kind, bearers), _borne(b, evidence.kind, bearers)
    if not a or not b or ({s.ref for s in a} == {s.ref for s in b} and len(a) == 1):
        return None
    group = lexicon.listed(pair.a, pair.b)
    preferred = group.preferred if group else ""
    order = [f for f in group.forms if f in (pair.a, pair.b)] if group else []
    (odd, odd_seen), (other, other_seen) = sorted(
        ((pair.a, a), (pair.b, b)),
        key=lambda x: (x[0] == preferred, len(x[1]), mentions(x[1]), x[0] in order[:1], "-" in x[0]),
    )
    return Split(odd, other, odd_seen, other_seen, pair.likeness, evidence, preferred)


def mentions(seen: Iterable[Sighting]) -> int:
    """Number of mentions in all articles."""
    return sum(len(s.spans) for s in seen)


def _evidence(pair: Pair, a: list[Sighting], b: list[Sighting]) -> tuple[Evidence | None, frozenset[str]]:
    """Why two forms are one name, and the words that its bearers share."""
    group = lexicon.listed(pair.a, pair.b)
    if pair.likeness == "listed" and group and group.kind != "rename" and fold(pair.a) != fold(pair.b):
        return Evidence("listed"), frozenset()
    givens = strong(x for s in a for x in s.givens), strong(x for s in b for x in s.givens)
    if givens[0] & givens[1]:
        return Evidence("given", min(givens[0] & givens[1])), givens[0] & givens[1]
    nexts = [strong(x for s in seen for x in s.nexts) for seen in (a, b)]
    if nexts[0] & nexts[1]:
        return Evidence("next", min(nexts[0] & nexts[1])), nexts[0] & nexts[1]
    if pair.likeness == "key" or givens[0] or givens[1] or pair.a[1:] == pair.b[1:]:
        return None, frozenset()
    if pair.likeness == "listed":
        return (Evidence("listed"), frozenset()) if group and group.kind != "rename" else (None, frozenset())
    return Evidence("same letters"), frozenset()


def _borne(seen: list[Sighting], kind: str, bearers: frozenset[str]) -> list[Sighting]:
    """The articles in which a form names one of the bearers: they introduce him, or nobody else bears the form."""
    if kind == "given":
        alone = strong(x for s in seen for x in s.givens) <= bearers
        return [s for s in seen if s.givens & bearers or (alone and not strong(s.givens))]
    if kind == "next":
        return [s for s in seen if s.nexts & bearers]
    return seen
