"""From the suppressions written in a file to orders: one selector each, and where it holds."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath

from copydesk.article import Article
from copydesk.finding import Notice
from copydesk.offsets import Span
from copydesk.options import close_to
from copydesk.source import SourceFile
from copydesk.suppress.comments import Comment, comments, fenced
from copydesk.typed import NamedTuple

_KEY = "copydesk-ignore"
_WITH_COMMENTS = frozenset({".md", ".markdown", ".html", ".htm"})


class Order(NamedTuple):
    """One selector of one directive, and where it holds: a range of the file, or one article of it."""

    selector: str
    offset: int
    line: int
    says: str
    where: Span | None = None
    article: str | None = None


class Orders(NamedTuple):
    """The suppressions of one file: every valid selector as an order, and what is wrong with the rest."""

    path: str
    valid: tuple[Order, ...] = ()
    problems: tuple[Notice, ...] = ()


def orders_in(articles: Sequence[Article], rules: Collection[str]) -> Orders:
    """The suppressions in a file's articles; ``rules`` are the ids of every known rule."""
    if not articles:
        return Orders("")
    found: list[Order] = []
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
            problems.append(Notice(file.path, f"{item.says} names no rule or family{near}", item.line, item.offset))
    return Orders(file.path, tuple(found), tuple(problems))


def _read(articles: Sequence[Article]) -> Iterator[Order | Notice]:
    for article in articles:
        for selector in article.meta.ignore:
            says = f"{_KEY}: {selector}"
            at, file = _key_offset(article, articles), article.file
            yield Order(selector, file.offset + at, file.place(at)[0], says, article=article.id)
    file = articles[0].file
    if PurePath(file.path).suffix.lower() in _WITH_COMMENTS or articles[0].format in ("markdown", "html"):
        yield from _commented(articles, comments(file.text, _code(articles)))


def _key_offset(article: Article, articles: Sequence[Article]) -> int:
    """Where an article's key stands: found in the file of one article, else the article's own beginning."""
    at = article.file.text.find(_KEY) if len(articles) == 1 and not article.file.part else -1
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


def _commented(articles: Sequence[Article], found: Iterable[Comment]) -> Iterator[Order | Notice]:
    """The orders of a file's comments; ranges are closed by the nearest end that names the same, or nothing."""
    file, beyond = articles[0].file, len(articles[0].file.text) + 1
    blocks = sorted(_range(article, n) for article in articles for n in range(len(article.blocks)))
    open_ = _Open()
    for c in found:
        if c.problem:
            yield notice(file, c.start, c.problem)
        elif c.verb == "ignore-start":
            open_.add(c)
        elif c.verb == "ignore-end":
            start = open_.close(c)
            if start is None:
                yield notice(file, c.start, f"{c.says} has no ignore-start before it")
            else:
                yield from _each(file, start, Span(start.end, c.start))
        else:
            where = Span(0, beyond) if c.verb == "ignore-file" else _next_block(blocks, c)
            if where is None:
                yield notice(file, c.start, f"{c.says} stands before no block")
            else:
                yield from _each(file, c, where)
    for c in open_.left():
        yield notice(file, c.start, f"{c.says} has no ignore-end; it holds to the end of the file")
        yield from _each(file, c, Span(c.end, beyond))


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


def _each(file: SourceFile, comment: Comment, where: Span) -> Iterator[Order]:
    for selector in comment.selectors:
        yield Order(selector, comment.start, file.place(comment.start)[0], f"{comment.verb}[{selector}]", where)


def _next_block(blocks: Sequence[Span], comment: Comment) -> Span | None:
    """The block a comment stands in, else the first one after it, with the offset just behind it where it is free."""
    n = bisect.bisect_right(blocks, comment.end, key=lambda b: b.end)
    if n == len(blocks):
        return None
    start, end = blocks[n]
    taken = n + 1 < len(blocks) and blocks[n + 1].start <= end
    return Span(start, end if taken else end + 1)


def notice(file: SourceFile, offset: int, message: str) -> Notice:
    """What there is to tell of a place in a file."""
    return Notice(file.path, message, file.place(offset)[0], file.offset + offset)
