"""Random edits in random files of every format, each read again by us and by an independent reader.

``make fuzz`` makes 100,000 edits a format; the tests make 2,000.
"""

import json
import os
from collections.abc import Callable, Iterable
from random import Random

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from copydesk.article import Article
from copydesk.formats import Fields, articles
from copydesk.formats.html_layer import is_html
from copydesk.formats.proof import prove, prove_removals, unspaced, verify_map
from copydesk.source import read_source

EDITS = int(os.environ.get("COPYDESK_EDITS", "2000"))
TRIES = 40
"""Edits that are tried in one file."""
NOT_SHOWN = [
    *("script", "style", "template", "noscript", "textarea", "title", "head", "select", "svg", "iframe", "object"),
    *("nav", "footer", "aside", "form", "dialog", "menu", "search"),
]
WORDS = ("the", "Ferry", "café", "“late”", "R&D", "3", "and", "O’Neill", "a", "😀", "ship’s", "1.5", "não", "日本語")
PROSE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i class='x'>", "</i>", "<A HREF='http://x.example/'>", "</A>",
    "<br>", "<br/>", "<BR />", "<li>", "<ul>", "</ul>", "</li>", "<td>", "<table>", "<tr>", "</table>", "<pre>",
    "</pre>", "<code>", "</code>", "<!-- c -->", "<script>a<b '</p>'</script>", "<h1>", "</h1>", "<h2>", "</h2>",
    "<blockquote>", "</blockquote>", "<nav>", "</nav>", "<style>p>b{}</style>", "<hr>", "</br>", "<figcaption>",
    "</figcaption>", "<!--[if IE]><p>x</p><![endif]-->", "<![CDATA[x]]>", "<p", "<x y=\"a>b\" z='\">'>", "<svg/>",
)  # fmt: skip
TEXTS = (
    "<", ">", "&", "&amp;", "&lt;", "&nbsp;", "&copy", "&notit;", "&rsquo;", "&#39;", "&#x2019;", "&#10;", " ", "  ",
    "\n", "\n\n   ", "\t", "word", "Two words", "é", "amp;", "x", "!--", "/", "b>", "-->", "]]>", "\u00a0", "AT&T", "#",
)  # fmt: skip
HTML = st.lists(st.sampled_from((*TAGS, *TEXTS, *TEXTS)), min_size=1, max_size=30).map("".join)
MARKDOWN = st.lists(
    st.one_of(
        PROSE,
        PROSE.map("# {}".format),
        PROSE.map("- {0}\n- {0}".format),
        PROSE.map("> {0}\n> {0}".format),
        PROSE.map("1. {}\n\n   more".format),
        st.tuples(PROSE, PROSE).map(lambda p: f"{p[0]} *{p[1]}*, **{p[0]}**\n[{p[1]}](http://x.example/ 'T')"),
        PROSE.map("`{0}` AT&amp;T \\* {0} ![{0}](x.jpg)".format),
        PROSE.map("```\n{}\n```".format),
        PROSE.map("{0}\n===".format),
        st.sampled_from(
            ["a_b_c 2 * 3 < 4", "[note] (x)", "***", "a  \nb", "&copy; &notit;", "<b>bold</b> x", "\\[x\\]"]
        ),
    ),
    min_size=1,
    max_size=6,
).map("\n\n".join)
TEXT = st.lists(st.sampled_from((*WORDS, " ", "\n", "\n\n", "\t", "- ", "\u00a0", "&amp;")), min_size=1, max_size=40)
VALUE = st.one_of(PROSE, HTML, st.text(st.sampled_from('ab \n\t"\\/😀é<>&'), min_size=1, max_size=20))
RECORD = st.fixed_dictionaries({"title": PROSE, "text": VALUE})


def html_text(raw: str) -> str:
    """What lexbor reads of a page."""
    page = LexborHTMLParser(raw)
    page.strip_tags(NOT_SHOWN)
    return unspaced(page.root.text(deep=True, separator="", strip=False)) if page.root else ""


def markdown_text(raw: str) -> str:
    """What markdown-it reads of a page."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(raw)
    return unspaced("".join(_contents(tokens)))


def _contents(tokens: Iterable[Token]) -> Iterable[str]:
    for t in tokens:
        if t.children is not None and t.type != "image":
            yield from _contents(t.children)
        elif t.type == "image":
            yield from _contents(t.children or [])
        elif t.type in ("text", "code_inline", "fence", "code_block", "text_special"):
            yield t.content


def field_text(value: str) -> str:
    return html_text(value) if is_html(value) else unspaced(value)


def records_text(values: Iterable[dict[str, str]]) -> list[str]:
    return [field_text(v["title"]) + field_text(v["text"]) for v in values]


def decoded(data: bytes) -> str:
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


Reads = Callable[[str], list[str]]
FORMATS: dict[str, tuple[st.SearchStrategy[str], Reads]] = {
    "a.txt": (TEXT.map("".join), lambda raw: [unspaced(raw)]),
    "a.md": (MARKDOWN, lambda raw: [markdown_text(raw)]),
    "a.html": (HTML, lambda raw: [html_text(raw)]),
    "a.json": (
        st.tuples(st.lists(RECORD, min_size=1, max_size=3), st.booleans()).map(
            lambda v: json.dumps(v[0], ensure_ascii=v[1], indent=1 if v[1] else None)
        ),
        lambda raw: records_text(json.loads(raw)),
    ),
    "a.jsonl": (
        st.tuples(st.lists(RECORD, min_size=1, max_size=3), st.booleans()).map(
            lambda v: "\n".join(json.dumps(r, ensure_ascii=v[1]) for r in v[0])
        ),
        lambda raw: records_text(json.loads(line) for line in raw.split("\n") if line.strip()),
    ),
}


@pytest.mark.parametrize("path", FORMATS)
def test_an_independent_reader_sees_every_edit(path: str) -> None:
    documents, reads = FORMATS[path]
    made = [0]

    @settings(max_examples=EDITS // 24, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(documents, st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16"]), st.booleans(), st.integers(0, 2**32))
    def proven(raw: str, encoding: str, returns: bool, seed: int) -> None:
        data = (raw.replace("\n", "\r\n") if returns else raw).encode(encoding)
        before = [a for a in articles(read_source(path, data), Fields()) if isinstance(a, Article)]
        assume(before and reads(decoded(data)) == [unspaced(a.text) for a in before])
        for article in before:
            verify_map(article)
        made[0] += prove(path, data, Random(seed), TRIES, other=lambda d: reads(decoded(d))).made

    proven()
    assert made[0] >= EDITS


@settings(max_examples=EDITS // 10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(HTML)
@example("word<figcaption>word</figcaption></br><")
@example("word<p>word</p><br><b>word</b>")
@example("word<p>word</p></div>word")
@example("word<p>word</p></p>word")
def test_every_block_of_a_page_is_taken_out_or_left_alone(raw: str) -> None:
    prove_removals("a.html", raw.encode())
