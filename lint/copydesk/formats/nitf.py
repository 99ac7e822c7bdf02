"""NITF, the News Industry Text Format of IPTC: https://iptc.org/standards/nitf/"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.article import Article
from copydesk.formats.xml_scan import Element
from copydesk.formats.xml_story import Story, said, value
from copydesk.source import SourceFile


def articles(file: SourceFile, root: Element) -> Iterator[Article]:
    """The one article of an NITF document."""
    story = Story.of(file)
    head = root.first("body/body.head")
    if head is None or not story.line("headline", head.first("hedline/hl1"), "headline"):
        story.line("headline", root.first("head/title"), "headline")
    if head is not None:
        _take_head(story, head)
    take_body(story, root)
    _say(story, root)
    made = story.record.article("nitf", None)
    if made is not None:
        yield made


def _take_head(story: Story, head: Element) -> None:
    for hl2 in head.all("hedline/hl2"):
        story.line("standfirst", hl2, "heading")
    for name in ("abstract", "byline", "dateline"):
        for element in head.all(name):
            story.body(element, "standfirst")
    byline = head.first("byline")
    if byline is not None:
        title = byline.first("byttl")
        story.say("byline", value(story.file.text[byline.inner : title.start if title else byline.close]))
    story.say("credit", said(head.first("distributor")))


def take_body(story: Story, root: Element, headline: str = "") -> None:
    """The content of a document's body, and the tagline below it."""
    for path in ("body/body.content", "body/body.end"):
        for content in root.all(path):
            story.body(content, headline=headline)


def _say(story: Story, root: Element) -> None:
    """Dates, source, address, language, section and credit, as ``docdata`` and ``pubdata`` have them."""
    published, data = _of(root.first("head/pubdata")), root.first("head/docdata")
    rights = _of(data.first("doc.copyright") if data else None)
    dates = [_of(data.first(name) if data else None).get("norm", "") for name in ("date.issue", "date.release")]
    story.say("date", *dates, published.get("date.publication", ""))
    story.say("source", published.get("name", ""), rights.get("holder", ""))
    story.say("credit", rights.get("holder", ""))
    story.say("url", published.get("ex-ref", ""))
    story.say("section", published.get("position.section", ""))
    story.say("language", _of(root).get("xml:lang", ""), _of(root.first("body")).get("xml:lang", ""))


def _of(element: Element | None) -> dict[str, str]:
    return element.attributes if element is not None else {}
