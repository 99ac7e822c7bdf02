"""Whole lines that are page furniture by their wording: a line's tokens, and the look-up in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.compiled import compiled

from .letters import Heard, line
from .phrases import DIGITS, TOKEN, parse, regex

FOLDER = Path(__file__).parent / "vocabulary"
TABLE, KEYS = FOLDER / "table.tsv", FOLDER / "keys.tsv"
SIGNS = frozenset("#:©")
"""Tokens that are no words: a number, and the two marks that are kept."""
PAIR = "_"
"""Stands between the two words that a pattern begins with."""
_COPYRIGHT = r"^\W*\(c\)|(?<!\w)(?<!\d )\(c\)(?=,? ?(?:by )?(?:19|20)\d\d)|(?<=copyright )\(c\)"
"""A sign typed as letters; "501(c)(3)" is none."""
_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("`", "'"), ("–", "-"), ("—", "-"), ("\xad", ""), ("：", ":"))
NOTICES = frozenset({"author", "comments", "cookie", "copyright", "paywall", "subscribe", "wire-footer"})
"""Kinds whose wordings with ``**`` are whole sentences."""
_LABELS = frozenset({"advertisement", "comments", "media", "related", "subscribe", "tags"})
"""Kinds of which one word is proof; "Help", "Archive" and "Privacy" may be subheads."""
_READ = 400
"""Code points of a line that are read: what a notice is shows at its start."""
SHORT = 20
"""Tokens up to which most patterns can match."""


class Wording(NamedTuple):
    """What a line's wording says. ``sure``: it is furniture wherever it stands alone."""

    kind: str
    sure: bool
    language: str
    open: bool = False
    """A wildcard took words, and not a notice's: a sentence that begins alike might match too."""


class Pattern(NamedTuple):
    """A phrase and how it is found: a row of the table."""

    language: str
    kind: str
    sure: bool
    longest: float
    """Tokens of its longest match."""
    most: float
    """Words of its longest match."""
    demands: tuple[frozenset[str], ...]
    """For each part of the phrase, words and signs of which every match holds one."""
    runs: tuple[str, ...]
    """Words, with blanks around, of which every match holds one; none where the place of a word finds the pattern."""
    phrase: str


class _Index(NamedTuple):
    """Numbers of the patterns by the word or two that a line must begin with, must end with, or must hold."""

    first: dict[str, str]
    last: dict[str, str]
    inner: dict[str, str]


@lru_cache(maxsize=16)
def tokens(text: str) -> tuple[str, ...]:
    """A line's words in lower case, every number as ``#``; ``:`` and ``©`` are kept, other marks are not."""
    lower = plain(text[:_READ]).casefold()
    if "(c)" in lower:
        lower = compiled(_COPYRIGHT).sub("©", lower)
    found = [w if w[0].isalpha() else _masked(w) for w in compiled(TOKEN).findall(lower)]
    while found and found[-1] == ":":
        found.pop()
    return tuple(found)


def plain(text: str) -> str:
    for mark, plain in _SAME:  # several times faster than str.translate with a table
        text = text.replace(mark, plain)
    return text


def _masked(word: str) -> str:
    return "#" if (word[0].isdigit() or word[0] in "$£€¥") and compiled(DIGITS).fullmatch(word) else word


def candidates(line: Heard, beyond: float = 0, inside: bool = True) -> list[Pattern]:
    """The patterns of more than ``beyond`` tokens that a line might match by its words.

    A look before its tokens are told apart: most lines have none. ``inside``: whether words inside it may find some.
    """
    words = line.words
    numbers = _looked_up(words, inside) if words else ""
    found = _patterns(numbers, beyond) if numbers else ()
    if not found:
        return []
    count, held, spoken = len(words), {*words, "#"}, f" {' '.join(words)} "
    if ":" in line.text or "：" in line.text:
        held.add(":")
    may = [p for p in found if p.most >= count and not any(map(held.isdisjoint, p.demands))]
    return [p for p in may if not p.runs or any([run in spoken for run in p.runs])]  # noqa: C419 - faster


