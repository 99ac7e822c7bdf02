"""The same quantity with different values across the corpus: the range, with its sources and statuses."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Corpus, Frozen, Hit, Place, Ref, Rule
from copydesk_rules.figures.alignment import Given, contradictions
from copydesk_rules.figures.nearby import KEYED, near
from copydesk_rules.figures.quantities import mentions, span_of

_LISTED = 24
"""Places a finding lists at most."""


class Options(Frozen):
    """When two articles speak of the same quantity."""

    days: int = 3
    """Their dates lie no further apart, where both have one."""
    overlap: float = 0.3
    """Share of the proper names of the one with fewer that the other has, too."""
    factor: float = 10.0
    """Values further apart count different things."""


def collect(article: Article) -> object:
    """The article's comparable figures, see quantities.mentions."""
    return mentions(article)


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """One hit a quantity whose values contradict each other between articles."""
    for cluster in near(corpus, options):
        pair = min(contradictions(cluster, options), key=_bounds, default=None)
        home = next((g for g in cluster if corpus.wanted(g.ref)), None)
        if pair is not None and home is not None:
            yield home.ref, _hit(home, cluster, pair)


def _bounds(pair: tuple[Given, Given]) -> int:
    """How many of the two are bounds ("over 3,000"), not values: the plainest contradiction is named."""
    return sum(g.mention.value in (g.mention.low, g.mention.high) for g in pair)


def _hit(home: Given, cluster: list[Given], pair: tuple[Given, Given]) -> Hit:
    low, high = (f(cluster, key=lambda g: g.mention.value) for f in (min, max))
    articles = len({g.ref for g in cluster})
    a, b = (g.mention for g in pair)
    message = (
        f"“{home.mention.written}”: {articles} articles give this number from {_value(low)} to {_value(high)}; "
        f"{a.value:,.0f} and {b.value:,.0f} are both given as {a.status}; print the range with its sources"
    )
    related = tuple(Place(g.ref, span_of(g.mention), _told(g)) for g in cluster if g is not home)
    m = home.mention
    data = {"kind": "count", "value": m.value, "modifier": m.modifier, "source": m.source, "status": m.status}
    data |= {"low": low.mention.value, "high": high.mention.value}
    return Hit(span_of(m), message, related=related[:_LISTED], confidence="medium", data=data)


def _value(g: Given) -> str:
    return f"{g.mention.value:,.0f} ({g.mention.status}, {g.mention.source or 'no source'})"


def _told(g: Given) -> str:
    """Value, status, source and date of a mention, as far as they are known."""
    source = f"source: {g.mention.source}" if g.mention.source else "no source"
    return ", ".join(filter(None, (g.mention.written, g.mention.status, source, str(g.day or ""))))


RULE = Rule(
    summary="The same quantity with different values across articles",
    collect=collect,
    compare=compare,
    keyed=KEYED,
    options=Options,
)
