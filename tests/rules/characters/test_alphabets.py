"""The table of common letters and pairs of letters is what its head says."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from copydesk_rules.characters.alphabets import common, plain

LANGUAGES = {"CYRILLIC": "ru uk bg mk", "GREEK": "el", "ARABIC": "ar fa ur", "HEBREW": "he"}
"""The profiles of langdetect 1.0.9 that each row counts."""


def counted(kind: str, length: int, share: float) -> list[str]:
    """The commonest sequences of that many letters that make up a share of all, each language counting alike."""
    total: dict[str, float] = {}
    for language in LANGUAGES[kind].split():
        freq = json.loads((files("langdetect") / "profiles" / language).read_text(encoding="utf-8"))["freq"]
        own: Counter[str] = Counter()
        for shown, count in freq.items():
            if len(plain(shown)) == len(shown) == length and all(_of(kind, c) for c in plain(shown)):
                own[plain(shown)] += count
        total = {piece: total.get(piece, 0) + own[piece] / own.total() for piece in total | own}
    ranked, reached = sorted(total, key=lambda piece: (-total[piece], piece)), 0.0
    out: list[str] = []
    while reached < share * sum(total.values()):
        out.append(ranked[len(out)])
        reached += total[out[-1]]
    return out


def _of(kind: str, char: str) -> bool:
    return unicodedata.name(char, "").startswith(kind + " ")


@pytest.mark.parametrize("kind", LANGUAGES)
def test_the_table_is_counted_from_the_profiles(kind: str) -> None:
    """Anybody with the package can count it again."""
    assert common(kind).letters == "".join(counted(kind, 1, 3 / 4))
    assert common(kind).pairs == frozenset(counted(kind, 2, 2 / 3))
