"""Whole lines that are page furniture by their wording: the vocabulary, its small pattern language, and the look-up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from math import inf
from pathlib import Path
from typing import NamedTuple, TypeAlias

_FOLDER = Path(__file__).parent / "vocabulary"
_DIGITS = r"[$£€¥]?\d[\d,.:]*(?:st|nd|rd|th|k|m|h|d|hr|hrs|min|mins|am|pm|%)?(?!\w)"
_NUMBER = re.compile(_DIGITS)
_TOKEN = re.compile(rf"{_DIGITS}|©|:|[\u3040-\u30ff\u3400-\u9fff]|[^\W_](?:[\w'.@+&-]*[\w+])?")
_COPYRIGHT = re.compile(r"^\W*\(c\)|(?<!\w)(?<!\d )\(c\)(?=,? ?(?:by )?(?:19|20)\d\d)|(?<=copyright )\(c\)")
"""A sign typed as letters; "501(c)(3)" is none."""
_PIECE = re.compile(rf"\*\*|[*#()|]|{_TOKEN.pattern}")
_SAME = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("´", "'"), ("`", "'"), ("–", "-"), ("—", "-"), ("\xad", ""), ("：", ":"))
NOTICES = frozenset({"author", "comments", "cookie", "copyright", "paywall", "subscribe", "wire-footer"})
"""Kinds whose wordings with ``**`` are whole sentences."""
_LABELS = frozenset({"advertisement", "comments", "media", "related", "subscribe", "tags"})
"""Kinds of which one word is proof; "Help", "Archive" and "Privacy" may be subheads."""
_READ = 400
"""Code points of a line that are read: what a notice is shows at its start."""
_ANY = ("*", "**")
_LENGTHS = {"*": 8.0, "**": inf}
_AROUND = ".,;:!?\"'()[]{}<>|/*“”‘’„«»‹›…–—-•·"
"""Marks that stand around words."""
_SHORT = 20
"""Tokens up to which most patterns can match."""


class Wording(NamedTuple):
    """What a line's wording says. ``sure``: it is furniture wherever it stands alone."""

    kind: str
    sure: bool
    language: str
    open: bool = False
    """A wildcard took words, and not a notice's: a sentence that begins alike might match too."""


class _Pattern(NamedTuple):
    phrase: str
    needs: frozenset[str]
    """Tokens of which every match holds one."""
    longest: float
    """Tokens of its longest match."""
    wording: Wording


class _Vocabulary(NamedTuple):
    """Patterns by the token a line must begin with, must end with, or must hold."""

    first: dict[str, list[_Pattern]]
    last: dict[str, list[_Pattern]]
    held: dict[str, list[_Pattern]]


def tokens(line: str) -> list[str]:
    """A line's words in lower case, every number as ``#``; ``:`` and ``©`` are kept, other marks are not."""
    text = line[:_READ]
    text = _plain(text).casefold()
    if "(c)" in text:
        text = _COPYRIGHT.sub("©", text)
    found = [w if w[0].isalpha() else _masked(w) for w in _TOKEN.findall(text)]
    while found and found[-1] == ":":
        found.pop()
    return found


def _plain(text: str) -> str:
    for mark, plain in _SAME:  # several times faster than str.translate with a table
        text = text.replace(mark, plain)
    return text


def _masked(word: str) -> str:
    return "#" if (word[0].isdigit() or word[0] in "$£€¥") and _NUMBER.fullmatch(word) else word


@lru_cache(maxsize=8192)
def wording(line: str) -> Wording | None:
    """What the vocabulary says of a whole line; a sure reading before a likely one."""
    return reading(tokens(line))


def reading(words: list[str]) -> Wording | None:
    """What the vocabulary says of a line's tokens."""
    if not words:
        return None
    best, text, held = None, " ".join(words) + " ", set(words)
    for pattern in _candidates(_load(len(words) > _SHORT), words):
        if pattern.needs.isdisjoint(held):
            continue
        m = _compiled(pattern.phrase, pattern.wording.kind in NOTICES).fullmatch(text)
        if m is None:
            continue
        said = pattern.wording._replace(open=any(m.groups()))
        if best is None or (said.sure, not said.open) > (best.sure, not best.open):
            best = said
            if best.sure and not best.open:
                break
    if best and len(words) == 1 and best.kind not in _LABELS:
        return best._replace(sure=False)
    return best


def silent(lower: str, words: list[str]) -> bool:
    """Whether a line in lower case, with what stands between its blanks, lacks the words of every pattern.

    A look before the tokens are told apart; False where blanks do not tell them apart.
    """
    bare = [w.strip(_AROUND) for w in words]
    first, last, held = _plain(bare[0]), _plain(bare[-1]), set(bare)
    if not first or not last or "©" in lower or "/" in lower or "(c" in lower:
        return False
    index = _load(len(bare) - bare.count("") > _SHORT)
    near = (*index.first.get(first, ()), *index.last.get(last, ()))
    return held.isdisjoint(index.held) and all(p.needs.isdisjoint(held) for p in near)


