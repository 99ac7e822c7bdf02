"""What two articles are to each other, decided on the words their writers wrote themselves."""

from __future__ import annotations

from functools import cache

from copydesk.typed import Literal, NamedTuple
from copydesk_rules.copies.align import Passage, Text
from copydesk_rules.copies.facts import CAPITAL, FIGURE, QUOTED, STOCK
from copydesk_rules.copies.words import words

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
_OWN_WORD = bytes(not kind & (QUOTED | STOCK) for kind in range(256))
_TELLING = bytes(kind & (FIGURE | CAPITAL) != 0 for kind in range(256))
"""Tables that mark with 1 the words of a kind: the writer's own; names and figures."""


class Verdict(NamedTuple):
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
    mine = [b"".join([here.kinds[i : i + size] for i, _, size in p.tiles]) for p in passages]
    own = [_own(kinds, there, p) for kinds, p in zip(mine, passages, strict=True)]
    counts = [marks.count(1) for marks in own]
    with_said = sum(counts)
    shorter = max(1, min(_count(here.kinds, _OWN_WORD), _count(there.kinds, _OWN_WORD)))
    if with_said < _WHOLE * shorter:
        counts = [0 if _is_speech(here, p, marks) else n for p, marks, n in zip(passages, own, counts, strict=True)]
    matched = sum(map(len, mine))
    return Verdict(
        _relation(here, there, passages, b"".join(mine), sum(counts), with_said),
        tuple(passages),
        sum(counts),
        tuple(counts),
        min(1.0, sum(counts) / shorter),
        (matched / len(here.kinds), matched / len(there.kinds)),
    )


def _own(mine: bytes, there: Text, passage: Passage) -> bytes:
    """Of each matched word, 1 if it is the writer's own on both sides, else 0; ``mine``: its kind on the one."""
    theirs = b"".join([there.kinds[j : j + size] for _, j, size in passage.tiles])
    either = int.from_bytes(mine, "little") | int.from_bytes(theirs, "little")  # or, of all bytes at once
    return either.to_bytes(len(mine), "little").translate(_OWN_WORD)


def _relation(here: Text, there: Text, passages: list[Passage], matched: bytes, own: int, with_said: int) -> Relation:
    if with_said < _OWN:
        return "quotation"
    if own < _OWN:
        return "statement"
    return "template" if _filled_in(here, there, passages, matched) else "copy"


def _is_speech(here: Text, passage: Passage, own: bytes) -> bool:
    """Whether somebody speaks in a passage: many of its own words are "I" or "we"."""
    hashes = (h for t in passage.tiles for h in here.hashes[t.here : t.here + t.size])
    first_person = sum(h in _first_person() for h, is_own in zip(hashes, own, strict=True) if is_own)
    return first_person > _SPEECH_SHARE * own.count(1)


def _count(kinds: bytes, table: bytes) -> int:
    """How many words are of the kinds a table marks."""
    return kinds.translate(table).count(1)


def _filled_in(here: Text, there: Text, passages: list[Passage], matched: bytes) -> bool:
    """Whether names and figures differ where the other words agree: two reports from one form.

    Bad scans and rewriting change all words alike, so the two shares are compared with each other. ``matched``: the
    kinds of the words that agree.
    """
    mine = b"".join(here.kinds[p.here[0] : p.here[1] + 1] for p in passages)
    theirs = b"".join(there.kinds[p.there[0] : p.there[1] + 1] for p in passages)
    of_mine, of_theirs = _count(mine, _TELLING), _count(theirs, _TELLING)
    same = _count(matched, _TELLING)
    telling = same / max(1, of_mine, of_theirs)
    plain = (len(matched) - same) / max(1, len(mine) - of_mine, len(theirs) - of_theirs)
    return max(of_mine, of_theirs) - same >= _SLOTS and telling < _TELLING_SHARE * plain


@cache
def _first_person() -> frozenset[int]:
    return frozenset(words("I we my our me mine ours myself ourselves").hashes)
