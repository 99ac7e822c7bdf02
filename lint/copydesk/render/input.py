"""What was read of a file as what: its format and encoding, its articles, their blocks and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.article import Article
from copydesk.frozen import values
from copydesk.offsets import Span
from copydesk.reading import Read
from copydesk.render.as_json import error_json, json_text
from copydesk.render.summary import counted
from copydesk.render.visible import clipped, line_start, visible
from copydesk.source import SourceFile
from copydesk.typed import Any

_WIDTH = 60
_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_KNOWN = {
    "utf-8": "as it is valid",
    "bom": "by its mark",
    "declared": "as declared",
    "disputed": "declared as another: never written",
    "guessed": "guessed: never written",
    "binary": "no text: never written",
}


def as_text(path: str, format_name: str, got: Read) -> Iterator[str]:
    """For a person: a line a block, ``line:column kind text``. Errors are told elsewhere."""
    if got.file is None:
        return
    f = got.file
    yield f"{line_start(path)}: {format_name}, {f.encoding} ({_KNOWN[f.known]}), {_ends(f)} line ends, "
    yield f"{counted(len(got.articles), 'article')}\n"
    for article in got.articles:
        about = _json(article)
        yield f"\narticle {visible(article.id) if article.id is not None else '(the file)'}\n"
        yield from (f"  {key}: {clipped(str(value), _WIDTH)}\n" for key, value in about["meta"].items() if value)
        for block in about["blocks"]:
            yield _line(block, f"{block['kind']} {block['level']}" if block["level"] else block["kind"])
        yield from (_line(masked, "masked") for masked in about["masked"])
        yield from (_line(link, "link") for link in about["links"])


def _line(place: dict[str, Any], kind: str) -> str:
    at = f"{place['line']}:{place['column']}"
    return f"  {at:>9}  {kind:12} {clipped(place['text'], _WIDTH)}\n"


def as_json(path: str, format_name: str, got: Read) -> dict[str, Any]:
    """The same as data, texts uncut."""
    f = got.file
    read = {"encoding": f.encoding, "known": f.known, "newline": _ends(f)} if f else {}
    return {
        "path": path,
        "format": format_name,
        **read,
        "articles": [_json(a) for a in got.articles],
        "errors": [error_json(e) for e in got.errors],
    }


def line(path: str, format_name: str, got: Read) -> str:
    """The data of a file on one line."""
    return json_text(as_json(path, format_name, got)) + "\n"


def _ends(file: SourceFile) -> str:
    return _ENDS[file.newline]


def _json(article: Article) -> dict[str, Any]:
    return {
        "article": article.id,
        "meta": dict(zip(article.meta._fields, values(article.meta), strict=True)),
        "blocks": [{"kind": b.kind, "level": b.level, **_place(article, b.span)} for b in article.blocks],
        "masked": [_place(article, s) for s in article.code],
        "links": [_place(article, s) for s in article.links],
    }


def _place(article: Article, span: Span) -> dict[str, Any]:
    at = article.map.span(span)
    row, column = article.file.place(at.start)
    return {"start": at.start, "end": at.end, "line": row, "column": column, "text": article[span]}
