"""A file that is not in the encoding the desk expects."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Rule, Span


class Options(Frozen):
    """What is reported besides a guessed encoding."""

    bom: bool = False
    """A byte order mark at the head of a UTF-8 file."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """The file's likely encoding, at the head of its first article."""
    file = article.file
    if (file.known != "guessed" and not (options.bom and file.bom)) or not _first(article):
        return
    if file.known == "guessed":
        message = f"the file is not UTF-8; its bytes read as {file.encoding}. Convert it, or declare its encoding"
        if file.encoding == "utf-8":
            message = "some bytes of the file are not UTF-8, the rest is; write what they stand for in UTF-8"
    else:
        message = f"the file begins with a byte order mark ({file.encoding}); UTF-8 without one is read everywhere"
    yield Hit(Span(0, 0), message, confidence="medium", data={"damage": "encoding", "codecs": [file.encoding]})


def _first(article: Article) -> bool:
    """Whether no other article stands before this one in its file."""
    if article.format not in ("json", "jsonl"):  # of other records none can be told to be the first
        return article.id is None
    return article.id is None or article.file.text.count("{", 0, article.map.start(0)) <= 1


RULE = Rule(
    summary="files that are not in the expected encoding",
    check=check,
    options=Options,
    severity="error",
)
