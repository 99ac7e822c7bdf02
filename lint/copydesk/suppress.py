"""Suppressions: what an editor has decided to leave as it is, said in the file itself.

In Markdown and HTML, ``<!-- copydesk: ignore[names/spelling] reason -->`` speaks of the block it stands in or
before, ``ignore-start[…]`` of all up to ``ignore-end``, ``ignore-file[…]`` of the whole file. Brackets hold rule
ids and families. In front matter and JSON records the key ``copydesk-ignore`` lists them for one article.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from copydesk.article import Article, Span
from copydesk.directives import Comment, comments, fenced
from copydesk.finding import Finding
from copydesk.options import close_to
from copydesk.report import Notice
from copydesk.source import SourceFile

_KEY = "copydesk-ignore"
_WITH_COMMENTS = frozenset({".md", ".markdown", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings that are left, how many are not, suppressions that suppress nothing, and wrong ones."""

    kept: tuple[Finding, ...]
    number: int = 0
    unused: tuple[Notice, ...] = ()
    problems: tuple[Notice, ...] = ()


class _Order(NamedTuple):
    """One selector of one directive, and where it holds: a range of the file, or one article of it."""

    selector: str
    offset: int
    says: str
    where: Span | None = None
    article: str | None = None


def suppress(
    articles: Sequence[Article], findings: Sequence[Finding], rules: Collection[str], ran: Collection[str]
) -> Suppressed:
    """Sort the findings of one file by the suppressions in it.

    ``articles`` and ``findings`` are all of that file's. ``rules`` are the ids of every known rule, ``ran`` of
    those that ran in full: a suppression is only called unused where all rules it names did.
    """
    if not articles:
        return Suppressed(tuple(findings))
    orders, problems = _orders(articles, rules)
    if not orders and not problems:
        return Suppressed(tuple(findings))
    covered, places = _Cover(orders), _Places(findings)
    kept = [f for f in findings if not covered.holds(f)]
    file = articles[0].file
    idle = (o for o in orders if not places.meet(o) and _fair(o, rules, ran))
    unused = tuple(_notice(file, o.offset, f"{o.says} suppresses nothing") for o in idle)
    return Suppressed(tuple(kept), len(findings) - len(kept), unused, tuple(problems))


def _notice(file: SourceFile, offset: int, message: str) -> Notice:
    return Notice(file.path, message, file.place(offset)[0], offset)


def _selectors(rule: str) -> tuple[str, str]:
    return rule, rule.split("/")[0]


def _fair(order: _Order, rules: Collection[str], ran: Collection[str]) -> bool:
    return all(r in ran for r in rules if order.selector in _selectors(r))


class _Cover:
    """What the orders of a file cover, by selector: articles, and ranges merged and in order."""

    def __init__(self, orders: Iterable[_Order]) -> None:
        self._articles = {(o.selector, o.article) for o in orders if o.where is None}
        self._ranges: dict[str, list[Span]] = {}
        for where, selector in sorted((o.where, o.selector) for o in orders if o.where is not None):
            merged = self._ranges.setdefault(selector, [])
            if merged and where.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, where.end))
            else:
                merged.append(where)

    def holds(self, finding: Finding) -> bool:
        """Whether an order speaks of the finding: it begins in a range, or stands in an article."""
        return any(
            (s, finding.article) in self._articles or self._in_range(s, finding.start) for s in _selectors(finding.rule)
        )

    def _in_range(self, selector: str, offset: int) -> bool:
        ranges = self._ranges.get(selector, [])
        n = bisect.bisect_right(ranges, offset, key=lambda r: r.start)
        return n > 0 and offset < ranges[n - 1].end


