"""Random edits, read again by parsers that are not ours: all text is as edited, and no other byte has changed."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from random import Random

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats import Fields, articles
from copydesk.formats.html_layer import is_html
from copydesk.formats.proof import WORDS, prove, prove_removals, unspaced, verify_map
from copydesk.offsets import Span
from copydesk.source import read_source

EDITS = int(os.environ.get("COPYDESK_EDITS", "1000"))
"""Edits a sample, of which most formats have two or more; ``make fuzz`` makes more."""

NITF = """<?xml version="1.0" encoding="ENCODING"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf><head><title>No copy &amp; all</title></head>
 <body>
  <body.head><hedline><hl1>Harbour &#8220;to stay open&#x201D;</hl1><hl2>Mayor: é &lt; ü</hl2></hedline>
   <dateline><location>Åhus</location></dateline></body.head>
  <body.content><block>
   <p lede="true">The harbour stays
      open, <person title="a > b">Ann Émile</person> &amp; co. said.<br/>
      A line.</p><!-- a <p>comment</p> -->
   <?pi <p>x</p>?><p><![CDATA[AT&T <b> é]]> ]] &gt; x<em>y</em>z</p>
   <hl2>More</hl2><p>&#169; one&#160;two</p><ul><li>One</li><li> Two </li></ul></block></body.content>
 </body>
</nitf>
"""
FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>The Pilot</title>
<item><guid>1</guid><title>Harbour &amp; co, open</title><link>https://p.example/?a=1&amp;b=2</link>
<description>&lt;p&gt;The harbour &lt;b&gt;stays&lt;/b&gt; open, AT&amp;amp;T said.&lt;/p&gt;
&lt;p&gt;Å second &#8217; one &amp;ldquo;so&amp;rdquo;.&lt;/p&gt;</description></item>
<item><guid>2</guid><title><![CDATA[Second item]]></title>
<c:encoded><![CDATA[<p>First words
of <em>it</em>.</p><script>if (a < b && c) { "</p>" }</script>
<h2>Sub</h2><p>Then &ldquo;more&rdquo; &amp; so, a ]] b.</p><!-- wp:x -->]]></c:encoded></item>
</channel></rss>
"""
NAMES = {b"&nbsp;": b"&#160;", b"&rsquo;": b"&#8217;", b"&eacute;": b"&#233;"}
NAMED_FEED = """<rss version="2.0"><channel><title>The Pilot</title>
<item><guid>1</guid><title>Harbour&nbsp;stays open</title>
<description>&lt;p&gt;Caf&eacute; owners won&rsquo;t &lt;b&gt;wait&lt;/b&gt; &amp;amp; said&nbsp;so.&lt;/p&gt;
&lt;p&gt;A second&nbsp;one.&lt;/p&gt;</description></item>
</channel></rss>
"""
MESSAGE = """<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:a:1"><contentMeta><headline>Harbour
  stays &#8220;open&#8221;</headline><byline>By Ann Émile</byline></contentMeta>
<contentSet><inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>One é.</p>
<p>Two <em>or</em> three &amp; so.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="urn:a:2"><contentMeta><headline>Ferry</headline></contentMeta><contentSet><inlineXML>
<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>Para <h:b>so</h:b>,
 more &lt; x.</h:p></h:body></h:html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:a:3"><contentMeta><headline>Bridge</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">Plain one.

Plain “two” &amp; three.</inlineData></contentSet></newsItem></itemSet></newsMessage>
"""
ATOM = """<?xml version="1.0"?>
<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Feed</a:title>
<a:entry><a:id>urn:1</a:id><a:title>It’s here &amp; now</a:title><a:summary>Plain
summary &lt; text</a:summary><a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One
<a href="x">two</a> three.</p><p>É &#160;four.</p></div></a:content></a:entry>
<a:entry><a:id>urn:2</a:id><a:title>Two</a:title><a:summary>So</a:summary>
<a:content type="html">&lt;p&gt;Body &amp;mdash; text, R&amp;amp;D&lt;/p&gt;</a:content></a:entry></a:feed>
"""
EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title><![CDATA[A post]]></title><content:encoded><![CDATA[<!-- wp:paragraph -->
<p>First <em>para</em>, “é”.</p>
<!-- /wp:paragraph -->

<!-- wp:heading -->
<h2>Sub</h2>
<!-- /wp:heading -->]]></content:encoded><wp:post_id>17</wp:post_id><wp:post_type>post</wp:post_type></item>
<item><title>Classic</title><content:encoded><![CDATA[First classic para
goes <b>on</b>.

Second one &amp; last.]]></content:encoded><wp:post_id>19</wp:post_id><wp:post_type>page</wp:post_type></item>
</channel></rss>
"""
TABLE = """id,title,text,date
1,"Harbour ""open"", she said","First para.

