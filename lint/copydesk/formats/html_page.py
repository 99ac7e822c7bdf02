"""Which part of a web page is its article, and what the page says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from copydesk.article import Meta
from copydesk.compiled import compiled
from copydesk.formats.dates import iso_date
from copydesk.formats.html_tokens import TAG, attributes, tags
from copydesk.formats.html_tree import VOID
from copydesk.offsets import Span
from copydesk.typed import Any

_MARK = compiled(r"\sitemprop=[\"']?(?P<body>articleBody)\b|\srole=[\"']?main\b", re.A)
_NAME = compiled(r"<([A-Za-z][A-Za-z0-9-]*)")
_tags = lru_cache(maxsize=32)(tags)
_HEADLINE = compiled(r"<h1(?=[\s>]).*?</h1\s*>", re.I | re.S)
_SCRIPT = compiled(r"<script\b[^>]*\btype\s*=\s*[\"']?application/ld\+json\b[^>]*>(.*?)</script", re.I | re.S)
_TITLE = compiled(r"<title(?:\s[^>]*)?>(.*?)</title", re.I | re.S)
_HEAD_END = compiled(r"</head\s*>|<body(?=[\s>])", re.I)
_WORDS = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "source": ("og:site_name", "application-name", "dc.publisher"),
    "date": (
        "article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date", "dc.date.issued",
        "dc.date", "date", "pubdate", "publish-date", "sailthru.date",
    ),
    "url": ("og:url",),
    "language": ("content-language",),
    "byline": ("author", "article:author", "byl", "parsely-author", "dc.creator"),
    "section": ("article:section", "section", "parsely-section"),
}  # fmt: skip
"""The names of meta elements, the better one first, by what they tell."""
_NEWS = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting",
                   "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting"))  # fmt: skip


def article_part(raw: str) -> Span:
    """The range of the page that is its article.

    The longest ``article``, else the element marked as the article's body, else ``main``, else the whole page. Where
    several are about as long as each other, as on a front page, none of them is.
    """
    found = _elements(raw)
    for kind in ("article", "articleBody", "main"):
        spans = [s for k, s in found if k == kind]
        if spans:
            longest = max(spans, key=lambda s: s.end - s.start)
            others = sum(s.end - s.start for s in spans if not longest.covers(s))
            if longest.end - longest.start > others:
                return longest
    return Span(0, len(raw))


def _elements(raw: str) -> list[tuple[str, Span]]:
    """The elements that may be the article and what they are marked as; one that is not closed ends with the page."""
    marks = _marks(raw)
    names = {"article", "main"} | {_NAME.match(raw, at)[1].lower() for at in marks}  # type: ignore[index]
    out: list[tuple[str, Span]] = []
    open_: dict[str, list[tuple[str, int]]] = {name: [] for name in names}
    for m in _tags(rf"(?:{'|'.join(sorted(names))})(?=[\s/>])").finditer(raw):
        name = m["name"]
        if name is None or (name := name.lower()) in VOID:
            continue
        if not m["close"]:
            open_[name].append((marks.get(m.start(), name), m.start()))
        elif open_[name]:
            kind, start = open_[name].pop()
            out.append((kind, Span(start, m.end())))
    left = [(kind, Span(start, len(raw))) for stack in open_.values() for kind, start in stack]
    return [*out, *left]


def _marks(raw: str) -> dict[int, str]:
    """Where the start tags stand whose attributes say what their element is, and what that is."""
    if "articleBody" not in raw and "main" not in raw:
        return {}
    found = ((raw.rfind("<", 0, m.start()), m) for m in _MARK.finditer(raw))
    return {at: "articleBody" if m["body"] else "main" for at, m in found if at >= 0 and _NAME.match(raw, at)}


def headline(raw: str, part: Span) -> Span | None:
    """The only headline of the page, where it stands outside of the article's part; else None."""
    found = list(_HEADLINE.finditer(raw))
    if len(found) != 1 or part.covers(Span(*found[0].span())):
        return None
    return Span(*found[0].span())


def page_meta(raw: str) -> Meta:
    """What the page says of its article: JSON-LD first, then meta elements, then its title."""
    end = _HEAD_END.search(raw)
    values: dict[str, str] = {}
    told = dict(_linked(raw))
    named = dict(_named(raw, end.start() if end else len(raw)))
    for key, names in _WORDS.items():
        values[key] = told.get(key) or next((named[n] for n in names if named.get(n)), "")
    title = _TITLE.search(raw)
    return Meta(
        source=values["source"],
        title=values["title"] or (" ".join(unescape(title[1]).split()) if title else ""),
        date=iso_date(values["date"]),
        url=named.get("canonical", "") or values["url"],
        language=named.get("lang", "") or values["language"],
        byline=values["byline"],
        section=values["section"],
    )


def _named(raw: str, end: int) -> Iterator[tuple[str, str]]:
    """What the page's head tells, by name, the first of a name last; its address and language among it."""
    got: list[tuple[str, str]] = []
    for m in TAG.finditer(raw, 0, end):
        name = (m["name"] or "").lower()
        if name not in ("meta", "link", "html") or m["close"]:
            continue
        said = {v.name: unescape(raw[v.start : v.end]).strip() for v in attributes(raw, *m.span())}
        if name == "html":
            got.append(("lang", said.get("lang") or said.get("xml:lang", "")))
        elif name == "link":
            if said.get("rel", "").lower() == "canonical":
                got.append(("canonical", said.get("href", "")))
        else:
            key = said.get("property") or said.get("name") or said.get("itemprop") or said.get("http-equiv", "")
            got.append((key.lower(), said.get("content", "")))
    return reversed(got)


def _linked(raw: str) -> Iterator[tuple[str, str]]:
    """What JSON-LD tells of the article."""
    for m in _SCRIPT.finditer(raw):
        try:
            value = json.loads(m[1])
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            kinds = item.get("@type")
            if not _NEWS.isdisjoint(kinds if isinstance(kinds, list) else [kinds]):
                told = {
                    "title": _text(item.get("headline")),
                    "date": _text(item.get("datePublished")),
                    "byline": _text(item.get("author")),
                    "source": _text(item.get("publisher")),
                    "language": _text(item.get("inLanguage")),
                    "section": _text(item.get("articleSection")),
                }
                yield from told.items()
                return


def _items(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            yield from _items(item.get("@graph", []))


def _text(value: Any) -> str:
    """A value as one string: a name of an object, names of a list."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return unescape(value).strip() if isinstance(value, str) else ""