class _Places:
    """Where the findings of a file begin, by selector."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._articles = {(s, f.article) for f in findings for s in _selectors(f.rule)}
        self._starts: dict[str, list[int]] = {}
        for f in sorted(findings, key=lambda f: f.start):
            for s in _selectors(f.rule):
                self._starts.setdefault(s, []).append(f.start)

    def meet(self, order: _Order) -> bool:
        """Whether a finding is one that the order speaks of."""
        if order.where is None:
            return (order.selector, order.article) in self._articles
        starts = self._starts.get(order.selector, [])
        return bisect.bisect_left(starts, order.where.start) < bisect.bisect_left(starts, order.where.end)


def _orders(articles: Sequence[Article], rules: Collection[str]) -> tuple[list[_Order], list[Notice]]:
    """Every valid selector of a file as an order, and what is wrong with the rest."""
    found: list[_Order] = []
    problems: list[Notice] = []
    file = articles[0].file
    known = {*rules, *(r.split("/")[0] for r in rules)}
    for item in _read(articles):
        if isinstance(item, Notice):
            problems.append(item)
        elif item.selector in known:
            found.append(item)
        else:
            near = close_to(item.selector, sorted(known))
            problems.append(_notice(file, item.offset, f"{item.says} names no rule or family{near}"))
    return found, problems


def _read(articles: Sequence[Article]) -> Iterator[_Order | Notice]:
    for article in articles:
        for selector in article.meta.ignore:
            says = f"{_KEY}: {selector}"
            yield _Order(selector, _key_offset(article, articles), says, article=article.id)
    file = articles[0].file
    if PurePath(file.path).suffix.lower() in _WITH_COMMENTS or articles[0].format in ("markdown", "html"):
        yield from _commented(articles, comments(file.text, _code(articles)))


def _key_offset(article: Article, articles: Sequence[Article]) -> int:
    """Where an article's key stands: found in the file of one article, else the article's own beginning."""
    at = article.file.text.find(_KEY) if len(articles) == 1 else -1
    return at if at >= 0 else article.map.span(Span(0, 0)).start


def _code(articles: Sequence[Article]) -> list[Span]:
    """The ranges of a file that are code shown to the reader."""
    inside = [article.map.span(s) for article in articles for s in article.code]
    blocks = [_range(article, n) for article in articles for n, b in enumerate(article.blocks) if b.kind == "code"]
    html = articles[0].format == "html" or PurePath(articles[0].file.path).suffix.lower() in (".html", ".htm")
    return inside + blocks + ([] if html else list(fenced(articles[0].file.text)))


def _range(article: Article, block: int) -> Span:
    b = article.blocks[block]
    return b.outer or article.map.span(b.span)


def _commented(articles: Sequence[Article], found: Iterable[Comment]) -> Iterator[_Order | Notice]:
    """The orders of a file's comments; ranges are closed by the nearest end that names the same, or nothing."""
    file, beyond = articles[0].file, len(articles[0].file.text) + 1
    blocks = sorted(_range(article, n) for article in articles for n in range(len(article.blocks)))
    open_ = _Open()
    for c in found:
        if c.problem:
            yield _notice(file, c.start, c.problem)
        elif c.verb == "ignore-start":
            open_.add(c)
        elif c.verb == "ignore-end":
            start = open_.close(c)
            if start is None:
                yield _notice(file, c.start, f"{c.says} has no ignore-start before it")
            else:
                yield from _each(start, Span(start.end, c.start))
        else:
            where = Span(0, beyond) if c.verb == "ignore-file" else _next_block(blocks, c)
            if where is None:
                yield _notice(file, c.start, f"{c.says} stands before no block")
            else:
                yield from _each(c, where)
    for c in open_.left():
        yield _notice(file, c.start, f"{c.says} has no ignore-end; it holds to the end of the file")
        yield from _each(c, Span(c.end, beyond))


class _Open:
    """Range starts that have no end yet."""

    def __init__(self) -> None:
        self._all: dict[int, Comment] = {}
        self._by_selectors: dict[tuple[str, ...], list[int]] = {}

    def add(self, comment: Comment) -> None:
        """Open a range."""
        self._all[comment.start] = comment
        self._by_selectors.setdefault(comment.selectors, []).append(comment.start)

    def close(self, end: Comment) -> Comment | None:
        """The start that an end closes: the last open one, or the last that names what it names."""
        if not self._all:
            return None
        selectors = end.selectors or next(reversed(self._all.values())).selectors
        same = self._by_selectors.get(selectors)
        return self._all.pop(same.pop()) if same else None

    def left(self) -> Iterator[Comment]:
        """The starts that were never closed."""
        yield from self._all.values()


def _each(comment: Comment, where: Span) -> Iterator[_Order]:
    for selector in comment.selectors:
        yield _Order(selector, comment.start, f"{comment.verb}[{selector}]", where)


def _next_block(blocks: Sequence[Span], comment: Comment) -> Span | None:
    """The block a comment stands in, else the first one after it, with the offset just behind it where it is free."""
    n = bisect.bisect_right(blocks, comment.end, key=lambda b: b.end)
    if n == len(blocks):
        return None
    start, end = blocks[n]
    taken = n + 1 < len(blocks) and blocks[n + 1].start <= end
    return Span(start, end if taken else end + 1)
