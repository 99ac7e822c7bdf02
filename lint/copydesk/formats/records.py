"""From the fields of a record (of JSON, JSONL, and whatever else has fields) to its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from copydesk.article import Article, Block, BlockKind, LazyBlocks, Meta
from copydesk.compiled import compiled
from copydesk.formats.dates import iso_date
from copydesk.formats.layers import Part, Shown, joined, moved, places
from copydesk.formats.paths import COPY, Slot
from copydesk.formats.text import blocks as text_blocks
from copydesk.offsets import Span
from copydesk.source import SourceFile
from copydesk.typed import NamedTuple

META = ("source", "url", "language", "byline", "credit", "section")
_SEPARATOR = compiled(r"[,\s]+")


class Found(NamedTuple):
    """A value of a record: what it is for, the value, its range in the file (empty for what is not copy).

    ``kind`` is its content type in lower case, where the record gives it one.
    """

    slot: Slot
    value: str
    start: int
    end: int
    kind: str = ""


Show = Callable[[Found], Shown]


def article(file: SourceFile, found: list[Found], show: Show, name: str, identity: str | None) -> Article | None:
    """The article of a record's fields, or None where they hold none. ``show`` is the layer of a field."""
    copy = list(chosen(found))
    if not _is_article(copy, found):
        return None
    titled = copy[0].slot.group == "headline"
    parts = [(Part(show(f), f.start), f.slot.group) for f in copy]
    parts = [(p, group) for p, group in parts if p.shown.text] or parts[:1]
    shown = joined([p for p, _ in parts], LazyBlocks(partial(_record_blocks, parts, titled)))
    return Article(
        file,
        shown.text,
        shown.blocks,
        shown.map,
        id=identity,
        meta=meta(found),
        code=shown.code,
        links=shown.links,
        writers=shown.writers,
        format=name,
        allows=shown.allows,
    )


def chosen(found: Sequence[Found], groups: Sequence[str] = COPY) -> Iterator[Found]:
    """The fields that are copy, in reading order, one of each group of alternatives."""
    entries: dict[tuple[int, int], list[Found]] = {}
    for f in found:
        group, entry, _ = f.slot
        if group in groups:
            entries.setdefault((groups.index(group), entry), []).append(f)
    for _, choices in sorted(entries.items()):
        filled = [f.slot.choice for f in choices if f.value and not f.value.isspace()]
        if filled:
            best = min(filled)
            yield from [f for f in choices if f.slot.choice == best]


def _is_article(copy: list[Found], found: list[Found]) -> bool:
    """A body is one; a headline must come with a standfirst, a date or an address, in what is no JSON schema."""
    if any(f.slot.group == "text" for f in copy):
        return True
    groups = {f.slot.group for f in copy}
    beside = groups | {f.slot.group for f in found if f.value}
    return "headline" in groups and not beside.isdisjoint({"standfirst", "date", "url"}) and "schema" not in beside


def with_blocks(shown: Shown, group: str, titled: bool) -> Shown:
    """A field with its blocks, as a field of its group has them; ``titled``: the record has a headline."""
    return shown._replace(blocks=tuple(_blocks(Part(shown, 0), group, titled, 0)))


def _record_blocks(parts: list[tuple[Part, str]], titled: bool) -> Iterator[Block]:
    """The blocks of the fields of a record, each with its group."""
    for (part, group), at in zip(parts, places([p for p, _ in parts]), strict=True):
        yield from _blocks(part, group, titled, at)


def _blocks(part: Part, group: str, titled: bool, at: int) -> Iterable[Block]:
    """The blocks of a field, which starts at ``at`` in the text."""
    shown = part.shown
    if shown.blocks:
        return [_marked_up(b, group, titled) for b in moved(shown.blocks, at, part.at)]
    if group in ("headline", "caption"):
        return _line(shown.text, "headline" if group == "headline" else "caption", at)
    found = text_blocks(shown.text, at)
    if found and found[0].kind == "headline" and (titled or group == "standfirst"):
        # the first short line of a body is its headline only where no other field is
        kind: BlockKind = "heading" if group == "text" else "paragraph"
        return [b._replace(kind=kind) if b.kind == "headline" else b for b in found]
    return found


def _line(text: str, kind: BlockKind, at: int) -> list[Block]:
    """A text as one block."""
    body = text.strip()
    start = at + len(text) - len(text.lstrip())
    return [Block(Span(start, start + len(body)), kind)] if body else []


def _marked_up(block: Block, group: str, titled: bool) -> Block:
    """A block of a field that is marked up, as a field of its group has it."""
    kind, level = block.kind, block.level
    if group == "headline" and kind != "alternative":
        kind, level = "headline", 0
    elif group == "caption" and kind == "paragraph":
        kind = "caption"
    elif kind == "headline" and titled:
        kind, level = "heading", 1
    return block if (kind, level) == (block.kind, block.level) else block._replace(kind=kind, level=level)


def meta(found: Iterable[Found]) -> Meta:
    """What a record says of its article."""
    best: dict[str, tuple[Slot, str]] = {}
    for slot, value, *_ in found:
        if value and (slot.group not in best or slot < best[slot.group][0]):
            best[slot.group] = slot, value
    values = {group: value.strip() for group, (_, value) in best.items() if group in META}
    return Meta(
        title=best["headline"][1].strip() if "headline" in best else "",
        date=iso_date(best["date"][1]) if "date" in best else "",
        ignore=ignored(f.value for f in found if f.slot.group == "ignore") if "ignore" in best else (),
        **values,
    )


def ignored(values: Iterable[str]) -> tuple[str, ...]:
    """The rule ids of a ``copydesk-ignore`` key: a list, or a string with blanks or commas between them."""
    return tuple(i for value in values for i in _SEPARATOR.split(value) if i)


class Names:
    """Names the records of a file: by their id where they have one that is not taken, else by number."""

    def __init__(self, number: int = 0) -> None:
        self.given: dict[str, int] = {}
        """By name the number of the record that has it, in their order."""
        self.number = number

    def next(self, found: list[Found]) -> str:
        """The name of the next record."""
        self.number += 1
        ids = [f for f in found if f.slot.group == "id" and f.value.strip()]
        name = min(ids, key=lambda f: f.slot.entry).value.strip() if ids else str(self.number)
        return self.give(name, self.number)

    def give(self, name: str, number: int) -> str:
        """The name of a record that would have ``name`` if it were free."""
        while name in self.given:
            name = f"{name}#{number}"
        self.given[name] = number
        return name
