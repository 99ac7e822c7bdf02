"""What was found between two articles, noted: two that have not changed need not be aligned again.

It is a function of the words of both, their kinds, and which of them are furniture.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from copydesk.hashing import blake2b
from copydesk.typed import Any
from copydesk_rules.copies.align import Passage
from copydesk_rules.copies.holdings import Holdings
from copydesk_rules.copies.judge import Verdict
from copydesk_rules.copies.runs import Tile

_NOTE = "verdicts"
_MOST = 20_000
"""Pairs that are noted: where stories run widely there are a hundred times as many, and their notes as large."""


class Verdicts:
    """Verdicts on pairs by their keys; None of a pair that has no passage in common."""

    def __init__(self, held: Holdings, notes: Mapping[str, bytes] | None) -> None:
        self._held = held
        self._before: dict[str, Any] = json.loads((notes or {}).get(_NOTE, b"{}"))
        self._now: dict[str, Any] = {}

    def key(self, here: int, there: int) -> str:
        """Names a pair; empty where its facts have no names."""
        held, pair = self._held, (here, there)
        names = [held.facts[n].name for n in pair]
        if not all(names):
            return ""
        marks = (held.furniture[held.bounds[n] : held.bounds[n + 1]].tobytes() for n in pair)
        return blake2b(b"".join((*names, *marks)), digest_size=16).hexdigest()

    def __contains__(self, key: str) -> bool:
        return key in self._before

    def again(self, key: str) -> Verdict | None:
        """What was found before."""
        told = self._before[key]
        self.note(key, told)
        return _verdict(*told) if told else None

    def note(self, key: str, verdict: Any) -> None:
        """Keep what is found now, but of no more pairs than are quickly read."""
        if key and len(self._now) < _MOST:
            self._now[key] = verdict

    def packed(self) -> dict[str, bytes]:
        """The notes to be kept."""
        return {_NOTE: json.dumps(self._now, separators=(",", ":")).encode()}


def _verdict(relation: Any, passages: Any, own: int, own_in: Any, of_own: float, overlap: Any) -> Verdict:
    made = tuple(Passage(tuple(map(Tile._make, tiles))) for (tiles,) in passages)
    return Verdict(relation, made, own, tuple(own_in), of_own, tuple(overlap))
