"""Names in two forms that many articles have: an index counts them when it looks at all, so that none is loaded.

What has changed since is taken from the counts and added to them. Where the evidence is no more what it was, or
the forms have changed places, the articles are loaded after all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge

from copydesk import Corpus, Keyed
from copydesk.typed import Any, NamedTuple
from copydesk_rules.names.across import Found, Sighting, Split, borne, evidence_of, odd_first, sightings
from copydesk_rules.names.counts import Count, Side, changed, count, side
from copydesk_rules.names.evidence import Evidence, strong
from copydesk_rules.names.facts import FOLLOWED, words_of
from copydesk_rules.names.pairs import Likeness, Pair

_MANY = 50
"""Articles with either form from which on they are counted; forms of several words, whose words are many's, always."""
_COUNT, _BESIDE = "count ", "beside "
"""Keys of what an index tells of a name, and of a form."""

Beside = tuple[Counter[str], Counter[str]]
"""Names before a form and after it, with the number of articles."""


class Told(NamedTuple):
    """A name in two forms, counted; and its places in the articles at hand."""

    name: Count
    own: Mapping[str, Sequence[Sighting]]
    corpus: Corpus
    pair: Pair
    bearers: frozenset[str]
    alone: Mapping[str, bool]

    def seen(self, form: str) -> Iterator[Sighting]:
        """The articles of a form in order, loaded one by one."""
        elsewhere = self.corpus.elsewhere
        others = elsewhere.in_order(map(Keyed.key, words_of(form))) if elsewhere else iter(())
        for facts in merge(self.corpus.facts, others, key=lambda f: f.ref.path):
            here = sightings([facts], {*self.pair[:2]}).get(form, [])
            yield from borne(self.pair, here, self.name.evidence.kind, self.bearers, self.alone[form])


def tallies(found: Found, splits: Iterable[Split]) -> dict[str, Any]:
    """What is counted of the names that many articles have, by odd and other form; and what stands beside a form."""
    many = [s for s in splits if " " in s.odd + s.other or len(found.seen[s.odd]) + len(found.seen[s.other]) >= _MANY]
    forms = {form for s in many for form in (s.odd, s.other)}
    names = {_COUNT + f"{s.odd}\t{s.other}": [s.likeness, *count(s)] for s in many}
    return names | {_BESIDE + form: _beside(found.seen[form]) for form in forms}


def _beside(seen: Sequence[Sighting]) -> Beside:
    sides = ((s.givens for s in seen), (s.nexts for s in seen))
    givens, nexts = (Counter(word for words in side for word in strong(words)) for side in sides)
    return givens, nexts


def told(corpus: Corpus, wanted: Mapping[tuple[str, str], str]) -> list[Told]:
    """The names that are counted, of those wanted: odd and other form, with the words that prove it."""
    elsewhere = corpus.elsewhere
    counted = elsewhere.told(_COUNT + "\t".join(forms) for forms in wanted) if elsewhere else None
    names = [(likeness, _count(name, wanted)) for likeness, *name in (counted or {}).values()]
    since = elsewhere.since(FOLLOWED) if names and elsewhere else None
    if since is None or elsewhere is None:
        return []
    forms = {side.form for _, c in names for side in (c.odd, c.other)}
    gone, come = sightings(since[0], forms), sightings([*corpus.facts, *since[1]], forms)
    beside = {
        key.removeprefix(_BESIDE): _counters(*sides)
        for key, sides in (elsewhere.told(_BESIDE + form for form in forms) or {}).items()
    }
    found = (_told(corpus, likeness, c, beside, gone, come) for likeness, c in names)
    return [t for t in found if t is not None]


def _counters(givens: Mapping[str, int], nexts: Mapping[str, int]) -> Beside:
    return Counter(givens), Counter(nexts)


def _count(name: Sequence[Any], wanted: Mapping[tuple[str, str], str]) -> Count:
    odd, other, (kind, _), preferred = name
    return Count(Side(*odd), Side(*other), Evidence(kind, wanted[odd[0], other[0]]), preferred)


Seen = Mapping[str, list[Sighting]]


def _told(
    corpus: Corpus, likeness: Likeness, was: Count, beside: Mapping[str, Beside], gone: Seen, come: Seen
) -> Told | None:
    """A name with what has changed; None where other evidence holds now, or the other form is the odd one."""
    forms = was.odd.form, was.other.form
    pair = Pair(min(forms), max(forms), likeness)
    now = {form: _after(beside[form], gone.get(form, []), come.get(form, [])) for form in pair[:2]}
    evidence, bearers = _evidence(pair, beside)
    alone = _alone(pair, beside, bearers)
    if (evidence, bearers, alone) != (*_evidence(pair, now), _alone(pair, now, bearers)):
        return None

    def here(seen: Seen, form: str) -> list[Sighting]:
        return borne(pair, list(seen.get(form, [])), was.evidence.kind, bearers, alone[form])

    odd, other = (
        changed(s, side(s.form, here(gone, s.form)), side(s.form, here(come, s.form))) for s in (was.odd, was.other)
    )
    first = odd_first(pair, {s.form: (s.articles, s.mentions) for s in (odd, other)})
    if first != was.odd.form or not odd.articles or not other.articles:
        return None
    own = {form: [s for s in here(come, form) if corpus.wanted(s.ref)] for form in pair[:2]}
    return Told(was._replace(odd=odd, other=other), own, corpus, pair, bearers, alone)


def _after(was: Beside, gone: Sequence[Sighting], come: Sequence[Sighting]) -> Beside:
    givens, nexts = (before - less + more for before, less, more in zip(was, _beside(gone), _beside(come), strict=True))
    return givens, nexts


def _evidence(pair: Pair, beside: Mapping[str, Beside]) -> tuple[Evidence | None, frozenset[str]]:
    givens, nexts = ([frozenset(beside[form][i]) for form in pair[:2]] for i in (0, 1))
    return evidence_of(pair, givens, nexts)


def _alone(pair: Pair, beside: Mapping[str, Beside], bearers: frozenset[str]) -> dict[str, bool]:
    return {form: beside[form][0].keys() <= bearers for form in pair[:2]}
