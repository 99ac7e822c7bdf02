"""Paragraphs of an article: the blocks that are prose."""

from __future__ import annotations

from copydesk.article import Article
from copydesk.offsets import Span

_PROSE = ("paragraph", "item", "quotation")


def paragraphs(article: Article) -> tuple[Span, ...]:
    """Spans of the blocks that are running copy: paragraphs, list items and block quotations, in order."""
    return article.view(_paragraphs)


def _paragraphs(article: Article) -> tuple[Span, ...]:
    return tuple(block.span for block in article.blocks if block.kind in _PROSE)
