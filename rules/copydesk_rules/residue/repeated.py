"""The same headline, caption or paragraph twice in one article."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Fix, Frozen, Hit, Place, Rule, Span
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

from .letters import counts, keys, lines
from .runs import Run, removals
from .wording import wording

_WORD = r"\w+(?:'\w+)*"
_CREDIT = r"[(\[][^()\[\]]*[)\]]\W*$|^\W*$"
_SENTENCE_END = r"[.!?…][\"'”’»)\]]*$"
_HEADLINE, _CAPTION, _PARAGRAPH = 3, 4, 12
"""Words that make a repetition telling."""
_LONG = 25
"""Words: a first line that is longer is a picture's caption, not the headline."""
_NOTE = r"(?i)(?:correction|clarification|update|editor['’]?s['’]? note)s?\b"
"""How a note begins that a desk puts at the head and at the foot."""
_VERSE = 20
"""Words: an article without a longer block is verse, a list of scores or a transcript, where lines recur."""
_NAMES = {"headline": "the headline", "caption": "the caption", "paragraph": "a paragraph"}


class Options(Frozen):
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
    if article.page:
        return
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
    texts = lines(article)
    if max(counts(article), default=0) < _VERSE:
        return _again(article, texts, verse=True)
    return _again(article, texts, verse=False)


def _again(article: Article, texts: list[str], *, verse: bool) -> Iterator[Again]:
    letters = keys(article)
    first: dict[bytes, int] = {}
    for n, block in enumerate(article.blocks):
        if block.kind in ("code", "table", "alternative"):
            continue
        at = first.setdefault(letters[n], n)
        if at < n and not verse and (kind := _repeats(texts[n], texts[at], at)):
            yield Again(n, at, kind)
        elif n + 1 < len(texts) and letters[n + 1].startswith(letters[n]) and _caption(texts[n], texts[n + 1]):
            yield Again(n, n + 1, "caption")


def _repeats(text: str, other: str, at: int) -> str:
    """What a block is that has the letters of an earlier one, block ``at``; empty where it tells nothing."""
    words, sentence = _words(text), bool(compiled(_SENTENCE_END).search(text[-8:]))
    if words != _words(other) or compiled(_NOTE).match(text):
        return ""
    if at == 0 and _HEADLINE <= len(words) <= _LONG and not sentence and not wording(text):
        return "headline"
    return "paragraph" if len(words) >= _PARAGRAPH and (sentence or (at == 0 and len(words) > _LONG)) else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(compiled(_WORD).findall(text.replace("’", "'").replace("‘", "'").replace("ʼ", "'").casefold()))


def _caption(text: str, following: str) -> bool:
    """Whether a block is the alternative text of a picture and the next its caption, with the same words."""
    if compiled(_SENTENCE_END).search(text[-8:]) or not compiled(_CREDIT).search(following):
        return False
    here, there = _words(text), _words(following)
    return _CAPTION <= len(here) < len(there) <= len(here) + 40 and there[: len(here)] == here


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
