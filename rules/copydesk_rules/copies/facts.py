"""What the family keeps of an article: its words as hashes and places, what kind each is, and whom it credits."""

from __future__ import annotations

from bisect import bisect_left

from copydesk import Article, Span
from copydesk.text import quoted
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple
from copydesk_rules.copies import credit, stock
from copydesk_rules.copies.words import words

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping

    from copydesk_rules.copies.words import Ints

QUOTED, FIGURE, CAPITAL, STOCK = 1, 2, 4, 16
"""Kinds of a word: said by a speaker; with a digit; with a capital; of a stock phrase such as a poll's method."""
_MARKED = {kind: bytes(n | kind for n in range(256)) for kind in (QUOTED, STOCK)}
"""Every kind, with one more thing said of it."""
_FEWEST = 8
"""Words of the shortest article worth keeping: no passage is shorter."""


def collect(article: Article) -> dict[str, Any] | None:
    """The article's words, 8 bytes each, and its credits; None where it is too short to share a passage.

    ``words``: 32-bit hashes. ``steps``: from each word's start to the next one's, 16 bits (32 where one is long).
    ``lengths``, ``kinds``: 8 bits each.
    """
    found = words(article.text)
    if len(found.kinds) < _FEWEST:
        return None
    kinds = bytearray(found.kinds)
    _mark(kinds, found.starts, quoted(article), QUOTED)
    _mark(kinds, found.starts, stock.speech(article), QUOTED)
    _mark(kinds, found.starts, stock.phrases(article), STOCK)
    _mark(kinds, found.starts, article.code, STOCK)
    return {
        "words": found.hashes.tobytes(),
        "steps": found.steps.tobytes(),
        "wide": found.steps.typecode == "I",
        "lengths": found.lengths,
        "kinds": bytes(kinds),
        "credits": list(credit.credited(article)),
    }


def _mark(kinds: bytearray, starts: array[int], spans: Iterable[Span], kind: int) -> None:
    for start, end in spans:
        low = bisect_left(starts, start)
        high = bisect_left(starts, end, low)
        kinds[low:high] = kinds[low:high].translate(_MARKED[kind])


class Places(NamedTuple):
    """Where the words of an article stand, in code points of its text."""

    starts: Ints
    lengths: bytes

    def span(self, first: int, last: int) -> Span:
        """From the start of word ``first`` to the end of word ``last``."""
        return Span(self.starts.item(first), self.starts.item(last) + self.lengths[last])


def places(value: Mapping[str, Any]) -> Places:
    """The places kept in the facts of an article."""
    import numpy as np

    steps = np.frombuffer(value["steps"], np.uint32 if value["wide"] else np.uint16)
    return Places(steps.cumsum(dtype=np.int64), value["lengths"])
