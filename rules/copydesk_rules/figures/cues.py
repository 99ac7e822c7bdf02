"""The words of one sentence that name a source, a hedge or an act, and what each of them governs."""

from __future__ import annotations

import bisect
import itertools
from functools import cached_property

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.figures.language import Language, Phrase

_WORD = compiled(r"(\d[\d.,]*|\w+(?:[-']\w+)*|[,;:—–“”\"]|--|(?<=\s)-(?=\s))")
_PUT_REACH = 9
_SUBJECT_REACH = 8
_BODY_REACH = 3
_OPENING = 60
_LONGEST_OPENING = 3
"""Code points, and words, that hold the longest phrase a sentence opens with."""
FAMILIES = ("phrase", "speech", "ambiguous", "plural", "at", "tally", "data", "act", "charge", "unnamed", "hedge")
"""From the strongest to the weakest."""
STRONG = frozenset(FAMILIES[:7])
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
        return "speech" if self.family in ("ambiguous", "plural", "at", "tally") else self.family


def sentence_at(article: Article, span: Span, language: Language) -> Sentence:
    """The sentence at a span of an article, the same object for all who ask."""
    known = article.view(_known)
    if span not in known:
        known[span] = Sentence(article.text, span, language)
    return known[span]


def _known(article: Article) -> dict[Span, Sentence]:
    return {}


class Sentence:
    """One sentence, its tokens and cues looked up once and only when asked for."""

    def __init__(self, text: str, span: Span, language: Language) -> None:
        self.span, self.language = span, language
        self.text = text[span.start : span.end]
        self._article = text

    @cached_property
    def _lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @cached_property
    def _pieces(self) -> list[str]:
        """What stands between the words, and the words, in turn."""
        return _WORD.split(self._lower)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words and marks in lower case."""
        return tuple(self._pieces[1::2])

    @cached_property
    def _starts(self) -> list[int]:
        """Where the words start in the sentence."""
        return list(itertools.accumulate(map(len, self._pieces)))[:-1:2]

    def start(self, token: int) -> int:
        """Where a token starts in the article."""
        return self.span.start + self._starts[token]

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that say what the sentence is about."""
        known = self.language.stop | self.language.magnitudes.keys()
        return frozenset(w for w in self.words if len(w) > 3 and w.isalpha() and w not in known)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The cues of the sentence in order; at one word the longest phrase counts."""
        words, lone, pairs = self.words, self.language.lone, self.language.pairs
        found, skip = [], 0
        for i in itertools.compress(itertools.count(), map(self.language.cues.__contains__, words)):
            may = i >= skip and (words[i] in lone or words[i : i + 2] in pairs)
            phrase, family = self._phrase_at(i) if may else ((), "")
            if phrase:
                skip = i + len(phrase)
                found.append(self._cue(i, skip - 1, family))
        return tuple(c for c in found if c.family in FAMILIES)

    def _phrase_at(self, first: int) -> tuple[Phrase, str]:
        """The longest phrase of the lexicon that begins with a token, and its family; empty where none does."""
        for phrase, family in self.language.cues[self.words[first]]:
            last = first + len(phrase) - 1
            if (last == first or self.words[first : last + 1] == phrase) and self._holds(first, last, family):
                return phrase, family
        return (), ""

    def _cue(self, first: int, last: int, family: str) -> Cue:
        return Cue(first, last, family, Span(self.start(first), self.start(last) + len(self.words[last])))

    def _holds(self, first: int, last: int, family: str) -> bool:
        """Whether a word of two lives is used in its reporting sense."""
        words = self.words
        before = words[first - 1] if first else ""
        after = words[last + 1] if last + 1 < len(words) else ""
        if family in ("ambiguous", "speech", "act", "plural") and before in ("be", "been", "being"):
            return False
        if family == "at":
            return any(w in self.language.at_words for w in words[last + 1 : last + _PUT_REACH])
        if family == "tally":
            return not self.language.bodies.isdisjoint(words[max(0, first - _BODY_REACH) : first])
        if family == "plural":
            return self._has_subject(first, before)
        if family == "ambiguous":
            return self._reports(before, after, words[last])
        return True

    def _has_subject(self, verb: int, before: str) -> bool:
        """Whether a plural subject stands before a base form."""
        near = self.words[max(0, verb - _SUBJECT_REACH) : verb]
        if before.endswith("s") or before in ("they", "we", "i", "you") or not self.language.evidence.isdisjoint(near):
            return True
        subject = any(word.endswith("s") for word in near)
        return subject and self.words[verb] in self.language.never_noun and "to" not in near[-1:]

    def _reports(self, before: str, after: str, verb: str) -> bool:
        if before in self.language.other_life_before:
            return False
        following = "#" if after[:1].isdigit() else after
        if verb in self.language.reports_before:
            return following in self.language.reports_before[verb]
        return following not in self.language.other_life.get(verb, ())

    def starts_with(self, family: str) -> bool:
        """Whether the sentence opens with a phrase of ``family`` (a link, a change of subject)."""
        words = self._opening
        i = 1 if words[:1] in (("“",), ('"',)) else 0
        return any(words[i:end] in self.language.openings[family] for end in range(i + 1, i + _LONGEST_OPENING + 1))

    @cached_property
    def _opening(self) -> tuple[str, ...]:
        """The first words, as many as any linking phrase has."""
        return tuple(_WORD.findall(self.text[:_OPENING].lower().replace("’", "'")))

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after ``offset``."""
        return bisect.bisect_left(self._starts, offset - self.span.start)

    def governs(self, cue: Cue, figure: Span) -> bool:
        """Whether what the cue introduces takes in the figure."""
        at = self.token_at(figure.start)
        if cue.family == "act":
            return cue.last < at
        if cue.family in ("hedge", "charge"):
            return not self._parted(min(cue.last, at), max(cue.first, at))
        if cue.first <= at or cue.family in ("phrase", "data"):
            return True
        return self._trails(cue, at)

    def _parted(self, first: int, last: int) -> bool:
        """Whether a new clause begins between two tokens."""
        between = self.words[first + 1 : last]
        if ";" in between or not self.language.parting.isdisjoint(between):
            return True
        return any(a == "," and b in self.language.clause for a, b in itertools.pairwise(between))

    def _trails(self, cue: Cue, at: int) -> bool:
        """Whether a cue behind the figure still covers it: no clause of its own begins in between."""
        between = self.words[at : cue.first]
        if ";" in between:
            return False
        commas = [i for i, w in enumerate(between) if w in (",", "—", "–", "-", "--")]
        if not commas:
            return True
        return between[commas[-1] + 1 : commas[-1] + 2] == () or between[commas[-1] + 1] not in self.language.clause
