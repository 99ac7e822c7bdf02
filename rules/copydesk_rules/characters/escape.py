"""Escapes that were left as text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled

from .context import block_at, protected

_UNICODE = compiled(r"\\(?:u[0-9a-fA-F]{4}|U000[0-9a-fA-F]{5})(?:\\u[0-9a-fA-F]{4}|\\U000[0-9a-fA-F]{5})*")
_BYTES = compiled(r"\\x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*")
_PRINTABLE = compiled(r"=[89A-F][0-9A-F](?:=[0-9A-F]{2})*")
_PERCENT = compiled(r"%[89A-Fa-f][0-9A-Fa-f](?:%[0-9A-Fa-f]{2})*")
_BARE = compiled(r"u(?:00[a-f][0-9a-f]|01[0-7][0-9a-f]|20(?:1[0-9a-f]|2[026]|3[0-9a]|ac)|2122)")
_ESCAPES = compiled(r"\b(?:escap(?:e|ed|es|ing)|JSON|JavaScript|Python|regex)\b")
_LONGEST = 300
_LINKED = compiled(r"[/=&?#_\\()\[\]{}<>@]|\.\w{2,5}\b")


class Options(Frozen):
    """Which escapes are reported."""

    unicode: bool = True
    """``\\u2019`` and ``\\xe2\\x80\\x99``."""
    quoted_printable: bool = True
    """``=E2=80=99``."""
    percent: bool = True
    """``%C3%A9`` outside links."""
    bare: bool = True
    """``u2019``: the backslash is lost."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every escape that spells a printable character."""
    text = article.text
    if options.unicode and "\\" in text:
        yield from _matches(article, _UNICODE, _from_unicode, "\\u escape")
        yield from _matches(article, _BYTES, _from_bytes, "byte escape")
    if options.quoted_printable and "=" in text:
        yield from _matches(article, _PRINTABLE, _from_bytes, "quoted-printable")
    if options.percent and "%" in text:
        yield from _matches(article, _PERCENT, _from_bytes, "percent escape")
    if options.bare:  # one search of the pattern is quicker than two for its beginnings
        yield from _bare(article)


def _matches(article: Article, pattern: re.Pattern[str], decode: object, kind: str) -> Iterator[Hit]:
    for m in pattern.finditer(article.text):
        right = decode(m.group())  # type: ignore[operator]
        span = Span(*m.span())
        if right and not _told(article, span) and not (kind == "percent escape" and _in_link(article.text, span)):
            yield _hit(article, span, right, kind, True)


def _told(article: Article, span: Span) -> bool:
    """Whether the place is protected, or its paragraph writes about escapes before it."""
    words = article.view(_words_on_escapes)
    i = bisect_left(words, span.start)
    block = block_at(article, span.start)
    start = article.blocks[block].span.start if block >= 0 else 0
    return (i > 0 and words[i - 1] >= start) or span in protected(article)


def _words_on_escapes(article: Article) -> list[int]:
    return [m.start() for m in _ESCAPES.finditer(article.text)]


def _from_unicode(escapes: str) -> str | None:
    units = re.findall(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})", escapes)
    data = b"".join(int(a, 16).to_bytes(2, "big") if a else chr(int(b, 16)).encode("utf-16-be") for a, b in units)
    try:
        return _printable(data.decode("utf-16-be"))
    except (UnicodeDecodeError, ValueError):
        return None


def _from_bytes(escapes: str) -> str | None:
    data = bytes.fromhex(re.sub(r"[^0-9a-fA-F]", "", escapes))
    if data.isascii():
        return None
    try:
        return _printable(data.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _printable(text: str) -> str | None:
    return text if all(c.isprintable() or c in "\xa0\u200d\ufe0f" for c in text) else None


def _in_link(text: str, span: Span) -> bool:
    """Whether the word around the place is a link or a file name."""
    before, after = text[max(0, span.start - _LONGEST) : span.start], text[span.end : span.end + _LONGEST]
    head = "" if before[-1:].isspace() else "".join(before.split()[-1:])
    word = head + text[span.start : span.end] + ("" if after[:1].isspace() else "".join(after.split()[:1]))
    word = word.rstrip(".,;:!?)\"'”’»")
    return _LINKED.search(word) is not None


def _bare(article: Article) -> Iterator[Hit]:
    text = article.text
    found = [Span(*m.span()) for m in _BARE.finditer(text) if _stands_for_letter(text, *m.span())]
    for span in found:
        if not _told(article, span):
            yield _hit(
                article,
                span,
                chr(int(article[span][1:], 16)),
                "u escape without backslash",
                _sure(text, span) or any(_sure(text, s) for s in found),
            )


def _stands_for_letter(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() or after.isdigit() or before in tuple("/=&#_-@\\+"):
        return False
    if text[start : start + 3] == "u00" and re.search("[a-f]", text[start + 3 : end]):
        return not before.isupper() or after.islower()
    if before in tuple(".,!?;:") and after in tuple(" \n"):
        return text[start:end] in ("u2019", "u201d")
    if before.isalpha():
        return not before.isupper() and (after.isalpha() or text[max(0, start - 2) : start].isalpha())
    return after.isalpha()


def _sure(text: str, span: Span) -> bool:
    """Whether nothing else explains the place: a model or a year may follow a word in u (``Peru2019``)."""
    return text[span.start : span.start + 3] == "u00" or text[span.end : span.end + 1].isalpha()


def _hit(article: Article, span: Span, right: str, kind: str, sure: bool) -> Hit:
    return Hit(
        span,
        f"“{article[span]}” is an escape left in the text; write “{right}”",
        Fix(f"Write “{right}”", (Edit(span, right),), "safe" if sure else "unsafe"),
        confidence="high" if sure else "medium",
        data={"damage": kind, "codecs": ["utf-8"]},
    )


RULE = Rule(
    summary="escapes left as text",
    check=check,
    options=Options,
    anchors=r"\ = % u00 u01 u20 u21",
    needs=r"u(?:00|01|20|21)[0-9a-f]|\\[uUx][0-9a-fA-F]|=[89A-F][0-9A-F]|%[89A-Fa-f][0-9A-Fa-f]",
    in_quotations=True,
)
