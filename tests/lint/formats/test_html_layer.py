import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats.html_layer import field, is_html, shown
from copydesk.formats.layers import GAP, Shown
from copydesk.formats.proof import prove, prove_removals, verify_map
from copydesk.offsets import Span, identity
from copydesk.source import SourceFile, read_source


def article(raw: str, made: Shown | None = None, data: bytes | None = None) -> Article:
    made = made or shown(raw)
    file = read_source("x.html", raw.encode() if data is None else data)
    return Article(
        file, made.text, made.blocks, made.map, code=made.code, links=made.links, writers=made.writers,
        allows=made.allows,
    )  # fmt: skip


def blocks(raw: str) -> list[tuple[str, str]]:
    made = shown(raw)
    return [(b.kind, made.text[slice(*b.span)]) for b in made.blocks]


def edited(raw: str, old: str, new: str, made: Shown | None = None) -> str | None:
    a = article(raw, made)
    start = a.text.index(old)
    edit = a.to_file(Edit(Span(start, start + len(old)), new))
    return splice(raw, [edit]) if edit else None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>A <b>b</b>ig   dog\n ran</p>", "A big dog ran"),
        ("<p>one<br>two <br />\n three<br></p>", "one\ntwo\nthree"),
        ("one<br><br>two", "one\n\ntwo"),
        ("a <b> b</b> <i>c</i>", "a b c"),
        ("&lt;b&gt; &amp;amp; &rsquo;&#8217;&#x2019; &nbsp; x", "<b> &amp; ’’’ \u00a0 x"),
        ("&copy2020 &notit; AT&T &foo; &#150;", "©2020 ¬it; AT&T &foo; –"),
        ("1 < 2 > 3 <4 </ 5", "1 < 2 > 3 <4"),
        ("a<!-- b -->c<!--> d <!---> e <!-- --!> f", "ac d e f"),
        ("a<!-- never closed <p>b", "a"),
        ("a<b title='>' x=\"</p>\">b</b>", "ab"),
        ("a <b never closed", "a"),
        ("a<script>if (a</b> 1) '<p>'</script  >b<STYLE>p</sTyle>c", "abc"),
        ("a<script>no end <p>b", "a"),
        ("<head><title>t</title><p>in the body", "in the body"),
        ("<head><title>t</title>in the body", "in the body"),
        ("a<template><p>b</p></template>c<noscript><p>x</noscript><svg><text>d</text></svg>", "a\n\nc"),
        ("a<svg/>b", "a\n\nb"),
        ("<p hidden>a</p><div style='display: none'>b</div>c", "c"),
        ("<pre>\n a\r\n\tb &lt;\n</pre>", " a\n\tb <"),
        ("<!DOCTYPE html><?xml version='1.0'?><![CDATA[x]]>a<!foo>b</>c</ d>e", "abce"),
        ("<P>UPPER<P>CASE", "UPPER\n\nCASE"),
        ("<p>&nbsp;</p><p>a</p>", "a"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_reader_sees(raw: str, text: str) -> None:
    assert shown(raw).text == text
    verify_map(article(raw))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("<h1>A</h1><h2>B</h2><h1>C</h1>", [("headline", "A"), ("heading", "B"), ("heading", "C")]),
        ("<ul><li>a<li>b<ul><li>c</ul>d</ul>", [("item", "a"), ("item", "b"), ("item", "c"), ("item", "d")]),
        ("<ul><li>a</ul>b", [("item", "a"), ("paragraph", "b")]),
        ("<dl><dt>a<dd>b<dt>c</dl>", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("quotation", "a"), ("quotation", "b")]),
        ("<figure><img alt='an alt'><figcaption>a</figure>", [("alternative", "an alt"), ("caption", "a")]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", [("table", "a"), ("table", "b"), ("table", "c")]),
        ("<table><tr><td>a<td><p>b</table>", [("table", "a"), ("paragraph", "b")]),
        ("<pre>a</pre>", [("code", "a")]),
        ("<p>a <a href='/x' title='tip'>b</a>", [("paragraph", "a b"), ("alternative", "tip")]),
        ("<div>a<p>b</p>c</div>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("<li><article><p>a</article>", [("paragraph", "a")]),
        ("<h2>a<h3>b</h2>c", [("heading", "a"), ("heading", "b"), ("paragraph", "c")]),
        ("<p>a</div>b</p>", [("paragraph", "ab")]),
    ],
)  # fmt: skip
def test_the_kinds_of_blocks(raw: str, found: list[tuple[str, str]]) -> None:
    assert blocks(raw) == found


def test_levels_are_those_of_headings_and_lists() -> None:
    levels = [b.level for b in shown("<h1>A</h1><h3>B</h3><ul><li>c<ol><li>d</ol></ul><p>e").blocks]
    assert levels == [0, 3, 1, 2, 0]


