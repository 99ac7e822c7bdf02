"""Words, numbers, and what no rule on words should read."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article
from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import SourceFile
from copydesk.text.tokens import tokens, urls


def article(text: str) -> Article:
    return next(articles(SourceFile("story.txt", text.encode("utf-8", "surrogatepass"), text), Fields()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. spent 12,000 dollars.", ["The", "U.S.", "spent", "12,000", "dollars"]),
        ("It’s the players' so-called Jones’s plan.", ["It’s", "the", "players", "so-called", "Jones’s", "plan"]),
        ("J. K. Rowling, $4.3bn, 5%, 1.500,25.", ["J", "K", "Rowling", "4.3bn", "5", "1.500,25"]),
        ("the U.S.-Mexico border, the E.U.'s A.", ["the", "U.S.-Mexico", "border", "the", "E.U.'s", "A"]),
        ("Kim Jong-un–Putin summit—over", ["Kim", "Jong-un", "Putin", "summit", "over"]),
        ("said.The end...or", ["said", "The", "end", "or"]),
        ("Zelensky\u0301y und na\u0308chste", ["Zelensky\u0301y", "und", "na\u0308chste"]),
        ("हिन्दी में लिखा।", ["हिन्दी", "में", "लिखा"]),
        ("العَرَبِيَّة و می‌خواهم", ["العَرَبِيَّة", "و", "می‌خواهم"]),
        ("Київ—п’ять", ["Київ", "п’ять"]),
        ("see https://a.example/b_c and @ana_ruiz or x", ["see", "and", "or", "x"]),
        ("2nd 1990s 122-mm MiG-29 F-16s 24/7", ["2nd", "1990s", "122-mm", "MiG-29", "F-16s", "24", "7"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [t.text for t in tokens(article(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "See https://example.org/a_(b), (http://example.com/x).",
            ["https://example.org/a_(b)", "http://example.com/x"],
        ),
        ("Visit www.example.co.uk/news! Or example.com.", ["www.example.co.uk/news", "example.com"]),
        ("Write to ana.ruiz+news@mail.example.org.", ["ana.ruiz+news@mail.example.org"]),
        ("By @ana_ruiz. #Election2024, #1 pick, &#39;", ["@ana_ruiz", "#Election2024"]),
        ("Open report_final.pdf or photo-1.JPG, please.", ["report_final.pdf", "photo-1.JPG"]),
        ("He said.The U.S. and e.g. Amazon.com. No.de", ["Amazon.com", "No.de"]),
        ("“https://example.org/a?b=c&d=e#f”", ["https://example.org/a?b=c&d=e#f"]),
        (
            "mailto:ana@example.org and ftp://files.example.org/x.zip",
            ["mailto:ana@example.org", "ftp://files.example.org/x.zip"],
        ),
        ("news.example.de/politik/1.html: so", ["news.example.de/politik/1.html"]),
        ("At 5 @ noon, a@b", []),
        ("the company.Its end.So it.The U.N.org", []),
    ],
)
def test_urls(text: str, expected: list[str]) -> None:
    a = article(text)
    assert [a[u] for u in urls(a)] == expected


@given(st.text(st.sampled_from("ab1 .,'’-@#/:wcom()[]é\u0301ा\n_")))
def test_tokens_and_urls_are_apart_and_in_order(text: str) -> None:
    if not text.strip():
        return
    a = article(text)
    spans = sorted([t.span for t in tokens(a)] + list(urls(a)))
    assert all(x.end <= y.start for x, y in itertools.pairwise(spans))
    assert all(a[t.span] == t.text != "" for t in tokens(a))


@given(st.text())
def test_no_letter_or_digit_is_left_out(text: str) -> None:
    if not text.strip():
        return
    a = article(text)
    covered = set(itertools.chain(*(range(*s) for s in [*urls(a), *(t.span for t in tokens(a))])))
    assert all(n in covered for n, c in enumerate(a.text) if c.isalnum())


def test_every_common_combining_mark_stays_in_its_word() -> None:
    for code in (0x301, 0x5B8, 0x64E, 0x94D, 0x9CD, 0xBCD, 0xC4D, 0xE34, 0x1039):
        assert unicodedata.category(chr(code)) in ("Mn", "Mc")
        assert [t.text for t in tokens(article(f"a{chr(code)}b"))] == [f"a{chr(code)}b"]
