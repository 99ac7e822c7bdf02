"""What the blocks of one article are: each alone by wording and shape, then by place and neighbours.

Runs of residue are the maximal scoring segments of the sequence of blocks, every block weighted by what it
looks like: Pasternack and Roth, "Extracting article text from the web with maximum subsequence segmentation"
(WWW 2009), turned round, with Ruzzo and Tompa's linear algorithm (ISMB 1999) for all such segments at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from copydesk import Article, Block

from .letters import Heard, heard
from .shape import Line, line
from .wording import NOTICES

_RUN = 4.0
"""Weight from which a segment is a run of residue."""
_SURE = 3
_STORIES = 2
"""Blocks of story that an article needs before its head and tail mean anything."""
_BUTTONS = frozenset({"comments", "media", "navigation", "paywall", "share", "subscribe", "tags"})
"""Kinds whose likely lines are buttons and labels: furniture next to furniture."""
_FOOT = frozenset({"copyright", "legal"})
_NOTICES = frozenset({"comments", "copyright", "legal", "cookie"})
_PROMPTS = frozenset({"comments", "cookie", "paywall", "share", "subscribe"})
"""Kinds that address the reader: their notices may speak of updates and authors and tell nothing of the story."""
_LABEL = 3
"""Words: a longer line that is no sentence may be a headline, the article's own among them."""
_BUTTON = 5
"""Words: longer than a button or a label of a form."""
_NEAR = 4
"""Blocks from one sure line to the next with only furniture between."""
_CUT = 0.15
"""Share of a text's words that a cut may take without a word of their own."""
_CLOSING = frozenset(
    {"comments", "copyright", "legal", "navigation", "related", "share", "subscribe", "tags", "cookie"}
)
"""Kinds after which, once the story is over, everything belongs to the page."""
_DENSE = 0.6
"""Weight a block from which a run in the middle of a story takes its silent blocks along."""
_APART = frozenset({"code", "table", "quotation", "alternative"})
ADDRESSED = frozenset({"credit", "caption", "byline", "date", "author"})
"""Kinds that tell of the story itself; never safe to remove."""


_ALONE = ADDRESSED | {"advertisement", "media"}
"""Kinds that tell nothing of the lines after them: they stand in the middle of a story as well."""
KEPT = ADDRESSED | {"wire-footer"}
"""Kinds that are never safe to remove: a licence may demand them, and they say where the words come from."""


class Judged(NamedTuple):
    """A block that is residue: index, kind, whether its removal is safe, and the evidence."""

    block: int
    kind: str
    safe: bool
    evidence: tuple[str, ...]


class Segment(NamedTuple):
    """Blocks ``first`` to ``last`` (inclusive) and their weight."""

    first: int
    last: int
    weight: float


class Page(NamedTuple):
    """An article's blocks as lines, and the runs of residue among them."""

    lines: tuple[Line, ...]
    runs: tuple[Segment, ...]
    head: int
    """Index of the first block of story; the number of blocks where there is none."""
    tail: int
    """Index after the last block of story outside runs."""
    stories: int
    """Number of blocks of story outside runs."""


def judged(article: Article) -> tuple[Judged, ...]:
    """The article's residue, in order; the same for every rule and option."""
    return article.view(_judged)


def page(article: Article) -> Page:
    """The article's blocks as lines."""
    return article.view(_page)


def _page(article: Article) -> Page:
    blocks = article.blocks
    found = [_line(article, b, h) for b, h in zip(blocks, heard(article), strict=True)]
    lines = tuple([x._replace(sure=False) if x.sure and _listed(blocks, n) else x for n, x in enumerate(found)])
    runs = tuple(s for s in segments([_weight(x) for x in lines]) if s.weight >= _RUN and _proven(lines, s))
    inside = {n for s in runs for n in range(s.first, s.last + 1)}
    end = _footer(lines)
    story = [n for n, x in enumerate(lines[:end]) if x.story and n not in inside]
    return Page(lines, runs, story[0] if story else len(lines), story[-1] + 1 if story else 0, len(story))


