"""The characters of HTML: references and white space as a browser shows them, and new text spelled alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.entities import codepoint2name

from copydesk.compiled import compiled
from copydesk.formats.html_tokens import BLANKS, REFERENCE, UNIT, reference
from copydesk.offsets import Segment

_NAMED = compiled(r"&(?!(?:amp|lt|gt|quot|apos|nbsp);)[A-Za-z][A-Za-z0-9]{1,31};")
_NUMBERED = compiled(r"&#[0-9]+;")
_HEXADECIMAL = compiled(r"&#[xX][0-9a-fA-F]+;")
_BREAK = compiled(r"<br\s*/?>", re.I)
_UNWRITABLE = compiled(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_VALUE = compiled(rf"[\t\n\r\f]|{REFERENCE.pattern}")
TEXT, VERBATIM, DOUBLE, SINGLE = range(4)
"""How new text is spelled: running text, ``pre``, an attribute in double quotes or in single ones."""


Piece = tuple[int, int, bool]
"""A stretch of a page, and whether it is a line break; else it is text."""


def collapsed(text: str) -> str:
    """A stretch of text with its references read and its white space as one space."""
    if "&" in text:
        text = unescape(text)
    for blank in "\n\t\r\f":
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:  # ten times as fast as a regular expression
        text = text.replace("  ", " ")
    return text


def verbatim(text: str) -> str:
    """A stretch of preformatted text with its references and line ends read."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "&" in text:
        text = unescape(text)
    return text.replace("\r", "\n") if "\r" in text else text


def attribute(text: str) -> str:
    """The value of an attribute with its references read and its white space shown as spaces."""
    if "&" not in text and "\n" not in text:
        return text
    return "".join(text[a:b] if shown is None else shown for a, b, shown in _attribute_units(text, 0, len(text)))


@dataclass(slots=True)
class Segments:
    """The segments of a block, built stretch by stretch; ``at`` is where its text begins."""

    raw: str
    at: int
    writer: int
    made: list[Segment] = field(default_factory=list)
    _waiting: tuple[int, int, str] | None = None
    """White space that is shown if anything follows it."""

    def run(self, pieces: Iterable[Piece]) -> None:
        """Running text, its white space collapsed."""
        for start, end, is_break in pieces:
            if is_break:
                self._blank(start, end, "\n")
                continue
            done = start
            for m in UNIT.finditer(self.raw, start, end):
                token = m.group()
                shown, size = (" ", len(token)) if token[0] in BLANKS else reference(token)
                if size:
                    self._words(done, m.start())
                    done = m.start() + size
                    self._unit(m.start(), done, shown)
            self._words(done, end)

    def _words(self, start: int, end: int) -> None:
        """Text with single spaces in it; those at its ends may be next to others."""
        if start < end and self.raw[start] == " ":
            self._blank(start, start + 1, " ")
            start += 1
        last = end - 1 if start < end and self.raw[end - 1] == " " else end
        if start < last:
            self._show(start, last, self.raw[start:last], True)
        if last < end:
            self._blank(last, end, " ")

    def _unit(self, start: int, end: int, shown: str) -> None:
        if shown.strip(BLANKS):
            self._show(start, end, shown, False)
        elif shown:
            self._blank(start, end, " ")

    def _blank(self, start: int, end: int, shown: str) -> None:
        """White space, which is one with that before it; a line break outdoes a space."""
        if self._waiting is not None:
            first, last, before = self._waiting
            if last == start:
                start = first
            elif before == "\n" or shown == " ":
                return
            shown = "\n" if "\n" in (before, shown) else " "
        self._waiting = (start, end, shown)

    def _show(self, start: int, end: int, shown: str, plain: bool) -> None:
        if self._waiting is not None:
            first, last, blank = self._waiting
            self._waiting = None
            if self.made:
                self._add(first, last, blank, self.raw[first:last] == blank)
        self._add(start, end, shown, plain)

    def _add(self, start: int, end: int, shown: str, plain: bool) -> None:
        before = self.made[-1] if self.made else None
        size = len(shown)
        if plain and before is not None and before.plain and before.file_end == start:
            self.made[-1] = Segment(before.start, before.end + size, before.file_start, end, True, self.writer)
        else:
            self.made.append(Segment(self.at, self.at + size, start, end, plain, self.writer))
        self.at += size

    def upto(self, end: int) -> list[Segment]:
        """What was made, without the blank lines that end a block."""
        while self.made and self.made[-1].end > end:
            last = self.made.pop()
            if last.plain and last.start < end:
                self.made.append(last._replace(end=end, file_end=last.file_end - (last.end - end)))
        return self.made

    def verbatim(self, pieces: Iterable[Piece]) -> None:
        """Preformatted text."""
        for start, end, is_break in pieces:
            self._exact([(start, end, "\n")] if is_break else _verbatim_units(self.raw, start, end))

    def attribute(self, start: int, end: int) -> None:
        """The value of an attribute."""
        self._exact(_attribute_units(self.raw, start, end))

    def _exact(self, units: Iterable[Unit]) -> None:
        for a, b, shown in units:
            self._add(a, b, self.raw[a:b] if shown is None else shown, shown is None)


