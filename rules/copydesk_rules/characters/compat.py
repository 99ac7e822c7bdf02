"""Damage that was put into compatibility form (NFKC) afterwards: ``Ã1⁄4`` was ``Ã¼``, ``â€TM`` was ``â€™``."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from copydesk.compiled import compiled

from .chain import Damage
from .codepages import page

_LEADS = frozenset("ÂÃÄÅ")
_COMBINING = frozenset("\u0300\u0301\u0302\u0303\u0308\u030a")
_SIGNS = frozenset("⁄\u0301\u0303\u0304\u0308\u0327μ")


@cache
def _signs() -> dict[str, str]:
    """What NFKC makes of the characters that continue a sequence in Windows-1252."""
    shown = {unicodedata.normalize("NFKC", c): c for c in page("windows-1252").chars(0x80, 0xBF) if c > "\xa0"}
    return {after: c for after, c in shown.items() if after != c}


@cache
def _damaged(decomposed: bool) -> re.Pattern[str]:
    signs = "|".join(map(re.escape, sorted(_signs(), key=len, reverse=True)))
    lead = f"[Aa][{''.join(sorted(_COMBINING))}]" if decomposed else "[ÂÃÄÅâ]"
    return compiled(f"(?P<lead>{lead}€?)(?P<sign>{signs})")


def composed(text: str, odd: frozenset[str], known: Sequence[Damage]) -> Iterator[Damage]:
    """Places where the sign that NFKC rewrote makes a letter or a mark with what stands before it.

    A digit or letter that was a sign (``Ã3`` for ó) needs other damage in the text as proof.
    """
    decomposed = any(letter + sign in text for sign in odd & _COMBINING for letter in "Aa")
    leads = decomposed or not odd.isdisjoint(_LEADS)
    if not (
        (leads and not odd.isdisjoint(_SIGNS))
        or (known and "Ã" in odd)
        or ("€" in odd and (decomposed or ("â" in odd and "â€" in text)))
    ):
        return
    taken = {i for d in known for i in range(d.start, d.end)}
    for m in itertools.chain(*(_damaged(d).finditer(text) for d in {False, decomposed})):
        lead, sign = unicodedata.normalize("NFC", m["lead"]), m["sign"]
        plain = sign.isalnum() and len(sign) == 1 and sign.isascii()
        inside = text[m.start() - 1 : m.start()].islower() and text[m.end() : m.end() + 1].islower()
        if (plain and not (known and inside)) or not taken.isdisjoint(range(*m.span())):
            continue
        right = _decoded(lead + _signs()[sign])
        if right:
            yield Damage(*m.span(), right, "misread", ("windows-1252",))


def _decoded(shown: str) -> str:
    try:
        return page("windows-1252").decode(shown)
    except UnicodeError:
        return ""
