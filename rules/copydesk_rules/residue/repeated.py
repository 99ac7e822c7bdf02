"""The same headline, caption or paragraph twice in one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from copydesk import Article, Fix, Hit, Place, Rule, Span

from .runs import Run, removals
from .wording import wording

_WORD = re.compile(r"\w+(?:'\w+)*")
_CREDIT = re.compile(r"[(\[][^()\[\]]*[)\]]\W*$|^\W*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_HEADLINE, _CAPTION, _PARAGRAPH = 3, 4, 12
"""Words that make a repetition telling."""
_VERSE = 20
"""Words: an article without a longer block is verse, a list of scores or a transcript, where lines recur."""
_NAMES = {"headline": "the headline", "caption": "the caption", "paragraph": "a paragraph"}


@dataclass(frozen=True, slots=True)
class Options:
    """What to look for."""

    headlines: bool = True
    captions: bool = True
    paragraphs: bool = True


class Again(NamedTuple):
    """Block ``block`` says again what block ``other`` says."""

    block: int
    other: int
    kind: str


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Blocks that stand twice: the second headline and paragraph, the first of a doubled caption."""
    wanted = {"headline": options.headlines, "caption": options.captions, "paragraph": options.paragraphs}
    found = [a for a in _twice(article) if wanted[a.kind]]
    spans = [b.span for b in article.blocks]
    groups = list(_grouped(found))
    blocks = [Run(g[0].block, g[-1].block, g[0].kind, False, ()) for g in groups]
    for group, run, edit in zip(groups, blocks, removals(blocks, spans), strict=True):
        there = Span(spans[group[0].other].start, spans[group[-1].other].end)
        place = Place(article.ref, there, "stands here")
        span = Span(spans[run.first].start, spans[run.last].end)
        fix = Fix(f"Remove the repeated {run.kind}", (edit,))
        data = {"kind": run.kind, "evidence": ["repetition (in the article)"]}
        yield Hit(span, _message(group), fix, (place,), data=data)


def _grouped(found: list[Again]) -> Iterator[list[Again]]:
    """Neighbouring blocks that repeat neighbouring blocks: text pasted twice."""
    group: list[Again] = []
    for a in found:
        if group and (a.block, a.other, a.kind) != (group[-1].block + 1, group[-1].other + 1, group[-1].kind):
            yield group
            group = []
        group.append(a)
    if group:
        yield group


def _twice(article: Article) -> Iterator[Again]:
    words = [_words(article[b.span]) for b in article.blocks]
    verse = max(map(len, words), default=0) < _VERSE
    first: dict[tuple[str, ...], int] = {}
    for n, block in enumerate(article.blocks):
        if block.kind in ("code", "table", "alternative"):
            continue
        text, at = article[block.span], first.setdefault(words[n], n)
        sentence = bool(_SENTENCE_END.search(text[-8:]))
        if at < n and at == 0 and len(words[n]) >= _HEADLINE and not sentence and not verse and not wording(text):
            yield Again(n, at, "headline")
        elif at < n and len(words[n]) >= _PARAGRAPH and sentence and not verse:
            yield Again(n, at, "paragraph")
        elif n + 1 < len(words) and not sentence and _captions(article, n, words):
            yield Again(n, n + 1, "caption")


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").casefold()))


def _captions(article: Article, n: int, words: list[tuple[str, ...]]) -> bool:
    """Whether block ``n`` is the alternative text of a picture and the next its caption, with the same words."""
    here, following = words[n], words[n + 1]
    if len(here) < _CAPTION or following[: len(here)] != here or len(following) < len(here):
        return False
    text = article[article.blocks[n + 1].span]
    return len(following) > len(here) and bool(_CREDIT.search(text)) and len(following) <= len(here) + 40


def _message(group: list[Again]) -> str:
    kind = group[0].kind
    if kind == "caption":
        return (
            "The caption stands twice: without its credit here, with it in the next line; keep the one with the credit"
        )
    if len(group) > 1:
        return f"These {len(group)} paragraphs already stand further up; keep one copy"
    return f"This repeats {_NAMES[kind]} that already stands further up; keep one copy"


RULE = Rule(summary="The same headline, caption or paragraph twice in one article", check=check, options=Options)
