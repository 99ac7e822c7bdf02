"""What holds for the whole family, whatever the text."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import Article, Hit
from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import SourceFile

NAMES = ("mojibake", "stray", "entity", "invisible", "homoglyph", "escape", "form", "lost")
RULES = {name: import_module(f"copydesk_rules.characters.{name}").RULE for name in NAMES}
SOUND = (
    "La cérémonie d’ouverture a eu lieu à l’« Élysée » : « Ça ira ? » — 5 °C, 10 €, n° 3.",
    "Die Straße in Köln heißt „Größe“ – über 200 m² für Ämter.",
    "O prefeito de São Paulo disse: «Não há razão». A CÂMARA MUNICIPAL NÃO VOTOU.",
    "Prezydent otworzył ścieżkę wzdłuż rzeki; cena 12 zł za m³.",
    "Cumhurbaşkanı İstanbul’da konuştu: kâğıt fabrikası açıldı.",
    "Þórður sagði að þetta væri rétt; Ólafur var sammála.",
    "Tổng thống đã đến Hà Nội hôm qua.",
    "Президент США объявил о встрече; «СССР» и «РФ» — №5.",
    "Президент оголосив про зустріч у Рівному, його об’єднання зросло.",
    "Ο πρωθυπουργός μίλησε στη Βουλή: «Ο ΟΗΕ…».",
)
LANGUAGES = st.sampled_from(SOUND)
ODD = st.text(alphabet="aé ÃÂâ€™“”\u00a0Ðïð\u0080\u0099\ufffd?&;#39\\u20xe%C3ＡaаοÄ³ \n\u200b", max_size=60)


def article(text: str) -> Iterator[Article]:
    """The articles of a plain text file."""
    return articles(SourceFile("story.txt", text.encode("utf-8", "surrogatepass"), text), Fields())


def hits(text: str) -> list[Hit]:
    """Every hit of the family in a text."""
    return [h for a in article(text) for r in RULES.values() if r.prefilter(a.text) for h in r.check(a, r.options())]


def mended(text: str, safe_only: bool) -> str:
    """The text with fixes made, one pass."""
    wanted = ("safe",) if safe_only else ("safe", "unsafe")
    edits = [e for h in hits(text) if h.fix and h.fix.safety in wanted for e in h.fix.edits]
    end = len(text) + 1
    for edit in sorted(edits, key=lambda e: (-e.span.start, -e.span.end)):
        if edit.span.end <= end:
            text, end = text[: edit.span.start] + edit.text + text[edit.span.end :], edit.span.start
    return text


@given(ODD)
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_and_fixes_settle(text: str) -> None:
    """Whatever stands in a text, hits lie inside it and a few passes bring rest."""
    for hit in hits(text):
        assert 0 <= hit.span.start <= hit.span.end <= len(text)
    for _ in range(8):
        text, before = mended(text, safe_only=False), text
        if text == before:
            return
    raise AssertionError(f"does not settle: {text!r}")


@pytest.mark.parametrize("text", SOUND)
def test_sound_copy_is_left_alone(text: str) -> None:
    """Sound copy of any language is silent."""
    assert hits(text) == []


@given(LANGUAGES, st.sampled_from(("cp1252", "cp1250", "mac_roman", "cp437", "cp850")))
def test_a_round_trip_is_undone(text: str, codec: str) -> None:
    """UTF-8 read through Windows-1252 comes back to the letter; through rarer pages it never gets worse."""
    try:
        bad = text.encode().decode(codec)
    except UnicodeDecodeError:
        return
    repaired = bad
    for _ in range(4):
        repaired = mended(repaired, safe_only=True)
    if codec == "cp1252":
        assert repaired == text
    assert _likeness(repaired, text) >= _likeness(bad, text)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def test_two_rules_never_mark_one_place() -> None:
    """A place has one owner."""
    text = "The â€™ of ï¿½ and \u0093this\u200b Â thing.\nIt was “done.”Â\nIsraelÃ¢Â\u0080Â\u0099s Ã‚ economy"
    spans = sorted(h.span for h in hits(text))
    assert spans
    assert all(not a.touches(b) for a, b in itertools.pairwise(spans))


def test_clean_text_imports_nothing_heavy() -> None:
    """Neither ftfy nor regex is loaded for sound copy."""
    code = (
        "import sys; from importlib import import_module; from copydesk.source import SourceFile;"
        "from copydesk.formats.text import articles; from copydesk.formats import Fields;"
        f"a = next(iter(articles(SourceFile('a.txt', b'', {chr(10).join(SOUND)!r}), Fields())));"
        f"rules = [import_module('copydesk_rules.characters.' + n).RULE for n in {NAMES!r}];"
        "[list(r.check(a, r.options())) for r in rules];"
        "sys.exit(any(m in sys.modules for m in ('ftfy', 'regex', 'numpy', 'langdetect', 'simhash')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_large_input_takes_linear_steps() -> None:
    """The worst repetitions are read without a quadratic step (this test would not end)."""
    for piece in (
        "Ã",
        "Â ",
        "â€",
        "&",
        "&amp;",
        "?a",
        "\\u20",
        "Ð",
        "=C3",
        "%C3",
        "а\u0061",
        "a\\u2019",
        "&quot;x",
        "—√©",
        "ÿþ\n",
        "\u0093",
    ):
        text = piece * (60_000 // len(piece))
        assert all(h.span.end <= len(text) for h in hits(text))
