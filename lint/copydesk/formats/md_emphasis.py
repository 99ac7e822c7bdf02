"""Which asterisks, underscores and tildes of a Markdown block are emphasis (CommonMark 0.31, §6.2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Run:
    """A run of one delimiter character: what is left of it, how long it was, and what it can do."""

    char: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool


def run_at(content: str, start: int, end: int) -> Run:
    """The delimiter run in ``[start, end)``, with what stands beside it taken into account."""
    before = _kind(content[start - 1]) if start else " "
    after = _kind(content[end]) if end < len(content) else " "
    left = after != " " and (after != "." or before in " .")
    right = before != " " and (before != "." or after in " .")
    char = content[start]
    if char == "_":
        left, right = left and (not right or before == "."), right and (not left or after == ".")
    if char == "~" and end - start != 2:
        left = right = False
    return Run(char, start, end, end - start, left, right)


def _kind(c: str) -> str:
    """A blank, a dot (for punctuation and symbols), or a letter."""
    if c.isalnum():
        return "a"
    category = unicodedata.category(c)
    if category == "Zs" or c in "\t\n\f\r":  # the line separator, for one, is no blank to CommonMark
        return " "
    return "." if category[0] in "PS" else "a"


def emphasis(runs: list[Run]) -> Iterator[tuple[int, int]]:
    """The ranges of the delimiters that match each other."""
    openers: list[Run] = []
    floor: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        key = (run.char, run.opens, run.length % 3)
        while run.closes and run.start < run.end:
            n = _opener(openers, run, min(floor.get(key, 0), len(openers)))
            if n < 0:
                floor[key] = len(openers)
                break
            del openers[n + 1 :]
            opener = openers[n]
            use = 2 if opener.end - opener.start >= 2 and run.end - run.start >= 2 else 1
            yield opener.end - use, opener.end
            yield run.start, run.start + use
            opener.end -= use
            run.start += use
            if opener.start == opener.end:
                del openers[n]
            floor = {k: min(at, len(openers)) for k, at in floor.items()}
        if run.opens and run.start < run.end:
            openers.append(run)


def _opener(openers: list[Run], closer: Run, floor: int) -> int:
    """Index of the nearest opener that ``closer`` closes, not below ``floor``; -1 where there is none."""
    for n in range(len(openers) - 1, floor - 1, -1):
        opener = openers[n]
        if opener.char != closer.char:
            continue
        of_three = (opener.closes or closer.opens) and (opener.length + closer.length) % 3 == 0
        if not of_three or (opener.length % 3 == 0 and closer.length % 3 == 0):
            return n
    return -1
