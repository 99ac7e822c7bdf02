"""Words, numbers, and the stretches no rule on words should read: URLs, addresses, handles, file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from copydesk.article import Article
from copydesk.compiled import compiled
from copydesk.offsets import Span
from copydesk.typed import NamedTuple

_MARKS = (  # combining marks and joiners, which belong to their word but are no \w
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09cd\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57"
    "\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57"
    "\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18-\u0f3f\u0f71-\u0f84"
    "\u102b-\u103e\u1056-\u1059\u135d-\u135f\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u200c\u200d\ufe20-\ufe2f"
)
_TOKEN = compiled(
    rf"\w++(?:(?! )(?:[-’'ʼ‑·]\w++|[.,](?<=\d.)\d\w*+|\.(?<=(?<!\w)[^\W\d_].)(?:[^\W\d_]\.)++|[{_MARKS}]++\w*+))*+"
)
_SCHEME = compiled(r"\b[a-z][a-z0-9+.-]{1,9}://[^\s<>\"”“’‘«»|\\]+|\bmailto:[^\s<>\"”“]+", re.I)
_WWW = compiled(r"\bwww\.[^\s<>\"”“’‘«»|\\]+", re.I)
_AT = compiled(r"@[\w-]+(?:\.[\w-]+)*")
_LOCAL = compiled(r"[\w.+%-]{1,64}\Z")
_TAG = compiled(r"(?<![\w&/#])#\w*[^\W\d_]\w*")
_DOT = compiled(
    r"\.(?:(?i:com|org|net|edu|gov|mil|info|biz|io|tv|app|dev|news|eu"
    r"|pdf|docx?|xlsx?|pptx?|csv|jpe?g|png|gif|webp|html?|php|aspx?|mp3|mp4|zip|json|xml|txt|md)"
    r"|uk|de|fr|ru|ua|jp|cn|es|nl|pl|se|fi|dk|ch|cz|au|ca|br|mx|ar|kr|hk|tw|nz|za|gr|ro|hu|bg|ie|il|tr|co|us|ly|gl)"
    r"(?![\w-]|\.\w)(?:/[^\s<>\"”“’‘«»|\\]*)?"
)
_HOST = compiled(r"[\w-]+(?:\.[\w-]+)*\Z")
_TRAILING = ".,;:!?'*_…)]}"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_LONGEST = 128


class Token(NamedTuple):
    """One word or number with its span; ``text`` is as written."""

    span: Span
    text: str


def tokens(article: Article) -> tuple[Token, ...]:
    """The article's words and numbers outside URLs, addresses and handles, in order.

    A word keeps its apostrophes, hyphens and combining marks; initials keep their stops (``U.S.``), numbers
    their separators (``12,000``, ``4.3bn``).
    """
    return article.view(_tokens)


def urls(article: Article) -> tuple[Span, ...]:
    """URLs, e-mail addresses, @handles, #tags, bare domains and file names, in order and apart."""
    return article.view(_urls)


def _tokens(article: Article) -> tuple[Token, ...]:
    found: list[re.Match[str]] = []
    at = 0
    for hole in (*urls(article), Span(len(article.text), len(article.text))):
        found += _TOKEN.finditer(article.text, at, hole.start)
        at = hole.end
    # tuple.__new__ skips the named tuples' own constructors: a third of the time on a large article
    spans = map(partial(tuple.__new__, Span), map(re.Match.span, found))
    return tuple(map(partial(tuple.__new__, Token), zip(spans, map(re.Match.group, found), strict=True)))


def _urls(article: Article) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in sorted(_found(article.text), key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)


def _found(text: str) -> Iterator[Span]:
    """Every candidate, some of them inside another. Each search starts from a rare character or is skipped."""
    if "://" in text or "mailto:" in text:
        yield from (_trimmed(text, *m.span()) for m in _SCHEME.finditer(text))
    if "www." in text or "WWW." in text:
        yield from (_trimmed(text, *m.span()) for m in _WWW.finditer(text))
    if "#" in text:
        yield from (Span(*m.span()) for m in _TAG.finditer(text))
    if "@" in text:
        yield from filter(None, (_address(text, m) for m in _AT.finditer(text)))
    yield from filter(None, (_domain(text, m) for m in _DOT.finditer(text)))


def _address(text: str, m: re.Match[str]) -> Span | None:
    """The e-mail address or handle around an @."""
    local = _LOCAL.search(text, max(0, m.start() - 64), m.start())
    if local and "." in m.group():
        return Span(local.start(), m.end())
    if local or text[m.start() - 1 : m.start()] in ("/", "@"):
        return None
    return Span(m.start(), m.start() + 1 + len(m.group()[1:].split(".")[0]))


def _domain(text: str, m: re.Match[str]) -> Span | None:
    """The bare domain or file name that ends in this suffix, with its path."""
    low = max(0, m.start() - _LONGEST)
    host = _HOST.search(text, low, m.start())
    if host is None or len(host.group().rpartition(".")[2]) < 2 or (low and host.start() == low):
        return None
    return _trimmed(text, host.start(), m.end())


def _trimmed(text: str, start: int, end: int) -> Span:
    """A URL without the punctuation of the sentence around it; brackets stay where they were opened in it."""
    while end > start and text[end - 1] in _TRAILING:
        mark = text[end - 1]
        if mark in _PAIRS and text.count(_PAIRS[mark], start, end) >= text.count(mark, start, end):
            break
        end -= 1
    return Span(start, end)
