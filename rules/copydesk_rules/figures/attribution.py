"""Who stands behind each figure of an article: the verdict, its reason and the words that carry it."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass, replace
from functools import cached_property

from copydesk import Article, Span
from copydesk.text import quotations, sentences
from copydesk_rules.figures.cues import STRONG, Cue, Sentence
from copydesk_rules.figures.language import Language, language_of
from copydesk_rules.figures.numbers import Figure, figures

SILENT = frozenset({"headline", "heading", "caption", "table", "code"})
"""Blocks in which a figure needs no source of its own: the copy below carries it."""
CARRY = 2
"""Sentences back within a paragraph from which a source still carries."""

_LINKED = re.compile(r"<a\s[^>]*href|\]\(", re.I)


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim figure and what stands behind it.

    ``reason``: quotation, speech, phrase, data, act, link, hedge, unnamed, carry, linked, repeat; or empty
    where nothing does. ``hedged``: a hedge governs it, whatever else does.
    """

    figure: Figure
    sentence: Span
    block: int
    reason: str = ""
    source: Span | None = None
    hedged: bool = False
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
    def weak(self) -> bool:
        """Whether only a hedge or a source without a name does."""
        return self.reason == "hedge" or (self.unnamed and self.reason not in ("quotation", "link"))


def judged(article: Article) -> tuple[Judged, ...]:
    """The claim figures of the body of an article with their verdicts, in order."""
    return article.view(_judged)


def _judged(article: Article) -> tuple[Judged, ...]:
    claims = [f for f in figures(article) if f.claim]
    language = language_of(article)
    if not claims or language is None:
        return ()
    return tuple(_Reading(article, language).judge(claims))


class _Reading:
    """One pass over an article: sentences by place, read only where a claim figure stands near."""

    def __init__(self, article: Article, language: Language) -> None:
        self.article, self.language = article, language
        self.spans = sentences(article)
        self.starts = [s.start for s in self.spans]
        self.blocks = [b.span.start for b in article.blocks]
        self.read: dict[int, Sentence] = {}
        self.quotes = [q.span for q in quotations(article) if not q.scare]
        self.quote_starts = [q.start for q in self.quotes]

    def sentence(self, i: int) -> Sentence:
        if i not in self.read:
            self.read[i] = Sentence(self.article.text, self.spans[i], self.language)
        return self.read[i]

    def block(self, i: int) -> int:
        return bisect.bisect_right(self.blocks, self.spans[i].start) - 1

    def judge(self, claims: list[Figure]) -> list[Judged]:
        out: list[Judged] = []
        sourced: dict[tuple[float, str], Judged] = {}
        for figure in claims:
            i = bisect.bisect_right(self.starts, figure.span.start) - 1
            if i < 0 or figure.span.start >= self.spans[i].end:
                continue
            if self.article.blocks[self.block(i)].kind in SILENT:
                continue
            verdict = self.verdict(figure, i)
            known = sourced.get((figure.value, figure.kind))
            if verdict.bare and known is not None and self.same(figure, i, known):
                verdict = replace(verdict, reason="repeat", repeats=known)
            elif not verdict.bare and (known is None or (known.weak and not verdict.weak)):
                sourced[figure.value, figure.kind] = verdict
            out.append(verdict)
        return out

    def same(self, figure: Figure, i: int, known: Judged) -> bool:
        """Whether a later mention of a value speaks of the same thing."""
        if figure.noun and figure.noun == known.figure.noun:
            return True
        j = bisect.bisect_right(self.starts, known.sentence.start) - 1
        return len(self.sentence(i).content & self.sentence(j).content) >= 2

    def verdict(self, figure: Figure, i: int) -> Judged:
        sentence, block = self.sentence(i), self.block(i)
        place = (figure, sentence.span, block)
        if self.quoted(figure.span):
            return Judged(*place, "quotation")
        cues = [c for c in sentence.cues if sentence.governs(c, figure.span)]
        hedged = any(c.family == "hedge" for c in cues)
        unnamed = any(c.family == "unnamed" for c in cues)
        for family in ("phrase", "speech", "data", "ambiguous", "plural", "at", "act", "unnamed", "hedge"):
            best = next((c for c in cues if c.family == family), None)
            if best is not None:
                return Judged(
                    *place, "speech" if family in ("ambiguous", "plural", "at") else family, best.span, hedged, unnamed
                )
        if self.article.format in ("markdown", "html") and _LINKED.search(self.article.raw(sentence.span)):
            return Judged(*place, "link")
        carried = self.carried(figure, i, place)
        return Judged(*place, "data") if carried.bare and figure.kind == "percent" and self.study else carried

    @cached_property
    def study(self) -> bool:
        """Whether the article is about a poll or study, so that its percentages come from there."""
        found = itertools.islice(self.language.study.finditer(self.article.text), self.language.study_least)
        return len(list(found)) == self.language.study_least

    def quoted(self, span: Span) -> bool:
        i = bisect.bisect_right(self.quote_starts, span.start) - 1
        return i >= 0 and span.start < self.quotes[i].end

    def carried(self, figure: Figure, i: int, place: tuple[Figure, Span, int]) -> Judged:
        """The verdict from the sentences before: in the paragraph, or in the linked one before."""
        block = place[2]
        for j in range(i - 1, max(-1, i - 1 - CARRY), -1):
            if self.block(j) != block:
                break
            if self.sentence(j + 1).starts_with("breaks"):
                return Judged(*place)
            cue = self.carrier(j)
            if cue is not None:
                return Judged(*place, "carry", cue.span, carried=self.spans[j])
        return self.from_paragraph_before(figure, i, place)

    def from_paragraph_before(self, figure: Figure, i: int, place: tuple[Figure, Span, int]) -> Judged:
        first = i
        while first and self.block(first - 1) == place[2]:
            first -= 1
        if first == 0 or not self.sentence(first).starts_with("links") or i - first > 1:
            return Judged(*place)
        cue = self.carrier(first - 1)
        if cue is None or self.block(first - 1) != place[2] - 1:
            return Judged(*place)
        return Judged(*place, "linked", cue.span, carried=self.spans[first - 1])

    def carrier(self, j: int) -> Cue | None:
        """The cue of a sentence strong enough to carry over."""
        sentence = self.sentence(j)
        return next((c for c in sentence.cues if c.family in STRONG), None)