def test_code_and_links_are_marked() -> None:
    raw = "<p>Say <code>a  b</code> <a href='https://x.example/'>see <kbd>k</kbd> </a> <a href='#n'>n</a><pre>x</pre>"
    made = shown(raw)
    assert [made.text[slice(*c)] for c in made.code] == ["a b", "k", "x"]
    assert [made.text[slice(*k)] for k in made.links] == ["see k"]


def test_a_link_around_blocks_is_one_in_each() -> None:
    made = shown("<a href='/x'><h2>A</h2><p>b</p></a><p>c")
    assert [made.text[slice(*k)] for k in made.links] == ["A", "b"]


@pytest.mark.parametrize(
    ("raw", "old", "new", "written"),
    [
        ("<p>a b</p>", "b", "<i> & \"q\" 'r'", "<p>a &lt;i&gt; &amp; \"q\" 'r'</p>"),
        ("<p>a\n b</p>", "a b", "c", "<p>c</p>"),
        ("<p>don&rsquo;t</p>", "’", "'", "<p>don't</p>"),
        ("<p>don&rsquo;t x</p>", "x", "“y”", "<p>don&rsquo;t &ldquo;y&rdquo;</p>"),
        ("<p>don&#8217;t x</p>", "x", "“", "<p>don&#8217;t &#8220;</p>"),
        ("<p>don&#x2019;t x</p>", "x", "“", "<p>don&#x2019;t &#x201C;</p>"),
        ("<p>é x</p>", "x", "“\u00a0", "<p>é “&nbsp;</p>"),
        ("<p>a x</p>", "x", "1\n2", "<p>a 1<br>2</p>"),
        ("<p>a<br />b x</p>", "x", "1\n2", "<p>a<br />b 1<br />2</p>"),
        ("<p>a<br>\nb</p>", "\n", " ", "<p>a b</p>"),
        ("<img alt=\"a b\">", "b", "\"q\" 'r'", "<img alt=\"a &quot;q&quot; 'r'\">"),
        ("<img alt='a b'>", "b", "\"q\" 'r'", "<img alt='a \"q\" &#39;r&#39;'>"),
        ("<pre>a\nb</pre>", "b", "c  d\ne", "<pre>a\nc  d\ne</pre>"),
    ],
)  # fmt: skip
def test_new_text_is_spelled_as_the_page_spells(raw: str, old: str, new: str, written: str) -> None:
    assert edited(raw, old, new) == written


def test_what_the_encoding_lacks_becomes_a_reference() -> None:
    raw = "<p>café x</p>"
    assert edited(raw, "x", "ü“", shown(raw, encoding="latin-1")) == "<p>café ü&#8220;</p>"
    assert edited(raw, "x", "\u00a0", shown(raw, xml=True)) == "<p>café &#160;</p>"


@pytest.mark.parametrize(
    ("raw", "old", "new"),
    [
        ("<p>a <b>b</b> c</p>", "a b", "x"),  # over a tag
        ("<p>a <b>b</b>", "a ", "a"),  # what stands around would be read otherwise: nothing lost, but refused
        ("<p>a b</p>", " ", "  "),
        ("<p>a b</p>", "b", " "),
        ("<p>1 <  b</p>", "< b", "<b>"),
        ("<p>1 < b</p>", " b", "b"),
        ("<p>&am x</p>", " x", "p;"),
        ("<p>a</p><p>b</p>", "a\n\nb", "ab"),
        ("<p>a</p>", "a", "\x07"),
        ("<p>a</p>", "a", "\ud800"),
        ("<img alt='a b'>", " ", "\n"),
    ],
)
def test_an_edit_that_would_read_otherwise_is_refused(raw: str, old: str, new: str) -> None:
    try:
        made = edited(raw, old, new)
    except ValueError:
        return
    assert made is None or shown(made).text == shown(raw).text.replace(old, new, 1)


def test_a_block_is_taken_out_with_its_tags() -> None:
    raw = (
        "<div>\n<p class=a>A</p>\n<p><b>B</b></p>\n<ul>\n<li>C</li>\n</ul>\n"
        "<figure><img src=x><figcaption>D</figcaption></figure></div>"
    )
    a = article(raw)
    left = [splice(raw, [e]) for n in range(4) if (e := a.to_file(a.removal(n)))]
    assert left == [
        raw.replace("<p class=a>A</p>\n", ""),
        raw.replace("<p><b>B</b></p>\n", ""),
        raw.replace("<ul>\n<li>C</li>\n</ul>\n", ""),
        raw.replace("<figcaption>D</figcaption>", ""),
    ]


