"""What the vocabularies of XML share: how their elements are read, and the blocks of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from copydesk.article import Block, BlockKind
from copydesk.compiled import compiled
from copydesk.formats import html_layer
from copydesk.formats.layers import Part, Shown, joined, stacked
from copydesk.formats.paths import Slot
from copydesk.formats.reread import Reader, Record
from copydesk.formats.xml_scan import Element
from copydesk.formats.xml_text import balanced, plain, same_markup, shown
from copydesk.offsets import Span
from copydesk.source import SourceFile
from copydesk.typed import NamedTuple

_LEAVES: dict[str, BlockKind] = {
    "p": "paragraph", "dt": "paragraph", "dd": "paragraph", "byline": "paragraph", "dateline": "paragraph",
    "tagline": "paragraph", "byttl": "paragraph", "hl1": "headline", "hl2": "heading", "credit": "caption",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "li": "item", "media-caption": "caption",
    "figcaption": "caption", "caption": "caption", "td": "table", "th": "table", "pre": "code", "address": "paragraph",
}  # fmt: skip
"""Elements that hold a block of copy, of NITF and XHTML."""
_CONTAINERS = {
    "body.content", "body.head", "body.end", "block", "body", "html", "div", "section", "article", "main", "header",
    "footer", "aside", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "nitf-table", "bq", "blockquote",
    "media", "figure", "note", "fn", "center", "hr", "nitf", "abstract", "series", "hedline", "datasource",
}  # fmt: skip
_SKIPPED = {
    "head", "script", "style", "media-reference", "media-object", "media-metadata", "media-producer", "nav", "svg",
    "nitf-table-metadata", "custom-table", "template", "noscript", "object", "iframe", "distributor", "copyrite",
    "rights",
}  # fmt: skip
_MARKUP = compiled(r"</?[a-z][^<>]*>|&(?:#\w+|[A-Za-z]\w+);", re.I)
_PARAGRAPHS = compiled(r"<(?:p|pre|script|style)\b|<!-- wp:", re.I)
_BLANK_LINES = compiled(r"\n[ \t]*\n\s*")
_QUOTATIONS: dict[str, BlockKind] = {"bq": "quotation", "blockquote": "quotation"}


class _Stretch(NamedTuple):
    """A stretch of the file that is one block; ``whole``: an element, which may be taken out with its tags."""

    start: int
    end: int
    kind: BlockKind
    whole: bool


@dataclass(frozen=True, slots=True)
class Story:
    """An article of an XML file while its fields are found."""

    record: Record
    file: SourceFile

    @classmethod
    def of(cls, file: SourceFile) -> Story:
        """An article without fields."""
        return cls(Record(file, same_markup, balanced), file)

    def line(self, group: str, element: Element | None, kind: BlockKind, entry: int = 0) -> str:
        """Take an element whose lines are wrapped for their writer only, as one block; give its text."""
        return self._run(group, _Stretch(element.start, element.end, kind, False), entry) if element is not None else ""

    def text(self, group: str, element: Element | None, inner: Reader | None = None) -> str:
        """Take an element whose text is kept as it is, or read by another layer; give what it shows."""
        if element is None:
            return ""
        read = partial(_text, inner=inner, encoding=self.file.encoding, newline=self.file.newline)
        return self.record.copy(Slot(group, 0, 0), element.start, element.end, read)

    def body(self, element: Element, group: str = "text", headline: str = "") -> None:
        """Take the blocks of an element; a heading that repeats the headline is left out."""
        for s in _blocks(element, "paragraph"):
            heading = s.kind in ("heading", "headline")
            if not (heading and headline and value(self.file.text[s.start : s.end]) == headline):
                self._run(group, s._replace(kind="heading" if heading else s.kind))

    def _run(self, group: str, at: _Stretch, entry: int = 0) -> str:
        read = partial(_line, kind=at.kind, whole=at.whole, encoding=self.file.encoding, newline=self.file.newline)
        return self.record.copy(Slot(group, entry, 0), at.start, at.end, read)

    def html(self, group: str, element: Element | None, classic: bool = False) -> str:
        """Take an element whose text is HTML, and give what that shows; ``classic``: blank lines end paragraphs."""
        return self.text(group, element, self._classic if classic else self._html)

    def headline(self, element: Element | None) -> None:
        """Take a headline, which is HTML where it looks like it."""
        if element is not None:
            self.record.copy(Slot("headline", 0, 0), element.start, element.end, self._headline)

    def _headline(self, raw: str) -> Shown:
        outer = shown(raw, self.file.encoding, self.file.newline)
        if _MARKUP.search(outer.text):
            return stacked(outer, self._html(outer.text))
        return _line(raw, "headline", False, self.file.encoding, self.file.newline)

    def _html(self, text: str, start: int = 0, end: int | None = None) -> Shown:
        return html_layer.shown(text, start, end, encoding=self.file.encoding, titled=True)

    def _classic(self, text: str) -> Shown:
        """HTML as WordPress had it before it wrote its paragraphs out: its ``wpautop`` puts them in."""
        if _PARAGRAPHS.search(text):
            return self._html(text)
        ends = [m.start() for m in _BLANK_LINES.finditer(text)]
        parts = [Part(self._html(text, *at), 0) for at in pairwise([0, *ends, len(text)])]
        return joined([p for p in parts if p.shown.text] or parts[:1])

    def say(self, group: str, *values: str) -> None:
        """Take what is said of the article, the best source first."""
        for entry, one in enumerate(values):
            self.record.say(Slot(group, entry, 0), one)


def value(raw: str) -> str:
    """The text of a stretch of XML, its blanks and line ends as one blank."""
    return " ".join(plain(raw).split())


def said(element: Element | None) -> str:
    """The text of an element that is not copy."""
    return value(element.raw) if element is not None else ""


def _text(raw: str, inner: Reader | None, encoding: str, newline: str) -> Shown:
    outer = shown(raw, encoding, newline)
    return outer if inner is None else stacked(outer, inner(outer.text))


def _line(raw: str, kind: BlockKind, whole: bool, encoding: str, newline: str) -> Shown:
    got = shown(raw, encoding, newline, wrapped=kind != "code")
    if not got.text.strip():
        return got
    span = Span(len(got.text) - len(got.text.lstrip()), len(got.text.rstrip()))
    block = Block(span, kind, Span(0, len(raw)) if whole else None)
    return Shown(got.text, got.map, got.writers, (block,), (span,) if kind == "code" else (), got.links)


def _blocks(element: Element, kind: BlockKind) -> Iterator[_Stretch]:
    """The blocks of copy in an element, in order: elements that hold one, and the text loose between them."""
    done = element.inner
    for child in element.children:
        name = child.name.rpartition(":")[2]
        leads = any(map(_is_block, child.children))
        if not (_is_block(child) or leads):
            continue
        yield from _loose(element, done, child.start, kind)
        done = child.end
        if name in _SKIPPED:
            continue
        inner = kind if name == "p" else _LEAVES.get(name, _QUOTATIONS.get(name, kind))
        if leads or name not in _LEAVES:
            yield from _blocks(child, inner)
        else:
            yield _Stretch(child.start, child.end, inner, True)
    yield from _loose(element, done, element.close, kind)


def _is_block(element: Element) -> bool:
    name = element.name.rpartition(":")[2]
    return name in _LEAVES or name in _CONTAINERS or name in _SKIPPED


def _loose(element: Element, start: int, end: int, kind: BlockKind) -> Iterator[_Stretch]:
    if start < end and not element.text[start:end].isspace():
        yield _Stretch(start, end, kind, False)
