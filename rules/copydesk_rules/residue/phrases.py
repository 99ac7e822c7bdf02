"""The vocabulary's pattern language: what a phrase matches, and by which tokens its matches are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import groupby
from math import inf

from copydesk.compiled import compiled
from copydesk.typed import TypeAlias

DIGITS = r"[$£€¥]?\d[\d,.:]*(?:st|nd|rd|th|k|m|h|d|hr|hrs|min|mins|am|pm|%)?(?!\w)"
TOKEN = rf"{DIGITS}|©|:|[\u3040-\u30ff\u3400-\u9fff]|[^\W_](?:[\w'.@+&-]*[\w+])?"
_PIECE = rf"\*\*|[*#()|]|{TOKEN}"
ANY = ("*", "**")
_LENGTHS = {"*": 8.0, "**": inf}

Node: TypeAlias = "list[str | list[Node]]"
"""A sequence of tokens, wildcards, and lists of alternative sequences."""


def parse(phrase: str) -> Node:
    stack: list[list[Node]] = [[[]]]
    for piece in compiled(_PIECE).findall(phrase):
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


def regex(node: Node, notice: bool) -> str:
    """The pattern of a node; the wildcards that make a match an open one are its groups."""
    parts = []
    for item in node:
        if isinstance(item, list):
            parts.append(f"(?:{'|'.join(regex(option, notice) for option in item)})")
        elif item == "*":
            parts.append(r"((?:\S+ ){0,8})")
        elif item == "**":
            parts.append(r"(?:.* )?" if notice else r"(.* )?")
        else:
            parts.append(re.escape(item) + " ")
    return "".join(parts)


def _tokens(item: str) -> float:
    return _LENGTHS.get(item, 1.0)


def longest(node: Node, length: Callable[[str], float] = _tokens) -> float:
    """The length of the longest match: in tokens, or in what ``length`` says of a token or wildcard."""
    return sum(
        max(longest(option, length) for option in item) if isinstance(item, list) else length(item) for item in node
    )


Words: TypeAlias = tuple[str, ...]


def openings(node: Node, apart: Callable[[str], Sequence[str]], begun: Set[Words] = frozenset({()})) -> Set[Words]:
    """The two words that a match may begin with, ``apart`` being the words of a token.

    An empty one stands for whatever a wildcard takes; one alone is the whole match.
    """
    for item in node:
        if isinstance(item, str):
            begun = {_longer(words, item, apart) for words in begun}
        else:
            begun = {words for option in item for words in openings(option, apart, begun)}
    return begun


def _longer(begun: Words, item: str, apart: Callable[[str], Sequence[str]]) -> Words:
    if len(begun) == 2 or "" in begun:
        return begun
    return (*begun, "") if item in ANY else (*begun, *apart(item))[:2]


def closings(node: Node) -> set[str] | None:
    """The tokens a match may end with; None where it may be any."""
    found: set[str] = set()
    for item in reversed(node):
        if isinstance(item, str):
            return None if item in ANY else found | {item}
        for option in filter(None, item):
            inner = closings(option)
            if inner is None:
                return None
            found |= inner
        if all(item):
            return found
    return None


def demands(node: Node) -> tuple[frozenset[str], ...]:
    """For each part of a phrase, tokens of which every match holds one; the part with the longest first."""
    found = [frozenset(map(longest_token, part)) for part in (_needs([item]) for item in node) if part]
    return tuple(sorted(found, key=lambda part: -min(map(len, part))))


def needs(node: Node, phrase: str) -> frozenset[str]:
    """Runs of tokens of which every match holds one, those with the longest tokens there are."""
    found = _needs(node)
    if not found:
        raise ValueError(f"nothing but wildcards in {phrase!r}")
    return frozenset(found)


def _needs(node: Node) -> set[str] | None:
    """One run of tokens of each way to match, of the element whose tokens are longest; None where a way has none."""
    best: set[str] | None = None
    for item in _runs(node):
        if isinstance(item, str):
            keys = None if item in ANY else {item}
        else:
            inner = [_needs(option) for option in item]
            keys = {key for found in inner if found for key in found} if all(inner) else None
        if keys and (best is None or _least(keys) > _least(best)):
            best = keys
    return best


def _runs(node: Node) -> Iterator[str | list[Node]]:
    """The elements of a node, words that follow each other as one."""
    for alone, items in groupby(node, lambda item: isinstance(item, list) or item in (*ANY, "#", ":")):
        if alone:
            yield from items
        else:
            yield " ".join(map(str, items))


def _least(runs: set[str]) -> int:
    return min(len(longest_token(run)) for run in runs)


def longest_token(run: str) -> str:
    """The longest of the tokens that a run is made of."""
    return max(run.split(), key=len)
