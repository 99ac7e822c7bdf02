"""HTML entities left in text that no browser will decode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled
from copydesk.text import everywhere

from .context import block_at, protected

_ENTITY = compiled(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});")
_BARE = compiled(
    r"(?<![&;])(?<!&amp)(?:[ ]|(?<![\w#&]))(#(?:3[4689]|6[02]|9[123]|1[3-5]\d|16\d|82\d\d|8364|8482)"
    r"|quot|apos|amp|nbsp|lt|gt|[lr][sd]quo|[nm]dash|hellip);"
)
_NAMES = ("quot", "apos", "amp", "nbsp", "lt", "gt", "squo", "dquo", "dash", "hellip")
_CODE = compiled(r"(?<![./])\b(?:HTML|XML)\b|\bampersand\b|\bin the template\b", re.I)
_TAG = compiled(r"&(?:amp;)*lt;/?[A-Za-z][^&\n]{0,200}&(?:amp;)*gt;")


class Options(Frozen):
    """Which entities are reported."""

    lost_ampersand: bool = True
    """Entities whose ``&`` is gone (``doesn #39;t``)."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every entity that should be a character."""
    text = article.text
    if "&" in text:
        tags = {i for m in _TAG.finditer(text) for i in (m.start(), m.end())}
        for m in _ENTITY.finditer(text):
            if m.start() in tags or m.end() in tags:
                continue
            right = decoded(m.group())
            if right is not None and _free(article, Span(*m.span())):
                yield _hit(article, Span(*m.span()), right, "entity", True)
    if options.lost_ampersand:
        yield from _bare(article)


def _free(article: Article, span: Span) -> bool:
    """Whether the place is neither protected nor in a paragraph that writes about HTML."""
    told, block = article.view(_told), block_at(article, span.start)
    if block not in told:
        at = article.blocks[block].span if block >= 0 else Span(0, 0)
        told[block] = _CODE.search(article.text, at.start, at.end) is not None
    return not told[block] and span not in protected(article)


def _told(article: Article) -> dict[int, bool]:
    """Which blocks write about HTML, filled in as they are asked for."""
    return {}


def decoded(entity: str) -> str | None:
    """The character of an entity, however often its ``&`` was escaped; None for names HTML does not know."""
    name = entity.removeprefix("&")
    while name.startswith("amp;") and name != "amp;":
        name = name.removeprefix("amp;")
    if not name.startswith("#") and name not in html5:
        return None
    right = unescape("&" + name)
    if right in ("\u00a0", "\r", "\n"):
        return " "
    if right in ("\u00ad", "\u200b", "\ufeff", "\u200e", "\u200f"):
        return ""
    return right if right and right.isprintable() and "\ufffd" not in right else None


def _bare_places(text: str) -> Iterator[re.Match[str]]:
    """Entities without ``&``, found from their semicolons, which are rare."""
    for at in everywhere(text, ";"):
        if text[at - 1 : at].isdigit() or text.endswith(_NAMES, max(0, at - 6), at):
            m = _BARE.search(text, max(0, at - 9), at + 1)
            if m:
                yield m


def _bare(article: Article) -> Iterator[Hit]:
    text = article.text
    found = [m for m in _bare_places(text) if _free(article, Span(*m.span()))]
    for m in found:
        right = decoded("&" + m.group(1) + ";")
        plural = m.group(1) == "#39" and text[m.start() - 1 : m.start()] == "s"
        glued = m.group().startswith(" ") and (text[m.end() : m.end() + 1].isalnum() or plural or len(found) > 1)
        if right is not None and (glued or not m.group(1).startswith("#")):
            yield _hit(article, Span(*m.span()), right, "entity without &", glued)


def _hit(article: Article, span: Span, right: str, kind: str, sure: bool) -> Hit:
    advice = f"write “{right}”" if right.strip() else "write a space" if right else "delete it"
    return Hit(
        span,
        f"“{article[span].strip()}” is an HTML entity left in the text; {advice}",
        Fix(advice[0].upper() + advice[1:], (Edit(span, right),), "safe" if sure else "unsafe"),
        confidence="high" if sure else "medium",
        data={"damage": kind, "codecs": ["html"]},
    )


RULE = Rule(
    summary="HTML entities left in plain text",
    check=check,
    options=Options,
    anchors="& ;",
    needs=r"[&;](?:(?<=&)(?=#|\w{2,25};)|(?<=#\d\d;)|(?<=#\d{3};)|(?<=#\d{4};)"  # one set of marks is searched for fast
    r"|(?<=[lg]t;)|(?<=amp;|quo;)|(?<=quot;|apos;|nbsp;|dash;)|(?<=hellip;))",
    in_quotations=True,
)