Second, para ""q"" é.",2024-03-05
2,Plain title,Short text without quotes here,2024-03-06
3,Third,"<p>One <b>two</b> &amp; three.</p><p>Four, ""five""</p>",
"""
PLAIN_TABLE = 'title\ttext\n"Quote" says man\tSome text here it is\nOther\tMore "text" and é\n'


def squeezed(text: str) -> str:
    """A text with its white space as one blank."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def shown_html(text: str) -> str:
    """What HTML shows, as libxml2 reads it."""
    root = lxml.html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iter()):
        if element.tag in ("script", etree.Comment):
            element.drop_tree()
        elif element.tag in ("p", "h2", "br"):
            element.tail = " " + (element.tail or "")
    return str(root.xpath("string()"))


def nitf(data: bytes) -> list[str]:
    """What libxml2 reads in NITF."""
    root = etree.fromstring(data)
    for element in root.iter("br"):
        element.tail = " " + (element.tail or "")
    leaves = root.iter("hl1", "hl2", "dateline", "p", "li")
    return [" ".join(squeezed(str(e.xpath("string()"))) for e in leaves)]


def message(data: bytes) -> list[str]:
    """What libxml2 reads in NewsML-G2."""
    out = []
    for item in etree.fromstring(data).iter("{*}newsItem"):
        leaves = item.iter("{*}headline", "{*}byline", "{*}p", "{*}inlineData")
        out.append(" ".join(squeezed(str(e.xpath("string()"))) for e in leaves))
    return out


def atom(data: bytes) -> list[str]:
    """What libxml2 reads in Atom."""
    out = []
    for entry in etree.fromstring(data).iter("{*}entry"):
        title, summary, content = (entry.find(f"{{*}}{name}") for name in ("title", "summary", "content"))
        html = content.get("type") == "html"
        body = [shown_html(content.text)] if html else [str(p.xpath("string()")) for p in content.iter("{*}p")]
        out.append(" ".join(squeezed(t) for t in (title.text, summary.text, *body)))
    return out


def feed(data: bytes) -> list[str]:
    """What libxml2 reads in a feed and in the HTML of its texts."""
    out = []
    for item in etree.fromstring(data).iter("item"):
        body = next(e for e in item if etree.QName(e).localname in ("description", "encoded"))
        out.append(squeezed(f"{item.findtext('title')} {shown_html(body.text or '')}"))
    return out


def named_feed(data: bytes) -> list[str]:
    """The same where names of HTML's characters stand that no DTD defines, which libxml2 is given as numbers."""
    for name, number in NAMES.items():
        data = data.replace(name, number)
    return feed(data)


def table(data: bytes) -> list[str]:
    """What Python's csv module reads."""
    out = []
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        text = row["text"]
        out.append(squeezed(f"{row['title']} {shown_html(text) if is_html(text) else text}"))
    return out


def plain_table(data: bytes) -> list[str]:
    """What lines and tabs alone tell."""
    return [squeezed(line.replace("\t", " ")) for line in data.decode().split("\n")[1:] if line]


def encoded(text: str, encoding: str) -> bytes:
    """A sample in an encoding that it declares."""
    return text.replace("ENCODING", encoding).encode(encoding)


