"""What the family keeps of an article: its words as hashes and places, what kind each is, and whom it credits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk import Article, Span
from copydesk.text import quotations
from copydesk_rules.copies import credit, stock
from copydesk_rules.copies.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk_rules.copies.words import Flags, Ints

QUOTED, FIGURE, CAPITAL, STOCK = 1, 2, 4, 16
"""Kinds of a word: said by a speaker; with a digit; with a capital; of a stock phrase such as a poll's method."""

_FEWEST = 8
"""Words of the shortest article worth keeping: no passage is shorter."""


def collect(article: Article) -> dict[str, Any] | None:
    """The article's words, 8 bytes each, and its credits; None where it is too short to share a passage.

    ``words``: 32-bit hashes. ``steps``: from each word's start to the next one's, 16 bits (32 where one is long).
    ``lengths``, ``kinds``: 8 bits each.
    """
    import numpy as np

    found = words(article.text)
    if len(found.hashes) < _FEWEST:
        return None
    kinds = found.kinds.copy()
    _mark(kinds, found.starts, (q.inner for q in quotations(article) if not q.scare), QUOTED)
    _mark(kinds, found.starts, stock.speech(article), QUOTED)
    _mark(kinds, found.starts, stock.phrases(article), STOCK)
    _mark(kinds, found.starts, article.code, STOCK)
    steps = found.starts.copy()
    steps[1:] -= found.starts[:-1]
    wide = bool(steps.max() > 0xFFFF)
    return {
        "words": found.hashes.tobytes(),
        "steps": steps.astype("<u4" if wide else "<u2").tobytes(),
        "wide": wide,
        "lengths": np.minimum(found.lengths, 0xFF).astype(np.uint8).tobytes(),
        "kinds": kinds.tobytes(),
        "credits": list(credit.credited(article)),
    }


def _mark(kinds: Flags, starts: Ints, spans: Iterable[Span], kind: int) -> None:
    import numpy as np

    edges = [edge for span in spans for edge in span]
    if edges:
        places = np.searchsorted(starts, np.array(edges, np.int64)).tolist()
        for low, high in zip(places[::2], places[1::2], strict=True):
            kinds[low:high] |= kind


class Places(NamedTuple):
    """Where the words of an article stand, in code points of its text."""

    starts: Ints
    ends: Ints

    def span(self, first: int, last: int) -> Span:
        """From the start of word ``first`` to the end of word ``last``."""
        return Span(int(self.starts[first]), int(self.ends[last]))


def places(value: Mapping[str, Any]) -> Places:
    """The places kept in the facts of an article."""
    import numpy as np

    starts = np.cumsum(np.frombuffer(value["steps"], "<u4" if value["wide"] else "<u2"), dtype=np.int64)
    return Places(starts, starts + np.frombuffer(value["lengths"], np.uint8))
