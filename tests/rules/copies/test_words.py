"""Words in bulk: the same words whatever their dress, at the right places."""

import re
from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk_rules.copies.prints import keys
from copydesk_rules.copies.prints import one_by_one as one_by_one_keys
from copydesk_rules.copies.words import grams, in_bulk, one_by_one, words


def _same(a: str, b: str) -> bool:
    return words(a).hashes.tobytes() == words(b).hashes.tobytes()


def test_case_accents_dashes_and_quotes_do_not_count() -> None:
    assert _same("The “São Paulo” – don’t ask", 'the "SAO PAULO" -- DON\'T ask')


def test_marks_nobody_sees_do_not_count() -> None:
    assert _same("a quiet co\u00adoperation cafe\u0301", "a quiet cooperation café")


def test_other_words_count() -> None:
    assert not _same("the mayor of Kastel", "the mayor of Kassel")


def test_a_script_without_blanks_is_split_at_every_character() -> None:
    assert len(words("東京で会議が開かれた").hashes) == 10


def test_figures_and_capitals_are_known() -> None:
    assert list(words("Orsen lost 12 of b2 games").kinds) == [4, 0, 2, 0, 2, 0]


@given(st.text(st.characters(exclude_categories=())), st.text(max_size=9), st.integers(0, 300))
def test_both_ways_of_reading_read_alike(text: str, more: str, often: int) -> None:
    for read in (text, more * often, f"{text}\u00ad{more}e\u0301" + "x" * often + f"東{text}"):
        assert one_by_one(read) == in_bulk(read)


def test_long_gaps_and_long_words() -> None:
    text = "one" + " " * 70_000 + "two " + "x" * 300
    for got in (one_by_one(text), in_bulk(text)):
        assert got.steps.tolist() == [0, 70_003, 4]
        assert list(got.lengths) == [3, 3, 255]


@given(st.text(max_size=250))
def test_places_are_in_the_text_and_in_order(text: str) -> None:
    got = words(text)
    end = 0
    for start, length in zip(got.starts, got.lengths, strict=True):
        assert end <= start < start + length <= len(text)
        end = start + length


@given(st.text(st.characters(codec="latin-1")))
def test_places_are_those_of_letters_and_digits(text: str) -> None:
    got = words(text)
    found = [text[s : s + n].replace("\xad", "") for s, n in zip(got.starts, got.lengths, strict=True)]
    assert found == re.findall(r"[0-9A-Za-zªµºÀ-ÖØ-öø-ÿ]+", text.replace("\xad", ""))


@given(st.text(), st.text())
def test_a_word_hashes_alike_wherever_it_stands(before: str, after: str) -> None:
    alone = words("harbour").hashes[0]
    assert alone in words(f"{before} harbour {after}").hashes


@given(st.lists(st.integers(0, 2**32 - 1), max_size=20))
def test_as_many_runs_as_fit(hashes: list[int]) -> None:
    assert len(grams(np.array(hashes, np.uint32), 5)) == max(0, len(hashes) - 4)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 4, 16])), max_size=60))
def test_fingerprints_are_alike_both_ways(pairs: list[tuple[int, int]]) -> None:
    value = {"words": array("I", [w for w, _ in pairs]).tobytes(), "kinds": bytes(kind for _, kind in pairs)}
    assert sorted(set(one_by_one_keys(value["words"], value["kinds"]))) == list(array("Q", keys(value)))
