"""The words of one sentence that name a source, a hedge or an act, and what each of them governs."""

from __future__ import annotations

import itertools
import re
from functools import cached_property
from typing import NamedTuple

from copydesk import Span
from copydesk_rules.figures.language import Language

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d.,]*|[,;:—–]|--|(?<=\s)-(?=\s)|[“”\"]")
_PUT_REACH = 9
_SUBJECT_REACH = 8
FAMILIES = ("phrase", "speech", "ambiguous", "plural", "at", "data", "act", "charge", "unnamed", "hedge")
"""From the strongest to the weakest."""
STRONG = frozenset(FAMILIES[:6])
"""Families that carry over to the sentences behind."""


class Cue(NamedTuple):
    """A phrase of the lexicon where it stands: first and last token, and its place in the article."""

    first: int
    last: int
    family: str
    span: Span

    @property
    def reason(self) -> str:
        """What it is called in a verdict."""
        return "speech" if self.family in ("ambiguous", "plural", "at") else self.family


class Sentence:
    """One sentence, its tokens and cues looked up once and only when asked for."""

    def __init__(self, text: str, span: Span, language: Language) -> None:
        self.span, self.language = span, language
        self.text = text[span.start : span.end]
        self._article = text

    @cached_property
    def tokens(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Words and marks in lower case, and where each starts in the article."""
        found = [(m.group(), m.start()) for m in _WORD.finditer(self.text.lower().replace("’", "'"))]
        return tuple(w for w, _ in found), tuple(self.span.start + at for _, at in found)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that say what the sentence is about."""
        known = self.language.stop | self.language.magnitudes.keys()
        return frozenset(w for w in self.tokens[0] if len(w) > 3 and w.isalpha() and w not in known)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the sentence in order; at one word the longest phrase counts."""
        words, starts = self.tokens
        found, skip = [], 0
        for i, word in enumerate(words):
            if i < skip:
                continue
            for phrase, family in self.language.cues.get(word, ()):
                last = i + len(phrase) - 1
                if words[i : last + 1] == phrase and self._holds(i, last, family):
                    skip = last + 1
                    found.append(Cue(i, last, family, Span(starts[i], starts[last] + len(words[last]))))
                    break
        return tuple(c for c in found if c.family in FAMILIES)

    def _holds(self, first: int, last: int, family: str) -> bool:
        """Whether a word of two lives is used in its reporting sense."""
        words, _ = self.tokens
        before = words[first - 1] if first else ""
        after = words[last + 1] if last + 1 < len(words) else ""
        if family in ("ambiguous", "speech", "act", "plural") and before in ("be", "been", "being"):
            return False
        if family == "at":
            return any(w in self.language.at_words for w in words[last + 1 : last + _PUT_REACH])
        if family == "plural":
            near = words[max(0, first - _SUBJECT_REACH) : first]
            return (
                before.endswith("s")
                or before in ("they", "we", "i", "you")
                or not self.language.evidence.isdisjoint(near)
            )
        if family == "ambiguous":
            return self._reports(before, after, words[last])
        return True

    def _reports(self, before: str, after: str, verb: str) -> bool:
        if before in self.language.other_life_before:
            return False
        following = "#" if after[:1].isdigit() else after
        if verb in self.language.reports_before:
            return following in self.language.reports_before[verb]
        return following not in self.language.other_life.get(verb, ())

    def starts_with(self, family: str) -> bool:
        """Whether the sentence opens with a phrase of ``family`` (a link, a change of subject)."""
        words, _ = self.tokens
        i = 1 if words[:1] in (("“",), ('"',)) else 0
        return bool(words) and any(
            f == family and words[i : i + len(p)] == p
            for p, f in self.language.cues.get(words[i] if i < len(words) else "", ())
        )

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after ``offset``."""
        _, starts = self.tokens
        for i, start in enumerate(starts):
            if start >= offset:
                return i
        return len(starts)

    def governs(self, cue: Cue, figure: Span) -> bool:
        """Whether what the cue introduces takes in the figure."""
        _words, _ = self.tokens
        at = self.token_at(figure.start)
        if cue.family == "act":
            return cue.last < at
        if cue.family == "hedge":
            return not self._parted(min(cue.last, at), max(cue.first, at))
        if cue.first <= at or cue.family in ("phrase", "data"):
            return True
        return self._trails(cue, at)

    def _parted(self, first: int, last: int) -> bool:
        """Whether a new clause begins between two tokens."""
        words, _ = self.tokens
        between = words[first + 1 : last]
        if ";" in between or not self.language.parting.isdisjoint(between):
            return True
        return any(a == "," and b in self.language.clause for a, b in itertools.pairwise(between))

    def _trails(self, cue: Cue, at: int) -> bool:
        """Whether a cue behind the figure still covers it: no clause of its own begins in between."""
        words, _ = self.tokens
        between = words[at : cue.first]
        if ";" in between:
            return False
        commas = [i for i, w in enumerate(between) if w in (",", "—", "–", "-", "--")]
        if not commas:
            return True
        return between[commas[-1] + 1 : commas[-1] + 2] == () or between[commas[-1] + 1] not in self.language.clause
