"""The look at a line's words that most lines are dismissed by: it hides nothing that the vocabulary says."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_rules.residue.letters import Heard, folded, letters, line
from copydesk_rules.residue.letters import _heard as heard_together
from copydesk_rules.residue.phrases import Node, parse
from copydesk_rules.residue.shape import line as look
from copydesk_rules.residue.table import phrases
from copydesk_rules.residue.wording import candidates, reading, wording

FILLED = {"*": "ferry", "**": "the ferry at noon", "#": "1,240"}
LINES = st.lists(st.text(alphabet="aÉßİ ʼ’“—…©2²٣版\0\xad\n\t(c)|★é.-", max_size=12), max_size=6)


def matches(node: Node, turn: int) -> list[str]:
    """The words of one match; ``turn`` tells which alternatives are taken."""
    out: list[str] = []
    for item in node:
        out += matches(item[turn % len(item)], turn) if isinstance(item, list) else [FILLED.get(item, item)]
    return out


@cache
def samples() -> tuple[tuple[str, str], ...]:
    """Every phrase of the vocabulary with lines that it matches."""
    turns = itertools.product(phrases(), range(3))
    made = ((found.phrase, " ".join(matches(parse(found.phrase), turn))) for found, turn in turns)
    return tuple((phrase, words) for phrase, words in made if words)


@pytest.mark.parametrize("shown", ["{}", "★ {} »", "{}:", "“{}”"])
def test_no_phrase_is_hidden(shown: str) -> None:
    """Whatever a phrase matches, its words find the phrase; marks around it make no difference."""
    for phrase, words in samples():
        assert phrase in {p.phrase for p in candidates(line(shown.format(words)))}, words


def test_a_match_is_read() -> None:
    """A line that is found by its words is also matched by its tokens."""
    for phrase, words in samples():
        found = [p for p in candidates(line(words)) if p.phrase == phrase]
        assert reading(words, found) is not None or words.endswith(":"), words  # a colon at the end is not kept


def test_a_row_of_buttons_is_seen_by_its_first() -> None:
    """Every word that is a share button alone may begin a row of them."""
    buttons = {words for _, words in samples() if " " not in words and (s := wording(words)) and s.kind == "share"}
    assert len(buttons) > 20
    assert {look(line(f"{b} Facebook print")).kind for b in buttons - {"facebook", "print"}} <= {"share", "comments"}


@given(LINES)
def test_lines_are_folded_together_as_they_are_alone(texts: list[str]) -> None:
    """Nothing of a line reaches its neighbour's words or letters."""
    together: Any = list(heard_together(texts, folded(texts), [len(t.split()) for t in texts]))
    assert together == [Heard(t, *line(t)[1:]) for t in texts]
    assert letters(folded(texts)) == [letters(folded([t]))[0] for t in texts] or not texts
