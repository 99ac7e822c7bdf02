"""What the German cases of names/spelling cannot say."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk_rules.names
from copydesk import Article
from copydesk.configtable import parse
from copydesk.reading import read
from copydesk_rules.names.introduced import alike, people, slip
from copydesk_rules.names.language import language_of, may_be_read, words
from copydesk_rules.names.spelling import Options, check

CONFIG = parse({}, Path.cwd())
LISTS = Path(copydesk_rules.names.__file__).parent / "languages"
PIECES = ("Die", "Ministerin", "Maria", "Lindqvist", "Lindqvists", "Lindqivst", "Lindqvist-Plan", "von", "sagte", "der")


def article(text: str) -> Article:
    return read("desk/story.txt", CONFIG, text.encode()).articles[0]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Jürgen", "Juergen", "form"),
        ("Kolbeck", "Kolbek", "slip"),
        ("Lindqvist", "Lindqivst", "slip"),
        ("Kolberg", "Koleberg", "far"),
        ("Kolberg", "Kolborg", None),
        ("Strauß", "Strauss", None),
        ("Meyer", "Meier", None),
        ("Hofmann", "Hoffmann", None),
        ("Mühlbauer", "Mühlbauers", None),
        ("Weiner", "Wiener", None),
    ],
)
def test_forms_are_alike(a: str, b: str, expected: str | None) -> None:
    assert alike(a, b, "de") == alike(b, a, "de") == expected


@settings(max_examples=200, deadline=None)
@given(st.text("abcdeikstzü", min_size=1, max_size=8), st.text("abcdeikstzü", min_size=1, max_size=8))
def test_a_slip_is_one_either_way_round(a: str, b: str) -> None:
    assert slip(a, b, "de") == slip(b, a, "de")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20))
def test_hits_mark_the_form_without_its_ending(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for word in people(article(text), "de").names.words:
        assert text[word.start : word.end] == word.form
    for hit in check(article(text + " und der und die"), Options()):
        assert text[hit.span.start : hit.span.end] == hit.data["form"]


@pytest.mark.parametrize("unit", ["Maria Kolb{0}s und ", "Korrektur Maria{0}\n\n", "Kolb{0}-Plan von Kolb{0}s "])
def test_work_grows_with_length_alone(unit: str) -> None:
    """A long list of names ends; a quadratic step would not."""
    letters = str.maketrans("0123456789", "abcdefghij")
    text = "".join(unit.format(str(n).translate(letters)) for n in range(4_000))
    assert not list(check(article("Maria Kolberg und Kolbreg. " + text), Options()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maria Kolberg spoke in Hull.\n", "en"),
        ("Guests met Ursula von der Leyen there.\n", "en"),
        (
            "Die Ministerin ist in Rom, und der Kanzler hat das Gesetz nicht unterschrieben, wie es am Freitag hieß.\n",
            "de",
        ),
        ("La ministre est à Rome. " * 30, ""),
    ],
)
def test_the_pack_is_told_by_the_words(text: str, expected: str) -> None:
    assert language_of(article(text)) == expected
    assert may_be_read(text) or not expected


@pytest.mark.parametrize("path", sorted(LISTS.glob("*/[a-z]*[a-z].txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_list_says_what_it_holds(path: Path) -> None:
    if path.stem not in ("words", "words-COPYRIGHT"):
        assert path.read_text(encoding="utf-8").startswith("# ")
        listed = words(path.parent.name, path.stem)
        assert listed and all(word == word.lower() for word in listed)
