"""The vocabulary's pattern language: what a phrase matches, and by which tokens its matches are found."""

from __future__ import annotations

import re
from math import inf
from typing import TypeAlias

from copydesk.compiled import compiled

DIGITS = r"[$£€¥]?\d[\d,.:]*(?:st|nd|rd|th|k|m|h|d|hr|hrs|min|mins|am|pm|%)?(?!\w)"
TOKEN = rf"{DIGITS}|©|:|[\u3040-\u30ff\u3400-\u9fff]|[^\W_](?:[\w'.@+&-]*[\w+])?"
_PIECE = rf"\*\*|[*#()|]|{TOKEN}"
_ANY = ("*", "**")
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


def longest(node: Node) -> float:
    """Tokens of the longest match."""
    return sum(max(map(longest, item)) if isinstance(item, list) else _LENGTHS.get(item, 1.0) for item in node)


def edge(node: Node, step: int) -> set[str] | None:
    """The tokens a match may begin (step 1) or end (step -1) with; None where it may be any."""
    found: set[str] = set()
    for item in node[::step]:
        if isinstance(item, str):
            return None if item in _ANY else found | {item}
        for option in filter(None, item):
            inner = edge(option, step)
            if inner is None:
                return None
            found |= inner
        if all(item):
            return found
    return None


def demands(node: Node) -> tuple[frozenset[str], ...]:
    """For each part of a phrase, tokens of which every match holds one; the part with the longest first."""
    found = [frozenset(part) for part in (_needs([item]) for item in node) if part]
    return tuple(sorted(found, key=lambda part: -min(map(len, part))))


def needs(node: Node, phrase: str) -> frozenset[str]:
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