Sample = tuple[str, bytes, Callable[[bytes], list[str]]]
SAMPLES: dict[str, Sample] = {
    "nitf": ("a.xml", encoded(NITF, "utf-8"), nitf),
    "nitf-crlf-bom": ("a.nitf", encoded("\ufeff" + NITF.replace("\n", "\r\n"), "utf-8"), nitf),
    "nitf-latin-1": ("a.xml", encoded(NITF, "iso-8859-1"), nitf),
    "nitf-windows-1252": ("a.xml", encoded(NITF.replace("\n", "\r\n"), "windows-1252"), nitf),
    "nitf-utf-16": ("a.xml", encoded(NITF, "utf-16"), nitf),
    "rss": ("a.rss", FEED.encode(), feed),
    "rss-crlf": ("a.rss", FEED.replace("\n", "\r\n").encode(), feed),
    "rss-names": ("a.rss", NAMED_FEED.encode(), named_feed),
    "newsml": ("a.xml", MESSAGE.encode(), message),
    "newsml-utf-16": ("a.newsml", MESSAGE.replace("\n", "\r\n").encode("utf-16"), message),
    "atom": ("a.atom", ATOM.encode(), atom),
    "atom-crlf": ("a.xml", ATOM.replace("\n", "\r\n").encode(), atom),
    "wordpress": ("a.xml", EXPORT.encode(), feed),
    "wordpress-bom": ("a.xml", ("\ufeff" + EXPORT).encode(), feed),
    "csv": ("a.csv", TABLE.encode(), table),
    "csv-crlf": ("a.csv", TABLE.replace("\n", "\r\n").encode(), table),
    "tsv": ("a.tsv", PLAIN_TABLE.encode(), plain_table),
}


def read(path: str, data: bytes) -> list[Article]:
    """The articles of a file, all of which can be read."""
    return [a for a in articles(read_source(path, data), Fields()) if isinstance(a, Article)]


def edits(got: list[Article], random: Random) -> Iterator[tuple[int, Edit]]:
    """Random edits within a block: what empties one, or takes it out, has its own tests."""
    for _ in range(EDITS):
        n = random.randrange(len(got))
        block = random.choice(got[n].blocks).span
        start = random.randrange(block.start, block.end + 1)
        span = Span(start, min(block.end, start + random.choice((0, 0, 1, 1, 2, 3, 5, 8, 13))))
        text = random.choice(WORDS)
        if got[n][span] != text and (text.strip() or span != block):
            yield n, Edit(span, text)


@pytest.mark.parametrize("name", SAMPLES)
def test_another_parser_reads_the_edited_text(name: str) -> None:
    path, data, reader = SAMPLES[name]
    got = read(path, data)
    wanted = reader(data)
    assert [squeezed(a.text) for a in got] == wanted
    made = 0
    for n, edit in edits(got, Random(name)):
        article, file = got[n], got[n].file
        try:
            written = article.to_file(edit)
        except ValueError:
            continue
        if written is None:
            continue
        after = file.bom + splice(file.text, [written]).encode(file.encoding)
        text = article.text[: edit.span.start] + edit.text + article.text[edit.span.end :]
        assert reader(after) == [*wanted[:n], squeezed(text), *wanted[n + 1 :]], (edit, written)
        head = len(file.bom) + len(file.text[: written.start].encode(file.encoding))
        tail = len(file.text[written.end :].encode(file.encoding))
        assert after[:head] == data[:head]
        assert after[len(after) - tail :] == data[len(data) - tail :]
        made += 1
    assert made > EDITS * 0.4, made


@pytest.mark.parametrize("name", SAMPLES)
def test_blocks_are_taken_out_whole_or_not_at_all(name: str) -> None:
    path, data, _ = SAMPLES[name]
    assert prove_removals(path, data).made > 0 or path == "a.tsv"


