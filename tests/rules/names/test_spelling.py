"""What the cases of names/spelling cannot say."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Article, Corpus, Facts, Hit, Meta, Ref
from copydesk.configtable import parse
from copydesk.reading import read
from copydesk_rules.names import lexicon
from copydesk_rules.names.endings import derived
from copydesk_rules.names.inventory import inventory, named
from copydesk_rules.names.letters import distance, fold, keys, keys_all, neighbours
from copydesk_rules.names.lexicon import grouped, groups, variants
from copydesk_rules.names.mentions import UPPER, words_of
from copydesk_rules.names.spelling import Options, check, collect, compare
from copydesk_rules.names.stretches import _capitals, _stretch, is_function, names

CONFIG = parse({}, Path.cwd())
SURNAMES = ("Kolberg", "Halvorsen", "Lindqvist", "Ibáñez", "Marwick", "Brodsky", "Okonkwo-Bell", "O’Donnegan")
GIVEN = ("Maria", "Kjetil", "Agneta", "Emilio", "Ottoline", "Arkady")
SENTENCES = (
    "{0} {1} spoke on Monday. ",
    "Critics of {1} left early. ",
    "{1}’s plan failed. ",
    "The board met in Hull. ",
)


def article(text: str, path: str = "desk/story.txt") -> Article:
    return read(path, CONFIG, text.encode()).articles[0]


def found(text: str) -> list[Hit]:
    return list(check(article(text), Options()))


def facts(articles: dict[str, str], date: str = "") -> tuple[Facts, ...]:
    out = []
    for path, text in articles.items():
        value: Any = collect(article(text, path))
        if value is not None:
            out.append(Facts(Ref(path), Meta(source=path.split("/")[0], date=date), value))
    return tuple(out)


@st.composite
def stories(draw: st.DrawFn) -> str:
    """Copy about a few people, each spelled one way, with one slip in it or none."""
    people = draw(st.lists(st.tuples(st.sampled_from(GIVEN), st.sampled_from(SURNAMES)), min_size=1, max_size=3))
    parts = draw(st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(people)), min_size=1, max_size=12))
    text = "".join(sentence.format(*person) for sentence, person in parts)
    at = draw(st.integers(0, len(text) - 2))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if draw(st.booleans()) else text


@settings(max_examples=150, deadline=None)
@given(stories())
def test_hits_mark_the_form_and_fixes_lie_within_it(text: str) -> None:
    for hit in found(text):
        assert 0 <= hit.span.start < hit.span.end <= len(text)
        assert fold(text[hit.span.start : hit.span.end]) == fold(hit.data["form"])
        for edit in hit.fix.edits if hit.fix else ():
            assert hit.span.covers(edit.span)
        for place in hit.related:
            assert not place.span.touches(hit.span)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_characters="\0\r", codec="utf-8"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    for hit in found("Maria Kolberg spoke. " + text + " Kolberg and Kolbreg left."):
        assert hit.span.start < hit.span.end


@settings(max_examples=200, deadline=None)
@given(st.text("abcdeikqs", min_size=1, max_size=8), st.text("abcdeikqs", min_size=1, max_size=8))
def test_distance_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a) <= 3
    assert (distance(a, b) == 0) == (a == b)


@settings(max_examples=200, deadline=None)
@given(st.text("abcdeikqs", min_size=4, max_size=8), st.integers(1, 7), st.sampled_from("abcdeikqs"))
def test_a_slip_after_the_first_letter_shares_a_neighbour(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    for slip in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert set(neighbours(word)) & set(neighbours(slip))


@pytest.mark.parametrize(
    ("a", "b"),
    [("Zelensky", "Zelenskyy"), ("Khalid", "Halid"), ("Yanukovych", "Yanukovich"), ("Prigozhin", "Prigojin"),
     ("Sergei", "Sergey"), ("Tsarnaev", "Tsarnayev"), ("Raqqa", "Raqqah"), ("Ghaith", "Gaith")],
)  # fmt: skip
def test_romanisations_share_a_key(a: str, b: str) -> None:
    assert set(keys(fold(a))) & set(keys(fold(b)))


@given(st.lists(st.text("aeioukhcstzjygdfqw", max_size=9), min_size=1))
def test_keys_made_at_one_go_are_those_of_each_form(folded: list[str]) -> None:
    assert keys_all(folded) == [keys(form) for form in folded]


@pytest.mark.parametrize(
    ("a", "b"),
    [("Korea", "Koreans"), ("Texas", "Texan"), ("Honduras", "Honduran"), ("Germany", "Germans"), ("Italy", "Italia"),
     ("Marwick", "Marwicks"), ("Brexit", "Brexiter"), ("Americas", "American")],
)  # fmt: skip
def test_peoples_and_plurals_are_derived(a: str, b: str) -> None:
    assert derived(fold(a), fold(b)) and derived(fold(b), fold(a))


def test_the_variant_table_is_sound() -> None:
    for group in variants():
        assert group.kind in ("person", "place", "org", "part", "rename")
        assert len(group.forms) == len(set(group.forms)) > 1, group
        assert not group.preferred or group.preferred in group.forms, group


def test_what_is_kept_of_the_variant_table_is_what_is_made_of_it() -> None:
    table = Path(lexicon.__file__).with_name("data") / "variants.tsv"
    found, numbers = grouped(table.read_text(encoding="utf-8"))
    assert [*variants()] == found
    assert groups() == numbers
    assert all(fold(form) in numbers for group in found for form in group[2])


def test_an_article_with_both_forms_is_reported_once() -> None:
    both = "The poet Arkady Brodsky read. Brodsky bowed. Fans of Brodskiy and Arkady Brodskiy sang. Brodsky left.\n"
    corpus = facts({"east/a.txt": both, "west/b.txt": "Arkady Brodsky read on.\n"})
    alone = {hit.span for hit in found(both)}
    across = {hit.span for ref, hit in compare(Corpus(corpus), Options()) if ref.path == "east/a.txt"}
    assert across <= alone


def test_only_wanted_articles_are_reported() -> None:
    corpus = facts(
        {"a/1.txt": "Arkady Brodskiy read.\n", "b/2.txt": "Arkady Brodsky read.\n", "c/3.txt": "Arkady Brodsky sat.\n"}
    )
    assert [ref.path for ref, _ in compare(Corpus(corpus), Options())] == ["a/1.txt"]
    assert not list(compare(Corpus(corpus, frozenset({Ref("b/2.txt")})), Options()))


def test_counts_across_articles_are_by_source() -> None:
    corpus = facts(
        {"a/1.txt": "Arkady Brodskiy read.\n", "b/2.txt": "Arkady Brodsky read.\n", "c/3.txt": "Arkady Brodsky sat.\n"}
    )
    ((_, hit),) = compare(Corpus(corpus), Options())
    assert hit.data["counts"] == {"Brodskiy": {"a": 1}, "Brodsky": {"b": 1, "c": 1}}


def test_the_inventory_counts_forms_sources_and_dates() -> None:
    early = facts({"a/1.txt": "Mayor Arkady Brodsky read. Critics of Arkady Brodsky left.\n"}, date="2024-01-02")
    late = facts({"b/2.txt": "They met Arkady Brodsky.\n"}, date="2024-03-04")
    row = next(r for r in inventory((*late, *early)) if r.form == "Arkady Brodsky")
    assert row == ("Arkady Brodsky", 3, 2, {"b": 1, "a": 2}, "2024-01-02", "2024-03-04")


def test_titles_are_no_part_of_a_name() -> None:
    assert named("Ukrainian President Arkady Brodsky") == "Arkady Brodsky"
    assert named("The") == ""


@pytest.mark.parametrize("unit", ["Aab", "Kolberg Kolbreg ", "A-", "al-", "O’", "Mr. ", "X. Y. ", "Kim Jong-un "])
def test_work_grows_with_length_alone(unit: str) -> None:
    """A million characters of the worst kind end; a quadratic step would not."""
    found(unit * (1_000_000 // len(unit)))


PIECES = (
    "Maria",
    "Kolberg",
    "Sen.",
    "J.",
    "al-Haddad",
    "al Haddad",
    "van der",
    "Ibáñez’s",
    "B-52",
    "&",
    ",",
    "—",
    "“",
    "said",
    "U.S.",
    "O’Neill",
    "IT",
    "@Kolberg",
    "C/Marwick",
    "Kim Jong-un",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
def test_stretches_hold_the_words_of_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    marked = article(text.replace("@", "/"))
    words = [w for w in words_of(marked.text) if not is_function(w.form)]
    assert [w for w in names(marked).words if not is_function(w.form)] == words


@given(st.text(st.sampled_from("aeÀéÖZKm.-’ &1@/"), max_size=40))
def test_capitals_of_ascii_alone_find_the_same_stretches(text: str) -> None:
    spoken = text.replace("À", "a").replace("Ö", "é")
    found = [[m.span() for m in _stretch(upper).finditer(spoken)] for upper in ("A-Z", UPPER)]
    assert found[0] == found[1]
    assert _capitals(spoken) == "A-Z"
    assert _capitals(f"{text}Ö") == UPPER
