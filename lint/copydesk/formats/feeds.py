"""Feeds: RSS 2.0 (https://www.rssboard.org/rss-specification), RSS 1.0, Atom (RFC 4287), and WordPress exports."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.article import Article
from copydesk.formats.records import Names
from copydesk.formats.xml_scan import Element
from copydesk.formats.xml_story import Story, said
from copydesk.source import SourceFile

_ARTICLES = ("post", "page")
"""The types of a WordPress export that are copy; the others are pictures, menus and revisions."""
_GONE = ("trash", "auto-draft")


def rss(file: SourceFile, root: Element) -> Iterator[Article]:
    """The article of every item, in RSS 1.0, 2.0 and a WordPress export."""
    names, channel = Names(), root.first("channel")
    for item in (*root.all("item"), *root.all("channel/item")):
        story = Story.of(file)
        if _is_copy(item):
            _take_item(story, item)
            _say_item(story, item, channel)
        made = story.record.article("rss", names.next(story.record.found))
        if made is not None:
            yield made


def _is_copy(item: Element) -> bool:
    kind = said(item.first("wp:post_type"))
    return not kind or (kind in _ARTICLES and said(item.first("wp:status")) not in _GONE)


def _take_item(story: Story, item: Element) -> None:
    """Title, description and content; a description alone is the content."""
    story.headline(item.first("title"))
    exported = item.first("wp:post_type") is not None
    in_full = story.html("text", item.first("content:encoded"), classic=exported)
    excerpt = item.first("excerpt:encoded" if exported else "description")
    story.html("standfirst" if in_full else "text", excerpt)


def _say_item(story: Story, item: Element, channel: Element | None) -> None:
    def of(*paths: str) -> tuple[str, ...]:
        return tuple(said(item.first(path)) for path in paths)

    story.say("date", *of("wp:post_date_gmt", "pubDate", "dc:date", "dcterms:created", "wp:post_date"))
    story.say("url", *of("link", "guid"))
    story.say("byline", *of("dc:creator", "author"))
    story.say("section", *of("category"))
    story.say("credit", *of("media:credit", "dc:rights"))
    story.say("id", *of("wp:post_id", "guid", "link"))
    story.say("source", *of("source", "dc:source"), said(channel.first("title")) if channel else "")
    story.say("language", *of("dc:language"), said(channel.first("language")) if channel else "")


def atom(file: SourceFile, root: Element) -> Iterator[Article]:
    """The article of every entry, or of the one that is the file."""
    names = Names()
    alone = root.name == "atom:entry"
    for entry in [root] if alone else root.all("atom:entry"):
        story = Story.of(file)
        _take_text(story, "headline", entry.first("atom:title"))
        content = _take_text(story, "text", entry.first("atom:content"))
        _take_text(story, "standfirst" if content else "text", entry.first("atom:summary"))
        _say_entry(story, entry, root)
        made = story.record.article("atom", None if alone else names.next(story.record.found))
        if made is not None:
            yield made


def _take_text(story: Story, group: str, element: Element | None) -> str:
    """A text construct, as its type says: text, html or xhtml."""
    kind = element.attributes.get("type", "text") if element is not None else ""
    if kind in ("html", "text/html"):
        if group != "headline":
            return story.html(group, element)
        story.headline(element)
    if kind == "xhtml" and element is not None:
        story.body(element, group)
        return said(element)
    if kind not in ("text", "text/plain"):
        return ""
    if group == "text":
        return story.text(group, element)
    return story.line(group, element, "headline" if group == "headline" else "paragraph")


def _say_entry(story: Story, entry: Element, feed: Element) -> None:
    def of(*paths: str) -> tuple[str, ...]:
        return tuple(said(entry.first(path)) for path in paths)

    links = [e.attributes for e in entry.all("atom:link")]
    pages = [a.get("href", "") for a in links if a.get("rel", "alternate") == "alternate"]
    category = entry.first("atom:category")
    story.say("date", *of("atom:published", "atom:updated"))
    story.say("url", *pages)
    story.say("byline", *of("atom:author/atom:name"), said(feed.first("atom:author/atom:name")))
    story.say("section", category.attributes.get("term", "") if category else "")
    story.say("credit", *of("atom:rights"))
    story.say("id", *of("atom:id"))
    story.say("source", *of("atom:source/atom:title"), said(feed.first("atom:title")) if feed is not entry else "")
    story.say("language", entry.attributes.get("xml:lang", ""), feed.attributes.get("xml:lang", ""))
