"""Alignment: every tile is equal words, no word is used twice, nothing shared and long is missed."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk_rules.copies.align import Passage, Text, align
from copydesk_rules.copies.runs import runs

Hashes = list[int]
texts = st.lists(st.integers(0, 6), max_size=60)
distinct = st.lists(st.integers(0, 2**32 - 1), unique=True, min_size=8, max_size=40)


def _aligned(here: Hashes, there: Hashes, fewest: int = 8) -> list[Passage]:
    one, other = (Text(words, bytes(len(words))) for words in (here, there))
    bounds = np.array([0, len(here), len(here) + len(there)])
    (common,) = runs(np.array(here + there, np.uint32), bounds, np.array([[0, 1]]))
    return align(one, other, common, fewest)


@given(texts, texts)
def test_tiles_are_equal_words_used_once(here: Hashes, there: Hashes) -> None:
    tiles = [t for p in _aligned(here, there) for t in p.tiles]
    for t in tiles:
        assert here[t.here : t.here + t.size] == there[t.there : t.there + t.size]
    for side in (0, 1):
        used = [t[side] + k for t in tiles for k in range(t.size)]
        assert len(used) == len(set(used))


@given(texts, texts)
def test_a_passage_runs_forward_on_both_sides(here: Hashes, there: Hashes) -> None:
    for p in _aligned(here, there):
        for a, b in pairwise(p.tiles):
            assert a.here + a.size <= b.here
            assert a.there + a.size <= b.there


@given(distinct, texts, texts, texts, texts)
def test_a_shared_run_is_found_wherever_it_stands(run: Hashes, a: Hashes, b: Hashes, c: Hashes, d: Hashes) -> None:
    unlike = [x + 2**31 for x in range(7)]
    mine = [unlike[x] for x in a] + run + [unlike[x] for x in b]
    theirs = [unlike[x] for x in c] + run + [unlike[x] for x in d]
    covered = {t.here + k for p in _aligned(mine, theirs) for t in p.tiles for k in range(t.size)}
    assert covered >= set(range(len(a), len(a) + len(run)))


@given(distinct)
def test_a_text_is_wholly_like_itself(run: Hashes) -> None:
    (passage,) = _aligned(run, run)
    assert passage.here == passage.there == (0, len(run) - 1)


def test_changed_words_inside_a_passage_do_not_part_it() -> None:
    here, there = list(range(30)), list(range(30))
    there[14:16] = [98, 99]
    (passage,) = _aligned(here, there)
    assert passage.words == 28


def test_moved_paragraphs_are_two_passages() -> None:
    here, there = list(range(60)), [*range(30, 60), *range(30)]
    assert [p.here for p in _aligned(here, there)] == [(0, 29), (30, 59)]


def test_a_refrain_starts_no_run() -> None:
    assert _aligned([1, 2, 3, 4] * 50, [1, 2, 3, 4] * 50) == []
