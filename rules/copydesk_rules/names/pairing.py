"""Pairs of forms across a corpus: only what shares letters, sound or a place in the variant table is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from copydesk.compiled import compiled
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold, keys_all
from copydesk_rules.names.mentions import Place, run
from copydesk_rules.names.pairs import Pair, alike
from copydesk_rules.names.phrases import hyphened, listed_pairs, listed_phrases, openings, spaced, spelled

_GROUP = 12
"""Forms of one folded form or key that are compared with each other."""

_JOINTS = compiled("[-'’]")

Spots = dict[str, list[tuple[str, Place]]]
"""Text of a run to the forms it holds and where."""
Parts = Mapping[str, tuple[str, ...]]
"""Text of a run to its words."""


def word_pairs(forms: Iterable[str]) -> Iterator[Pair]:
    """Pairs of words that are listed, or equal in letters or in transliteration; slips are an article's matter."""
    written, more = _shared((fold(form), form) for form in forms)
    names = [folded for folded in written if may_be_name(folded)]
    _, alike_names = _shared(marks(names))
    found = [more[folded] for folded in names if folded in more]
    found += ([form for x in same for form in more.get(x, (written[x],))] for same in alike_names.values())
    near = {(a, b) for group in found if len(group) < _GROUP for a in group for b in group if a < b}
    for a, b in sorted(near):
        likeness = alike(a, b)
        if likeness in ("listed", "form", "key"):
            yield Pair(a, b, likeness)


def may_be_name(folded: str) -> bool:
    """Whether a form is one that is compared across articles."""
    return len(folded) > 3 and not lexicon.is_function(folded)


def marks(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What folded names that may be one have in common, with each name: a key, or a group of the variant table."""
    for name, sounds in zip(names, keys_all(names), strict=True):
        yield from ((key, name) for key in sounds)
        yield from ((f"#{number}", name) for number in lexicon.groups().get(name, ()))


def _shared(marked: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The first text under each mark, and all texts under the marks that have several: most have one."""
    first: dict[str, str] = {}
    several: dict[str, list[str]] = {}
    for mark, text in marked:
        known = first.setdefault(mark, text)
        if known is not text:
            several.setdefault(mark, [known]).append(text)
    return first, several


def in_company(pairs: Iterable[Pair], parts: Parts) -> Iterator[Pair]:
    """Pairs without those of like sound that never stand beside one word: nothing else would speak for them."""
    pairs = list(pairs)
    beside: dict[str, set[str]] = {form: set() for p in pairs if p.likeness == "key" for form in (p.a, p.b)}
    wanted = frozenset(beside)
    for words in parts.values():
        if not wanted.isdisjoint(words):
            for form in wanted.intersection(words):
                beside[form].update(words)
    folded = {form: {x for word in words for x in _readings(word)} for form, words in beside.items()}
    return (p for p in pairs if p.likeness != "key" or not folded[p.a].isdisjoint(folded[p.b]))


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> frozenset[str]:
    """What a word of a run may be folded to: itself, and what is left of it without endings and compounds."""
    return frozenset({fold(word), *(fold(word[: m.start()]) for m in _JOINTS.finditer(word))})


def phrase_pairs(parts: Parts, forms: set[str], known: Iterable[str] = ()) -> tuple[Spots, list[Pair]]:
    """Forms of several words in the runs that hold them, and their pairs; ``known`` ones need not stand hyphened."""
    spots: Spots = {}
    firsts = frozenset(openings())
    for text, words in parts.items():
        if "-" in text or not firsts.isdisjoint(words):
            here = [*hyphened(run(text)), *listed_phrases(run(text))]
            if here:
                spots[text] = [(p.form, p.place) for p in here]
    met = {form for here in spots.values() for form, _ in here}
    index, pairs = spelled(form for form in (*met, *known) if "-" in form), set()
    first, second = ({part[i] for part in index} for i in (0, 1))
    first, second = ({form for form in forms if fold(form) in known} for known in (first, second))
    for text, words in parts.items():
        if not (first.isdisjoint(words) or second.isdisjoint(words)) and any(
            (fold(a), fold(b)) in index for a, b in pairwise(words)
        ):
            for form, phrase in spaced(run(text), index):
                pairs.add(Pair(form, phrase.form, "form"))
                spots.setdefault(text, []).append((phrase.form, phrase.place))
    spots = {text: list(dict.fromkeys(here)) for text, here in spots.items()}
    present = met | forms
    pairs |= {pair for form in met for pair in listed_pairs(form, present)}
    return spots, sorted(pairs)
