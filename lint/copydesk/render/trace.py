"""What a trace found, as text, as JSON and as Markdown for a ticket."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copydesk.render.as_json import error_json, json_text
from copydesk.render.style import Paint
from copydesk.render.summary import counted
from copydesk.render.visible import clipped, line_start, visible
from copydesk.report import Error
from copydesk.trace import Copy, Other, Passage, Standing, Traced
from copydesk.typed import Any

Format = Callable[[Sequence[Traced], Sequence[Error], Paint], Iterator[str]]

_DATE = 25
_WHEN = {"earlier": "ran first", "later": "ran later", "unknown": "unknown which ran first"}
_IN = {
    "earlier": "in what ran first",
    "later": "only in what ran later",
    "unknown": "where nothing tells which ran first",
}
_WHOLE = 0.9
"""Share of a passage from which a place is not said to hold a part of it only."""


def text(found: Sequence[Traced], errors: Sequence[Error], paint: Paint) -> Iterator[str]:
    """For a person at a terminal. Errors are told elsewhere."""
    for number, traced in enumerate(found):
        yield "\n" * bool(number)
        yield f"{paint(line_start(_name(traced.path, traced.article)), 'bold')}: {_about(traced)}\n{summary(traced)}\n"
        yield from _text_copies(traced, paint)
        yield from (line for p in traced.passages for line in _text_passage(p, paint))


def _text_copies(traced: Traced, paint: Paint) -> Iterator[str]:
    if traced.copies:
        yield "\nLargely one text with\n"
    for c in traced.copies:
        yield f"  {_place(c.other, None, paint)}; {c.overlap[0]:.0%} of this, {c.overlap[1]:.0%} of that\n"


def _text_passage(passage: Passage, paint: Paint) -> Iterator[str]:
    yield (
        f"\n{paint(f'line {passage.line}', 'bold')}, {counted(passage.words, 'word')}:"
        f" “{clipped(passage.beginning, 90)} …”\n"
    )
    for s in passage.places:
        yield f"  {_place(s.other, s.place, paint)}{_part(s, passage)}\n"


def _place(other: Other, at: tuple[int, int] | None, paint: Paint) -> str:
    where = paint(visible(_name(other.path, other.article)) + _at(at), "cyan")
    return f"{_date(other):12}  {visible(other.source) or 'unknown source'}  {where}  {_said(other)}"


def markdown(found: Sequence[Traced], errors: Sequence[Error], paint: Paint) -> Iterator[str]:
    """For a ticket. What comes from articles stands in code, so that none of it is read as markup."""
    for number, traced in enumerate(found):
        yield "\n" * bool(number)
        yield f"**Trace of {code(_name(traced.path, traced.article))}**: {_about(traced, code)}\n\n{summary(traced)}\n"
        yield from _markdown_copies(traced)
        yield from (line for p in traced.passages for line in _markdown_passage(p))
    if errors:
        yield "\nNot everything could be read:\n\n"
    yield from (f"- {code(e.path)}: {code(e.message)}\n" for e in errors)


def _markdown_copies(traced: Traced) -> Iterator[str]:
    if traced.copies:
        yield "\nLargely one text with\n\n"
    for c in traced.copies:
        yield f"- {_markdown_place(c.other, None)}; {c.overlap[0]:.0%} of this, {c.overlap[1]:.0%} of that\n"


def _markdown_passage(passage: Passage) -> Iterator[str]:
    beginning = code(clipped(passage.beginning, 90))
    yield f"\nLine {passage.line}, {counted(passage.words, 'word')}: {beginning} …\n\n"
    for s in passage.places:
        yield f"- {_markdown_place(s.other, s.place)}{_part(s, passage)}\n"


def _markdown_place(other: Other, at: tuple[int, int] | None) -> str:
    where = code(_name(other.path, other.article) + _at(at))
    source = code(other.source) if other.source else "unknown source"
    return f"{code(_date(other)) if other.date else _date(other)}, {source}, {where}: {_said(other)}"


def code(text: str) -> str:
    """Text of others as a Markdown code span: in it nothing is a link, a mention, HTML or the span's end."""
    shown = visible(text) or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    blank = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{blank}{shown}{blank}{fence}"


def summary(traced: Traced) -> str:
    """How much of an article stands elsewhere, and how much does not."""
    beside = f"Compared with {counted(traced.compared, 'article')} of other sources."
    if not traced.passages:
        return f"Nothing of it was found elsewhere. {beside}"
    shares = [f"{_share(n, traced)} {_IN[way]}" for way, n in traced.elsewhere.items() if n]
    elsewhere = _share(sum(traced.elsewhere.values()), traced)
    return (
        f"{elsewhere} of the words also stand elsewhere ({', '.join(shares)});"
        f" {_share(traced.own, traced)} are its own. {beside}"
    )


def _share(words: int, traced: Traced) -> str:
    return f"{words / max(1, traced.words):.0%}"


def _about(traced: Traced, shown: Callable[[str], str] = visible) -> str:
    date = shown(traced.date[:_DATE]) if traced.date else "date unknown"
    return f"{shown(traced.source) if traced.source else 'unknown source'}, {date}, {counted(traced.words, 'word')}"


def _name(path: str, article: str | None) -> str:
    return path if article is None else f"{path}, {article}"


def _date(other: Other) -> str:
    return visible(other.date[:_DATE]) or "date unknown"


def _at(at: tuple[int, int] | None) -> str:
    return "" if at is None else f":{at[0]}:{at[1]}"


def _said(other: Other) -> str:
    return f"{_WHEN[other.direction]}; {'credited' if other.credited else 'no credit found'}"


def _part(standing: Standing, passage: Passage) -> str:
    return f"; {counted(standing.words, 'word')} of it" if standing.words < _WHOLE * passage.words else ""


def as_json(found: Sequence[Traced], errors: Sequence[Error], paint: Paint) -> Iterator[str]:
    """One object, version 1: see docs/trace.md."""
    yield '{\n"version": 1,\n"articles": ['
    for number, traced in enumerate(found):
        yield (",\n" if number else "\n") + json_text(_traced(traced))
    yield f'\n],\n"errors": {json_text([error_json(e) for e in errors])}\n}}\n'


def _traced(t: Traced) -> dict[str, Any]:
    return {
        "path": t.path,
        "article": t.article,
        "source": t.source,
        "title": t.title,
        "date": t.date,
        "compared": t.compared,
        "words": {"all": t.words, "own": t.own, "elsewhere": dict(t.elsewhere)},
        "copies": [_copy(c) for c in t.copies],
        "passages": [_passage(p) for p in t.passages],
    }


def _copy(c: Copy) -> dict[str, Any]:
    overlap = [round(x, 4) for x in c.overlap]
    return {**_other(c.other), "overlap": overlap, "cluster": c.cluster, "cluster_size": c.cluster_size}


def _passage(p: Passage) -> dict[str, Any]:
    return {
        "start": p.start,
        "end": p.end,
        "line": p.line,
        "column": p.column,
        "words": p.words,
        "beginning": p.beginning,
        "places": [
            {**_other(s.other), **_line(s.place), "words": s.words, "passages": [list(x) for x in s.passages]}
            for s in p.places
        ],
    }


def _line(at: tuple[int, int] | None) -> dict[str, int | None]:
    return dict(zip(("line", "column"), at or (None, None), strict=True))


def _other(o: Other) -> dict[str, Any]:
    return {
        "path": o.path,
        "article": o.article,
        "source": o.source,
        "date": o.date,
        "direction": o.direction,
        "credited": o.credited,
    }


FORMATS: dict[str, Format] = {"text": text, "json": as_json, "markdown": markdown}
