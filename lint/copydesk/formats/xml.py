"""XML, by its root element: NITF, NewsML-G2, RSS, Atom, WordPress exports, XHTML. Other XML holds no articles."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.article import Article
from copydesk.formats import feeds, newsml, nitf
from copydesk.formats.html import articles as page
from copydesk.formats.templates import is_template
from copydesk.formats.xml_scan import scan
from copydesk.source import SourceFile, UnreadableError
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import BrokenRecord, Fields

_VOCABULARIES = {
    "nitf": nitf.articles,
    "newsItem": newsml.articles,
    "newsMessage": newsml.articles,
    "rss": feeds.rss,
    "rdf:RDF": feeds.rss,
    "atom:feed": feeds.atom,
    "atom:entry": feeds.atom,
}


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The articles of an XML file; a template of one holds none.

    Raises UnreadableError for what is not well-formed, with line and column.
    """
    try:
        root = scan(file)
    except UnreadableError:
        if is_template(file.text):
            return
        raise
    if root.name == "html":
        yield from page(file, fields)
    elif root.name in _VOCABULARIES:
        yield from _VOCABULARIES[root.name](file, root)
