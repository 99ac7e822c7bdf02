"""Text of others made safe to print: nothing in it can steer a terminal, reorder a line or pass for a command."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, combining, east_asian_width

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

_BY_NUMBER = frozenset({"Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
# letters and marks that show nothing: fillers, the Braille blank, invisible vowels
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_JOINERS = "\u200c\u200d"
_UNSAFE = compiled(r"[^\x20-\x7e]")
# GitHub and Azure read a command from any place of a line (##[…], ##vso[…]) or from its start (::…)
_COMMAND = compiled(r"(?<=#)#(?=\[|vso\[)", re.I)
_COMMAND_LINE = compiled(r"^(\s*):(?=:)")


class Cell(NamedTuple):
    """A character as it is shown, and the terminal columns that takes."""

    text: str
    width: int


def visible(text: str, keep: str = "") -> str:
    """``text`` on one line, with everything that a terminal would obey or not show spelled out.

    Control characters become ``\\x1b``, invisible and unassigned ones ``<U+200B>``; those in ``keep`` stay.
    """
    safe = _UNSAFE.sub(lambda m: m[0] if m[0] in keep else _shown(m[0]), text)
    return _COMMAND.sub(r"\\x23", safe)


def line_start(text: str, keep: str = "") -> str:
    """``visible(text, keep)`` for the start of a line: it cannot begin a workflow command either."""
    return _COMMAND_LINE.sub(r"\1\\x3a", visible(text, keep))


def path_start(path: str) -> str:
    """A path for the start of a line, where a colon follows it."""
    return line_start(f"{path}:")[:-1]


def escape(char: str) -> str:
    """The spelling of a character by its number."""
    if char in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]
    if category(char) == "Cc":
        return f"\\x{ord(char):02x}"
    return f"<U+{ord(char):04X}>"


def hidden(char: str) -> bool:
    """Whether a character must not be printed as it is."""
    return _shown(char) != char


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    kind = category(char)
    return escape(char) if kind == "Cc" or kind in _BY_NUMBER or char in _BLANKS else char


@lru_cache(maxsize=4096)
def cell(char: str) -> Cell:
    """A character of a source line; a tab takes four columns."""
    if char == "\t":
        return Cell("    ", 4)
    shown = _shown(char)
    return Cell(shown, len(shown) if shown != char else width(char))


def marked_cell(char: str) -> Cell:
    """A character under a mark: a tab and a blank other than the space are spelled out, too."""
    if char == "\t" or (char != " " and category(char) == "Zs"):
        shown = escape(char)
        return Cell(shown, len(shown))
    return cell(char)


def cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line whose ``[start, end)`` is marked. What is marked is never without width."""
    out = [cell(c) for c in text]
    out[start:end] = [marked_cell(c) for c in text[start:end]]
    for m in _COMMAND.finditer(text):
        out[m.start()] = Cell("\\x23", 4)
    for i, c in enumerate(text):
        if c in _JOINERS and not start <= i < end and _joins(text, i):
            out[i] = Cell(c, 0)
    if start < end and not any(c.width for c in out[start:end]):
        out[start:end] = [Cell(s, len(s)) for s in map(escape, text[start:end])]
    return out


def _joins(text: str, at: int) -> bool:
    """Whether a joiner stands inside a word of a script that has joiners; in emoji its width is not known."""
    return 0 < at < len(text) - 1 and all("\u0530" < text[i] < "\u1c50" for i in (at - 1, at + 1))


@lru_cache(maxsize=4096)
def width(char: str) -> int:
    """Terminal columns of a printable character: 0 for combining marks, 2 for wide East Asian ones (UAX #11)."""
    if char in "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}" or combining(char):
        return 0
    if category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def clipped(text: str, limit: int) -> str:
    """``visible(text)``, cut to at most ``limit`` characters with an ellipsis."""
    shown = visible(text[: limit + 1])
    return shown if len(shown) <= limit and len(text) <= limit else shown[: limit - 1] + "…"
