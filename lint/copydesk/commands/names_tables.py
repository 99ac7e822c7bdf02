"""The inventory of names as a table for people, as JSON, as CSV, and as a style file."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from copydesk.article import Ref
from copydesk.offsets import Span
from copydesk.render.as_json import json_text
from copydesk.render.visible import clipped, hidden, line_start, visible, width
from copydesk.rule import Corpus, Facts
from copydesk.typed import Any, NamedTuple, Protocol

_FORM = 40
"""Columns that a form gets at most."""
_NO_TERMINAL = 120
"""Columns of a table that is written to a file or pipe."""


class Row(Protocol):
    """One form of the inventory; dates are ISO 8601 or empty."""

    form: str
    mentions: int
    articles: int
    sources: dict[str, int]
    first_seen: str
    last_seen: str


class Side(Protocol):
    """One form of a doubtful name, and where some of its mentions stand.

    ``full`` is what a style entry says: the form, with a name beside it where others may bear the form alone; empty
    where there is no such name to tell them apart.
    """

    form: str
    full: str
    mentions: int
    articles: int
    places: tuple[tuple[Ref, Span], ...]


class Doubt(Protocol):
    """Two forms that are probably one name, the odd one first; ``preferred`` is empty where nothing speaks for one."""

    odd: Side
    other: Side
    evidence: str
    preferred: str


class NamesPack(Protocol):
    """What the module ``names.inventory`` of a rule pack that keeps names offers.

    ``RULE`` is the id of the rule whose facts are read.
    """

    RULE: str

    def inventory(self, facts: Iterable[Facts]) -> Sequence[Row]:
        """Every form, commonest first."""

    def doubts(self, corpus: Corpus, options: Any) -> Sequence[Doubt]:
        """The pairs of forms that an editor should look at; ``options`` are the rule's."""


def text(rows: Sequence[Row]) -> Iterator[str]:
    """An aligned table, as wide as the terminal."""
    if not rows:
        return
    columns = shutil.get_terminal_size((_NO_TERMINAL, 24)).columns
    head = ("name", "mentions", "articles", "first seen", "last seen")
    cells = [(clipped(r.form, _FORM), f"{r.mentions:,}", f"{r.articles:,}", *_dates(r)) for r in rows]
    widths = [max(map(_width, column)) for column in zip(head, *cells, strict=True)]
    room = columns - sum(widths) - 2 * len(widths)
    yield _line(head, widths, "sources")
    for row, cell in zip(rows, cells, strict=True):
        yield _line(cell, widths, _sources(row.sources, room))


def _dates(row: Row) -> tuple[str, str]:
    return visible(row.first_seen[:10]), visible(row.last_seen[:10])


def _width(shown: str) -> int:
    return sum(map(width, shown))


def _line(cells: Sequence[str], widths: Sequence[int], sources: str) -> str:
    """A line of the table; numbers stand to the right."""
    out = []
    for number, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        gap = " " * (wide - _width(cell))
        out.append(gap + cell if number in (1, 2) else cell + gap)
    return line_start("  ".join([*out, sources]).rstrip()) + "\n"


def _sources(sources: Mapping[str, int], room: int) -> str:
    """As many sources as there is room for, those with most mentions first, and the number of the others."""
    out: list[str] = []
    used = 0
    ranked = sorted(sources.items(), key=lambda s: (-s[1], s[0]))
    for number, (source, mentions) in enumerate(ranked):
        piece = f"{visible(source) or '?'} {mentions:,}"
        rest = f"+{len(ranked) - number}"
        if used + _width(piece) + (len(rest) + 2) * (number + 1 < len(ranked)) > room:
            return ", ".join([*out, rest])
        out.append(piece)
        used += _width(piece) + 2
    return ", ".join(out)


def as_json(rows: Sequence[Row]) -> Iterator[str]:
    """One object, a name a line."""
    lines = ",\n".join(json_text({key: getattr(r, key) for key in _KEYS}) for r in rows)
    yield f'{{"version": 1, "names": [\n{lines}\n]}}\n' if rows else '{"version": 1, "names": []}\n'


def as_csv(rows: Sequence[Row]) -> Iterator[str]:
    """A name a line; ``sources`` holds ``source=mentions``, semicolons between."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_KEYS)
    for r in rows:
        sources = ";".join(f"{visible(source)}={n}" for source, n in r.sources.items())
        writer.writerow([visible(r.form), r.mentions, r.articles, sources, r.first_seen, r.last_seen])
    yield out.getvalue()


_KEYS = ("form", "mentions", "articles", "sources", "first_seen", "last_seen")
TABLES: Mapping[str, Callable[[Sequence[Row]], Iterator[str]]] = {"text": text, "json": as_json, "csv": as_csv}


class Group(NamedTuple):
    """The forms of one name: the one to write, the others, and why."""

    preferred: str
    rejected: tuple[str, ...]
    note: str


def groups(doubts: Iterable[Doubt]) -> list[Group]:
    """The names in more than one form, where it is clear which one is meant."""
    instead: dict[str, str] = {}
    counts: dict[str, Side] = {}
    for d in doubts:
        kept, rejected = (d.other, d.odd) if d.preferred == d.other.form else (d.odd, d.other)
        if not (d.preferred and kept.full and rejected.full):
            continue
        if rejected.full in instead or _last(kept.full, instead) == rejected.full:
            continue
        instead[rejected.full] = kept.full
        for side in (kept, rejected):
            if side.full not in counts or counts[side.full].mentions < side.mentions:
                counts[side.full] = side
    by_kept: dict[str, list[str]] = {}
    for form in instead:
        by_kept.setdefault(_last(form, instead), []).append(form)
    return [Group(kept, tuple(rest), note(counts[f] for f in (kept, *rest))) for kept, rest in by_kept.items()]


def _last(form: str, instead: Mapping[str, str]) -> str:
    """The form that is written in the end; ``instead`` never runs in a circle."""
    while form in instead:
        form = instead[form]
    return form


def note(sides: Iterable[Side]) -> str:
    """The counts: ``Ibáñez 12 in 4 articles, Ibanez 2 in 1 article``."""
    return ", ".join(f"{s.form} {s.mentions:,} in {s.articles:,} article{'s' * (s.articles != 1)}" for s in sides)


def style_table(group: Group, **more: Sequence[str]) -> str:
    """A group as an entry of a style file."""
    lines = [f"preferred = {_quoted(group.preferred)}", f"rejected = {_list(group.rejected)}"]
    lines += [f"{key} = {_list(values)}" for key, values in more.items()]
    return "\n".join(["[[styles]]", *lines, f"note = {_quoted(group.note)}"]) + "\n"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(value: str) -> str:
    """A TOML string; what a terminal obeys or hides is written by its number."""
    return "".join(json.dumps(c)[1:-1] if c in '"\\' else f"\\U{ord(c):08x}" if hidden(c) else c for c in value).join(
        '""'
    )
