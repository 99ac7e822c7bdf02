"""The second opinion: places of what ftfy changes, and the proof it needs."""

from __future__ import annotations

import unicodedata

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import strategies as st

from copydesk_rules.characters.compat import composed
from copydesk_rules.characters.second import bad, edits, proof

WORDS = st.lists(
    st.sampled_from(("Mayor", "says", "1", " ", ", ", "été", "Ã©", "â€™", "’", "à", "Ã ", "\u00a0")), max_size=12
)
SIGNS = sorted({*"".join(MOJIBAKE_CATEGORIES.values()), *map(chr, range(0x80, 0x180)), *"aZ. \t\n_0ÂÃÐÑГўВЂв€βĀā√≈‚×"})
MENDED = {"Ã©": "é", "â€™": "’", "Ã ": "à"}


@given(WORDS)
def test_edits_lead_from_one_text_to_the_other(parts: list[str]) -> None:
    """Whatever was replaced between ASCII words, the edits replace it, in order and without overlap."""
    before, after = "".join(parts), "".join(MENDED.get(p, p) for p in parts)
    made, at = "", 0
    for start, end, right in edits(before, after):
        assert at <= start <= end <= len(before)
        made, at = made + before[at:start] + right, end
    assert made + before[at:] == after


@given(st.text(st.sampled_from(SIGNS), max_size=6))
def test_what_ftfy_calls_bad_is_bad(line: str) -> None:
    """The test before ftfy is imported misses nothing."""
    assert bad(line) == is_bad(line)


def test_another_word_is_no_edit() -> None:
    """An answer that changes ASCII words is refused as a whole."""
    assert list(edits("one é two", "one e two")) == []


@pytest.mark.parametrize("page", ["cp1252", "cp1250", "cp1251", "cp437", "mac_roman"])
@pytest.mark.parametrize("layers", [1, 2])
def test_a_round_trip_is_proof(page: str, layers: int) -> None:
    """Decoding the place leads to the answer, through one layer or two."""
    bad = "é"
    for _ in range(layers):
        bad = bad.encode().decode(page)
    assert len(proof(bad, "é")) == layers


@pytest.mark.parametrize(
    ("bad", "right"), [("Ã©", "è"), ("“", '"'), ("ﬁ", "fi"), ("\u0093", "“"), ("Ð\ufffd", "\ufffd"), ("", "x")]
)
def test_other_corrections_are_refused(bad: str, right: str) -> None:
    """Quotation marks, ligatures, controls and lost bytes are no mojibake."""
    assert proof(bad, right) == ()


@pytest.mark.parametrize("right", ["ü", "½", "è", "ô", "ï", "õ", "’"])
@pytest.mark.parametrize("form", ["NFKC", "NFKD"])
def test_compatibility_forms_are_undone(right: str, form: str) -> None:
    """What NFKC or NFKD rewrote inside a word is read as it was."""
    shown = unicodedata.normalize(form, right.encode().decode("cp1252"))  # type: ignore[arg-type]
    text = f"ab{shown}cd"
    assert [d.right for d in composed(text, frozenset(text), ())] == [right]
