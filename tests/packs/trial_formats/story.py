"""Story files: a headline, a line of dashes, and the copy as HTML."""

from collections.abc import Iterator

from copydesk.article import Article, Block
from copydesk.formats import BrokenRecord, Fields
from copydesk.formats.html_layer import shown
from copydesk.formats.layers import Part, Shown, joined
from copydesk.offsets import Span, identity
from copydesk.source import SourceFile

RULE = "\n---\n"


def articles(file: SourceFile, fields: Fields) -> Iterator[Article | BrokenRecord]:
    """The story of a file, or a broken record where it has no line of dashes."""
    head, dashes, _ = file.text.partition(RULE)
    if not dashes:
        yield BrokenRecord("has no line of dashes under its headline", 0)
        return
    title = Shown(head, identity(len(head)), blocks=(Block(Span(0, len(head)), "headline"),))
    body = shown(file.text, len(head + dashes), encoding=file.encoding, titled=True)
    whole = joined([Part(s, 0) for s in (title, body) if s.text])
    yield Article(
        file, whole.text, whole.blocks, whole.map, code=whole.code, links=whole.links, writers=whole.writers,
        format="story", allows=whole.allows,
    )  # fmt: skip
