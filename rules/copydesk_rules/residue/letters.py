"""A line as its letters and digits alone, for comparing lines however they are set."""

from __future__ import annotations

import re

_FOREIGN = re.compile(r"[^\w\x00-\x7f]+|[²³¹⁰⁴-⁹₀-₉]|[^\D0-9]")
_MARKS = bytes(n for n in range(128) if not chr(n).isalnum())
_DIGITS = bytes.maketrans(b"123456789", b"000000000")


def letters(text: str) -> bytes:
    """Lower case without blanks and marks, in UTF-8; digits of any script as ASCII zeros where not ASCII."""
    lower = text.casefold()
    if not lower.isascii():
        lower = _FOREIGN.sub(_ascii, lower)
    return lower.encode("utf-8", "surrogatepass").translate(None, _MARKS)


def masked(text: str) -> bytes:
    """The letters, with every digit as 0 (CCNet, Wenzek et al. 2020)."""
    return letters(text).translate(_DIGITS)


def _ascii(m: re.Match[str]) -> str:
    """A digit for a digit of another script, nothing for marks."""
    return "0" if m.group()[0].isalnum() else ""
