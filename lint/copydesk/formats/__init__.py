"""Which reader takes which file. A format is one module here with ``articles(file, fields)``.

Its generator yields every Article of a file, and a BrokenRecord where one record cannot be read but the
others can. It raises UnreadableError where the file as a whole cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, cast

from copydesk.article import Article
from copydesk.source import SourceFile

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


class BrokenRecord(NamedTuple):
    """A record that cannot be read, at ``offset`` of the file's text."""

    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class Fields:
    """Which keys of a record or of front matter hold what, in order of preference (``[fields]``)."""

    text: tuple[str, ...] = (
        "title",
        "headline",
        "description",
        "summary",
        "standfirst",
        "text",
        "body",
        "content",
        "content_text",
        "article",
    )
    """Keys whose strings are copy, in reading order; the first two are headlines."""
    title: tuple[str, ...] = ("title", "headline", "name")
    source: tuple[str, ...] = ("source", "outlet", "publication", "publisher", "site", "source_name")
    date: tuple[str, ...] = (
        "date",
        "published",
        "published_at",
        "date_published",
        "pubDate",
        "publishDate",
        "created",
    )
    url: tuple[str, ...] = ("url", "link", "permalink", "canonical_url", "source_url")
    language: tuple[str, ...] = ("language", "lang", "locale")
    byline: tuple[str, ...] = ("byline", "author", "authors")
    credit: tuple[str, ...] = ("credit", "creditline", "agency", "copyright")
    section: tuple[str, ...] = ("section", "category", "desk")
    id: tuple[str, ...] = ("id", "uri", "guid", "_id", "slug")


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The articles of a file, by its suffix; a file of an unknown kind is read as plain text."""
    name = SUFFIXES.get(PurePath(file.path).suffix.lower(), "text")
    module = import_module(f"copydesk.formats.{name}")
    return cast(Iterator[Article | BrokenRecord], module.articles(file, fields))
