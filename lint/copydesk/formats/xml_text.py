"""The XML text layer: what a stretch of XML shows without its tags, and how new text is spelled in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from copydesk.compiled import compiled
from copydesk.formats.layers import Shown
from copydesk.formats.xml_scan import reference, unescaped
from copydesk.offsets import OffsetMap, Segment, Span

_UNIT = compiled(
    r"<((?:[\w.-]+:)?br\b[^<>]*/>\s*)"
    r"|&(#(?:x0*[dD]|0*13);(?:\r?\n)?)"
    r"|&((?:#x[0-9a-fA-F]+|#[0-9]+|[^;\s&<]+);)"
    r"|\n([ \t\r\n]*)|\r([ \t\r\n]*)"
    r"|<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>"
    r"|<(/?)([^\s/>!?]++)[^\"'<>]*+(?:(?:\"[^\"<]*\"|'[^'<]*')[^\"'<>]*+)*+>"
    r"|<()|&()|\]\]>()",
    re.S,
)
"""Each branch begins with a character, so that the search for the next is one for these characters.

The last group tells them apart: a line break, a carriage return by its number, a reference, line ends with the
blanks after them, CDATA, a tag with its slash and name, an error; none for a comment or instruction.
"""
_BREAK, _RETURN, _REFERENCE, _LINES, _LINES_TOO, _CDATA, _SLASH, _NAME = range(1, 9)
_MARKUP = compiled(
    r"<(?:((?:[\w.-]+:)?br\b[^<>]*/>\s*)|!--.*?-->|\?.*?\?>"
    r"|/?[^\s/>!?]++[^\"'<>]*+(?:(?:\"[^\"<]*\"|'[^'<]*')[^\"'<>]*+)*+>)",
    re.S,
)
"""Of these, those that are no CDATA: a line break, a comment or instruction, a tag."""
_CDATA_START, _CDATA_END = "<![CDATA[", "]]>"
_LINE_END = compiled(r"\r\n?")
_WRAP = compiled(r"[\r\n][ \t\r\n]*")
_TAG = compiled(r"<[^\"'<>]*+(?:(?:\"[^\"]*\"|'[^']*')[^\"'<>]*+)*+>")
_SELDOM = compiled(r"<(?:[!?]|(?:[\w.-]+:)?(?:a|br)[\s/>])")
"""What is read unit by unit beside numbers, which may be line ends: CDATA, comments, links, breaks."""
_NO_CHARACTER = compiled("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = compiled("[&<>\r]")
_BLANKS = " \t\r\n"
TEXT, CDATA = 0, 1
"""The layer's writers, by number."""


def shown(raw: str, encoding: str, newline: str, wrapped: bool = False) -> Shown:
    """What a stretch of XML shows: character data, CDATA and references, without tags, comments and instructions.

    ``wrapped``: lines are wrapped for their writer only, so that line ends with the blanks around them show as
    one blank, and none at the head and tail. Raises ValueError for what is not well-formed.
    """
    writers = _writers(encoding, newline)
    if not wrapped:  # most is read by another layer and found clean: its segments are not asked for
        return Shown(plain(raw), OffsetMap(partial(_segments, raw, False)), writers)
    if "&#" not in raw and _SELDOM.search(raw) is None:
        lines = raw.replace("\r", "\n").split("\n")
        line = " ".join([t for t in (one.strip(_BLANKS) for one in lines) if t]) if len(lines) > 1 else raw
        text = unescaped(_TAG.sub("", line).strip(_BLANKS))
        return Shown(text, OffsetMap(partial(_segments, raw, True)), writers)
    out = _read(raw, True)
    segments = out.ended()
    return Shown("".join(out.text), OffsetMap(segments), writers, links=tuple(out.links))


@lru_cache(maxsize=16)
def _writers(encoding: str, newline: str) -> tuple[TextWriter, CDataWriter]:
    return TextWriter(encoding, newline), CDataWriter(encoding, newline)


def plain(raw: str) -> str:
    """The text of a stretch of XML, its line ends as ``\\n``. Raises ValueError for what is not well-formed."""
    out: list[str] = []
    at = 0
    while (start := raw.find("<", at)) >= 0:
        if at < start:
            out.append(_data(raw[at:start]))
        if raw.startswith(_CDATA_START, start):
            at = raw.find(_CDATA_END, start)
            if at < 0:
                raise ValueError("not well-formed")
            out.append(_unix(raw[start + len(_CDATA_START) : at]))
            at += len(_CDATA_END)
            continue
        m = _MARKUP.match(raw, start)
        if m is None:
            raise ValueError("not well-formed")
        if m[1] is not None:
            out.append("\n")
        at = m.end()
    return "".join([*out, _data(raw[at:])])


def _data(raw: str) -> str:
    """What character data shows: the references of markup are read in one go each, the others one by one."""
    if "&" not in raw and _CDATA_END not in raw:
        return _unix(raw)
    text = raw.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    if text.count("&") == text.count("&amp;") and _CDATA_END not in raw:
        return _unix(text.replace("&amp;", "&"))
    return _UNIT.sub(_shows, raw)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _shows(m: re.Match[str]) -> str:
    kind = m.lastindex
    if kind == _REFERENCE:
        return reference(m.group())
    if kind in (_LINES, _LINES_TOO):
        return _unix(m.group())
    if kind in (_BREAK, _RETURN):
        return "\n"
    if kind == _CDATA:
        return _unix(m[_CDATA])
    if kind is not None and kind > _NAME:
        raise ValueError("not well-formed")
    return ""


def _segments(raw: str, wrapped: bool) -> tuple[Segment, ...]:
    return _read(raw, wrapped).ended()