def test_what_is_no_text_is_not_taken_out() -> None:
    raw = "<p>A</p><p><img src=x> B</p><p>C</p>"
    a = article(raw)
    edit = a.to_file(a.removal(1))
    assert edit is None or "<img src=x>" in splice(raw, [edit])


def test_blocks_are_not_taken_out_over_markup() -> None:
    a = article("<div><p>A</p></div><script>1</script><div><p>B</p></div><p>C</p>")
    assert a.to_file(a.removal(0, 1)) is None
    b = article("<p>A</p>\n<p>B</p>\n<p>C</p>")
    edit = b.to_file(b.removal(0, 1))
    assert edit is not None
    assert splice(b.file.text, [edit]) == "<p>C</p>"


@pytest.mark.parametrize(
    ("raw", "taken"),
    [
        ("<div>a<p>b</p>c</div>", False),
        ("a<p>b</p>", True),
        ("<ul><li>a<ul><li>b</ul></li></ul>", True),
        ("a<b><p>b</p></b>c", False),
        ("a<p>b</p> <h2>c</h2>", True),
    ],
)
def test_what_is_left_does_not_run_together(raw: str, taken: bool) -> None:
    a = article(raw)
    assert (a.to_file(a.removal(1)) is not None) is taken


PAGE = """<div class="story">
<h1>Harbour &ldquo;to stay&rdquo; open</h1>
<p>The harbour <em>stays</em>
   open,&nbsp;she said.<br>And <a href="https://x.example/a?b=1&amp;c=2">that</a> is that.</p>
<ul><li>One &lt; two</li><li><p>Three</p></ul>
<blockquote><p>No vessel was harmed.</p></blockquote>
<figure><img src="q.jpg" alt="The quay &amp; the &quot;Ferry&quot;"><figcaption>The quay.</figcaption></figure>
<table><tr><td>1</td><td>2</td></tr></table>
<pre>a  b
 c</pre>
last line</div>"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_random_edits_come_back(end: str, encoding: str) -> None:
    data = PAGE.replace("\n", end).encode(encoding)
    assert prove("x.html", data, Random(3), 300).made > 150
    assert prove_removals("x.html", data).made >= 8


def alternatives(raw: str) -> list[str]:
    page = LexborHTMLParser(raw)
    return [str(node.attributes["alt"]) for node in page.css("img[alt]")]


_BITS = ["a", " ", "&", "&amp;", "&lt", "&copy", "&copy=", "&copyx", ";", "é", ">", "<", "'", "&#39;", "\n", "&notit;"]
VALUE = st.lists(st.sampled_from(_BITS)).map("".join)


@given(VALUE.map(lambda v: f'<img alt="{v}">'))
def test_alternatives_are_those_another_reader_reads(raw: str) -> None:
    wanted = [re.sub("\\s", " ", v) for v in alternatives(raw) if v.strip()]
    assert [text for _, text in blocks(raw)] == [v.strip() for v in wanted]
    verify_map(article(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "<div>" * 50_000,
        "<p" * 100_000,
        "<!--" * 50_000,
        "&" * 200_000,
        "<a b='" * 20_000,
        "<ul><li>" * 20_000,
        "<script" * 20_000,
        "<div><table><td>" + "<section>" * 20_000 + "</div>" * 20_000,
    ],
)
def test_hostile_pages_are_read(raw: str) -> None:
    assert shown(raw + "text").map.segments


@pytest.mark.parametrize(
    ("text", "kind", "html"),
    [
        ("a < b > c", "", False),
        ("Tom &amp; Jerry", "", False),
        ("a <b>c</b>", "", True),
        ("a<br/>b", "", True),
        ("<p>a", "", True),
        ("a <b>c</b>", "text/plain", False),
        ("plain", "text/html", True),
        ("plain", "application/xhtml+xml", True),
    ],
)
def test_when_a_string_is_html(text: str, kind: str, html: bool) -> None:
    assert is_html(text, kind) is html


def string(text: str) -> Shown:
    return Shown(text, identity(len(text)))


def test_no_edit_makes_html_of_a_string_or_a_string_of_html() -> None:
    plain, marked = field(string("a <b")), field(string("x &amp; <p>y</p> z &amp;"))
    assert plain.allows is not None
    assert not plain.allows(Edit(Span(4, 4), ">c</b>"))
    assert plain.allows(Edit(Span(4, 4), "c"))
    y = Article(SourceFile("x", b"", "x &amp; <p>y</p> z &amp;"), marked.text, marked.blocks, marked.map,
                writers=marked.writers, allows=marked.allows)  # fmt: skip
    assert marked.text.split(GAP) == ["x &", "y", "z &"]
    assert y.to_file(y.removal(1)) is None
    assert y.to_file(y.removal(0)) is not None
