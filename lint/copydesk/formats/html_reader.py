"""Reading HTML: from its tags to the blocks of text a browser shows, each with where its words stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from copydesk.compiled import compiled
from copydesk.formats.html_text import DOUBLE, SINGLE, TEXT, VERBATIM, Piece, attribute, collapsed, verbatim
from copydesk.formats.html_tokens import BLANKS, TAG, attributes
from copydesk.formats.html_tree import BLOCKS, MEDIA, VOID, WHOLE, Open, Shows, Stack
from copydesk.formats.md_links import leads_away
from copydesk.offsets import Span
from copydesk.typed import NamedTuple

_CODE = frozenset(("code", "kbd", "samp", "tt", "var"))
_LABELLED = frozenset(("img", "a", "abbr", "area", "iframe"))
_HIDDEN = compiled(r"\shidden(?=[\s>/=])|display:\s*none", re.I)
_SHORTEST_TAG = len("<p hidden>")


class Part(NamedTuple):
    """A block as it was read: the range of its content in the page, marks in its own text."""

    text: str
    start: int
    end: int
    pieces: Sequence[Piece]
    kind: Shows
    level: int
    writer: int
    outer: Span | None
    code: tuple[Span, ...] = ()
    links: tuple[Span, ...] = ()


@dataclass(slots=True)
class Reader:
    """Reads a page tag by tag into ``parts``."""

    raw: str
    skipped: Collection[str] = ()
    parts: list[Part] = field(default_factory=list)
    stack: Stack = field(default_factory=Stack)
    start: int = 0
    """Where the run of text that is being read begins."""
    text: list[str] = field(default_factory=list)
    size: int = 0
    blank: bool = True
    """Whether white space at this point is not shown."""
    pieces: list[Piece] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    whole: bool = True
    """Whether the run's tags are in pairs and it holds nothing but text."""
    code: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    code_from: int = -1
    link_from: int = -1
    hides: bool = False
    """Whether the page may have elements that are not shown."""
    values: list[Part] = field(default_factory=list)
    """Attributes that are copy, to be put after the run."""

    def read(self, start: int, end: int) -> None:
        """Read the page from ``start`` to ``end``."""
        raw, at = self.raw, start
        self.start = start
        self.hides = "hidden" in raw or "none" in raw
        for m in TAG.finditer(raw, start, end):
            begin, after = m.span()
            if at < begin:
                self.put(at, begin)
            at = after
            name = m[3]
            if name is None:
                self.whole = self.whole and m[1] is None
                continue
            name = name.lower()
            if name in BLOCKS:
                if m[2]:
                    self.close(name, begin, after)
                else:
                    self.open(name, begin, after)
            elif self.stack.open[-1].shows:
                self.mark(name, bool(m[2]), begin, after)
        if at < end:
            self.put(at, end)
        self.flush(end)
        while len(self.stack.open) > 1:
            self.pop(end, end)

    def put(self, start: int, end: int) -> None:
        """Take in a stretch of text."""
        text = self.raw[start:end]
        shows = self.stack.open[-1].shows
        if shows != "code" and not self.size and text[0] in BLANKS and not text.strip(BLANKS):
            return
        if not shows and not self.leaves_head(start):
            return
        if shows == "code":
            if not self.pieces and self.raw[start] in "\r\n":  # it begins the pre, and is none of its text
                start += 2 if self.raw.startswith("\r\n", start) else 1
            text = verbatim(self.raw[start:end])
        else:
            text = collapsed(text)
            if self.blank and text[:1] == " ":
                text = text[1:]
            if text:
                self.blank = text[-1] == " "
        if text:
            self.text.append(text)
            self.size += len(text)
        if text or self.pieces:
            self.pieces.append((start, end, False))

    def leaves_head(self, start: int) -> bool:
        """Whether a text ends the head of the page, which it does where that is not ended by a tag."""
        if self.stack.open[-1].name != "head":
            return False
        self.pop(start, start)
        return True

    def open(self, name: str, start: int, end: int) -> None:
        """Take in the start tag of a block."""
        self.flush(start)
        for _ in range(self.stack.closed_by(name)):
            self.pop(start, start)
        if name not in VOID:
            hidden = self.hides and end - start >= _SHORTEST_TAG and bool(_HIDDEN.search(self.raw, start, end))
            self.stack.push(name, start, end, len(self.parts), hidden or name in self.skipped)
            if self.raw[end - 2] == "/" and name in ("svg", "math"):
                self.stack.open.pop()
        self.start = end

    def close(self, name: str, start: int, end: int) -> None:
        """Take in the end tag of a block; one that ends nothing is passed over."""
        count = self.stack.ended_by(name)
        if not count and name != "p":
            self.whole = False
            return
        self.flush(start)
        for n in range(count):
            self.pop(start, end if n == count - 1 else start)
        self.start = end

    def mark(self, name: str, closing: bool, start: int, end: int) -> None:
        """Take in an inline tag."""
        if name == "br":
            self.line_break(start, end)
            return
        if name in MEDIA:
            self.whole = False
        if name in _LABELLED and not closing and (name == "img" or self.raw.find("title", start, end) >= 0):
            self.values += alternatives(self.raw, start, end)
        if name in VOID:
            return
        if not closing:
            self.inline.append(name)
        elif self.inline and self.inline[-1] == name:
            self.inline.pop()
        else:
            self.whole = False
        if name == "a":
            self.end_link()
            self.link_from = self.size if not closing and leads_away(self.raw, start, end) else -1
        elif name in _CODE:
            self.end_code()
            self.code_from = -1 if closing else self.size

    def line_break(self, start: int, end: int) -> None:
        """Take in a line break; two of them end the block."""
        if self.stack.open[-1].shows == "code":
            self.text.append("\n")
        elif not self.size:
            self.start = end if not self.inline else self.start
            return
        elif self.text[-1] == "\n":
            self.flush(start)
            self.start = end
            return
        else:
            if self.text[-1][-1:] == " ":
                self.text[-1] = self.text[-1][:-1]
                self.size -= 1
            self.text.append("\n")
            self.blank = True
        self.size += 1
        self.pieces.append((start, end, True))

    def end_link(self) -> None:
        if 0 <= self.link_from < self.size:
            self.links.append(Span(self.link_from, self.size))

    def end_code(self) -> None:
        if 0 <= self.code_from < self.size:
            self.code.append(Span(self.code_from, self.size))

    def flush(self, at: int) -> None:
        """End the run of text that is being read at ``at``."""
        if self.size:
            self.end_link()
            self.end_code()
            self.add(at)
            self.text, self.size, self.pieces, self.blank = [], 0, [], True
            self.link_from, self.code_from = min(self.link_from, 0), min(self.code_from, 0)
        if self.values:
            self.parts += self.values
            self.values = []
        if self.inline:
            self.inline = []
        self.whole = True

    def add(self, end: int) -> None:
        """Make a part of the run."""
        _, _, _, shows, level, _ = around = self.stack.open[-1]
        text = "".join(self.text) if len(self.text) > 1 else self.text[0]
        is_code = shows == "code"
        text = text.rstrip("\n") if is_code else text.rstrip(" \n")
        code, links = _cut(self.code, text), _cut(self.links, text)
        if not text or text.isspace():
            return
        if shows == "heading" and around.name[1:].isdigit():
            level = int(around.name[1])
        elif shows == "paragraph":
            level = 0
        if is_code:
            code = (Span(0, len(text)),)
        writer = VERBATIM if is_code else TEXT
        outer = self.content(end) if self.whole and not self.inline else None
        self.parts.append(Part(text, self.start, end, self.pieces, shows, level, writer, outer, code, links))

    def content(self, end: int) -> Span:
        """The run without the white space around it."""
        if not (self.raw[self.start].isspace() or self.raw[end - 1].isspace()):
            return Span(self.start, end)
        content = self.raw[self.start : end].rstrip()
        last = self.start + len(content)
        return Span(last - len(content.lstrip()), last)

    def pop(self, start: int, end: int) -> None:
        """Close the innermost element, whose end tag stands in ``[start, end)``; its only block takes it along."""
        element = self.stack.open.pop()
        if element.name in WHOLE and len(self.parts) == element.blocks + 1:
            part = self.parts[-1]
            if part.outer is not None and self.alone(element, part.outer, start):
                last = end if end > start else part.outer.end
                self.parts[-1] = part._replace(outer=Span(element.start, last))

    def alone(self, element: Open, outer: Span, end: int) -> bool:
        """Whether nothing but a block stands in an element."""
        raw, (start, last) = self.raw, outer
        before = element.end != start and raw[element.end : start].strip(BLANKS)
        return not before and (last == end or not raw[last:end].strip(BLANKS))


def _cut(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Ranges of a block without blanks at their ends, and without those that hold nothing else; empties ``spans``."""
    if not spans:
        return ()
    out = []
    for start, end in spans:
        words = text[start:end].rstrip(" \n")
        last = start + len(words)
        first = last - len(words.lstrip(" \n"))
        if first < last:
            out.append(Span(first, last))
    spans.clear()
    return tuple(out)


def alternatives(raw: str, start: int, end: int) -> list[Part]:
    """What the tag in ``[start, end)`` says in words of what it shows or leads to."""
    out: list[Part] = []
    for value in attributes(raw, start, end):
        if value.name in ("alt", "title"):
            text = attribute(raw[value.start : value.end])
            if text.strip():
                place = DOUBLE if raw[value.end] == '"' else SINGLE
                piece = ((value.start, value.end, False),)
                out.append(Part(text, value.start, value.end, piece, "alternative", 0, place, None))
    return out
