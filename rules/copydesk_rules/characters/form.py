"""Right characters in a wrong form: decomposed letters, ligatures, full-width letters, mixed line ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled

from .context import marks, protected

_DECOMPOSED = compiled(
    "[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff\u3041-\u30fe][\u0300-\u036f\u3099\u309a]+|[\u1100-\u115e][\u1161-\u11a7][\u11a8-\u11ff]?"
)
_SECOND_PART = compiled("[\u0300-\u036f\u1161-\u11a7\u3099\u309a]")
"""What comes after the letter: rare, so it is searched for first."""
_LIGATURE = compiled("[\ufb00-\ufb06]")
_WIDE = compiled("[\uff21-\uff3a\uff41-\uff5a][\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE_SCRIPTS = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
"""Compiled when it is first searched: wide classes take milliseconds."""
_PARTS = frozenset(map(chr, (*range(0x300, 0x370), 0x3099, 0x309A, *range(0x1161, 0x1200))))
_LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07)))
_WIDE_LETTERS = frozenset(map(chr, range(0xFF21, 0xFF5B)))
_SEPARATOR = compiled("[\u2028\u2029]")


class Options(Frozen):
    """Which forms are reported."""

    decomposed: bool = True
    """A letter and its accent as two characters (NFD)."""
    ligatures: bool = True
    """``ﬁ`` and its like as one character."""
    full_width: bool = True
    """Full-width Latin letters in text without Chinese, Japanese or Korean."""
    line_ends: bool = True
    """Line ends that differ from the file's own, and Unicode line separators."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every form that is switched on."""
    odd = marks(article)
    if options.line_ends:
        yield from _line_ends(article)
    if odd and options.decomposed and not odd.isdisjoint(_PARTS):
        yield from _matches(article, _decomposed(article.text), "NFC", "a letter in two parts (decomposed)")
    if odd and options.ligatures and not odd.isdisjoint(_LIGATURES):
        yield from _matches(article, _LIGATURE.finditer(article.text), "NFKC", "a ligature as one character")
    if options.full_width and not odd.isdisjoint(_WIDE_LETTERS):
        yield from _wide(article)


def _wide(article: Article) -> Iterator[Hit]:
    if not re.search(_WIDE_SCRIPTS, article.text):
        yield from _matches(article, _WIDE.finditer(article.text), "NFKC", "full-width letters")


def _decomposed(text: str) -> Iterator[re.Match[str]]:
    places = (_DECOMPOSED.match(text, m.start() - 1) for m in _SECOND_PART.finditer(text) if m.start())
    return (m for m in places if m)


def _matches(article: Article, places: Iterable[re.Match[str]], form: str, what: str) -> Iterator[Hit]:
    from .damage import misread
    from .singlebyte import mixed_up

    taken = {i for d in (*misread(article), *mixed_up(article)) for i in range(d.start, d.end)}
    for m in places:
        if not taken.isdisjoint(range(*m.span())):
            continue
        right = unicodedata.normalize(form, m.group())  # type: ignore[arg-type]
        span = Span(*m.span())
        if right != m.group() and _meant(article, span, form) and span not in protected(article):
            yield _hit(span, right, f"“{m.group()}” is {what}; write “{right}”", what)


def _meant(article: Article, span: Span, form: str) -> bool:
    """Whether a compatibility form stands in a word; NFC forms are equal wherever they stand."""
    if form == "NFC" or len(article[span]) > 1:
        return True
    beside = article.text[span.start - 1 : span.start] + article.text[span.end : span.end + 1]
    return any(c.isalpha() for c in beside)


def _line_ends(article: Article) -> Iterator[Hit]:
    text = article.text
    if not marks(article).isdisjoint("\u2028\u2029"):
        for m in _SEPARATOR.finditer(text):
            alone = text[m.start() - 1 : m.start()] == "\n" or text[m.end() : m.end() + 1] == "\n"
            yield _hit(
                Span(*m.span()), "" if alone else "\n", "a line separator that most programs do not know", "line end"
            )
    if "\r" not in article.file.text:
        return
    own = article.file.newline
    for m in re.finditer("\n", text):
        span = Span(*m.span())
        raw = article.raw(span)
        if raw != own and raw in ("\n", "\r", "\r\n"):
            yield _hit(span, "\n", "the line ends otherwise than the other lines of the file", "line end")


def _hit(span: Span, right: str, message: str, kind: str) -> Hit:
    return Hit(
        span,
        message,
        Fix("Write the usual form", (Edit(span, right),), "safe"),
        data={"damage": kind, "codecs": []},
    )


RULE = Rule(
    summary="decomposed letters, ligatures, full-width letters, mixed line ends",
    check=check,
    options=Options,
    in_quotations=True,
)
