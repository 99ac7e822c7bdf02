import json
from random import Random

import pytest

from copydesk.article import Article
from copydesk.formats import Fields, articles
from copydesk.formats.html_page import article_part, page_meta
from copydesk.formats.proof import prove, prove_removals, verify_map
from copydesk.source import read_source

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Harbour &amp; bridge | The Pilot</title>
<meta property="og:title" content="Harbour &quot;to stay&quot; open">
<meta name="author" content="R. Lindqvist"><meta property="og:site_name" content="The Pilot">
<meta content="2026-03-05T06:30:00Z" property="article:published_time">
<link rel="canonical" href="https://pilot.example/a?b=1&amp;c=2">
</head><body>
<header><a href="/">The Pilot</a></header><nav><p>Sections</p></nav>
<main><h1>Harbour to stay open</h1>
<article><p>The harbour stays open, says &Aring;se.</p>
<aside>Read also</aside>
<p>No vessel was harmed.</p>
<form>Subscribe <input></form><footer>Share this</footer></article>
<article><p>More</p></article></main>
<footer>Copyright</footer><script>var main = "<article>";</script>
</body></html>
"""


def one(data: str | bytes, name: str = "a.html") -> Article:
    (article,) = articles(read_source(name, data.encode() if isinstance(data, str) else data), Fields())
    assert isinstance(article, Article)
    verify_map(article)
    return article


def test_a_page_is_its_article_with_the_headline_above() -> None:
    a = one(PAGE)
    assert a.text == "Harbour to stay open\n\nThe harbour stays open, says Åse.\n\nNo vessel was harmed."
    assert [b.kind for b in a.blocks] == ["headline", "paragraph", "paragraph"]
    assert (a.format, a.id) == ("html", None)


def test_what_a_page_says_of_its_article() -> None:
    m = one(PAGE).meta
    assert (m.title, m.source, m.byline, m.language) == (
        'Harbour "to stay" open', "The Pilot", "R. Lindqvist", "en-GB",
    )  # fmt: skip
    assert (m.date, m.url) == ("2026-03-05T06:30:00+00:00", "https://pilot.example/a?b=1&c=2")


@pytest.mark.parametrize("graph", [False, True])
def test_json_ld_is_believed_first(graph: bool) -> None:
    said = {
        "@type": ["NewsArticle"],
        "headline": "From the desk",
        "datePublished": "2026-03-04",
        "author": [{"@type": "Person", "name": "A. Berg"}, {"name": "B. Cole"}],
        "publisher": {"name": "The Courier"},
    }
    value = {"@graph": [{"@type": "WebSite", "headline": "No"}, said]} if graph else [said]
    m = page_meta(f'<script type="application/ld+json">{json.dumps(value)}</script>' + PAGE)
    assert (m.title, m.date, m.byline, m.source) == ("From the desk", "2026-03-04", "A. Berg, B. Cole", "The Courier")
    assert page_meta('<script type="application/ld+json">{no json</script><title> a\n b </title>').title == "a b"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("<p>x<article>a</article>y", "<article>a</article>"),
        ("<ARTICLE><p>long one</ARTICLE><article>b</article>", "<ARTICLE><p>long one</ARTICLE>"),
        ("<article>a</article><article>b</article>", "<article>a</article><article>b</article>"),
        ("<main><article>a</article><article>b</article>", "<main><article>a</article><article>b</article>"),
        ("<article>a <article>comment</article> b</article>", "<article>a <article>comment</article> b</article>"),
        ('<p>x<div itemprop="articleBody"><div>a</div>b</div>y', '<div itemprop="articleBody"><div>a</div>b</div>'),
        ("<div role='main'>a</div>b", "<div role='main'>a</div>"),
        ("<p>a<main>b", "<main>b"),
        ("<!-- <article>a</article> --><p>b", "<!-- <article>a</article> --><p>b"),
        ("<script>'<article>a</article>'</script><p>b", "<script>'<article>a</article>'</script><p>b"),
        ("no tags", "no tags"),
    ],
)  # fmt: skip
def test_which_part_of_a_page_is_the_article(raw: str, part: str) -> None:
    assert raw[slice(*article_part(raw))] == part


def test_a_page_without_copy_holds_no_article() -> None:
    for raw in ("", "<html><body><nav>Home</nav><script>1</script></body></html>", "<p>&nbsp;</p>"):
        assert not list(articles(read_source("a.htm", raw.encode()), Fields()))


def test_names_of_characters_are_not_used_in_xhtml() -> None:
    a, b = one("<p>caf&eacute; x</p>", "a.xhtml"), one("<p>caf&eacute; x</p>")
    assert (a.writers[0]("\u00a0"), b.writers[0]("\u00a0")) == ("&#160;", "&nbsp;")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_random_edits_and_removals_come_back(encoding: str) -> None:
    data = PAGE.replace("\n", "\r\n").encode(encoding)
    assert prove("a.html", data, Random(9), 300).made > 150
    assert prove_removals("a.html", data).made == 3
