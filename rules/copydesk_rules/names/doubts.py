"""Pairs of forms that look like one name across a corpus, as an editor is asked about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk import Corpus, Ref, Span, Style
from copydesk.typed import NamedTuple
from copydesk_rules.names.across import Sighting, Split, mentions, splits
from copydesk_rules.names.counts import count
from copydesk_rules.names.findings import because, favoured, in_full
from copydesk_rules.names.spelling import Options, apart

_PLACES = 3
"""Articles of a form that are shown."""


class Side(NamedTuple):
    """One form of a doubtful name."""

    form: str
    full: str
    """The form with the name that its bearers share, to tell them from others; empty where that is not known."""
    mentions: int
    articles: int
    places: tuple[tuple[Ref, Span], ...]
    """Its first mention in some of the articles."""


class Doubt(NamedTuple):
    """Two forms that are probably one name, the odd one first."""

    odd: Side
    other: Side
    evidence: str
    preferred: str
    """The form that the house, the list or a clear majority speaks for; empty where nothing does."""


def doubts(corpus: Corpus, options: Options) -> list[Doubt]:
    """The pairs that names/spelling finds across a corpus, those in most articles first."""
    made = [_doubt(split, options.styles) for split in splits(corpus.facts, apart(options))]
    return sorted(made, key=lambda d: (-d.odd.articles - d.other.articles, d.odd.form))


def _doubt(split: Split, styles: Iterable[Style]) -> Doubt:
    preferred, sure = favoured(count(split), styles)
    odd, other = (
        Side(form, in_full(form, split.evidence), mentions(seen), len(seen), _places(seen))
        for form, seen in ((split.odd, split.odd_seen), (split.other, split.other_seen))
    )
    return Doubt(odd, other, because(split.evidence), preferred if sure else "")


def _places(seen: Sequence[Sighting]) -> tuple[tuple[Ref, Span], ...]:
    return tuple((s.ref, s.spans[0]) for s in seen[:_PLACES])