def _footer(lines: Sequence[Line]) -> int:
    """Where a footer with a paragraph of its own begins ("… is an institute that …"); the end where there is none.

    It begins with a copyright or legal line, lies in the second half, is a small part of the text, and goes on
    after its prose.
    """
    last = max((n for n, x in enumerate(lines) if x.story), default=0)
    if not any(x.sure for x in lines[last:]):
        return len(lines)
    after = [0, *accumulate(x.words * x.story for x in reversed(lines))][::-1]
    total, before = sum(x.words for x in lines), 0
    for n, x in enumerate(lines):
        if x.sure and x.kind in _FOOT and 2 * before >= total and 0 < after[n] <= _CUT * total:
            return n
        before += x.words
    return len(lines)


def _proven(lines: Sequence[Line], s: Segment) -> bool:
    """Whether a segment holds two sure lines of different kinds or three in all."""
    sure = [x.kind for x in lines[s.first : s.last + 1] if x.sure]
    return len(sure) >= _SURE or len(set(sure)) > 1


def _listed(blocks: Sequence[Block], n: int) -> bool:
    """Whether a block is one item of several: "Subscribe to the list" in a list of steps is advice, not a button."""
    return blocks[n].kind == "item" and any(0 <= m < len(blocks) and blocks[m].kind == "item" for m in (n - 1, n + 1))


def _line(article: Article, block: Block, text: Heard) -> Line:
    captioned = block.kind == "caption" and block.outer is not None and article.format != "markdown"
    if block.kind in _APART or captioned or text.text[:1] == "|":
        return Line(0, "", False, "", True)
    return line(text)


def _weight(x: Line) -> float:
    """How much a block speaks for residue (above 0) or for story (below)."""
    if x.kind:
        return 2.0 if x.sure else 1.0
    if x.story:
        return -min(6.0, x.words / 8)
    if x.prose:
        return -1.5
    if x.sentence:
        return -1.0
    return 0.0 if x.words <= 3 else -0.25


def segments(weights: Sequence[float]) -> list[Segment]:
    """All maximal scoring segments with a weight above 0, in order (Ruzzo and Tompa)."""
    stack: list[tuple[int, int, float, float, int]] = []  # first, last, sum before, sum after, next lower "before"
    total = 0.0
    for n, w in enumerate(weights):
        left, total = total, total + w
        if w <= 0:
            continue
        first = n
        while True:
            at = len(stack) - 1
            while at >= 0 and stack[at][2] >= left:
                at = stack[at][4]
            if at < 0 or stack[at][3] >= total:
                stack.append((first, n, left, total, at))
                break
            first, left = stack[at][0], stack[at][2]
            del stack[at:]
    return [Segment(a, b, after - before) for a, b, before, after, _ in stack]


def _judged(article: Article) -> tuple[Judged, ...]:
    p = page(article)
    if not any(x.kind for x in p.lines):
        return ()
    inside = {n: run for run in p.runs for n in range(run.first, run.last + 1)}
    closed, cut = _closing(p, _CLOSING), _cut(article, p) | _enclosed(p)
    out, kind = [], ""
    for n, x in enumerate(p.lines):
        run = inside.get(n)
        if (run is None or n == run.first) and n <= closed:
            kind = ""
        kind = x.kind if x.kind and x.kind not in _ALONE else kind
        if x.kind and (x.sure or run or n > closed or _stands(p, n)):
            safe = not _kept(n, x) and (x.sure or n in cut or _borne_out(p, n, run))
            evidence = (x.evidence,) if x.sure else (x.evidence, "neighbours" if run else "place")
            out.append(Judged(n, x.kind, safe, evidence))
        elif kind and (n in cut or kind in _NOTICES or not x.story) and (n > closed or (run and _taken(p, n, run))):
            out.append(Judged(n, kind, n in cut and not _kept(n, x), ("place", "neighbours")))
    return tuple(out)


def _kept(n: int, x: Line) -> bool:
    """Whether a line stays whatever stands around it: it tells of the story, or may be its headline."""
    told = x.sure and not x.open and (x.sentence or x.kind not in NOTICES)
    headline = n == 0 and (x.open or (x.words > _LABEL and not told))
    return headline or x.kind in KEPT or (x.witness and x.kind not in _PROMPTS)


