"""Pairs of forms that look like one name across a corpus, as an editor is asked about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from copydesk import Corpus, Ref, Span, Style
from copydesk_rules.names.across import Sighting, Split, mentions, splits
from copydesk_rules.names.facts import runs_of
from copydesk_rules.names.findings import because, favoured
from copydesk_rules.names.spelling import Options, apart

_PLACES = 3
"""Articles of a form that are shown."""


class Side(NamedTuple):
    """One form of a doubtful name."""

    form: str
    mentions: int
    articles: int
    places: tuple[tuple[Ref, Span], ...]
    """Its first mention in some of the articles."""
    shared: bool
    """Whether others bear the form, too."""


class Doubt(NamedTuple):
    """Two forms that are probably one name; the odd one is the rarer, unless the house or the list prefers it."""

    odd: Side
    other: Side
    evidence: str
    preferred: str
    """The form that the house, the list or a clear majority speaks for; empty where nothing does."""
    whole: str
    """The name with what its bearers share, to tell them from others: ``Rosa {}``; empty where nothing is shared."""

    def entry(self, preferred: str) -> tuple[str, str] | None:
        """Preferred and rejected form of a style entry; in full where the rejected one has other bearers, too.

        None where there is no way to tell the bearers apart.
        """
        kept, rejected = (self.other, self.odd) if preferred == self.other.form else (self.odd, self.other)
        if not rejected.shared:
            return kept.form, rejected.form
        if not self.whole:
            return None
        return self.whole.replace("{}", kept.form), self.whole.replace("{}", rejected.form)


def doubts(corpus: Corpus, options: Options) -> list[Doubt]:
    """The pairs that names/spelling finds across a corpus, those in most articles first."""
    found = list(splits(corpus, apart(options)))
    counts = _counts(corpus, {form for s in found for form in (s.odd, s.other)})
    made = [_doubt(s, options.styles, counts) for s in found]
    return sorted(made, key=lambda d: (-d.odd.articles - d.other.articles, d.odd.form))


def _doubt(split: Split, styles: Iterable[Style], counts: Mapping[str, int]) -> Doubt:
    kind, words = split.evidence.kind, split.evidence.words
    borne = kind in ("given", "next")
    preferred, sure = favoured(split, styles)
    whole = "" if not borne or not words else words + " {}" if kind == "given" else "{} " + words
    return Doubt(
        _side(split.odd, split.odd_seen, counts if borne else {}),
        _side(split.other, split.other_seen, counts if borne else {}),
        because(split.evidence),
        preferred if sure else "",
        whole,
    )


def _side(form: str, seen: Sequence[Sighting], counts: Mapping[str, int]) -> Side:
    places = tuple((s.ref, s.spans[0]) for s in seen[:_PLACES])
    return Side(form, mentions(seen), len(seen), places, counts.get(form, 0) > mentions(seen))


def _counts(corpus: Corpus, wanted: set[str]) -> dict[str, int]:
    """Mentions of forms, whoever bears them."""
    by_word: dict[str, list[str]] = {}
    for form in wanted:
        by_word.setdefault(form.split()[0], []).append(form)
    out: dict[str, int] = {}
    for facts in corpus.facts:
        for text, starts in runs_of(facts).items():
            words = text.replace(".", " ").split()
            for word in by_word.keys() & set(words):
                for form in by_word[word]:
                    if f" {form} " in f" {' '.join(words)} ":
                        out[form] = out.get(form, 0) + len(starts)
    return out
