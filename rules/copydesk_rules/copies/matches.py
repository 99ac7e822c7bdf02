"""From pairs to what is said of each article: its matches, who was first, whether the source is credited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from copydesk import Corpus, Facts, Match, Place, Ref, Span
from copydesk.typed import Any
from copydesk_rules.copies import credit, when
from copydesk_rules.copies.facts import Places, places
from copydesk_rules.copies.pairs import Pair


def by_article(
    corpus: Corpus, found: Iterable[Pair], more: Mapping[Ref, Mapping[str, Any]]
) -> Iterator[tuple[Ref, list[Match]]]:
    """The matches of every article in focus, earliest and then fullest first.

    ``more``: further keys of the entries of an article.
    """
    made: dict[Ref, list[Match]] = {}
    known: dict[Ref, Places] = {}
    for pair in found:
        for f in (pair.here, pair.there):
            if f.ref not in known:
                known[f.ref] = places(f.value)
        spans = [
            (known[pair.here.ref].span(*p.here), known[pair.there.ref].span(*p.there)) for p in pair.verdict.passages
        ]
        mine, theirs = pair.verdict.overlap
        for here, there, overlap, both in (
            (pair.here, pair.there, (mine, theirs), spans),
            (pair.there, pair.here, (theirs, mine), sorted((b, a) for a, b in spans)),
        ):
            if corpus.wanted(here.ref):
                made.setdefault(here.ref, []).append(_match(here, there, overlap, both, more.get(here.ref, {})))
    for ref in sorted(made, key=lambda r: (r.path, r.article or "")):
        yield ref, sorted(made[ref], key=_rank)


def _match(
    here: Facts, there: Facts, overlap: tuple[float, float], spans: list[tuple[Span, Span]], more: Mapping[str, Any]
) -> Match:
    way = direction(here, there)
    return Match(
        there.ref,
        there.meta.source,
        overlap,
        tuple(spans),
        there.meta.date,
        _credited(here, there, way),
        {"direction": way, **more},
    )


def _rank(match: Match) -> tuple[Any, ...]:
    way = ("earlier", "later", "unknown").index(match.more["direction"])
    return way, match.date, -match.overlap[0], match.ref.path, match.ref.article or ""


def direction(here: Facts, there: Facts) -> str:
    """Whether the other article ran "earlier" or "later": by date, else by one crediting the other; or "unknown"."""
    told = when.order(there.meta.date, here.meta.date) or _credits(there, here) - _credits(here, there)
    return ("unknown", "later", "earlier")[told]


def _credits(here: Facts, there: Facts) -> bool:
    return credit.names(tuple(here.value["credits"]), there.meta)


def _credited(here: Facts, there: Facts, way: str) -> bool:
    """Whether the copy says whose text it is: names the other's source, or the agency both have it from."""
    if _whose(here) or _credits(there, here):
        return True
    return way == "later" and bool(_whose(there))


def _whose(facts: Facts) -> list[str]:
    """Whom the article credits, itself aside."""
    return [c for c in facts.value["credits"] if not credit.names((c,), facts.meta)]


def longest(match: Match) -> tuple[Span, Span]:
    """The passage with most text here, the first of equal ones."""
    return max(match.passages, key=lambda p: (p[0].end - p[0].start, -p[0].start))


def place(match: Match) -> Place:
    """Where the longest passage of a match stands in the other article."""
    return Place(match.ref, longest(match)[1], f"the same text in {name(match)}")


def name(match: Match) -> str:
    """The other article for a message: its source, its file and its date."""
    where = match.ref.path if match.ref.article is None else f"{match.ref.path}, {match.ref.article}"
    return f"{match.source} ({where}{', ' + match.date[:10] if match.date else ''})"


def others(matches: list[Match]) -> str:
    """How many articles there are beside the first."""
    rest = len(matches) - 1
    return f" and in {rest} other article{'s' if rest > 1 else ''}" if rest else ""


def when_and_whose(match: Match) -> str:
    """Who was first and whether the text is credited, for a message."""
    if match.credited:
        return {"earlier": ", which ran first", "later": ", which ran later"}.get(
            match.more["direction"], ""
        ) + "; credited"
    return {
        "earlier": ", which ran first; no credit found",
        "later": ", which ran later without credit",
        "unknown": "; neither says whose text it is",
    }[match.more["direction"]]
