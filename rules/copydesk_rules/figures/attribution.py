"""Who stands behind each figure of an article: the verdict, its reason and the words that carry it."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable
from functools import cached_property

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.figures.cues import FAMILIES, STRONG, Cue, Sentence, sentence_at
from copydesk_rules.figures.language import Language, language_of
from copydesk_rules.figures.numbers import CLAIMS, Figure, figures, scan

SILENT = frozenset({"headline", "heading", "caption", "table", "code", "alternative"})
"""Blocks in which a figure needs no source of its own: the copy below carries it."""
CARRY = 2
"""Sentences back within a paragraph from which a source still carries."""
LONGEST = 2500
"""Code points; what is longer is a table or a list, no sentence."""

_SPECIFIC = 1000
"""A count from here on hardly comes twice by chance."""
_LABEL = compiled(r"(?:[A-Z][A-Z.’'-]+\s){0,3}[A-Z][A-Z.’'-]+(?:\s\([^()\n]{1,60}\))?:\s")
"""“IDA BERG: …”, as a transcript names who speaks."""
_SPEAKERS = 3
"""Blocks with such a label that make a transcript; one alone may be a dateline."""
_MARKS = compiled('["“”„«»`]')


class Judged(NamedTuple):
    """A figure and what stands behind it.

    ``reason``: quotation, speech, phrase, data, act, link, charge, unnamed, hedge, carry, linked, repeat; empty where
    nothing does.
    """

    figure: Figure
    sentence: Span
    block: int
    reason: str = ""
    source: Span | None = None
    """The words that carry it."""
    hedge: Span | None = None
    """The hedge that governs it, whatever else carries it."""
    unnamed: bool = False
    carried: Span | None = None
    """The sentence whose source is carried over."""
    repeats: Judged | None = None
    """The earlier, sourced mention of the same figure, where this one has no source of its own."""

    @property
    def bare(self) -> bool:
        """Whether nobody stands behind it."""
        return not self.reason

    @property
    def sourceless(self) -> bool:
        """Whether a hedge or an accusation carries it, which is nobody."""
        return self.reason in ("hedge", "charge")

    @property
    def weak(self) -> bool:
        """Whether only a hedge or a source without a name does."""
        return self.sourceless or (self.unnamed and self.reason not in ("quotation", "link"))


def judged(article: Article, kinds: frozenset[str] = CLAIMS, links: bool = True) -> tuple[Judged, ...]:
    """The figures of the given kinds in the body of an article with their verdicts, in order.

    ``links``: whether a link in the sentence counts as a source.
    """
    if kinds <= CLAIMS and (links or not article.links):
        return tuple(j for j in article.view(_judged) if j.figure.kind in kinds)
    language = language_of(article)
    found = scan(article.text, language, with_small="small" in kinds) if language else []
    return _judge(article, (f for f in found if f.kind in kinds), links)


def _judged(article: Article) -> tuple[Judged, ...]:
    return _judge(article, (f for f in figures(article) if f.kind in CLAIMS))


def _judge(article: Article, wanted: Iterable[Figure], links: bool = True) -> tuple[Judged, ...]:
    language = language_of(article)
    return tuple(_Reading(article, language, links).judge(wanted)) if language else ()


class _Reading:
    """One pass over an article: only paragraphs with a wanted figure, and their neighbours, are read."""

    def __init__(self, article: Article, language: Language, links: bool) -> None:
        self.article, self.language, self.blocks = article, language, tuple(article.blocks)
        self.links = article.links if links else ()
        self.starts = [b.span.start for b in self.blocks]
        self.paragraphs: dict[int, list[Sentence]] = {}
        self.marked: dict[int, bool] = {}

    def paragraph(self, block: int) -> list[Sentence]:
        if block not in self.paragraphs:
            from copydesk.text.sentences import split  # only where there is a claim

            at, end = self.blocks[block].span
            spans = (Span(at + s.start, at + s.end) for s in split(self.article.text[at:end]))
            self.paragraphs[block] = [sentence_at(self.article, s, self.language) for s in spans]
        return self.paragraphs[block]

    def judge(self, wanted: Iterable[Figure]) -> list[Judged]:
        out: list[Judged] = []
        first: dict[tuple[float, str], tuple[Judged, Sentence]] = {}
        for figure in wanted:
            block = bisect.bisect_right(self.starts, figure.span.start) - 1
            if block < 0 or self.blocks[block].kind in SILENT:
                continue
            place = self.place(block, figure.span)
            if place is None:
                continue
            sentence = self.paragraph(block)[place]
            verdict = self.verdict(figure, block, place)
            known = first.get((figure.value, figure.kind))
            if verdict.bare and known is not None and _same(verdict, sentence, *known):
                verdict = verdict._replace(reason="repeat", repeats=known[0])
            elif not verdict.bare and (known is None or (known[0].weak and not verdict.weak)):
                first[figure.value, figure.kind] = verdict, sentence
            out.append(verdict)
        return out

    def place(self, block: int, span: Span) -> int | None:
        """Index of the figure's sentence in its paragraph; None where it is too long to be one."""
        found = self.paragraph(block)
        i = bisect.bisect_right(found, span.start, key=lambda s: s.span.start) - 1
        return i if i >= 0 and found[i].span.end - found[i].span.start <= LONGEST else None

    def verdict(self, figure: Figure, block: int, place: int) -> Judged:
        sentence = self.paragraph(block)[place]
        bare = Judged(figure, sentence.span, block)
        if self.quoted(figure.span, block):
            return bare._replace(reason="quotation")
        cues = [c for c in sentence.cues if sentence.governs(c, figure.span)]
        if cues:
            best = min(cues, key=lambda c: FAMILIES.index(c.family))
            hedge = next((c.span for c in cues if c.family == "hedge"), None)
            unnamed = any(c.family == "unnamed" for c in cues)
            return bare._replace(reason=best.reason, source=best.span, hedge=hedge, unnamed=unnamed)
        if self.linked(sentence.span):
            return bare._replace(reason="link")
        carried = self.carried(bare, block, place)
        if carried.bare and figure.kind == "percent" and self.study:
            return bare._replace(reason="data")
        return self.forward(carried, block, place) if carried.bare else carried

    def linked(self, sentence: Span) -> bool:
        """Whether a link stands in the sentence."""
        i = bisect.bisect_left(self.links, sentence.end, key=lambda k: k.start) - 1
        return i >= 0 and self.links[i].end > sentence.start

    def forward(self, bare: Judged, block: int, place: int) -> Judged:
        """The verdict from the sentence behind, where it goes on with the same thing and names its source."""
        following = self.paragraph(block)[place + 1 : place + 2]
        if not following or not following[0].starts_with("links"):
            return bare
        cue = _carrier(following[0])
        return bare._replace(reason="carry", source=cue.span, carried=following[0].span) if cue else bare

    @cached_property
    def study(self) -> bool:
        """Whether the article is about a poll or study, so that its percentages come from there."""
        least, lower = self.language.study_least, self.article.text.lower()
        if sum(map(lower.count, self.language.study_words)) < least:  # cheaper than the pattern, and mostly enough
            return False
        found = itertools.islice(self.language.study.finditer(self.article.text), least)
        return len(list(found)) == least

    @cached_property
    def transcript(self) -> bool:
        """Whether the article is an interview or debate that names its speakers before their words."""
        labels = (b for b in self.blocks if _LABEL.match(self.article.text, b.span.start))
        return len(list(itertools.islice(labels, _SPEAKERS))) == _SPEAKERS

    def quoted(self, span: Span, block: int) -> bool:
        """Whether the figure stands in a direct quotation of more than three words, or in a labelled speech."""
        if block not in self.marked:
            at, end = self.blocks[block].span
            self.marked[block] = (
                _MARKS.search(self.article.text, at, end) is not None or self.article.text.find("''", at, end) >= 0
            )
        if _LABEL.match(self.article.text, self.blocks[block].span.start) and self.transcript:
            return True
        if not self.marked[block]:
            return False
        from copydesk.text.quotations import quoted_in  # only where there are a claim and a mark

        quotes = quoted_in(self.article, self.blocks[block])
        return any(q.start <= span.start < q.end for q in quotes)

    def carried(self, bare: Judged, block: int, place: int) -> Judged:
        """The verdict from the sentences before: in the paragraph, or in the linked one before."""
        paragraph = self.paragraph(block)
        for i in range(place - 1, max(-1, place - 1 - CARRY), -1):
            if paragraph[i + 1].starts_with("breaks"):
                return bare
            cue = _carrier(paragraph[i])
            if cue is not None:
                return bare._replace(reason="carry", source=cue.span, carried=paragraph[i].span)
        if place > 1 or not block or not paragraph[0].starts_with("links"):
            return bare
        last = self.paragraph(block - 1)[-1:]
        cue = _carrier(last[0]) if last else None
        return bare._replace(reason="linked", source=cue.span, carried=last[0].span) if cue else bare


def _carrier(sentence: Sentence) -> Cue | None:
    """The cue of a sentence strong enough to carry over."""
    if sentence.span.end - sentence.span.start > LONGEST:
        return None
    return next((c for c in sentence.cues if c.family in STRONG), None)


def _same(later: Judged, sentence: Sentence, earlier: Judged, before: Sentence) -> bool:
    """Whether a later mention of a value speaks of the same thing: its noun, or two words of the sentence."""
    one, other = later.figure, earlier.figure
    if sentence.language.synonyms(one.noun, other.noun):
        return True
    if one.kind == "count" and one.value >= _SPECIFIC and not (one.noun and other.noun):
        return True
    return len(sentence.content & before.content) >= 2
