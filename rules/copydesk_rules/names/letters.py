"""Letters of names: folding, a transliteration key, near neighbours, and the endings that make another word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MARKS = re.compile(r"[^\w]|[\d_]")


@lru_cache(maxsize=65536)
def fold(form: str) -> str:
    """Lower-case letters without accents, hyphens, blanks and apostrophes."""
    low = form.lower()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low.translate(_PLAIN))
    return low if low.isalpha() and low.isascii() else _MARKS.sub("", low)


# Romanisation of Russian, Ukrainian, Arabic, Persian and Chinese names differs in these places; the order matters.
_KEY = [
    (re.compile(p), r)
    for p, r in (
        (r"(?:sky|skiy|skyy|skyi|skij|skii|ski)$", "ski"),
        (r"tsch|tch", "ch"),
        (r"shch", "sch"),
        (r"sch", "sh"),
        (r"dzh|zh", "j"),
        (r"kh", "X"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"ck|q", "k"),
        (r"w", "v"),
        (r"tz", "ts"),
        (r"ue", "u"),
        (r"oe", "o"),
        (r"(?<=[aou])[iy]e(?=[^aeiouy])", "e"),
        (r"^[iy]e", "e"),
        (r"ie|ei|ey|ye|iy|yi|ij|[iy]+", "i"),
        (r"ou|oo|u", "o"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[aeio])h$", ""),
    )
]


@lru_cache(maxsize=65536)
def keys(folded: str) -> tuple[str, ...]:
    """Transliteration keys of a folded form: one, or two where it has ``kh`` (written ``k`` or ``h``)."""
    key = folded
    for pattern, new in _KEY:
        key = pattern.sub(new, key)
    if "X" not in key:
        return (key,)
    return key.replace("X", "k"), key.replace("X", "h")


@lru_cache(maxsize=65536)
def neighbours(folded: str) -> tuple[str, ...]:
    """The form and its key, each whole and with one letter left out: near forms share one of these."""
    out = {folded}
    out.update(folded[:i] + folded[i + 1 :] for i in range(1, len(folded)))
    for key in keys(folded):
        out.add("=" + key)
        out.update("=" + key[:i] + key[i + 1 :] for i in range(1, len(key)))
    return tuple(out)


def distance(a: str, b: str, limit: int = 2) -> int:
    """Damerau-Levenshtein distance (adjacent swaps count one), or ``limit + 1`` where it is greater.

    Optimal string alignment, after Damerau (1964); rows are cut off at ``limit``.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
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


# Endings that make a people, a believer, a place or a plural of a name. Either word may have one.
_ENDINGS = (
    "s es ies n an ans ian ians ean eans ians i is ist ists ism ite ites ish er ers ese ic ics al ia ium y ies ly ed d "
    "ing land man men ne o os as a in ina ino inos ana ano ka ova eva aya ayev e el t led like gate"
).split()
_SET = frozenset(_ENDINGS)


@lru_cache(maxsize=8192)
def derived(a: str, b: str) -> bool:
    """Whether two folded forms look like one stem with different endings (Korea, Korean; Brexit, Brexiter)."""
    short, long = sorted((a, b), key=len)
    if long.startswith(short) and long[len(short) :] in _PEOPLE:
        return True
    stem = 0
    while stem < len(short) and short[stem] == long[stem]:
        stem += 1
    return stem >= 3 and (short[stem:] or "-", long[stem:]) in _SWAPS


_PEOPLE = frozenset(
    "s es n an ans ian ians ean i is ist ists ism ite ites ish er ers ese ic al ia y ly ed d ing land".split()
)
_SWAPS = frozenset(
    tuple(x.split("/"))
    for x in (
        "a/an a/o a/os a/as o/as o/os a/i a/ic a/ist e/an e/ans e/ian e/ish e/ism a/ian a/ese a/en o/an y/ic y/ism "
        "e/ers an/ia ia/an e/ic m/n m/c m/t t/m m/ts ts/m n/c c/n ne/no no/ne ne/nes ne/nian ed/es es/ed ed/er y/ies "
        "er/ing ing/ed ing/es or/ed n/nt ce/t t/ce ce/se"
    ).split()
)
