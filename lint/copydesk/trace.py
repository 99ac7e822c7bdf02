"""Where the passages of an article also stand, put together from what the copies rules found in it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from copydesk.article import Article
from copydesk.finding import Finding
from copydesk.frozen import Frozen
from copydesk.text import tokens
from copydesk.typed import Any, Literal, NamedTuple, cast

Direction = Literal["earlier", "later", "unknown"]
PlaceOf = Callable[[str, int], tuple[int, int] | None]
"""Line and column of an offset in the file of a path; None where the file cannot be read."""

_RISING: tuple[Direction, ...] = ("later", "unknown", "earlier")
"""What is said of words that stand in several articles: the last that holds of one of them."""
_BEGINNING = 12
"""Words of a passage that are shown of it."""
_LONGEST = 200
"""Code points of them."""


class Other(Frozen):
    """Another article that shares text with the traced one; ``direction`` says when it ran, seen from here."""

    path: str
    article: str | None
    source: str
    date: str
    direction: Direction
    credited: bool


class Copy(Frozen):
    """An article that is largely one text with the traced one; ``overlap`` and ``cluster`` as in findings."""

    other: Other
    overlap: tuple[float, float]
    cluster: str
    cluster_size: int


class Standing(Frozen):
    """Where a passage also stands. ``words`` of it do; ``place`` is a line and column.

    ``passages`` are (start, end, other start, other end).
    """

    other: Other
    words: int
    place: tuple[int, int] | None
    passages: tuple[tuple[int, int, int, int], ...]


class Passage(Frozen):
    """A stretch of the traced article that also stands elsewhere, earliest first; all offsets are of files."""

    start: int
    end: int
    line: int
    column: int
    words: int
    beginning: str
    places: tuple[Standing, ...]


class Traced(Frozen):
    """An article, how many of its words stand elsewhere by who was first, and its passages in order.

    ``compared``: articles of other sources it was compared with.
    """

    path: str
    article: str | None
    source: str
    title: str
    date: str
    words: int
    elsewhere: Mapping[Direction, int]
    copies: tuple[Copy, ...]
    passages: tuple[Passage, ...]
    compared: int

    @property
    def own(self) -> int:
        """Words that stand nowhere else."""
        return self.words - sum(self.elsewhere.values())


class _Piece(NamedTuple):
    start: int
    end: int
    there: tuple[int, int]
    other: Other


class _Words(NamedTuple):
    """Where the words of an article begin, in its file (rising) and in its text."""

    starts: list[int]
    shown: list[int]

    def within(self, start: int, end: int) -> range:
        """The numbers of the words that begin in a range of the file."""
        return range(bisect.bisect_left(self.starts, start), bisect.bisect_left(self.starts, end))


def trace(article: Article, findings: Iterable[Finding], place_of: PlaceOf, compared: int) -> Traced:
    """What the findings in one article say of where its text also stands; ``compared``: see Traced."""
    matches = [m for f in findings for m in f.data.get("matches", ())]
    pieces = {_Piece(p[0], p[1], (p[2], p[3]), _other(m)) for m in matches for p in m["passages"]}
    words = _words(article)
    passages = (_passage(article, words, group, place_of) for group in _groups(pieces))
    copies = {(o.path, o.article): _copy(m, o) for m in matches if "cluster" in m for o in (_other(m),)}
    return Traced(
        article.file.path,
        article.id,
        article.meta.source,
        article.meta.title,
        article.meta.date,
        len(words.starts),
        _elsewhere(words, pieces),
        tuple(sorted(copies.values(), key=lambda c: _age(c.other))),
        tuple(passages),
        compared,
    )


def _words(article: Article) -> _Words:
    both = sorted((article.map.start(t.span.start), t.span.start) for t in tokens(article))
    return _Words([start for start, _ in both], [shown for _, shown in both])


def _other(match: Mapping[str, Any]) -> Other:
    way = cast(Direction, match.get("direction", "unknown"))
    return Other(match["path"], match["article"], match["source"], match["date"], way, match["credited"])


def _copy(match: Mapping[str, Any], other: Other) -> Copy:
    mine, theirs = match["overlap"]
    return Copy(other, (mine, theirs), match["cluster"], match["cluster_size"])


def _age(other: Other) -> tuple[bool, str, str, str, str]:
    """Orders articles by date, undated ones last."""
    return not other.date, _clock(other.date), other.source, other.path, other.article or ""


def _clock(date: str) -> str:
    """An ISO 8601 date as one that sorts: times with a zone in UTC, others as they stand."""
    try:
        when = datetime.fromisoformat(date) if len(date) > 10 else None
    except ValueError:
        when = None
    return when.astimezone(UTC).replace(tzinfo=None).isoformat() if when and when.tzinfo else date


def _groups(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that lie on one another by half of the shorter are one passage; others may share their edges."""
    group: list[_Piece] = []
    start = end = 0
    for piece in sorted(pieces, key=lambda p: (p.start, -p.end, _age(p.other), p.there)):
        shorter = min(end - start, piece.end - piece.start)
        if group and 2 * (min(end, piece.end) - piece.start) < shorter:
            yield group
            group = []
        if not group:
            start, end = piece.start, piece.end
        group.append(piece)
        end = max(end, piece.end)
    if group:
        yield group


def _passage(article: Article, words: _Words, group: list[_Piece], place_of: PlaceOf) -> Passage:
    start, end = group[0].start, max(p.end for p in group)
    line, column = article.file.place(start)
    by_other: dict[Other, list[_Piece]] = {}
    for piece in group:
        by_other.setdefault(piece.other, []).append(piece)
    return Passage(
        start,
        end,
        line,
        column,
        len(words.within(start, end)),
        _beginning(article, words, start, end),
        tuple(_standing(words, other, by_other[other], place_of) for other in sorted(by_other, key=_age)),
    )


def _standing(words: _Words, other: Other, pieces: list[_Piece], place_of: PlaceOf) -> Standing:
    covered = {n for p in pieces for n in words.within(p.start, p.end)}
    places = tuple((p.start, p.end, *p.there) for p in pieces)
    return Standing(other, len(covered), place_of(other.path, pieces[0].there[0]), places)


def _beginning(article: Article, words: _Words, start: int, end: int) -> str:
    """The first words of a passage as a reader sees them."""
    held = words.within(start, end)[:_BEGINNING]
    if not held:
        return ""
    first = words.shown[held[0]]
    return " ".join(article.text[first : first + _LONGEST].split()[: len(held)])


def _elsewhere(words: _Words, pieces: Iterable[_Piece]) -> dict[Direction, int]:
    """How many words stand in other articles, by whether one of those ran earlier."""
    said = bytearray(len(words.starts))
    by_way = sorted(pieces, key=lambda p: _RISING.index(p.other.direction))
    for piece in by_way:
        held = words.within(piece.start, piece.end)
        said[held.start : held.stop] = bytes([_RISING.index(piece.other.direction) + 1]) * len(held)
    return {way: said.count(n) for n, way in reversed([*enumerate(_RISING, 1)])}
