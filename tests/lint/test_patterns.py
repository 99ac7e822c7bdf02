"""A desk's own patterns."""

import pytest

from copydesk.patterns import PatternError, PatternTimeoutError, UserPattern, user_pattern


def test_a_pattern_matches_whole_texts() -> None:
    pattern = user_pattern(r"\p{Lu}\w+ Gazette")
    assert pattern.matches("Übersee Gazette")
    assert not pattern.matches("the Übersee Gazette")


def test_a_wrong_pattern_says_what_is_wrong() -> None:
    with pytest.raises(PatternError, match="position 1"):
        user_pattern("a)")


def test_a_pattern_that_never_ends_is_stopped() -> None:
    with pytest.raises(PatternTimeoutError, match=r"more than 1 s on a text of 51"):
        UserPattern("(a|aa)+$b").matches("a" * 50 + "c")
