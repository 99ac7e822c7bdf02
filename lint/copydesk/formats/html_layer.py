"""The HTML layer: what a browser shows of a page or a piece of one, block by block, and how to edit it there."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property, partial

from copydesk.article import Block, Edit
from copydesk.compiled import compiled
from copydesk.formats.html_reader import Part, Reader
from copydesk.formats.html_text import DOUBLE, SINGLE, TEXT, VERBATIM, HtmlWriter, Segments, Spelling, attribute
from copydesk.formats.html_tokens import BLANKS
from copydesk.formats.html_tree import BLOCKS, Open
from copydesk.formats.layers import GAP, Shown, stacked
from copydesk.offsets import OffsetMap, Segment, Span

_SIGN = compiled(r"</(?:p|div|a|b|i|em|strong|span|h[1-6]|li|ul|ol|blockquote|figure)>|<br ?/?>|<p[ >]|<img ", re.I)
_PARTING = compiled(r"<(?:/(?=[pP][\s>]))?([a-zA-Z][^\s/>]*)")
"""A tag that parts what stands around it, if that is of a block: any start tag; no end tag, which may end nothing, but
that of a paragraph, which then makes an empty one."""


def is_html(text: str, kind: str = "") -> bool:
    """Whether a string is HTML: its content type says so or, where that says nothing, there are tags in it."""
    if kind.startswith("text/plain"):
        return False
    return "html" in kind or ("<" in text and _SIGN.search(text) is not None)


def field(string: Shown, kind: str = "") -> Shown:
    """A string of a record as its reader sees it: what its HTML shows, or the string itself where it is none.

    ``kind`` is its content type where the record tells it. Where only its tags do, no edit may make the one of the
    other.
    """
    if is_html(string.text, kind):
        stays = None if "html" in kind else is_html
        return stacked(string, shown(string.text, xml="xml" in kind, stays=stays))
    return string._replace(allows=partial(stays_plain, string.text, kind))


def stays_plain(text: str, kind: str, edit: Edit) -> bool:
    """Whether an edit of a string that is no HTML does not make it HTML."""
    if "<" not in edit.text and "<" not in text:
        return True
    return not is_html(text[: edit.span.start] + edit.text + text[edit.span.end :], kind)


def shown(
    raw: str, start: int = 0, end: int | None = None, *, encoding: str = "utf-8", xml: bool = False,
    skipped: Collection[str] = (), titled: bool = False, stays: Callable[[str], bool] | None = None,
) -> Shown:  # fmt: skip
    """What the HTML in ``[start, end)`` of ``raw`` shows; offsets of the map and of outer ranges are in ``raw``.

    ``encoding`` is that of the file, whose characters new text may use; ``xml``: names of characters are not known;
    ``skipped``: elements that are no copy; ``titled``: the headline stands elsewhere;
    ``stays``: whether what is left when blocks are taken out would be read as HTML still.
    """
    reader = Reader(raw, skipped)
    reader.read(start, len(raw) if end is None else end)
    return _page(raw, reader.parts, Spelling(raw, encoding, xml), titled, stays)


def _page(raw: str, parts: list[Part], spelling: Spelling, titled: bool, stays: Callable[[str], bool] | None) -> Shown:
    """What was read, as a layer."""
    blocks: list[Block] = []
    code: list[Span] = []
    links: list[Span] = []
    starts: list[int] = []
    at = 0
    for p in parts:
        starts.append(at)
        end = at + len(p.text)
        kind, level = p.kind or "paragraph", p.level
        if kind == "heading" and level == 1 and not titled:
            kind, level, titled = "headline", 0, True
        lead = 0
        if p.text[0].isspace() or p.text[-1].isspace():
            lead, end = len(p.text) - len(p.text.lstrip()), at + len(p.text.rstrip())
        blocks.append(Block(Span(at + lead, end), kind, p.outer, level))
        if p.code or p.links:
            code += [Span(c.start + at, c.end + at) for c in p.code]
            links += [Span(k.start + at, k.end + at) for k in p.links]
        at += len(p.text) + len(GAP)
    layer = Layer(raw, parts, starts, tuple(blocks), tuple(HtmlWriter(spelling, n) for n in range(4)), stays)
    text = GAP.join(p.text for p in parts)
    return Shown(text, layer.map, layer.writers, layer.blocks, tuple(code), tuple(links), layer.allows)


@dataclass(frozen=True)
class Layer:
    """A page that was read: the map to it, and which edits it can take."""

    raw: str
    parts: list[Part]
    starts: list[int]
    blocks: tuple[Block, ...]
    writers: tuple[HtmlWriter, ...]
    stays: Callable[[str], bool] | None = None

    def segments(self) -> tuple[Segment, ...]:
        """The segments of all parts."""
        return tuple(s for p, at in zip(self.parts, self.starts, strict=True) for s in self._segments(p, at)) or (
            Segment(0, 0, 0, 0, True),
        )

    def _segments(self, part: Part, at: int) -> list[Segment]:
        made = Segments(self.raw, at, part.writer)
        if part.writer == TEXT:
            made.run(part.pieces)
        elif part.writer == VERBATIM:
            made.verbatim(part.pieces)
        else:
            made.attribute(part.start, part.end)
        return made.upto(at + len(part.text))

    @cached_property
    def map(self) -> OffsetMap:
        """From what is shown to the page."""
        return OffsetMap(self.segments)

    def allows(self, edit: Edit) -> bool:
        """Whether the page, so edited, shows the edited text: the block is read again as it would be written."""
        n = bisect.bisect_right(self.starts, edit.span.start) - 1
        if n < 0:
            return False
        part, at = self.parts[n], self.starts[n]
        if edit.span.end > at + len(part.text) or self._takes_block(edit, n):
            return not edit.text and self._takes_blocks(edit)
        place = self.map.span(edit.span)
        try:
            written = self.writers[part.writer](edit.text)
        except ValueError:
            return False
        if "<" in self.raw[slice(*place)] and not self._stays(place, written):  # a line break goes
            return False
        raw = self.raw[part.start : place.start] + written + self.raw[place.end : part.end]
        wanted = part.text[: edit.span.start - at] + edit.text + part.text[edit.span.end - at :]
        return _again(raw, part) == wanted

    def _stays(self, place: Span, written: str) -> bool:
        return self.stays is None or self.stays(self.raw[: place.start] + written + self.raw[place.end :])

    def _takes_block(self, edit: Edit, n: int) -> bool:
        return not edit.text and self.blocks[n].outer is not None and edit.span.covers(self.blocks[n].span)

    def _takes_blocks(self, edit: Edit) -> bool:
        """Whether an edit takes out whole blocks, between which no markup stands."""
        taken = [b for b in self.blocks if edit.span.covers(b.span)]
        touched = [b for b in self.blocks if b.span.touches(edit.span)]
        if not taken or taken != touched:
            return False
        outers = [b.outer for b in taken if b.outer]
        if len(outers) < len(taken):
            return False
        if any(self.raw[a.end : b.start].strip(BLANKS) for a, b in itertools.pairwise(outers)):
            return False
        whole = Span(outers[0].start, outers[-1].end)
        return not self._joins(whole) and self._stays(whole, "")

    def _joins(self, taken: Span) -> bool:
        """Whether the text before and after a range that is taken out would become one block."""
        if not any(p.end == taken.start for p in self.parts):
            return False
        after = self.raw[taken.end :].lstrip(BLANKS)
        if after and not after.startswith("<"):
            return True
        following = min((p.start for p in self.parts if p.start >= taken.end), default=None)
        if following is None:
            return False
        return BLOCKS.keys().isdisjoint(m[1].lower() for m in _PARTING.finditer(self.raw, taken.end, following))


def _again(raw: str, part: Part) -> str | None:
    """What the content of a part reads as; None where it has fallen to pieces."""
    if part.writer in (DOUBLE, SINGLE):
        return attribute(raw) if raw.strip() else None
    raw += "<hr>"  # what stands before a tag may become one with it
    reader = Reader(raw)
    if part.writer == VERBATIM:
        reader.stack.open = [Open("", 0, 0, "code", 0, 0)]
    reader.read(0, len(raw))
    got = [p.text for p in reader.parts if p.writer == part.writer]
    return got[0] if len(got) == 1 else "" if not got else None