_VERBATIM = compiled(rf"\r\n?|{REFERENCE.pattern}")
Unit = tuple[int, int, str | None]
"""A stretch of a page and what it shows; None where that is what stands there."""


def _verbatim_units(raw: str, start: int, end: int) -> list[Unit]:
    """The units of preformatted text."""
    out: list[Unit] = []
    done = start
    for m in _VERBATIM.finditer(raw, start, end):
        shown, size = ("\n", len(m.group())) if m.group()[0] == "\r" else reference(m.group())
        if size:
            out += [(done, m.start(), None)] if done < m.start() else []
            done = m.start() + size
            out.append((m.start(), done, shown.replace("\r", "\n")))
    return [*out, (done, end, None)] if done < end else out


def _attribute_units(raw: str, start: int, end: int) -> list[Unit]:
    """The units of an attribute's value, where a name without a semicolon stands for itself before a letter."""
    out: list[Unit] = []
    done = start
    for m in _VALUE.finditer(raw, start, end):
        shown, size = (" ", len(m.group())) if m.group()[0] in BLANKS else reference(m.group())
        after = raw[m.start() + size : min(m.start() + size + 1, end)]
        legacy = m.group()[0] == "&" and raw[m.start() + size - 1] != ";" and raw[m.start() + 1] != "#"
        if size and not (legacy and (after == "=" or (after.isascii() and after.isalnum()))):
            out += [(done, m.start(), None)] if done < m.start() else []
            done = m.start() + size
            out.append((m.start(), done, shown))
    return [*out, (done, end, None)] if done < end else out


@dataclass(frozen=True)
class Spelling:
    """How a page spells what it cannot or does not hold as it is: by name, in decimal or hexadecimal numbers."""

    raw: str
    encoding: str = "utf-8"
    xml: bool = False

    def reference(self, c: str) -> str:
        """A character as a reference in the style of the page."""
        name = codepoint2name.get(ord(c))
        if name and not self.xml and (self._named or (c == "\u00a0" and not self._number)):
            return f"&{name};"
        return f"&#x{ord(c):X};" if self._number == "x" else f"&#{ord(c)};"

    def holds(self, c: str) -> bool:
        """Whether a character above ASCII can stand in the page as it is."""
        if c == "\u00a0" or self._ascii:
            return False
        try:
            c.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    @cached_property
    def line_break(self) -> str:
        """A line break as the page writes it."""
        m = _BREAK.search(self.raw)
        return m.group() if m else "<br />" if self.xml else "<br>"

    @cached_property
    def _named(self) -> bool:
        return len(_NAMED.findall(self.raw)) > len(_NUMBERED.findall(self.raw)) + len(_HEXADECIMAL.findall(self.raw))

    @cached_property
    def _number(self) -> str:
        """``x`` where numbers are mostly hexadecimal, ``d`` where there are others, empty where there are none."""
        hexadecimal, decimal = len(_HEXADECIMAL.findall(self.raw)), len(_NUMBERED.findall(self.raw))
        return "x" if hexadecimal > decimal else "d" if decimal else ""

    @cached_property
    def _ascii(self) -> bool:
        """Whether the page writes whatever is not ASCII as references."""
        return self.raw.isascii() and bool(self._number or _NAMED.search(self.raw))


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """Spells new text for one of the places it may stand in. Raises ValueError for what no page can hold."""

    spelling: Spelling
    place: int

    def __call__(self, text: str) -> str:
        if _UNWRITABLE.search(text) or ("\n" in text and self.place in (DOUBLE, SINGLE)):
            raise ValueError("cannot stand in HTML")
        return "".join(self._character(c) if c in "&<>\"'\n" or c > "~" else c for c in text)

    def _character(self, c: str) -> str:
        if c == "\n":
            return self.spelling.line_break if self.place == TEXT else c
        if c in "&<>":
            return {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[c]
        if c in "\"'":
            quote = {DOUBLE: '"', SINGLE: "'"}.get(self.place)
            return c if c != quote else "&quot;" if c == '"' else "&#39;"
        if self.spelling.holds(c):
            return c
        if c < "\u00a0":
            raise ValueError("a control character cannot be written as a reference")
        return self.spelling.reference(c)