@cache
def _compiled(phrase: str, notice: bool) -> re.Pattern[str]:
    """A pattern, compiled when a line first might match it: most never do."""
    return re.compile(_regex(_parse(phrase), notice))


def _candidates(index: _Vocabulary, words: list[str]) -> Iterator[_Pattern]:
    yield from index.first.get(words[0], ())
    yield from index.last.get(words[-1], ())
    for word in dict.fromkeys(words):
        yield from index.held.get(word, ())


@cache
def _load(long_lines: bool) -> _Vocabulary:
    index = _Vocabulary({}, {}, {})
    for part, keys, pattern in _patterns():
        if not long_lines or pattern.longest > _SHORT:
            for key in keys:
                index[part].setdefault(key, []).append(pattern)
    return index


@cache
def _patterns() -> tuple[tuple[int, Iterable[str], _Pattern], ...]:
    """Every pattern, the part of the index it belongs to, and the tokens it is found by."""
    return tuple(_keyed(phrase, found) for phrase, found in vocabulary())


def _keyed(phrase: str, found: Wording) -> tuple[int, Iterable[str], _Pattern]:
    node = _parse(phrase)
    longest = _longest(node) if "*" in phrase else _SHORT
    pattern = _Pattern(phrase, _inside(node, phrase), longest, found)
    for part, step in enumerate((1, -1)):
        keys = _edge(node, step)
        if keys:
            return part, keys, pattern
    return 2, pattern.needs, pattern


def vocabulary() -> Iterator[tuple[str, Wording]]:
    """Every phrase of every language with what it says."""
    for path in sorted(_FOLDER.glob("*.toml")):
        for kind, lists in tomllib.loads(_plain(path.read_text(encoding="utf-8")).casefold()).items():
            for strength in ("sure", "likely"):
                for phrase in filter(None, map(str.strip, lists.get(strength, "").split("\n"))):
                    yield phrase, Wording(kind, strength == "sure", path.stem)


Node: TypeAlias = "list[str | list[Node]]"
"""A sequence of tokens, wildcards, and lists of alternative sequences."""


def _parse(phrase: str) -> Node:
    stack: list[list[Node]] = [[[]]]
    for piece in _PIECE.findall(phrase):
        if piece == "(":
            stack.append([[]])
        elif piece == "|":
            stack[-1].append([])
        elif piece == ")":
            group = stack.pop()
            stack[-1][-1].append(group)
        else:
            stack[-1][-1].append(piece)
    if len(stack) != 1 or len(stack[0]) != 1:
        raise ValueError(f"unbalanced parentheses in {phrase!r}")
    return stack[0][0]


def _regex(node: Node, notice: bool) -> str:
    """The pattern of a node; the wildcards that make a match an open one are its groups."""
    parts = []
    for item in node:
        if isinstance(item, list):
            parts.append(f"(?:{'|'.join(_regex(option, notice) for option in item)})")
        elif item == "*":
            parts.append(r"((?:\S+ ){0,8})")
        elif item == "**":
            parts.append(r"(?:.* )?" if notice else r"(.* )?")
        else:
            parts.append(re.escape(item) + " ")
    return "".join(parts)


def _longest(node: Node) -> float:
    """Tokens of the longest match."""
    return sum(max(map(_longest, item)) if isinstance(item, list) else _LENGTHS.get(item, 1.0) for item in node)


def _edge(node: Node, step: int) -> set[str] | None:
    """The tokens a match may begin (step 1) or end (step -1) with; None where it may be any."""
    found: set[str] = set()
    for item in node[::step]:
        if isinstance(item, str):
            return None if item in _ANY else found | {item}
        for option in filter(None, item):
            edge = option[0 if step == 1 else -1]
            if isinstance(edge, str) and edge not in _ANY:
                found.add(edge)  # as nearly always; the rest is for the others
                continue
            inner = _edge(option, step)
            if inner is None:
                return None
            found |= inner
        if all(item):
            return found
    return None


def _inside(node: Node, phrase: str) -> frozenset[str]:
    """Tokens of which every match holds one, the longest there are."""
    found = _needs(node)
    if not found:
        raise ValueError(f"nothing but wildcards in {phrase!r}")
    return frozenset(found)


def _needs(node: Node) -> set[str] | None:
    """One token of each way to match, of the element whose tokens are longest; None where a way has none."""
    best: set[str] | None = None
    for item in node:
        if isinstance(item, str):
            keys = None if item in _ANY else {item}
        else:
            inner = [_needs(option) for option in item]
            keys = {key for found in inner if found for key in found} if all(inner) else None
        if keys and (best is None or min(map(len, keys)) > min(map(len, best))):
            best = keys
    return best
