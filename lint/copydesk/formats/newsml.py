"""NewsML-G2 of IPTC, with NITF, XHTML or plain text inside: https://iptc.org/standards/newsml-g2/"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.article import Article, BlockKind
from copydesk.formats import nitf
from copydesk.formats.records import Names
from copydesk.formats.xml_scan import Element
from copydesk.formats.xml_story import Story, said
from copydesk.source import SourceFile

_CAPTION: tuple[str, BlockKind] = ("caption", "caption")
_SUMMARY: tuple[str, BlockKind] = ("standfirst", "paragraph")


def articles(file: SourceFile, root: Element) -> Iterator[Article]:
    """The article of every news item: of a message, or the one that is the file."""
    names = Names()
    alone = root.name == "newsItem"
    for item in [root] if alone else root.all("itemSet/newsItem"):
        story = Story.of(file)
        _take(story, item)
        story.say("id", item.attributes.get("guid", ""))
        made = story.record.article("newsml", None if alone else names.next(story.record.found))
        if made is not None:
            yield made


def _take(story: Story, item: Element) -> None:
    about, headline, byline = item.first("contentMeta"), "", ""
    if about is not None:
        headline = story.line("headline", about.first("headline"), "headline")
        byline = story.line("standfirst", about.first("byline"), "paragraph")
        story.line("standfirst", about.first("dateline"), "paragraph")
        for description in about.all("description"):
            is_caption = description.attributes.get("role", "").endswith("caption")
            group, kind = _CAPTION if is_caption else _SUMMARY
            story.line(group, description, kind)
        _say(story, item, about)
    for content in item.all("contentSet/inlineXML"):
        for document in content.children:
            _take_document(story, document, headline, byline)
    for content in item.all("contentSet/inlineData"):
        holds = content.attributes.get("contenttype", "text/plain").partition(";")[0]
        if holds == "text/html":
            story.html("text", content)
        elif holds == "text/plain" and "encoding" not in content.attributes:
            story.text("text", content)


def _take_document(story: Story, document: Element, headline: str, byline: str) -> None:
    """What an item holds in another vocabulary of XML: NITF, or XHTML."""
    if document.name.rpartition(":")[2] != "nitf":
        story.body(document, headline=headline)
        return
    if not headline:
        story.line("headline", document.first("body/body.head/hedline/hl1"), "headline")
    inner = document.first("body/body.head/byline")
    if inner is not None and not byline:
        story.body(inner, "standfirst")
    nitf.take_body(story, document, headline)


def _say(story: Story, item: Element, about: Element) -> None:
    provider, source, tag = item.first("itemMeta/provider"), about.first("infoSource"), about.first("language")
    story.say("source", *(_named(p) for p in (provider, source) if p is not None))
    story.say("date", *(said(item.first(f"itemMeta/{name}")) for name in ("versionCreated", "firstCreated")))
    story.say("date", said(about.first("contentCreated")), said(about.first("contentModified")))
    story.say("byline", *(said(about.first(name)) for name in ("byline", "by", "creator/name")))
    story.say("credit", said(about.first("creditline")), said(item.first("rightsInfo/copyrightHolder/name")))
    story.say("section", said(about.first("slugline")))
    story.say("language", tag.attributes.get("tag", "") if tag else "", item.attributes.get("xml:lang", ""))
    link = next((e for e in item.all("itemMeta/link") if "href" in e.attributes), None)
    story.say("url", link.attributes["href"] if link else "")


def _named(party: Element) -> str:
    """The name of a provider or source."""
    names = (party.attributes.get(key, "") for key in ("literal", "qcode", "uri"))
    return said(party.first("name")) or next(filter(None, names), "")
