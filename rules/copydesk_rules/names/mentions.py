"""Mentions of names, found by their capitals: no model, one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from copydesk import Span
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold

UPPER = "A-ZÀ-ÖØ-Þ" + "".join(chr(c) for c in range(0x100, 0x250) if chr(c).isupper())
_TOKEN = compiled(rf"[{UPPER}](?>[^\W\d_]*(?:[-’'][^\W\d_]+)*)")
ARTICLES = frozenset({"al-", "el-", "ad-", "as-", "ar-", "ul-", "al’", "al'", "al ", "el "})
JOINING = """de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ter|ten|zu|zur|bin|ibn|bint|ben|al|el|y|e|van de|\
van der|van den|von der|de la|de los|de las|bin al"""
_PARTICLES = frozenset(f" {particle} " for particle in JOINING.split("|"))
_PARTS = 4
"""Hyphens in one name, at most; more is no name."""
_BLANKS = frozenset({" ", "\u00a0"})
_DOTS = frozenset({".", ". ", ".\u00a0"})

_ENDINGS = frozenset({"s", "m", "re", "ve", "ll", "d", "t", "all"})


class Mention(NamedTuple):
    """One capitalised word of a name. ``form`` is the word without its possessive ending."""

    start: int
    end: int
    form: str


class Place(NamedTuple):
    """A mention of one word or several: numbers of its first and last word, both inclusive."""

    first: int
    last: int


class Names(NamedTuple):
    """The capitalised words of an article in order. ``linked[i]``: word i and i + 1 stand in one run."""

    text: str
    words: list[Mention]
    linked: list[bool]
    headlines: tuple[Span, ...]

    def span(self, place: Place) -> Span:
        """Where a mention stands."""
        return Span(self.words[place.first].start, self.words[place.last].end)

    def opens(self, number: int) -> bool:
        """Whether a word opens a sentence, a line or a quotation, so that its capital says nothing."""
        return opens_at(self.text, self.words[number].start)

    def in_headline(self, number: int) -> bool:
        """Whether a word stands in a headline or a heading."""
        at = self.words[number].start
        return any(s.start <= at < s.end for s in self.headlines)


def opens_at(text: str, at: int) -> bool:
    """Whether a sentence, a line or a quotation starts at an offset."""
    near = text[max(0, at - 6) : at]
    before = near.rstrip(" \u00a0\t\"“”'‘’([*_>-–—•")
    return not before or before[-1] in "\n.!?:;|…" or "\n" in near


def is_plain(text: str) -> bool:
    """Whether a text is capitalised words with single blanks between and nothing else."""
    if not text.replace(" ", "").isalpha():
        return False
    return text.istitle() or all(word[:1].isupper() for word in text.split(" "))


@lru_cache(maxsize=300_000)
def run(text: str) -> Names:
    """A stretch or a run as names of a text of its own."""
    if is_plain(text):
        words, at = [], 0
        for form in text.split(" "):
            words.append(Mention(at, at + len(form), form))
            at += len(form) + 1
        return Names(text, words, [True] * (len(words) - 1) + [False], ())
    words = list(words_of(text))
    return Names(text, words, linked_words(text, words), ())


def words_of(text: str) -> Iterator[Mention]:
    """The capitalised words of a text in order."""
    for m in _TOKEN.finditer(text):
        start, end = m.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 2]
        if before.isalnum() or (before and before in "_@#/&") or _runs_on(after):
            continue
        form = m.group()
        if not form.isalpha():
            form = _without_suffix(_without_ending(form))
            if not form:
                continue
        if (
            before
            and before in "- '’"
            and text[start - 3 : start] in ARTICLES
            and not text[start - 4 : start - 3].isalnum()
        ):
            if before == " ":
                yield Mention(start - 3, start - 1, text[start - 3 : start - 1])
            else:
                start, form = start - 3, text[start - 3 : start] + form
        if text[start - 2 : start] != "& ":
            yield Mention(start, start + len(form), form)


def _runs_on(after: str) -> bool:
    """Whether a digit or a domain goes on where the word ends (B-52, COVID-19, Example.com)."""
    return after[:1].isdigit() or (
        len(after) == 2 and ((after[0] == "-" and after[1].isdigit()) or (after[0] in "._@" and after[1].islower()))
    )


def _without_ending(form: str) -> str:
    """A form without its possessive or contracted ending; empty where ``n’t`` leaves no word."""
    at = max(form.rfind("'"), form.rfind("’"))
    ending = form[at + 1 :].lower()
    if at < 0 or ending not in _ENDINGS:
        return form
    return "" if ending == "t" else form[:at]


def _without_suffix(form: str) -> str:
    """``Qaeda`` of ``Qaeda-linked``, ``Mexico`` of ``Mexico-US``: what follows the hyphen is none of the name."""
    if form.count("-") > _PARTS:
        return ""
    head, _, tail = form.rpartition("-")
    while head and (len(tail) < 2 or (tail.isupper() and len(tail) < 4) or _is_suffix(tail) or _runs_into(head, tail)):
        form = head
        head, _, tail = form.rpartition("-")
    return "" if len(form) > 2 and form[1] == "-" and form[0] in "DRI" else form


def _runs_into(head: str, tail: str) -> bool:
    """Whether a hyphen stands for a dash (Tuesday-in); after a short head it may join a Korean name (Jae-in)."""
    return len(head) > 5 and tail.islower() and lexicon.is_function(tail)


def _is_suffix(tail: str) -> bool:
    return (
        tail.islower()
        and len(tail) > 2
        and (lexicon.is_suffix(tail) or (tail.endswith(("ed", "ing")) and lexicon.is_word(tail)))
    )


def linked_words(text: str, words: Sequence[Mention]) -> list[bool]:
    """For each word, whether the next one belongs to the same run."""
    linked = [False] * len(words)
    for i in range(len(words) - 1):
        _, end, form = words[i]
        gap = text[end : words[i + 1].start] if words[i + 1].start - end < 12 else ""
        linked[i] = gap in _BLANKS or (len(gap) > 0 and (gap in _PARTICLES or (gap in _DOTS and _abbreviated(form))))
    return linked


def _abbreviated(form: str) -> bool:
    return len(form) == 1 or lexicon.is_abbreviated(fold(form))
