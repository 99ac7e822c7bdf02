"""A file that is not in the encoding the desk expects."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Hit, NoOptions, Rule, Span


def check(article: Article, options: NoOptions) -> Iterator[Hit]:
    """The file's likely encoding, at the head of its first article."""
    file = article.file
    if file.known != "guessed" or not _first(article):
        return
    yield Hit(
        Span(0, 0),
        f"the file is not UTF-8; its bytes read as {file.encoding}. Convert it, or declare its encoding",
        confidence="medium",
        data={"damage": "encoding", "codecs": [file.encoding]},
    )


def _first(article: Article) -> bool:
    """Whether no other article stands before this one in its file."""
    return article.id is None or article.file.text.count("{", 0, article.map.start(0)) <= 1


RULE = Rule(
    summary="files that are not in the expected encoding",
    check=check,
    severity="error",
)
