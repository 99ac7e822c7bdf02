"""Where rare pieces stand in a text: to search for each is many times faster than one pattern for all of them."""

from __future__ import annotations

from collections.abc import Iterable


def everywhere(text: str, pieces: Iterable[str]) -> list[int]:
    """Every offset at which a piece begins, in order."""
    found: list[int] = []
    for piece in pieces:
        at = text.find(piece)
        while at >= 0:
            found.append(at)
            at = text.find(piece, at + 1)
    found.sort()
    return found
