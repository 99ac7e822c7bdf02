"""Furniture of the page an article was taken from: footers, share lines, comment forms, navigation, promos."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Article, Corpus, Facts, Frozen, Hit, Keyed, Ref, Rule, UserPattern
from copydesk.typed import Any

from .judgement import Judged, judged
from .runs import Run, hit, removals, runs

_NAMES = {
    "advertisement": "an advertising label",
    "author": "a note about the author",
    "byline": "a byline",
    "caption": "a picture caption",
    "comments": "part of a comment form",
    "cookie": "a cookie or privacy notice",
    "copyright": "a copyright notice",
    "credit": "a picture or agency credit",
    "date": "a date line",
    "house": "a line of the desk's own list",
    "legal": "a legal notice",
    "media": "a media player's control",
    "navigation": "site navigation",
    "paywall": "a paywall notice",
    "promo": "a promotion",
    "related": "a link to other stories",
    "share": "a share button",
    "subscribe": "a subscription prompt",
    "tags": "topic tags",
    "wire-footer": "an agency's or publisher's sign-off",
}


class Options(Frozen):
    """Kinds to report."""

    advertisement: bool = True
    author: bool = True
    byline: bool = True
    caption: bool = True
    comments: bool = True
    cookie: bool = True
    copyright: bool = True
    credit: bool = True
    date: bool = True
    legal: bool = True
    media: bool = True
    navigation: bool = True
    paywall: bool = True
    promo: bool = True
    related: bool = True
    share: bool = True
    subscribe: bool = True
    tags: bool = True
    wire_footer: bool = True
    repetition: bool = True
    """Learn a source's own furniture from its files."""
    patterns: tuple[UserPattern, ...] = ()
    """The desk's own: a line that one of them matches whole is residue."""

    def wants(self, kind: str) -> bool:
        """Whether a kind is switched on."""
        return kind == "house" or bool(getattr(self, kind.replace("-", "_")))


def check(article: Article, options: Options) -> Iterator[Hit]:
    """The runs of residue that one article alone shows."""
    if article.page:
        return
    spans = [b.span for b in article.blocks]
    by_block = {j.block: j for j in (*judged(article), *_listed(article, options)) if options.wants(j.kind)}
    found = runs([by_block[n] for n in sorted(by_block)])
    if sum(r.last - r.first + 1 for r in found) == len(spans):
        return
    for run, edit in zip(found, removals(found, spans), strict=True):
        yield hit(run, edit, spans, _message(article, run))


def _listed(article: Article, options: Options) -> Iterator[Judged]:
    for n, block in enumerate(article.blocks if options.patterns else ()):
        if any(p.matches(article[block.span].strip()) for p in options.patterns):
            yield Judged(n, "house", False, ("wording (yours)",))


def _message(article: Article, run: Run) -> str:
    first = article[article.blocks[run.first].span]
    quoted = first if len(first) <= 40 else first[:39].rstrip() + "…"
    more, evidence = run.last - run.first, ", ".join(run.evidence)
    if not more:
        return f"“{quoted}” reads as {_NAMES[run.kind]} ({evidence}), not as copy; take it out"
    lines = "1 more line read" if more == 1 else f"{more} more lines read"
    return f"“{quoted}” and {lines} as {_NAMES[run.kind]} ({evidence}), not as copy; take them out"


def collect(article: Article) -> Any:
    """What repetition across files must know of an article."""
    from .repetition import collect  # a file that is checked alone needs none of it

    return collect(article)


def compare(corpus: Corpus, options: Options) -> Iterator[tuple[Ref, Hit]]:
    """The runs that repetition across a source's files shows, beyond what each article alone does."""
    from .known import furniture
    from .repetition import learned, rows

    for pages, (files, counts) in furniture(corpus) if options.repetition else ():
        for facts in pages:
            page = facts.value["rows"]
            if not corpus.wanted(facts.ref) or counts.in_none_of(page):
                continue
            kinds: dict[int, str] = dict(facts.value["kinds"])
            page_rows = rows(page)
            found = runs([j for j in learned(page_rows, counts, files, kinds) if options.wants(j.kind)])
            spans = [r.span for r in page_rows] if found else []
            for run, edit in zip(found, removals(found, spans), strict=True):
                yield facts.ref, hit(run, edit, spans, _repeated(run))


def summarise(facts: Iterable[Facts]) -> Any:
    """What an index keeps of the furniture of all sources."""
    from .known import summary

    return summary(facts)


def _repeated(run: Run) -> str:
    evidence, count = ", ".join(run.evidence), run.last - run.first + 1
    if count == 1:
        return f"This line belongs to the pages of the source ({evidence}), not to the story; take it out"
    return f"These {count} lines belong to the pages of the source ({evidence}), not to the story; take them out"


RULE = Rule(
    summary="Furniture of the page an article was taken from",
    check=check,
    collect=collect,
    compare=compare,
    keyed=Keyed(summarise=summarise),
    options=Options,
)