def _cut(article: Article, p: Page) -> frozenset[int]:
    """Blocks between the first notice after the story and the last sure line, where few enough to be its footer."""
    first = _closing(p, _NOTICES)
    last = max((n for n in range(first, len(p.lines)) if p.lines[n].sure), default=first)
    silent = [n for n in range(first, last) if not p.lines[n].sure]
    words = sum(x.words for x in p.lines)
    if sum(p.lines[n].words for n in silent) > _CUT * words:
        return frozenset()
    return frozenset(n for n in silent if p.lines[n].kind or p.lines[n].words <= _LABEL or p.lines[n].prose)


def _enclosed(p: Page) -> frozenset[int]:
    """Lines of a few words after the story that say nothing of it, with sure lines close above and below."""
    closed = _closing(p, _CLOSING)
    sure = [n for n in range(closed, len(p.lines)) if p.lines[n].sure]
    between = [n for a, b in pairwise(sure) if b - a <= _NEAR for n in range(a + 1, b)]
    return frozenset(n for n in between if p.lines[n].words <= _LABEL and not p.lines[n].sentence)


def _closing(p: Page, kinds: frozenset[str]) -> int:
    """The first sure line of such kinds after the story; past the end where there is none."""
    after = [n for n in range(p.tail, len(p.lines)) if p.lines[n].sure and p.lines[n].kind in kinds]
    return after[0] if after and p.stories >= _STORIES else len(p.lines)


def _borne_out(p: Page, n: int, run: Segment | None) -> bool:
    """Whether a likely line at the head or tail or in a run stands next to furniture, in an unbroken row of it."""
    if _teaser(p, n):
        return any(_teaser(p, m) for m in (n - 1, n + 1))
    if (
        p.lines[n].kind not in _BUTTONS
        or (p.head <= n < p.tail and not run)
        or p.stories < _STORIES
        or p.lines[n].words > _BUTTON
        or p.lines[n].stop
        or _address(p.lines[n])
    ):
        return False
    if (n >= p.tail or (p.lines[n].kind == "share" and n < p.head)) and not _topic(p.lines[n]):
        return True
    return any(_reaches(p, n, step) for step in (-1, 1))


def _topic(x: Line) -> bool:
    """Whether a likely line may be a topic, a verdict or a link of the story's own: "Politics", "False"."""
    return x.evidence == "shape" or (x.words <= _LABEL and x.kind in ("comments", "tags"))


def _address(x: Line) -> bool:
    """Whether a line is a bare web address: it may say where the story's figures come from."""
    return x.words == 1 and x.kind == "navigation" and x.evidence == "shape"


def _teaser(p: Page, n: int) -> bool:
    """Whether a line is a link to another story by its shape; two together are no subheads."""
    return 0 <= n < len(p.lines) and p.lines[n].kind == "related" and p.lines[n].evidence == "shape"


def _reaches(p: Page, n: int, step: int) -> bool:
    """Whether a sure line follows within a few blocks, with only likely lines between."""
    for at in range(n + step, n + 4 * step, step):
        if not 0 <= at < len(p.lines) or not p.lines[at].kind:
            return False
        if p.lines[at].sure:
            return True
    return False


def _stands(p: Page, n: int) -> bool:
    """Whether a likely line outside runs has a place or neighbours that bear it out."""
    x = p.lines[n]
    if x.kind in ("credit", "caption") or (x.evidence == "shape" and x.kind == "related"):
        return True
    if x.kind == "byline" and x.words == 1:
        return True
    if x.evidence == "shape" and x.kind == "date" and x.sure:
        return True
    if p.head <= n < p.tail:
        return x.kind == "share" and any(p.lines[m].kind == "share" for m in (n - 1, n + 1) if 0 <= m < len(p.lines))
    if p.stories < _STORIES:
        return False
    beside = any(p.lines[m].sure for m in (n - 1, n + 1) if 0 <= m < len(p.lines))
    if x.kind == "share" and x.evidence == "shape":
        return n >= p.tail or beside
    if x.kind in ("byline", "date", "share", "author"):
        return not x.sentence
    return n >= p.tail or beside


def _taken(p: Page, n: int, run: Segment) -> bool:
    """Whether a block that says nothing of itself goes with the run it stands in."""
    x = p.lines[n]
    if run.first >= p.tail and p.stories >= _STORIES:
        return True
    return not x.prose and (run.last < p.head or run.weight >= _DENSE * (run.last - run.first + 1))
