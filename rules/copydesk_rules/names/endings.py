"""Endings that make another word of a name: its people, its language, its family in the plural."""

from __future__ import annotations

from functools import cache, lru_cache

from copydesk_rules.names.language import words


@lru_cache(maxsize=8192)
def derived(a: str, b: str, code: str = "en") -> bool:
    """Whether two folded forms look like one stem with different endings (Korea, Koreans; Brexit, Brexiter)."""
    bare = a.removesuffix("s"), b.removesuffix("s")
    if bare[0] == bare[1]:
        return True
    for x, y in ((a, b), bare):
        short, long = sorted((x, y), key=len)
        if long.startswith(short) and long[len(short) :] in words(code, "endings"):
            return True
        stem = 0
        while stem < len(short) and short[stem] == long[stem]:
            stem += 1
        if stem >= 3 and any(
            frozenset((short[cut:], long[cut:])) in _swapped(code) for cut in (stem, stem - 1, stem - 2) if cut >= 3
        ):
            return True
    return False


@cache
def _swapped(code: str) -> frozenset[frozenset[str]]:
    """Pairs of endings of one stem; ``-`` is none."""
    return frozenset(frozenset(pair.replace("-", "").split("/")) for pair in words(code, "swapped"))
