"""Words that are in an article without being its writer's: speech set without marks, and phrases of stock."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Span


def speech(article: Article) -> Iterator[Span]:
    """Posts and block quotations that stand without quotation marks."""
    return iter(())


def phrases(article: Article) -> Iterator[Span]:
    """Sentences every desk copies: how a poll was taken, who contributed, whose copyright it is."""
    return iter(())
