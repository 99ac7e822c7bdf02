"""Which reader takes which file. A format is one module with ``articles(file, fields)``, here or of a third party.

Its generator yields every Article of a file, and a BrokenRecord where one record cannot be read but the
others can. It raises UnreadableError where the file as a whole cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from copydesk.article import Article
from copydesk.frozen import Frozen
from copydesk.source import SourceFile
from copydesk.typed import NamedTuple, cast

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "xml",
    ".nitf": "xml",
    ".newsml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".rdf": "xml",
    ".wxr": "xml",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".parquet": "parquet",
}
BINARY = frozenset(("warc", "parquet"))
"""Formats that are no text: their articles have a text each, and are in no place of the file."""


class BrokenRecord(NamedTuple):
    """A record that cannot be read, at ``offset`` of the file's text."""

    message: str
    offset: int


class Fields(Frozen):
    """Which keys of a record or of front matter hold what (``[fields]``).

    A key may be a path: ``article.body`` is a key in a nested object, ``bodies[].value`` a key in every object of
    a list, ``body_*`` every key that starts so. Keys of copy (``headline``, ``standfirst``, ``text``, ``caption``)
    are all read, in that order, and ``title|headline`` are alternatives, of which the first that is filled in is
    read: most records that have both hold one text twice. Of all other keys the first that is filled in is taken.
    """

    headline: tuple[str, ...] = ("title|headline|headlines[].value",)
    standfirst: tuple[str, ...] = (
        "standfirst|subtitle|subheadline|description|summary|excerpt|abstract|short_description|description_text"
        "|description_*|descriptions[].value",
    )
    text: tuple[str, ...] = (
        "text|body|content|content_text|article|articleBody|article_text|full_text|body_text|maintext|story"
        "|article.body|article.text|body.text|content.text|bodies[].value|body_*",
    )
    caption: tuple[str, ...] = ("caption", "image.caption", "images[].caption")
    records: tuple[str, ...] = (
        "articles",
        "items",
        "data",
        "results",
        "records",
        "documents",
        "docs",
        "entries",
        "posts",
        "stories",
        "news",
        "article",
        "@graph",
        "response.results",
        "response.docs",
        "feed.entries",
        "hits.hits[]._source",
    )
    """Where the records of a JSON file stand that is itself neither a record nor a list of them."""
    source: tuple[str, ...] = (
        "source",
        "source.name",
        "outlet",
        "publication",
        "publisher",
        "publisher.name",
        "site",
        "site_name",
        "source_name",
        "infosources[].name",
    )
    date: tuple[str, ...] = (
        "date",
        "published",
        "published_at",
        "publishedAt",
        "date_published",
        "datePublished",
        "pubDate",
        "publishDate",
        "publish_date",
        "date_publish",
        "versioncreated",
        "versionCreated",
        "created",
        "created_at",
    )
    url: tuple[str, ...] = ("url", "link", "permalink", "canonical_url", "source_url", "webUrl")
    language: tuple[str, ...] = ("language", "lang", "locale", "inLanguage")
    byline: tuple[str, ...] = ("byline", "author", "author.name", "authors", "authors[].name", "author[].name", "by")
    credit: tuple[str, ...] = ("credit", "creditline", "credit_line", "agency", "copyright")
    section: tuple[str, ...] = ("section", "category", "categories", "desk", "articleSection")
    id: tuple[str, ...] = ("id", "_id", "uri", "guid", "slug", "identifier")


Reader = Callable[[SourceFile, Fields], Iterator[Article | BrokenRecord]]
NONE: Mapping[str, str] = MappingProxyType({})


class FormatError(Exception):
    """A format cannot be loaded; the message names it and the remedy."""


def articles(file: SourceFile, fields: Fields, formats: Mapping[str, str] = NONE) -> Iterator[Article | BrokenRecord]:
    """The articles of a file, by its suffix; a file of an unknown kind is read as plain text."""
    return load(format_of(file.path, formats))(file, fields)


def format_of(path: str, formats: Mapping[str, str] = NONE) -> str:
    """The name of the format of a file. ``formats`` maps suffixes of a desk's own; the longest that fits wins."""
    name = path.lower()
    own = max((suffix for suffix in formats if name.endswith(suffix.lower())), key=len, default="")
    return formats[own] if own else next((f for suffix, f in SUFFIXES.items() if name.endswith(suffix)), "text")


@cache
def load(name: str) -> Reader:
    """The reader of a format: one of copydesk's by its name, a third party's by its module's.

    Raises FormatError.
    """
    module = f"copydesk.formats.{name}" if name in SUFFIXES.values() else name
    try:
        reader = getattr(import_module(module), "articles", None)
    except (ImportError, ValueError) as e:
        known = ", ".join(dict.fromkeys(SUFFIXES.values()))
        raise FormatError(
            f"{name!r} is neither a format ({known}) nor a module that can be imported: {e};"
            " install the package it is in, or put its folder on PYTHONPATH"
        ) from None
    if not callable(reader):
        raise FormatError(f"module {name!r} has no function articles(file, fields)")
    return cast(Reader, reader)
