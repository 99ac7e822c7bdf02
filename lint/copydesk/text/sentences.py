"""Sentences of an article."""

from __future__ import annotations

import re

from copydesk.article import Article, Span

_BREAK = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")


def sentences(article: Article) -> tuple[Span, ...]:
    """Spans of the article's sentences, in order; none crosses the end of a block."""
    return article.view(_sentences)


def _sentences(article: Article) -> tuple[Span, ...]:
    return tuple(
        Span(block.span.start + s.start, block.span.start + s.end)
        for block in article.blocks
        if block.kind != "code"
        for s in split(article[block.span])
    )


def split(text: str) -> list[Span]:
    """Spans of the sentences of one paragraph."""
    cuts = [m.end() for m in _BREAK.finditer(text)]
    return [
        Span(a, a + len(text[a:b].rstrip()))
        for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)
        if text[a:b].strip()
    ]
