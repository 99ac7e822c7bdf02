"""HTML files: one article a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from copydesk.article import Article
from copydesk.compiled import compiled
from copydesk.formats.html_layer import shown
from copydesk.formats.html_page import article_part, headline, page_meta
from copydesk.formats.html_tree import FURNITURE
from copydesk.formats.layers import Part, joined
from copydesk.formats.templates import is_template
from copydesk.offsets import Span
from copydesk.source import SourceFile
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import Fields

_WHOLE = compiled(r"<(?:html|body)(?=[\s>])|<!doctype\s", re.I)


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a page; a template, or a page with nothing to read, holds none."""
    raw = file.text
    if is_template(raw):
        return
    part = article_part(raw)
    above = headline(raw, part)
    ranges = [part] if above is None else [above, part]
    read = [_read(file, r, above is not None and r is part) for r in ranges]
    parts = [p for p in read if p.shown.text]
    if not parts:
        return
    whole = joined(parts) if len(parts) > 1 else parts[0].shown
    yield Article(
        file,
        whole.text,
        whole.blocks,
        whole.map,
        meta=page_meta(raw),
        code=whole.code,
        links=whole.links,
        writers=whole.writers,
        format="html",
        page=_WHOLE.search(raw) is not None,
        allows=whole.allows,
    )


def _read(file: SourceFile, part: Span, titled: bool) -> Part:
    xml = PurePath(file.path).suffix.lower() == ".xhtml"
    made = shown(file.text, part.start, part.end, encoding=file.encoding, xml=xml, skipped=FURNITURE, titled=titled)
    return Part(made, 0)
