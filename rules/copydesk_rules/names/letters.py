"""Letters of names: folding, a transliteration key, and near neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from copydesk.compiled import compiled

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MARKS = compiled(r"[^\w]|[\d_]")


@lru_cache(maxsize=65536)
def fold(form: str) -> str:
    """Lower-case letters without accents, hyphens, blanks and apostrophes."""
    low = form.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_PLAIN))
    return low if low.isalpha() and low.isascii() else _MARKS.sub("", low)


def fold_all(forms: Sequence[str]) -> list[str]:
    """Forms folded at one go; none holds a line break."""
    low = unicodedata.normalize("NFKD", "\n".join(forms).lower().translate(_PLAIN))
    return [_MARKS.sub("", form) if not form.isalpha() else form for form in low.split("\n")]


# Romanisations of Russian, Ukrainian, Arabic, Persian and Chinese names differ in these places.
_SINGLE = str.maketrans("qwuy", "kvoi")
_WITH_H = (
    *(("tsch", "ch"), ("tch", "ch"), ("shch", "sh"), ("sch", "sh"), ("dzh", "j"), ("zh", "j"), ("kh", "X")),
    *(("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f")),
)
_HARD = compiled(r"c(?![ehi])")
_YE = compiled(r"^i(?=e)", re.M)
_GLIDE = compiled(r"(?<=[ao])ie(?=[^aeio\n])")
_OTHERS = ("tz", "ts"), ("ie", "i"), ("ei", "i"), ("ij", "i"), ("oe", "o")
_SKY = compiled(r"sk(?:iy|yy|yi|ij|ii|y)$", re.M)
_DOUBLED = compiled(r"(.)\1+")
_FINAL_H = compiled(r"(?<=[aeio])h$", re.M)


@lru_cache(maxsize=65536)
def keys(folded: str) -> tuple[str, ...]:
    """Transliteration keys of a folded form: one, or two where it has ``kh`` (written ``k`` or ``h``)."""
    return _readings(_key(folded))


def keys_all(folded: Sequence[str]) -> list[tuple[str, ...]]:
    """Keys of folded forms, made at one go."""
    return [_readings(key) for key in _key("\n".join(folded)).split("\n")] if folded else []


def _readings(key: str) -> tuple[str, ...]:
    return (key,) if "X" not in key else (key.replace("X", "k"), key.replace("X", "h"))


def _key(folded: str) -> str:
    """The keys of folded forms, one a line."""
    key = (_SKY.sub("ski", folded) if "sk" in folded else folded).translate(_SINGLE)
    if "h" in key:
        for old, new in _WITH_H:
            key = key.replace(old, new)
    if "c" in key:
        key = _HARD.sub("k", key.replace("ck", "k"))
    if "ie" in key:
        key = _GLIDE.sub("e", _YE.sub("", key))
    for old, new in _OTHERS:
        key = key.replace(old, new)
    key = _DOUBLED.sub(r"\1", key)
    return _FINAL_H.sub("", key) if "h" in key else key


@lru_cache(maxsize=65536)
def neighbours(folded: str) -> tuple[str, ...]:
    """The form and its key, each whole and with one letter left out: near forms share one of these."""
    out = {folded}
    out.update(folded[:i] + folded[i + 1 :] for i in range(1, len(folded)))
    for key in keys(folded):
        out.add("=" + key)
        out.update("=" + key[:i] + key[i + 1 :] for i in range(1, len(key)))
    return tuple(out)


def _apart(a: str, b: str) -> tuple[str, str]:
    """What is left of two forms without their common beginning and end."""
    start, stop = 0, min(len(a), len(b))
    while start < stop and a[start] == b[start]:
        start += 1
    end = 0
    while end < stop - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]


def distance(a: str, b: str, limit: int = 2) -> int:
    """Damerau-Levenshtein distance (adjacent swaps count one), or ``limit + 1`` where it is greater.

    Optimal string alignment, after Damerau (1964); rows are cut off at ``limit``.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    a, b = _apart(a, b)
    if not a or not b:
        return len(a) + len(b)
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row_before = row, before
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, row_before[j - 2] + 1)
            row.append(cost)
        before = last
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
