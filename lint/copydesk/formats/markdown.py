"""Markdown: one article a file, its front matter's title and description before the body."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from copydesk.article import Article, Edit, FileEdit
from copydesk.compiled import compiled
from copydesk.fix import splice
from copydesk.formats import frontmatter
from copydesk.formats.layers import GAP, Part, Shown, joined
from copydesk.formats.md_blocks import Blocks
from copydesk.formats.md_links import anchors, labels
from copydesk.formats.md_page import Page, file_lines
from copydesk.formats.paths import record_paths
from copydesk.formats.records import chosen, meta, with_blocks
from copydesk.offsets import Span
from copydesk.source import SourceFile, UnreadableError
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import Fields

_SPECIAL = compiled(r"[\\`*_\[\]<>|~]")
_LEAD = compiled(r"^([ \t]*(?:[0-9]{1,9}(?=[.)]))?)([#+\-=.):])", re.M)
_TEMPLATE = compiled(r"\{[{%]")
HEAD = ("headline", "standfirst", "caption")
"""What of the front matter is copy; its text is the body."""


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a Markdown file; a file with nothing to read holds none.

    Raises UnreadableError for broken front matter.
    """
    head = frontmatter.read(file.text, record_paths(fields))
    parts = list(_head_parts(head))
    body = Body(file, head.end)
    if body.shown.text:
        parts.append(Part(body.shown, 0))
    if not parts:
        return
    shown = joined(parts)
    proof = Proof(file, fields, parts, body, shown)
    yield Article(
        file,
        shown.text,
        shown.blocks,
        shown.map,
        meta=meta(head.found),
        code=shown.code,
        links=shown.links,
        writers=shown.writers,
        format="markdown",
        confirms=proof,
    )


def _head_parts(head: frontmatter.Head) -> Iterator[Part]:
    """The copy of the front matter that can be shown exactly."""
    shows = {f: s for f, s in zip(head.found, head.shown, strict=True) if s is not None}
    for f in chosen(head.found, HEAD):
        if f in shows:
            yield Part(with_blocks(shows[f], f.slot.group, True), f.start)


class Body:
    """What the Markdown of a file shows, and where its stretches between blank lines begin."""

    def __init__(self, file: SourceFile, start: int) -> None:
        self.raw = file.text
        self.labels = labels(file.text)
        page = Page(file.text, self.labels, anchors(file.text))
        lines = file_lines(file.text, start)
        starts = Blocks(page).read(lines)
        self.lines = [lines[n].begin for n, _ in starts]
        """Offsets in the file of the stretches' first lines."""
        self.first = [part for _, part in starts]
        """The number of each stretch's first part."""
        self.parts = page.parts
        newline = file.newline if "\r" in file.text else "\n"
        self.shown = page_shown(page, newline)

    def around(self, edit: FileEdit) -> tuple[Span, int, int]:
        """The range in the file of the stretches that an edit touches, and their first and last part."""
        first = max(0, bisect.bisect_right(self.lines, edit.start - 1) - 1)
        last = max(first, bisect.bisect_right(self.lines, edit.end) - 1)
        end = self.lines[last + 1] if last + 1 < len(self.lines) else len(self.raw)
        parts = self.first[last + 1] if last + 1 < len(self.lines) else len(self.parts)
        return Span(self.lines[first], end), self.first[first], parts


def page_shown(page: Page, newline: str) -> Shown:
    """A page as a layer."""
    text, blocks = "".join(page.text), tuple(page.blocks)
    return Shown(text, page.offsets(), (MarkdownWriter(newline),), blocks, tuple(page.code), tuple(page.links))


@dataclass(frozen=True)
class Proof:
    """Confirms that an edit of a Markdown file reads as it should: the edited stretch is read again."""

    file: SourceFile
    fields: Fields
    parts: list[Part]
    body: Body
    shown: Shown

    def __call__(self, edit: Edit, written: FileEdit) -> bool:
        """Whether the file, so edited, shows the edited text and the same blocks."""
        if self.body.lines and written.start >= self.body.lines[0]:
            return self._confirms_body(edit, written)
        return self._confirms_head(edit, written)

    @cached_property
    def _offset(self) -> int:
        """Where the body starts in the text."""
        return len(self.shown.text) - len(self.body.shown.text)

    def _confirms_body(self, edit: Edit, written: FileEdit) -> bool:
        at, first, last = self.body.around(written)
        parts = [Span(p.start + self._offset, p.end + self._offset) for p in self.body.parts[first:last]]
        before = [self.shown.text[p.start : p.end] for p in parts]
        old_raw = self.file.text[at.start : at.end]
        raw = splice(old_raw, [FileEdit(written.start - at.start, written.end - at.start, written.text)])
        if labels(raw) != labels(old_raw):
            return False  # links elsewhere would change
        page = Page(raw, self.body.labels)
        Blocks(page).read(file_lines(raw))
        text = "".join(page.text)
        got = [text[p.start : p.end] for p in page.parts]
        kinds = [b.kind for b in page.blocks]
        old = [b.kind for b in self.body.shown.blocks[first:last]]
        kept = [n for n, p in enumerate(parts) if not (edit.span.covers(p) and not edit.text)]
        if len(kept) < len(parts):
            return got == [before[n] for n in kept] and kinds == [old[n] for n in kept]
        shift = parts[0].start if parts else 0
        wanted = splice(GAP.join(before), [FileEdit(edit.span.start - shift, edit.span.end - shift, edit.text)])
        return GAP.join(got) == wanted and kinds == old

    def _confirms_head(self, edit: Edit, written: FileEdit) -> bool:
        """The front matter is read again with the body's first line, which it must not swallow."""
        end = self.body.lines[0] if self.body.lines else len(self.file.text)
        raw = splice(self.file.text[:end], [written])
        try:
            head = frontmatter.read(raw, record_paths(self.fields))
        except UnreadableError:
            return False
        old = len(self.parts) - bool(self.body.shown.text)
        wanted = splice(
            GAP.join(p.shown.text for p in self.parts[:old]), [FileEdit(edit.span.start, edit.span.end, edit.text)]
        )
        return GAP.join(p.shown.text for p in _head_parts(head)) == wanted and len(list(_head_parts(head))) == old


@dataclass(frozen=True, slots=True)
class MarkdownWriter:
    """Writes text so that nothing in it is markup. Raises ValueError for the tags of templates."""

    newline: str = "\n"

    def __call__(self, text: str) -> str:
        if _TEMPLATE.search(text):
            raise ValueError("a template tag cannot be escaped")
        escaped = _SPECIAL.sub(r"\\\g<0>", text).replace("&", "&amp;")
        return _LEAD.sub(r"\1\\\2", escaped).replace("\n", self.newline)
