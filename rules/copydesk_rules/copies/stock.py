"""Words that are in an article without being its writer's: speech set without marks, and phrases of stock."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.text import sentences

_POST = compiled(r"pic\.twitter\.com/|[—–-]\s?[^\n()]{1,60}\(@\w{1,30}\)\s+\w+\s+\d{1,2},\s+\d{4}")
_TURN = compiled(r"(?m)^(?:[A-Z][A-Z.'’-]{1,30}[ ,]{1,2}){0,4}[A-Z][A-Z.'’-]{1,30}\s?(?:\([^)\n]{1,40}\)\s?)?:\s+\S")
"""A speaker's name in capitals before a turn of a transcript."""
_LONGEST_POST = 450
"""Code points of a block that is a post and its signature; a longer one only holds a post."""
_TRANSCRIPT = 4
"""Turns of a transcript; fewer may be datelines."""
_METHOD = compiled(
    r"\b(?:(polls?|surveys?|surveyed)|(conducted)|(interview\w*|questioned)|(adults|voters|households)|(margin)"
    r"|(sampling)|(respondents)|(random\w*)|(telephones?|phones?|online|landlines?)|(weighted|subgroups)|(panel)"
    r"|(percentage\s+points)|(nationwide|nationally))\b",
    re.I,
)
_CLEAR, _BESIDE = 4, 3
"""Different words of a poll's method that make a sentence part of it, alone or beside such a sentence."""


def speech(article: Article) -> Iterator[Span]:
    """Posts of social media and turns of transcripts, which stand without quotation marks."""
    blocks = article.blocks
    if "(@" in article.text or "pic.twitter.com" in article.text:
        for n, block in enumerate(blocks):
            found = _POST.search(article.text, *block.span)
            if found and block.span.end - block.span.start <= _LONGEST_POST:
                yield block.span
                if n and found.start() == block.span.start:
                    yield blocks[n - 1].span
    if article.text.count(":") < _TRANSCRIPT:
        return
    turns = [m.start() for m in _TURN.finditer(article.text)]
    if len(turns) >= _TRANSCRIPT:
        starts = [b.span.start for b in blocks]
        yield from (blocks[bisect.bisect_right(starts, at) - 1].span for at in turns)


def phrases(article: Article) -> Iterator[Span]:
    """Sentences on how a poll was taken, which every desk copies from the pollster."""
    if "margin" not in article.text or "error" not in article.text:
        return
    found = [(s, len({m.lastindex for m in _METHOD.finditer(article.text, *s)})) for s in sentences(article)]
    clear = [n for n, (_, words) in enumerate(found) if words >= _CLEAR]
    near = {n + step for n in clear for step in (-1, 0, 1)}
    yield from (s for n, (s, words) in enumerate(found) if n in near and words >= _BESIDE)
