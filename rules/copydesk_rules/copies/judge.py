"""What two articles are to each other, decided on the words their writers wrote themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from copydesk_rules.copies.align import Passage
from copydesk_rules.copies.facts import CAPITAL, FIGURE, QUOTED, STOCK

if TYPE_CHECKING:
    from copydesk_rules.copies.words import U4, Flags, Ints, Truths

Relation = Literal["copy", "statement", "template", "quotation"]

FEWEST = 8
"""Matched words of the shortest passage."""
_OWN = 20
"""Own words below which a pair shares no more than quotations and turns of phrase."""
_TELLING_SHARE = 0.6
"""Names and figures that agree, beside the other words that do: below, two reports fill in one form."""
_SLOTS = 3
"""Differing names and figures of a form."""
_SPEECH_SHARE = 0.03
"""Share of first-person words from which prose is somebody speaking."""
_WHOLE = 0.6
"""Share of the shorter article's own words from which even a speech is the article, not in it."""


@dataclass(frozen=True, slots=True)
class Text:
    """One side of a pair."""

    words: U4
    kinds: Flags


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relation of a pair and its passages.

    ``own``: matched words that are the writer's own; ``own_in``: those of each passage. ``of_own``: that as a
    share of all own words of the article with fewer. ``overlap``: shares of all words of both.
    """

    relation: Relation
    passages: tuple[Passage, ...]
    own: int
    own_in: tuple[int, ...]
    of_own: float
    overlap: tuple[float, float]

    def largely_one(self, share: float, words: int) -> bool:
        """Whether the articles are largely one text, or one took at least ``words`` own words from the other."""
        return self.relation == "copy" and (self.own >= words or (self.own >= words / 2 and self.of_own >= share))


def judge(here: Text, there: Text, passages: list[Passage]) -> Verdict:
    """Tell copying from quoting, speaking and filling in."""
    import numpy as np

    mine, theirs = _matched(passages)
    is_own = (here.kinds[mine] | there.kinds[theirs]) & (QUOTED | STOCK) == 0
    shorter = max(1, min(_own_words(here), _own_words(there)))
    said = np.zeros(len(mine), bool)
    if is_own.sum() < _WHOLE * shorter:
        said = _said(here.words[mine], is_own, np.cumsum([p.words for p in passages]))
    own = int((is_own & ~said).sum())
    return Verdict(
        _relation(here, there, passages, mine, own, int(is_own.sum())),
        tuple(passages),
        own,
        tuple(_by_passage(passages, is_own & ~said)),
        min(1.0, own / shorter),
        (len(mine) / len(here.words), len(mine) / len(there.words)),
    )


def _relation(here: Text, there: Text, passages: list[Passage], mine: Ints, own: int, with_said: int) -> Relation:
    if with_said < _OWN:
        return "quotation"
    if own < _OWN:
        return "statement"
    return "template" if _filled_in(here, there, passages, mine) else "copy"


def _said(words: U4, is_own: Truths, ends: Ints) -> Truths:
    """Which matched words stand in passages in which somebody speaks: many of their own words are "I" or "we"."""
    import numpy as np

    first_person = np.isin(words, _first_person()) & is_own
    begins = np.concatenate([[0], ends[:-1]])
    many = np.add.reduceat(first_person, begins, dtype=np.int64) > _SPEECH_SHARE * np.add.reduceat(
        is_own, begins, dtype=np.int64
    )
    return np.repeat(many, np.diff(ends, prepend=0))


def _by_passage(passages: list[Passage], is_own: Truths) -> list[int]:
    """The true ones of each passage's matched words."""
    import numpy as np

    ends = np.cumsum([p.words for p in passages])
    return np.diff(np.cumsum(is_own)[ends - 1], prepend=0).tolist() if passages else []


def _matched(passages: list[Passage]) -> tuple[Ints, Ints]:
    """The matched words of both sides, by number."""
    import numpy as np

    tiles = np.array([t for p in passages for t in p.tiles], np.int64).reshape(-1, 3)
    size = tiles[:, 2]
    within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(tiles[:, 0], size) + within, np.repeat(tiles[:, 1], size) + within


def _own_words(text: Text) -> int:
    return int((text.kinds & (QUOTED | STOCK) == 0).sum())


def _filled_in(here: Text, there: Text, passages: list[Passage], mine: Ints) -> bool:
    """Whether names and figures differ where the other words agree: two reports from one form.

    Bad scans and rewriting change all words alike, so the two shares are compared with each other.
    """
    of_mine = sum(_telling(here.kinds[p.here[0] : p.here[1] + 1]) for p in passages)
    of_theirs = sum(_telling(there.kinds[p.there[0] : p.there[1] + 1]) for p in passages)
    all_mine = sum(p.here[1] + 1 - p.here[0] for p in passages)
    all_theirs = sum(p.there[1] + 1 - p.there[0] for p in passages)
    same = _telling(here.kinds[mine])
    telling = same / max(1, of_mine, of_theirs)
    plain = (len(mine) - same) / max(1, all_mine - of_mine, all_theirs - of_theirs)
    return max(of_mine, of_theirs) - same >= _SLOTS and telling < _TELLING_SHARE * plain


def _telling(kinds: Flags) -> int:
    """How many words are names or figures."""
    return int((kinds & (FIGURE | CAPITAL) != 0).sum())


@cache
def _first_person() -> U4:
    import numpy as np

    from copydesk_rules.copies.words import words

    return np.array(words("I we my our me mine ours myself ourselves").hashes, np.uint32)
