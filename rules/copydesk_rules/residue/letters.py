"""A line as its words, or as its letters and digits alone, for comparing lines however they are set."""

from __future__ import annotations

import re

from copydesk.compiled import compiled

_COMMON = ("“", "”", "’", "‘", "–", "—", "…", "«", "»", "„", "•", "\xa0")
"""Marks that stand in most articles; faster to take out one by one than to look for every mark."""
_FOREIGN = compiled(r"[^\w\x00-\x7f]+|[²³¹⁰⁴-⁹₀-₉]|[^\D0-9]")
_MARKS = bytes(n for n in range(128) if not chr(n).isalnum())
_BLANKED = bytes.maketrans(_MARKS, b" " * len(_MARKS))
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def words(lower: str) -> list[str]:
    """The words of text in lower case, at every mark apart: "e-mail" is two."""
    return (
        _without_common(lower, " ")
        .encode("utf-8", "surrogatepass")
        .translate(_BLANKED)
        .decode("utf-8", "surrogatepass")
        .split()
    )


def letters(text: str) -> bytes:
    """Lower case without blanks and marks, in UTF-8; digits of any script as ASCII zeros where not ASCII."""
    lower = _without_common(text.casefold(), "")
    if not lower.isascii():
        lower = _FOREIGN.sub(_ascii, lower)
    return lower.encode("utf-8", "surrogatepass").translate(None, _MARKS)


def masked(text: str) -> bytes:
    """The letters, with every digit as 0 (CCNet, Wenzek et al. 2020)."""
    return letters(text).translate(_DIGITS)


def _without_common(text: str, instead: str) -> str:
    if not text.isascii():
        for mark in _COMMON:
            text = text.replace(mark, instead)
    return text


def _ascii(m: re.Match[str]) -> str:
    """A digit for a digit of another script, nothing for marks."""
    return "0" if m.group()[0].isalnum() else ""
