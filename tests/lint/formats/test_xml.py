"""XML: what is refused, what is read, and how new text is spelled."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats import Fields, articles
from copydesk.formats.proof import verify_map
from copydesk.formats.xml_scan import scan
from copydesk.offsets import Span
from copydesk.source import UnreadableError, read_source

HEAD = '<?xml version="1.0" encoding="{}"?>'


def read(text: str, name: str = "a.xml", encoding: str = "utf-8") -> list[Article]:
    got = list(articles(read_source(name, text.encode(encoding)), Fields()))
    assert all(isinstance(a, Article) for a in got), got
    return [a for a in got if isinstance(a, Article)]


def paragraph(inner: str, encoding: str = "utf-8") -> Article:
    (article,) = read(f"{HEAD.format(encoding)}<nitf><body><body.content>{inner}</body.content></body></nitf>",
                      encoding=encoding)  # fmt: skip
    verify_map(article)
    return article


def edited(article: Article, old: str, new: str) -> str | None:
    start = article.text.index(old)
    edit = article.to_file(Edit(Span(start, start + len(old)), new))
    if edit is None:
        return None
    text = splice(article.file.text, [edit])
    return text[text.index("<body.content>") + 14 : text.index("</body.content>")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no element found (line 1, column 1)"),
        ("plain text", "line 1, column 1"),
        ("<nitf>\n <p>é</q></nitf>", "mismatched tag (line 2, column 8)"),
        ("<nitf><p>AT&T</p></nitf>", "line 1, column 14"),
        ("<nitf>\r\n<p>a</p>", "no element found (line 2, column 9)"),
        ("\n<?xml version='1.0'?><nitf/>", "not at start"),
        ("<nitf>\x07</nitf>", "line 1, column 7"),
        ('<!DOCTYPE nitf [<!ENTITY a "x">]><nitf>&a;</nitf>', "a DTD with entities of its own (line 1, column"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://x.example/"> %p;]><x/>', "a DTD with entities of its own"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "a DTD with entities of its own"),
        ("<nitf>&nowhere;</nitf>", "undefined entity"),
        ("<x>" * 5000 + "</x>" * 5000, "nested too deeply"),
    ],
)
def test_a_broken_file_is_unreadable_with_line_and_column(text: str, said: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)
    assert said in str(caught.value)


def test_a_bomb_of_entities_is_refused_before_it_goes_off() -> None:
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 1000}">' for n in range(12))
    with pytest.raises(UnreadableError, match="entities of its own"):
        read(f"<!DOCTYPE rss [{steps}]><rss>&e11;</rss>")


@pytest.mark.parametrize("text", ["<project><name>x</name></project>", "<html/>", "<urlset><url>x</url></urlset>"])
def test_other_xml_holds_no_articles(text: str) -> None:
    assert read(text) == []


def test_references_that_a_dtd_elsewhere_defines_are_read_as_in_html() -> None:
    (a,) = read('<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><body><body.content><p>caf&eacute; &own; b</p>'
                "</body.content></body></nitf>")  # fmt: skip
    assert a.text == "café &own; b"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>a<![CDATA[ <b> &amp; ]]>c</p>", "a <b> &amp; c"),
        ("<p>\n  a  b \r\n\t c<br/>\n d </p>", "a  b c\nd"),
        ("<p>a<!-- x <p> -->b<?y <p>?>c</p>", "abc"),
        ('<p x="a > b" y=\'"\'>a<em z="&lt;">b</em></p>', "ab"),
        ("<p>&#x1F600;&#160;&apos;&quot;&gt;</p>", "😀\u00a0'\">"),
        ("<p>one</p> loose <b>text</b> <p>two</p>", "one\n\nloose text\n\ntwo"),
        ("<table><tr><td>a</td><td><p>b</p></td></tr></table>", "a\n\nb"),
        ("<media><media-reference source='x'/><media-caption>A ship</media-caption></media>", "A ship"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(raw: str, text: str) -> None:
    assert paragraph(raw).text == text


@pytest.mark.parametrize(
    ("raw", "old", "new", "written"),
    [
        ("<p>a b</p>", "b", "R&D < x > ]]> é", "<p>a R&amp;D &lt; x &gt; ]]&gt; é</p>"),
        ("<p>a &#8220;b</p>", "“", "‘", "<p>a ‘b</p>"),
        ("<p>a <![CDATA[b & c]]></p>", "b", "<é>&amp;", "<p>a <![CDATA[<é>&amp; & c]]></p>"),
        ("<p>a <![CDATA[b ]] c]]></p>", "c", ">", "<p>a <![CDATA[b ]] >]]></p>"),
        ("<p>a</p>\n  <p>b</p>", "b", "&lt;", "<p>a</p>\n  <p>&amp;lt;</p>"),
    ],
)  # fmt: skip
def test_new_text_is_written_as_its_place_spells_it(raw: str, old: str, new: str, written: str) -> None:
    assert edited(paragraph(raw), old, new) == written


@pytest.mark.parametrize(
    ("raw", "old", "new"),
    [
        ("<p>a <![CDATA[b]]></p>", "b", "x ]]> y"),
        ("<p>a <![CDATA[b]] c]]></p>", " c", ">"),
        ("<p>a b</p>", "b", "\x07"),
        ("<p>a b</p>", "b", "\ufffe"),
        ("<p>a <b>b</b> c</p>", "b c", "x"),
        ("<p>a\n b</p>", "b", " b"),
        ("<p>a</p><p>b</p>", "a\n\nb", "x"),
        ("<p>a <![CDATA[b]]></p>", "a b", "x"),
    ],
)
def test_what_cannot_be_written_is_refused(raw: str, old: str, new: str) -> None:
    with contextlib.suppress(ValueError):
        assert edited(paragraph(raw), old, new) is None


def test_what_the_encoding_lacks_becomes_a_reference_or_is_refused_in_cdata() -> None:
    a = paragraph("<p>café b <![CDATA[d]]></p>", "iso-8859-1")
    assert edited(a, "b", "“é”") == "<p>café &#8220;é&#8221; <![CDATA[d]]></p>"
    assert edited(a, "d", "ü") == "<p>café b <![CDATA[ü]]></p>"
    with pytest.raises(ValueError):
        edited(a, "d", "“")


def removed(article: Article, first: int, last: int | None = None) -> str | None:
    edit = article.to_file(article.removal(first, last))
    if edit is None:
        return None
    text = splice(article.file.text, [edit])
    return text[text.index("<body.content>") + 14 : text.index("</body.content>")]


@pytest.mark.parametrize(
    ("raw", "first", "last", "left"),
    [
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", 1, 1, "<p>a</p>\n<p>c</p>"),
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", 0, 1, "<p>c</p>"),
        ("<p>a</p>\n<p>b</p>\n<p>c</p>", 2, 2, "<p>a</p>\n<p>b</p>"),
        ("<block><p>a</p><p>b</p></block><p>c</p>", 1, 2, None),
        ("<p>a</p> loose <p>b</p>", 0, 0, " loose <p>b</p>"),
    ],
)
def test_a_block_goes_with_its_tags_or_stays(raw: str, first: int, last: int, left: str | None) -> None:
    assert removed(paragraph(raw), first, last) == left


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("<>&\"'\n ]é\u2028"))


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=4), st.booleans())
def test_the_text_is_what_another_parser_writes(paragraphs: list[str], in_ascii: bool) -> None:
    root = etree.Element("nitf")
    content = etree.SubElement(etree.SubElement(root, "body"), "body.content")
    kept = [t for t in paragraphs if not any(c in t for c in "\ufffe\uffff")] or ["x"]
    for text in kept:
        etree.SubElement(content, "p").text = text
    data = etree.tostring(root, encoding="us-ascii" if in_ascii else "utf-8", xml_declaration=True)
    file = read_source("a.xml", data)
    (article,) = articles(file, Fields())
    assert isinstance(article, Article)
    verify_map(article)
    blanks = [" ".join(filter(None, " ".join(t.strip(" \n") for t in text.split("\n")).split(" "))) for text in kept]
    assert " ".join(filter(None, article.text.replace("\n", " ").split(" "))) == " ".join(blanks)


def test_elements_have_their_ranges() -> None:
    file = read_source("a.xml", '\ufeff<a><!-- <b> --><b c="1>"/><x:d xmlns:x="u">é</x:d></a>'.encode())
    root = scan(file)
    assert [(e.name, file.text[e.start : e.end], e.raw) for e in root.children] == [
        ("b", '<b c="1>"/>', ""),
        ("x:d", '<x:d xmlns:x="u">é</x:d>', "é"),
    ]
    assert root.children[0].attributes == {"c": "1>"}
