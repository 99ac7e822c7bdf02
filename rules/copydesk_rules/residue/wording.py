"""Whole lines that are page furniture by their wording: the vocabulary, its small pattern language, and the look-up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "vocabulary"
_TOKEN = re.compile(
    r"(?P<number>[$£€¥]?\d[\d,.:]*(?:st|nd|rd|th|k|m|h|d|hr|hrs|min|mins|am|pm|%)?(?!\w))|©|:"
    r"|[\u3040-\u30ff\u3400-\u9fff]|[^\W_](?:[\w'.@+&-]*[\w+])?"
)
_PIECE = re.compile(r"\*\*|[*#()|]|[^\s*#()|]+")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "–": "-", "—": "-", "\xad": None, "：": ":"})
_NOTICES = frozenset({"comments", "cookie", "copyright", "paywall", "wire-footer"})
"""Kinds whose wordings with ``**`` are whole sentences."""
_LABELS = frozenset({"advertisement", "comments", "copyright", "related", "subscribe"})
"""Kinds of which one word is proof; "Help", "Archive" and "Privacy" may be subheads."""
_READ = 400
"""Code points of a line that are read: what a notice is shows at its start."""
_SHORT = 25
"""Tokens up to which patterns of limited length can match."""


class Wording(NamedTuple):
    """What a line's wording says. ``sure``: it is furniture wherever it stands alone."""

    kind: str
    sure: bool
    language: str
    open: bool = False
    """A wildcard took words, and not a notice's: a sentence that begins alike might match too."""


class _Pattern(NamedTuple):
    regex: re.Pattern[str]
    wording: Wording


class _Vocabulary(NamedTuple):
    """Patterns by the token a line must begin with, must end with, or must hold."""

    first: dict[str, list[_Pattern]]
    last: dict[str, list[_Pattern]]
    held: dict[str, list[_Pattern]]


def tokens(line: str) -> list[str]:
    """A line's words in lower case, every number as ``#``; ``:`` and ``©`` are kept, other marks are not."""
    text = line[:_READ].translate(_SAME).casefold().replace("(c)", "©")
    found = ["#" if m.group("number") else m.group() for m in _TOKEN.finditer(text)]
    while found and found[-1] == ":":
        found.pop()
    return found


@lru_cache(maxsize=8192)
def wording(line: str) -> Wording | None:
    """What the vocabulary says of a whole line; a sure reading before a likely one."""
    words = tokens(line)
    if not words:
        return None
    vocabulary = _load(len(words) > _SHORT)
    best, text = None, " ".join(words) + " "
    for pattern in _candidates(vocabulary, words):
        m = pattern.regex.fullmatch(text)
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


def _candidates(vocabulary: _Vocabulary, words: list[str]) -> Iterator[_Pattern]:
    yield from vocabulary.first.get(words[0], ())
    yield from vocabulary.last.get(words[-1], ())
    for word in dict.fromkeys(words):
        yield from vocabulary.held.get(word, ())


@cache
def _load(long_lines: bool) -> _Vocabulary:
    vocabulary = _Vocabulary({}, {}, {})
    for phrase, found in _phrases():
        if not long_lines or "**" in phrase:
            _add(vocabulary, phrase, found)
    return vocabulary


def _phrases() -> Iterator[tuple[str, Wording]]:
    for path in sorted(_FOLDER.glob("*.toml")):
        for kind, lists in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for strength in ("sure", "likely"):
                for phrase in filter(None, map(str.strip, lists.get(strength, "").split("\n"))):
                    yield phrase, Wording(kind, strength == "sure", path.stem)


def _add(vocabulary: _Vocabulary, phrase: str, found: Wording) -> None:
    node = _parse(phrase)
    pattern = _Pattern(re.compile(_regex(node, found.kind in _NOTICES)), found)
    first, last = _edge(node, 1), _edge(node, -1)
    if first:
        index, keys = vocabulary.first, first
    elif last:
        index, keys = vocabulary.last, last
    else:
        index, keys = vocabulary.held, _inside(node, phrase)
    for key in keys:
        index.setdefault(key, []).append(pattern)


Node = list["str | list[Node]"]
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
        elif piece in ("*", "**", "#"):
            stack[-1][-1].append(piece)
        else:
            stack[-1][-1].extend(_words(piece))
    if len(stack) != 1 or len(stack[0]) != 1:
        raise ValueError(f"unbalanced parentheses in {phrase!r}")
    return stack[0][0]


def _words(piece: str) -> list[str]:
    return [m.group() for m in _TOKEN.finditer(piece.translate(_SAME).casefold())]


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


def _edge(node: Node, step: int) -> set[str] | None:
    """The tokens a match may begin (step 1) or end (step -1) with; None where it may be any."""
    found: set[str] = set()
    for item in node[::step]:
        options = item if isinstance(item, list) else [[item]]
        for option in options:
            if option and option[0 if step == 1 else -1] in ("*", "**"):
                return None
            inner = {option[0]} if len(option) == 1 and isinstance(option[0], str) else _edge(option, step)
            if inner is None:
                return None
            found |= inner  # type: ignore[arg-type]
        if all(options):
            return found
    return None


def _inside(node: Node, phrase: str) -> set[str]:
    """Tokens of which every match holds one: those of the longest element that cannot be left out."""
    best: set[str] = set()
    for item in node:
        keys = {item} if isinstance(item, str) else (_edge([item], 1) or set())
        if keys and not keys & {"*", "**"} and (not best or min(map(len, keys)) > min(map(len, best))):  # type: ignore[arg-type]
            best = keys  # type: ignore[assignment]
    if not best:
        raise ValueError(f"nothing but wildcards in {phrase!r}")
    return best
