"""The number scanner: values, kinds, and offsets on any text."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Rule
from copydesk_rules.figures import hardened, unattributed, weak
from copydesk_rules.figures.language import guessed, pack, packed
from copydesk_rules.figures.numbers import Figure, scan

EN, DE = pack("en"), pack("de")


def only(text: str, code: str = "en") -> Figure:
    """The one figure of a text."""
    (figure,) = scan(text, pack(code), with_small=True)
    return figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250 homes", 1250),
        ("1.5 million homes", 1_500_000),
        ("$38million", 38_000_000),
        ("€2.5bn", 2.5e9),
        ("120k cars", 120_000),
        ("two hundred and fifty thousand people", 250_000),
        ("twenty-five people", 25),
        ("half a million people", 500_000),
        ("a dozen eggs", 12),
        ("three dozen students", 36),
    ],
)
def test_values(text: str, value: float) -> None:
    assert only(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.250 Häuser", 1250), ("1,5 Millionen Häuser", 1_500_000), ("zweihundert Gäste", 200), ("3,2 Mrd. Euro", 3.2e9)],
)
def test_german_values(text: str, value: float) -> None:
    assert only(text, "de").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("some 300 homes burned", "count"),
        ("a fee of £45 for all", "money"),
        ("about 422,000 euros in all", "money"),
        ("up by 6 per cent there", "percent"),
        ("a rise of 0.3 percentage points", "percent"),
        ("an 18-fold rise", "fold"),
        ("the 24th man", "ordinal"),
        ("in the 1990s they left", "decade"),
        ("back in 2015 they left", "year"),
        ("on March 14 they left", "date"),
        ("on 14 March they left", "date"),
        ("at 10:45 they left", "clock"),
        ("at 7 p.m. they left", "clock"),
        ("a girl aged 14 left", "age"),
        ("a 43-year-old left", "age"),
        ("only people over 65 left", "age"),
        ("for 48 hours they left", "duration"),
        ("the new RX350 left", "designation"),
        ("an old AQ-400 left", "designation"),
        ("the bus on Route 495 left", "designation"),
        ("by 70 meters they left", "measure"),
        ("after 24 points they left", "sport"),
        ("with 61 percent of the vote", "vote"),
        ("it is 30 degrees there", "weather"),
        ("a 16-seat bus left", "spec"),
        ("the old $700 billion bailout", "rule"),
        ("and seven men left", "small"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("more than 300 homes", "at-least"),
        ("over $300", "at-least"),
        ("up to 300 homes", "at-most"),
        ("nearly 300 homes", "below"),
        ("roughly 300 homes", "about"),
        ("the 300 homes", ""),
    ],
)
def test_modifiers(text: str, modifier: str) -> None:
    assert only(text).modifier == modifier


def test_both_ends_of_a_range_share_their_kind() -> None:
    assert [f.kind for f in scan("from 3% to 4 or even 5 for all", EN)][:2] == ["percent", "percent"]
    assert {f.kind for f in scan("from 20 to 25 minutes", EN)} == {"duration"}
    assert [f.kind for f in scan("children of ages 19 and 22", EN)] == ["age", "age"]


@pytest.mark.parametrize(
    "text",
    [
        "La ville a construit 4 200 logements depuis le printemps et le maire est content du résultat.",
        "De stad heeft sinds het voorjaar 4.200 woningen gebouwd en de burgemeester is tevreden met het resultaat.",
        "Byen har bygget 4.200 boliger siden foråret, og borgmesteren er tilfreds med det for i år.",
        "La ciudad ha construido 4.200 viviendas desde la primavera y el alcalde está contento con el resultado.",
        "Il comune ha costruito 4.200 case in primavera e il sindaco è contento di come sono andate le cose.",
        "Miasto zbudowało od wiosny 4200 mieszkań i burmistrz jest zadowolony z wyniku.",
        "Місто збудувало 4200 квартир від весни, і мер задоволений результатом.",
    ],
)
def test_no_pack_for_other_languages(text: str) -> None:
    assert guessed(text) is None


PIECES = st.sampled_from(
    (
        *(
            "1",
            "12",
            "1,250",
            "3.5",
            "million",
            "thousand",
            "dozen",
            "a",
            "half",
            "twenty-five",
            "$",
            "€",
            "%",
            "percent",
        ),
        *(
            ".",
            ",",
            ":",
            "-",
            "–",
            "/",
            "(",
            ")",
            "K",
            "m",
            "bn",
            "th",
            "pm",
            "May",
            "2015",
            "aged",
            "of",
            "percent",
            "one",
        ),
        *(
            "three",
            "per",
            "RX",
            "’",
            "“",
            "”",
            "\n",
            "Route",
            "people",
            "over",
            "about",
            "Prozent",
            "hundert",
            "İ",
            "ǅ",
        ),
    )
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\n"]))).map(lambda ps: "".join(a + b for a, b in ps)))
def test_figures_lie_within_the_text_in_order(text: str) -> None:
    for language in (EN, DE):
        found = scan(text, language, with_small=True)
        for f in found:
            assert 0 <= f.span.start < f.span.end <= len(text)
            assert f.value >= 0
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


@given(st.text())
def test_any_text_can_be_scanned(text: str) -> None:
    for f in scan(text, EN, with_small=True):
        assert 0 <= f.span.start < f.span.end <= len(text)


@pytest.mark.parametrize("rule", [unattributed.RULE, hardened.RULE, weak.RULE])
def test_no_number_word_of_a_pack_escapes_what_the_rules_need(rule: Rule) -> None:
    words = [w for language in (EN, DE) for w in (*language.words, *language.magnitudes)]
    written = itertools.chain(words, map(str.capitalize, words), (w + w for w in words), (f"x {w}-" for w in words))
    assert [w for w in written if not re.search(rule.needs, w)] == []
    assert not re.search(rule.needs, "The city has often seen fortunate tenants, and many a party was honest.")


def test_more_digits_than_a_number_holds_are_none() -> None:
    assert scan(f"The code is {'9' * 400} in the file.", EN) == []


@pytest.mark.parametrize("code", ["en", "de"])
def test_what_is_kept_of_a_pack_is_what_is_made_of_it(code: str) -> None:
    file = Path(str(unattributed.__file__)).with_name("languages") / f"{code}.toml"
    made = packed(file.read_text(encoding="utf-8"))
    used = {name: getattr(pack(code), name) for name in made}
    assert {n: v.pattern if isinstance(v, re.Pattern) else v for n, v in used.items()} == made
