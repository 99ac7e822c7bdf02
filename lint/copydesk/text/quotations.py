"""Direct quotations of an article: which marks open and close them, and where a speech runs on."""

from __future__ import annotations

import bisect
import re

from copydesk.article import Article, Block
from copydesk.compiled import compiled
from copydesk.offsets import Span
from copydesk.text.everywhere import everywhere
from copydesk.text.marks import PHRASE, Closed, Paragraph
from copydesk.typed import NamedTuple

_MARKS = ("“", "”", "„", "‟", '"', "«", "»", "‹", "›", "「", "」", "『", "』", "‘", "`", "'", "’", "‚", ",,")
_MARK = r",,(?=\w)|[^,](?:(?<=[^`'’‚])|(?<=`)`|(?<=')'|(?<=‚)(?=\w)|(?<=['’])(?:(?!\w)|(?<!\w.)))"
"""At one of them: it is no apostrophe inside a word."""
_WIDE = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"  # compiled when first used: it takes milliseconds


class Quotation(NamedTuple):
    """Words between quotation marks. ``span`` includes the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool
    """Whether the closing mark stands; an open quotation ends with its paragraph and may go on in the next."""
    scare: bool
    """Three words or fewer: a term or a title more often than speech."""
    speaker: str = ""
    """Who is named as its speaker beside it; empty where nobody is, or a pronoun."""
    continuation: bool = False
    """Whether it goes on from the quotation before it, which its paragraph's end left open."""


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations in order; ones inside another are part of it. None crosses a paragraph's end."""
    return article.view(_quotations)


def quoted(article: Article) -> tuple[Span, ...]:
    """The words between the marks of the article's quotations in order, scare quotes left out.

    Asks nobody for the speakers, which takes most of the time.
    """
    return article.view(_quoted)


def quoted_in(article: Article, block: Block) -> tuple[Span, ...]:
    """As :func:`quoted`, of one block: reads only it, and what before it may run on into it."""
    return tuple(q.inner for q in article.view(_Reading).of(block) if not q.scare)


def quotations_around(article: Article, span: Span) -> tuple[Quotation, ...]:
    """The quotations of the blocks that ``span`` touches, speakers left out: reads only them, as :func:`quoted_in`."""
    last = article.block_at(span.end)
    first = max(0, article.block_at(span.start))
    read = article.view(_Reading)
    return tuple(q for block in article.blocks[first : last + 1] for q in read.of(block))


def _quoted(article: Article) -> tuple[Span, ...]:
    reading = article.view(_Reading)
    return tuple(q.inner for n in reading.marks for q in reading.numbered(n) if not q.scare)


def _quotations(article: Article) -> tuple[Quotation, ...]:
    found = ((block, q) for block in article.blocks for q in article.view(_Reading).of(block))
    return _shared_speakers([q._replace(speaker=_speaker(article, block, q)) for block, q in found])


class _Reading:
    """An article's quotations without their speakers, block by block, each read when first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.marks: dict[int, list[re.Match[str]]] = {}
        """The marks outside code, by the number of their block."""
        self.known: dict[int, tuple[list[Quotation], str]] = {-1: ([], "")}
        """By number: the quotations, and the mark of the last one if the block's end leaves it open."""
        found = _marks_in(article.text)
        self.blocks = [b for b in article.blocks if b.kind not in ("code", "alternative")] if found else []
        self.starts = [b.span.start for b in self.blocks]
        for m in found:
            number = bisect.bisect_right(self.starts, m.start()) - 1
            inside = number >= 0 and m.end() <= self.blocks[number].span.end
            if inside and not (article.code and article.in_code(Span(*m.span()))):
                self.marks.setdefault(number, []).append(m)

    def of(self, block: Block) -> list[Quotation]:
        """The quotations of a block in order."""
        number = bisect.bisect_left(self.starts, block.span.start)
        return self.numbered(number) if number in self.marks and self.blocks[number] is block else []

    def numbered(self, number: int) -> list[Quotation]:
        """The quotations of a block in order, by its number among ``blocks``."""
        first = number
        while first not in self.known and first in self.marks:
            first -= 1
        for n in range(first, number + 1):
            if n not in self.known:
                self.known[n] = self._read(n, self.known[n - 1][1]) if n in self.marks else ([], "")
        return self.known[number][0]

    def _read(self, number: int, left_open: str) -> tuple[list[Quotation], str]:
        """The quotations of a block that has marks, and what it leaves open; ``left_open``: what the one before did."""
        block, following = self.blocks[number].span, self.blocks[number + 1 : number + 2]
        head = self.article.text[following[0].span.start : following[0].span.start + 2] if following else ""
        found = list(Paragraph(self.article.text, block, self.marks[number], left_open, head).read())
        goes_on = bool(found) and found[0].span.start == block.start and _matches(left_open, found[0].mark)
        out = [_quotation(self.article, q, goes_on and q is found[0]) for q in found]
        open_end = bool(found) and not found[-1].closed and found[-1].span.end == block.end
        return out, found[-1].mark if open_end else ""


def _marks_in(text: str) -> list[re.Match[str]]:
    """The marks of a text, in order."""
    marks = compiled(_MARK)
    found: list[re.Match[str]] = []
    for at in everywhere(text, filter(text.__contains__, _MARKS)):
        m = marks.match(text, at) if not found or at >= found[-1].end() else None
        if m is not None:
            found.append(m)
    return found


def _matches(left_open: str, mark: str) -> bool:
    """Whether ``mark`` takes up a quotation that ``left_open`` began; French copy may repeat the closing mark."""
    return mark == left_open or {mark, left_open} in ({"«", "»"}, {"“", '"'})


def _quotation(article: Article, q: Closed, goes_on: bool) -> Quotation:
    words = article.text[q.inner.start : q.inner.end] if q.inner.end - q.inner.start <= PHRASE else ""
    short = len(words.split()) <= 3 and (words.isascii() or len(re.findall(_WIDE, words)) <= 6)
    scare = q.closed and not goes_on and bool(words) and short
    return Quotation(q.span, q.inner, q.closed, scare, continuation=goes_on)


def _speaker(article: Article, block: Block, q: Quotation) -> str:
    from copydesk.text.speakers import speaker  # most who ask want no speakers, whose patterns take long to compile

    return speaker(article.text, block.span, q.span) if q.inner.end - q.inner.start > 1 else ""


def _shared_speakers(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The pieces of one speech with the speaker that any of them names."""
    out, piece = list(found), 0
    while piece < len(out):
        end = piece + 1
        while end < len(out) and out[end].continuation:
            end += 1
        names = [q.speaker for q in out[piece:end] if q.speaker]
        if names and end - piece > 1:
            out[piece:end] = [q._replace(speaker=q.speaker or names[-1]) for q in out[piece:end]]
        piece = end
    return tuple(out)
