"""Whole lines that are page furniture by their wording: a line's tokens, and the look-up in the vocabulary."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.compiled import compiled

from .letters import words
from .phrases import DIGITS, TOKEN, parse, regex

FOLDER = Path(__file__).parent / "vocabulary"
TABLE, KEYS = FOLDER / "table.tsv", FOLDER / "keys.tsv"
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
    strength: str
    """"sure" or "likely"."""
    longest: str
    """Tokens of its longest match, a number."""
    demands: str
    """For each part of the phrase, tokens of which every match holds one; a bar between parts."""
    phrase: str


class _Index(NamedTuple):
    """Numbers of the patterns by the token that a line must begin with, must end with, or must hold."""

    first: dict[str, str]
    last: dict[str, str]
    held: dict[str, str]

    def candidates(self, words: list[str]) -> list[Pattern]:
        """The patterns that a line of such words might match."""
        found = self.first.get(words[0], "") + self.last.get(words[-1], "")
        if not self.held.keys().isdisjoint(words):
            found += "".join([self.held.get(word, "") for word in words])
        return [_pattern(number) for number in dict.fromkeys(found.split())] if found else []


def tokens(line: str) -> list[str]:
    """A line's words in lower case, every number as ``#``; ``:`` and ``©`` are kept, other marks are not."""
    text = line[:_READ]
    text = plain(text).casefold()
    if "(c)" in text:
        text = compiled(_COPYRIGHT).sub("©", text)
    found = [w if w[0].isalpha() else _masked(w) for w in compiled(TOKEN).findall(text)]
    while found and found[-1] == ":":
        found.pop()
    return found


def plain(text: str) -> str:
    for mark, plain in _SAME:  # several times faster than str.translate with a table
        text = text.replace(mark, plain)
    return text


def _masked(word: str) -> str:
    return "#" if (word[0].isdigit() or word[0] in "$£€¥") and compiled(DIGITS).fullmatch(word) else word


@lru_cache(maxsize=8192)
def wording(line: str) -> Wording | None:
    """What the vocabulary says of a whole line; a sure reading before a likely one."""
    return reading(tokens(line))


def reading(words: list[str]) -> Wording | None:
    """What the vocabulary says of a line's tokens."""
    if not words:
        return None
    best, text, held = None, " ".join(words) + " ", set(words)
    for pattern in _keys()["tokens"].candidates(words):
        if len(words) > float(pattern.longest) or not _may(pattern, held):
            continue
        opened = _match(pattern, text)
        if opened is None:
            continue
        said = Wording(pattern.kind, pattern.strength == "sure", pattern.language, opened)
        if best is None or (said.sure, not said.open) > (best.sure, not best.open):
            best = said
            if best.sure and not best.open:
                break
    if best and len(words) == 1 and best.kind not in _LABELS:
        return best._replace(sure=False)
    return best


def silent(lower: str, heard: list[str]) -> bool:
    """Whether a line in lower case, of more than ``SHORT`` tokens and such ``words``, lacks those of every pattern.

    A look before the tokens are told apart.
    """
    if not heard or "©" in lower or "(c)" in lower:
        return False
    found = _keys()["words"].candidates(heard)
    held = set(heard) if found else set()
    return not any(_may(pattern, held, apart=True) for pattern in found)


def _may(pattern: Pattern, held: set[str], *, apart: bool = False) -> bool:
    """Whether a line holds one token of each part of a pattern."""
    for part in pattern.demands.split("|"):
        tokens = _heard(part) if apart else _tokens(part)
        if tokens and held.isdisjoint(tokens):
            return False
    return True


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


@cache
def _tokens(part: str) -> frozenset[str]:
    return frozenset(part.split())


@cache
def _heard(part: str) -> frozenset[str]:
    """The longest of the ``words`` of each token; nothing where one is a mark or a number."""
    apart = [[token] if token.isalnum() else words(token) for token in part.split()]
    return frozenset(max(a, key=len) for a in apart) if all(apart) else frozenset()


@cache
def _pattern(number: str) -> Pattern:
    return Pattern(*_rows()[int(number)].split("\t"))


@cache
def _rows() -> list[str]:
    return TABLE.read_text(encoding="utf-8").splitlines()


@cache
def _keys() -> dict[str, _Index]:
    """All patterns by "tokens", and the long ones by "words"."""
    found: dict[str, _Index] = defaultdict(lambda: _Index({}, {}, {}))
    for section in KEYS.read_text(encoding="utf-8").split("\n\n"):
        head, *rows = section.splitlines()
        by, place = head.split()
        getattr(found[by], place).update(row.split("\t") for row in rows)
    return found
