"""Whole lines that are page furniture by their wording: a line's tokens, and the look-up in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .letters import compiled, words
from .phrases import DIGITS, TOKEN, parse, regex

FOLDER = Path(__file__).parent / "vocabulary"
TABLE = FOLDER / "table.tsv"
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
_NONE: frozenset[str] = frozenset()


class Wording(NamedTuple):
    """What a line's wording says. ``sure``: it is furniture wherever it stands alone."""

    kind: str
    sure: bool
    language: str
    open: bool = False
    """A wildcard took words, and not a notice's: a sentence that begins alike might match too."""


class Pattern(NamedTuple):
    """A phrase and how it is found: a row of the table, several tokens with blanks between."""

    language: str
    kind: str
    strength: str
    """"sure" or "likely"."""
    reach: str
    """"long" where it matches more than ``SHORT`` tokens, else "short"."""
    place: str
    """Where ``keys`` stand, of which every match holds one: "first", "last" or, somewhere, "held"."""
    keys: str
    needs: str
    """Tokens of which every match holds one."""
    phrase: str


class _Look(NamedTuple):
    """Words without one of which no pattern for long lines matches, and those that a line's first word asks for."""

    held: set[str]
    first: dict[str, set[str]]


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
    for pattern in _candidates(words):
        if held.isdisjoint(pattern.needs.split()):
            continue
        m = _matcher(pattern.phrase, pattern.kind in NOTICES).fullmatch(text)
        if m is None:
            continue
        said = Wording(pattern.kind, pattern.strength == "sure", pattern.language, any(m.groups()))
        if best is None or (said.sure, not said.open) > (best.sure, not best.open):
            best = said
            if best.sure and not best.open:
                break
    if best and len(words) == 1 and best.kind not in _LABELS:
        return best._replace(sure=False)
    return best


def silent(lower: str, heard: list[str]) -> bool:
    """Whether a line longer than most patterns match, in lower case, of such ``words``, lacks the words of all others.

    A look before the tokens are told apart.
    """
    if "©" in lower or "(c)" in lower:
        return False
    look = _look()
    return look.held.isdisjoint(heard) and look.first.get(heard[0] if heard else "", _NONE).isdisjoint(heard)


@cache
def _matcher(phrase: str, notice: bool) -> re.Pattern[str]:
    """A pattern, compiled when a line first might match it: most never do."""
    return re.compile(regex(parse(phrase), notice))


def _candidates(words: list[str]) -> Iterator[Pattern]:
    long_line, table = len(words) > SHORT, _load()
    keyed = [("first", words[0]), ("last", words[-1]), *(("held", word) for word in dict.fromkeys(words))]
    for key in keyed:
        for pattern in table.get(key, ()):
            if not long_line or pattern.reach == "long":
                yield pattern


@cache
def _load() -> dict[tuple[str, str], list[Pattern]]:
    """Patterns by the place and the token of a line that find them."""
    index: dict[tuple[str, str], list[Pattern]] = {}
    for row in TABLE.read_text(encoding="utf-8").splitlines():
        pattern = Pattern(*row.split("\t"))
        for key in pattern.keys.split():
            index.setdefault((pattern.place, key), []).append(pattern)
    return index


@cache
def _look() -> _Look:
    """What the long patterns of the table need."""
    look = _Look(set(), {})
    for (place, key), found in _load().items():
        needs = {
            max(words(token), key=len, default=token) for p in found if p.reach == "long" for token in p.needs.split()
        }
        if place == "held":
            look.held.update(needs)
        elif needs:
            look.first.setdefault("".join(words(key)[:1]), set()).update(needs)
    return look
