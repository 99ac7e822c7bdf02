"""Words, numbers, and the stretches no rule on words should read: URLs, addresses, handles."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.article import Article, Span

_TOKEN = re.compile(r"\w+(?:[’'.\-]\w+)*")
_URL = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"”“’‘]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])[@#]\w+"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|edu|info|co|uk|de|fr|ru|ua|eu|io|tv)\b(?:/[^\s<>\"”“]*)?",
    re.I,
)


class Token(NamedTuple):
    """One word or number with its span; ``text`` is as written."""

    span: Span
    text: str


def tokens(article: Article) -> tuple[Token, ...]:
    """The article's words and numbers outside URLs, addresses and handles, in order."""
    return article.view(_tokens)


def urls(article: Article) -> tuple[Span, ...]:
    """URLs, e-mail addresses, @handles, #tags and bare domains, in order."""
    return article.view(_urls)


def _urls(article: Article) -> tuple[Span, ...]:
    return tuple(Span(*m.span()) for m in _URL.finditer(article.text))


def _tokens(article: Article) -> tuple[Token, ...]:
    skip = iter([*urls(article), Span(len(article.text) + 1, len(article.text) + 1)])
    hole, out = next(skip), []
    for m in _TOKEN.finditer(article.text):
        while hole.end <= m.start():
            hole = next(skip)
        if m.end() <= hole.start:
            out.append(Token(Span(*m.span()), m.group()))
    return tuple(out)
