"""Strings of YAML and TOML front matter: what they show, and how new text is spelled in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.compiled import compiled
from copydesk.formats.layers import Shown
from copydesk.offsets import OffsetMap, Segment

_DOUBLE = compiled(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*(?:\r\n?|\n)\s*|.)|[ \t]*(?:\r\n?|\n)\s*", re.S
)
_SINGLE = compiled(r"''|[ \t]*(?:\r\n?|\n)\s*")
_FOLD = compiled(r"[ \t]*(?:\r\n?|\n)\s*")
_LINE_END = compiled(r"\r\n?|\n")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\u00a0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def shown(raw: str, start: int, end: int, style: str, value: str) -> Shown | None:
    """The string between ``start`` and ``end`` of ``raw``, its quotes outside, which reads ``value``.

    ``style`` is its quote (``'`` or ``"``), ``|`` for a block, ``toml'`` or ``toml\"`` for TOML, or empty.
    None where its spelling cannot be followed exactly; offsets are from ``start``.
    """
    text = raw[start:end]
    if style == "|":
        units = list(_block(text, value))
    else:
        units = [(m.start(), m.end(), _reads(m.group(), style)) for m in _PATTERNS[style].finditer(text)]
    parts: list[str] = []
    segments: list[Segment] = []
    at = done = 0
    for first, last, unit in [*units, (len(text), len(text), "")]:
        if first > done:
            segments.append(Segment(at, at + first - done, done, first, True))
            parts.append(text[done:first])
            at += first - done
        if unit:
            segments.append(Segment(at, at + len(unit), first, last, False))
            parts.append(unit)
            at += len(unit)
        done = last
    got = "".join(parts)
    if got.rstrip("\n") != value.replace("\r\n", "\n").rstrip("\n") or not segments:
        return None
    return Shown(got, OffsetMap(tuple(segments)), (ScalarWriter(style[-1:]),))


_PATTERNS = {"": _FOLD, "'": _SINGLE, '"': _DOUBLE, "toml'": _LINE_END, 'toml"': _DOUBLE}


def _reads(unit: str, style: str) -> str:
    if unit == "''":
        return "'"
    if unit[0] == "\\":
        if unit[1] in "xuU":
            return chr(int(unit[2:], 16))
        return "" if "\n" in unit or "\r" in unit else _ESCAPES.get(unit[1], unit)
    if style.startswith("toml"):
        return "\n"  # TOML keeps the lines of a string; one with blanks around them is left out
    breaks = len(_LINE_END.findall(unit))
    return " " if breaks == 1 else "\n" * (breaks - 1)


def _block(text: str, value: str) -> list[tuple[int, int, str]]:
    """Line ends and indents of a literal or folded block scalar."""
    indent = len(text) - len(text.lstrip(" "))
    out: list[tuple[int, int, str]] = [(0, indent, "")] if indent else []
    folded = "\n" not in value.rstrip("\n")
    line = re.compile(rf"(?:\r\n?|\n)(?: {{0,{indent}}}(?=[\r\n])| {{{indent}}}|$)")
    last = len(text.rstrip())
    out += [(m.start(), m.end(), " " if folded and m.end() < last else "\n") for m in line.finditer(text)]
    return out


@dataclass(frozen=True, slots=True)
class ScalarWriter:
    """Spells text for a quoted or plain string. Raises ValueError where it would have to be quoted anew."""

    quote: str

    def __call__(self, text: str) -> str:
        if self.quote == '"':
            return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        if self.quote == "'" and "\n" not in text:
            return text.replace("'", "''")
        raise ValueError("needs quotes")
