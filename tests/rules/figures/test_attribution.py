"""Verdicts: the reason a figure is taken to have a source, and the words that are named as the source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Article
from copydesk.configtable import parse
from copydesk.reading import read
from copydesk_rules.figures import unattributed
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.numbers import CLAIMS
from copydesk_rules.figures.sources import source_of

CONFIG = parse({"packs": ["copydesk_rules"]}, Path.cwd())


def article(text: str, name: str = "story.txt") -> Article:
    """An article that holds the text."""
    return read(name, CONFIG, text.encode()).articles[0]


def verdicts(text: str) -> list[str]:
    """The reasons of a text's figures."""
    return [j.reason for j in judged(article(text))]


def only(text: str) -> tuple[Article, Judged]:
    """The one judged figure of a text, and its article."""
    a = article(text)
    (j,) = judged(a)
    return a, j


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("“We have lost 4,200 flats to the flood,” the mayor told the paper on Monday in the town.", "quotation"),
        ("The mayor said that the flood has destroyed 4,200 flats in the town.", "speech"),
        ("The flood has destroyed 4,200 flats in the town, the mayor said on Monday.", "speech"),
        ("The flood has destroyed 4,200 flats, according to the mayor of the town.", "phrase"),
        ("The census puts the number of flats in the town at 4,200 and that of houses at 900.", "speech"),
        ("A survey of the town has 40 percent of the flats empty in the winter.", "data"),
        ("The mayor plans to build 4,200 flats on the hill in the spring.", "act"),
        ("The flood has reportedly destroyed 4,200 flats in the town.", "hedge"),
        ("The flood has destroyed 4,200 flats in the town.", ""),
        ("The band claimed the lives of 4,200 men in the war.", ""),
        ("The show drew 4,200 visitors to the town in the spring.", ""),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    assert verdicts(text)[0] == reason


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The flood has destroyed 4,200 flats, according to the mayor of Klow, who was there.", "the mayor of Klow"),
        ("The Water Board (WB) has warned that 4,200 flats are at risk in the town.", "The Water Board"),
        ("The chief of the board, Ida Berg, said on Monday that 4,200 flats are at risk in the town.", "Ida Berg"),
        ("The flood has destroyed 4,200 flats in the town, Ida Berg said on Monday.", "Ida Berg"),
        ("The flood has reportedly destroyed 4,200 flats in the town.", "reportedly"),
        ("Over the weekend an aide of the mayor said 4,200 flats are at risk in the town.", "an aide of the mayor"),
        ("The mayor was ill, and had earlier shared word suggesting that 4,200 flats are at risk in the town.", ""),
        ("The flood has destroyed 4,200 flats in the town.", ""),
    ],
)
def test_named_sources(text: str, source: str) -> None:
    assert source_of(*only(text)) == source


def test_a_source_carries_two_sentences_and_no_further() -> None:
    text = (
        "The mayor said that the town was in need. It has 510 beds. It has 620 cars. It has 730 dogs in the old town."
    )
    assert verdicts(text) == ["carry", "carry", ""]


def test_a_link_is_a_source() -> None:
    pytest.importorskip("copydesk.formats.markdown")
    a = article("The flood has destroyed [4,200 flats](https://example.org/flats) in the town.", "story.md")
    assert [j.reason for j in judged(a)] == ["link"]


def test_a_link_of_a_page_is_a_source_as_in_markdown() -> None:
    page = '<p>In the old town 12,000 soldiers were <a href="https://example.org/toll">killed</a> in the war.</p>'
    linked = article(f"<html><body><article>{page}</article></body></html>", "story.html")
    assert [j.reason for j in judged(linked)] == ["link"]
    bare = article(f"<html><body><article>{page.replace('https:', 'mailto:')}</article></body></html>", "story.html")
    assert [j.reason for j in judged(bare)] == [""]


def test_a_line_that_is_no_sentence_is_not_judged() -> None:
    assert verdicts("The list of the town: " + "4,200 flats and " * 400 + "no end") == []


def test_a_long_line_of_figures_takes_linear_time() -> None:
    assert judged(article("the 1,250 homes and 12 percent of the 900 cars, " * 20_000)) == ()


def _desks() -> list[str]:
    lines = Path(__file__).with_name("attributed.txt").read_text(encoding="utf-8").splitlines()
    pieces = "\n".join(line for line in lines if not line.startswith(("#", "["))).split("\n\n")
    return [piece.strip() for piece in pieces if piece.strip()]


@pytest.mark.parametrize("text", _desks())
def test_attributed_copy_of_all_desks_is_left_alone(text: str) -> None:
    assert list(unattributed.check(article(text), unattributed.Options())) == []


PIECES = st.sampled_from(
    [
        "4,200 homes",
        "12 percent",
        "$5",
        "said",
        "reportedly",
        "the",
        "“",
        "”",
        ".",
        ",",
        " – ",
        "\n\n",
        "- ",
        "she",
        "A",
        "_",
    ]
)


@given(st.lists(PIECES).map(" ".join), st.booleans())
def test_any_copy_can_be_judged(text: str, small: bool) -> None:
    a = article(text + "\n\nThe mayor of the town has said that it is so, and that it was so in the year before.")
    for j in judged(a, CLAIMS | {"small"} if small else CLAIMS):
        assert j.sentence.start <= j.figure.span.start < j.sentence.end
        assert j.source is None or 0 <= j.source.start < j.source.end <= len(a.text)