def _read(raw: str, wrapped: bool) -> _Pieces:
    out = _Pieces(raw, wrapped)
    done = 0
    for m in _UNIT.finditer(raw):
        start, end = m.span()
        if done < start:
            out.plain(done, start, TEXT)
        done = end
        kind = m.lastindex
        if kind is None:
            continue
        if kind == _NAME:
            if m[_NAME].rpartition(":")[2] == "a":
                out.link(bool(m[_SLASH]))
        elif kind in (_LINES, _LINES_TOO):
            out.line_ends(start, end, TEXT)
        elif kind == _CDATA:
            out.cdata(m.start(_CDATA), m.end(_CDATA))
        else:
            out.unit(_shows(m), start, end)
    if done < len(raw):
        out.plain(done, len(raw), TEXT)
    return out


class _Pieces:
    """The text and the segments of a stretch, as they come."""

    def __init__(self, raw: str, wrapped: bool) -> None:
        self.raw = raw
        self.wrapped = wrapped
        self.text: list[str] = []
        self.segments: list[Segment] = []
        self.links: list[Span] = []
        self.at = 0
        self._link = -1

    def plain(self, start: int, end: int, writer: int) -> None:
        """Text that stands as it is."""
        piece = self.raw[start:end]
        if self.wrapped and not self.at:
            piece = piece.lstrip(_BLANKS)
            start = end - len(piece)
        if piece:
            self._add(piece, start, end, True, writer)

    def unit(self, text: str, start: int, end: int, writer: int = TEXT) -> None:
        """Text that stands for something else."""
        self._add(text, start, end, False, writer)

    def line_ends(self, start: int, end: int, writer: int) -> None:
        """Line ends and the blanks after them; where lines are wrapped, those before them go with them."""
        if self.wrapped:
            if self.segments and self.segments[-1].file_end == start:
                start -= self._trim()
            if self.at:
                self._add(" ", start, end, False, writer)
            return
        for m in _LINE_END.finditer(self.raw, start, end):
            self.plain(start, m.start(), writer)
            self._add("\n", m.start(), m.end(), False, writer)
            start = m.end()
        self.plain(start, end, writer)

    def cdata(self, start: int, end: int) -> None:
        """The inside of a CDATA section."""
        for m in (_WRAP if self.wrapped else _LINE_END).finditer(self.raw, start, end):
            self.plain(start, m.start(), CDATA)
            self.line_ends(m.start(), m.end(), CDATA)
            start = m.end()
        self.plain(start, end, CDATA)

    def link(self, closing: bool) -> None:
        """The start or end of a link."""
        if closing and 0 <= self._link < self.at:
            self.links.append(Span(self._link, self.at))
        self._link = -1 if closing else self.at

    def _add(self, text: str, start: int, end: int, plain: bool, writer: int) -> None:
        at, self.at = self.at, self.at + len(text)
        self.text.append(text)
        self.segments.append(Segment(at, self.at, start, end, plain, writer))

    def _trim(self) -> int:
        """Take the blanks off the end of the last piece; how many stood in the file."""
        if not self.text or self.text[-1][-1] not in _BLANKS:
            return 0
        s, text = self.segments.pop(), self.text.pop()
        kept = text.rstrip(_BLANKS)
        self.at = s.start
        if not kept or not s.plain:
            return s.file_end - s.file_start
        self._add(kept, s.file_start, s.file_start + len(kept), True, s.writer)
        return len(text) - len(kept)

    def ended(self) -> tuple[Segment, ...]:
        """The segments, without blanks at the tail where lines are wrapped."""
        while self.wrapped and self._trim():
            pass
        return tuple(self.segments) or (Segment(0, 0, 0, 0, True),)


def same_markup(old: str, new: str) -> bool:
    """Whether an edit of a stretch left its markup as it is. Raises ValueError for what is no XML."""
    _hold(new)
    return list(_markup(old)) == list(_markup(new))


def _markup(raw: str) -> Iterator[str]:
    for m in _UNIT.finditer(raw):
        if m.lastindex is not None and m.lastindex > _NAME:
            raise ValueError("not well-formed")
        if m.lastindex == _CDATA:
            yield "<![CDATA["
        elif m.group()[0] == "<":
            yield m.group()


def balanced(raw: str) -> bool:
    """Whether a stretch opens what it closes and closes what it opens, so that it can be taken out."""
    depth = 0
    for m in _UNIT.finditer(raw):
        if m.lastindex == _NAME and not m.group().endswith("/>"):
            depth += -1 if m[_SLASH] else 1
            if depth < 0:
                return False
    return depth == 0


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Writes character data; what the encoding lacks becomes a numeric reference.

    Raises ValueError for what XML cannot hold, spelled or referred to.
    """

    encoding: str
    newline: str

    def __call__(self, text: str) -> str:
        _hold(text)
        escaped = _SPECIAL.sub(lambda m: _ESCAPES[m.group()], text).replace("\n", self.newline)
        try:
            escaped.encode(self.encoding)
        except UnicodeEncodeError:
            return escaped.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)
        return escaped


@dataclass(frozen=True, slots=True)
class CDataWriter:
    """Writes the text of a CDATA section. Raises ValueError for what it cannot hold: it has no references."""

    encoding: str
    newline: str

    def __call__(self, text: str) -> str:
        _hold(text)
        if "]]>" in text or "\r" in text:
            raise ValueError("CDATA cannot hold it")
        text.encode(self.encoding)
        return text.replace("\n", self.newline)


_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def _hold(text: str) -> None:
    if _NO_CHARACTER.search(text):
        raise ValueError("no character of XML")