WORD = st.sampled_from(
    ("the", "Ferry", "café", "“late”", "3", "ship’s", "não", "日本語", "]]", "a  b", "\n   ", " ", "'")
)
XML_PIECE = st.one_of(
    WORD,
    st.sampled_from(("&amp;", "&lt;", "&#8217;", "&#x1F600;", "&#160;", "<br/>", "<!-- c > -->", "<?pi > ?>", '"')),
    WORD.map("<em x='>'>{}</em>".format),
    WORD.map("<![CDATA[{} & <b>]]>".format),
)
HTML_PIECE = st.one_of(
    WORD,
    st.sampled_from(
        ("&amp;", "&lt;b>", "&rsquo;", "&#8217;", "&nbsp;", "<br>", "<!-- c -->", "<script>a<b</script>", ">")
    ),
    WORD.map("<b>{}</b>".format),
    WORD.map("</p><p>{}".format),
)
CELL = st.lists(
    st.sampled_from(("a b", "é", '"', ",", ";", "\n\n", "\t", "|", "<p>R&amp;D</p>", "’", "<b>x</b>")), max_size=6
)


def told(pieces: list[str]) -> str:
    """Pieces as one text with something in it."""
    return "Word " + "".join(pieces)


def escaped(text: str) -> str:
    """A text with what is markup in XML spelled as references."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def nitf_of(paragraphs: list[str]) -> str:
    """A document with these paragraphs."""
    inner = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f'<?xml version="1.0" encoding="ENCODING"?><nitf><body><body.content>{inner}</body.content></body></nitf>'


def feed_of(bodies: list[str]) -> str:
    """A feed with these texts, each in another spelling."""
    spelled = [
        f"<![CDATA[<p>{b.replace(']]>', ']] >')}</p>]]>" if n % 2 else escaped(f"<p>{b}</p>")
        for n, b in enumerate(bodies)
    ]
    items = "".join(f"<item><title>T {n}</title><description>{b}</description></item>" for n, b in enumerate(spelled))
    return f'<?xml version="1.0" encoding="ENCODING"?><rss><channel>{items}</channel></rss>'


def table_of(cells: list[list[str]]) -> str:
    """A table with these texts."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["title", "text"], *((f"T {n}", told(c)) for n, c in enumerate(cells))])
    return out.getvalue()


ENCODINGS = ("utf-8", "utf-16", "utf-8-sig")
GENERATED: dict[str, tuple[str, st.SearchStrategy[str], Callable[[bytes], list[str]]]] = {
    "nitf": ("a.xml", st.lists(st.lists(XML_PIECE, max_size=8).map(told), min_size=1, max_size=4).map(nitf_of), nitf),
    "rss": ("a.rss", st.lists(st.lists(HTML_PIECE, max_size=8).map(told), min_size=1, max_size=3).map(feed_of), feed),
    "csv": ("a.csv", st.lists(CELL, min_size=1, max_size=3).map(table_of), table),
}


@pytest.mark.parametrize("name", GENERATED)
def test_edits_in_files_of_every_shape(name: str) -> None:
    path, documents, reader = GENERATED[name]
    made = [0]

    def reads(data: bytes) -> list[str]:
        return [unspaced(text) for text in reader(data)]

    @settings(max_examples=EDITS // 4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(documents, st.sampled_from(ENCODINGS), st.booleans(), st.integers(0, 2**32))
    def proven(text: str, encoding: str, returns: bool, seed: int) -> None:
        if made[0] >= 2 * EDITS:
            return
        declared = text.replace("ENCODING", "utf-8" if "8" in encoding else encoding)
        data = (declared.replace("\n", "\r\n") if returns else declared).encode(encoding)
        if name == "csv" and encoding == "utf-16":
            return
        before = read(path, data)
        assert reads(data) == [unspaced(a.text) for a in before]
        for article in before:
            verify_map(article)
        made[0] += prove(path, data, Random(seed), 20, other=reads).made

    proven()
    assert made[0] >= 2 * EDITS


@pytest.mark.parametrize("name", SAMPLES)
def test_maps_are_sound(name: str) -> None:
    path, data, _ = SAMPLES[name]
    for article in read(path, data):
        verify_map(article)