def _looked_up(words: list[str], inside: bool) -> str:
    """The numbers of the patterns that a line's first, last and other words find."""
    first, last, inner = _index()
    begin, number = words[0], "#"
    found = first.get(begin, "") + last.get(words[-1], "")
    if begin[0].isdigit():
        found += first[number]
    if len(words) > 1:
        found += first.get(begin + PAIR + (number if words[1][0].isdigit() else words[1]), "")
    if inside and not inner.keys().isdisjoint(words):
        found += "".join([inner.get(word, "") for word in words])
    return found


def inner_words() -> Set[str]:
    """The words that find a pattern wherever they stand."""
    return _index().inner.keys()


def kinds(word: str) -> set[str]:
    """The kinds of the patterns that a line may match which begins with a word."""
    numbers = _index().first.get(word, "")
    return {p.kind for p in _patterns(numbers, 0)} if numbers else set()


@lru_cache(maxsize=8192)
def wording(text: str) -> Wording | None:
    """What the vocabulary says of a whole line; a sure reading before a likely one."""
    found = candidates(line(text))
    return reading(text, found) if found else None


def reading(text: str, found: list[Pattern]) -> Wording | None:
    """What those patterns say of a line that match it."""
    words = tokens(text)
    best, whole = None, " ".join(words) + " "
    for pattern in found:
        opened = _match(pattern, whole) if words and len(words) <= pattern.longest else None
        if opened is None:
            continue
        said = Wording(pattern.kind, pattern.sure, pattern.language, opened)
        if best is None or (said.sure, not said.open) > (best.sure, not best.open):
            best = said
            if best.sure and not best.open:
                break
    if best and len(words) == 1 and best.kind not in _LABELS:
        return best._replace(sure=False)
    return best


def _match(pattern: Pattern, text: str) -> bool | None:
    """Whether a wildcard took words, where a pattern matches."""
    lines = _lines(pattern.phrase)
    if lines:
        return False if text in lines else None
    m = _matcher(pattern.phrase, pattern.kind in NOTICES).fullmatch(text)
    return any(m.groups()) if m else None


@cache
def _lines(phrase: str) -> frozenset[str]:
    """The lines of a phrase that is one list of lines: such lists are long, and slow to compile."""
    if "*" in phrase or "(" in phrase[1:] or phrase.find(")") != len(phrase) - 1:
        return frozenset()
    return frozenset(" ".join(map(str, line)) + " " for line in parse(phrase)[0])


@cache
def _matcher(phrase: str, notice: bool) -> re.Pattern[str]:
    """A pattern, compiled when a line first might match it: most never do."""
    return compiled(regex(parse(phrase), notice))


@lru_cache(maxsize=8192)
def _patterns(numbers: str, beyond: float) -> tuple[Pattern, ...]:
    """The patterns of numbers with a comma after each, every one once, that are of more tokens than ``beyond``."""
    found = map(_pattern, dict.fromkeys(numbers[:-1].split(",")))
    return tuple(p for p in found if p.longest > beyond)


@cache
def _pattern(number: str) -> Pattern:
    language, kind, strength, longest, most, demands, runs, phrase = _rows()[int(number)].split("\t")
    parts = tuple(frozenset(part.split()) for part in demands.split("|"))
    spoken = tuple(runs.split("|")) if runs else ()
    return Pattern(language, kind, strength == "sure", float(longest), float(most), parts, spoken, phrase)


@cache
def _rows() -> list[str]:
    return TABLE.read_bytes().decode().split("\n")


@cache
def _index() -> _Index:
    return _Index(*(_section(text) for text in KEYS.read_bytes().decode().split("\n\n")))


def _section(text: str) -> dict[str, str]:
    fields = text.split()
    return dict(zip(fields[::2], fields[1::2], strict=True))
