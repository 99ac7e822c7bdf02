"""Plain text: one article a file, a line or a hard-wrapped group of lines a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk.article import Article, Block, BlockKind
from copydesk.offsets import OffsetMap, Segment, Span, identity

if TYPE_CHECKING:
    from copydesk.formats import Fields
    from copydesk.source import SourceFile

_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.M)
_BULLET = r"[^\S\n]*(?:[-*•]|\d{1,3}[.)])[^\S\n]+\S"
_GROUP = re.compile(rf"^[^\S\n]*+\S[^\n]*+(?:\n(?!{_BULLET})[^\S\n]*+\S[^\n]*+)*+", re.M)
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.!?…:;,。！？؟।]['\"”’»“)\]]*\s*\Z")
_CREDIT = re.compile(
    r"[(\[](?:(?:image|photo|picture|file|video|graphic|illustration)s?\s*(?:credit|courtesy|by|:|/)|credit:)"
    r"[^()\[\]\n]{2,80}[)\]]\.?\Z",
    re.I,
)
_NO_HEADLINE = re.compile(
    r"(?:By|From|Par|Von|Por|Di|Door|Av)\s+[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:[A-ZÀ-Þ][\w.’'-]*|and|de|van|von|der)){0,6}\Z"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:\d{1,2}\s+)?[^\W\d_]+\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d\Z"
    r"|[A-Z][A-Z. ]+(?:,[^()]{1,40})?\s*\((?:AP|Reuters|AFP|UPI|PA|dpa|ANSA|EFE|TASS|IANS|PTI|CNN)\)"
    r"|(?:He|She|They|We|I|You)(?:['’]\w+)?\s+\S+\s+\S+"
)
_WRAP = range(45, 100)
_LONGEST_HEADING = 12


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a text file; an empty file holds none."""
    if not file.text.strip():
        return
    text, offsets = newlines(file.text)
    yield Article(file, text, tuple(blocks(text)), offsets, writers=(line_end_writer(file),))


def newlines(raw: str, at: int = 0) -> tuple[str, OffsetMap]:
    """``raw`` with every line end as ``\\n``, and its map; ``raw`` stands at offset ``at`` of the file."""
    if "\r" not in raw:
        return raw, OffsetMap((Segment(0, len(raw), at, at + len(raw), True),)) if at else identity(len(raw))
    segments, shown, done, parts = [], 0, 0, []
    for m in re.finditer(r"\r\n?", raw):
        length = m.start() - done
        if length:
            segments.append(Segment(shown, shown + length, at + done, at + m.start(), True))
        shown += length
        segments.append(Segment(shown, shown + 1, at + m.start(), at + m.end(), False))
        parts += [raw[done : m.start()], "\n"]
        shown, done = shown + 1, m.end()
    if done < len(raw):
        segments.append(Segment(shown, shown + len(raw) - done, at + done, at + len(raw), True))
        parts.append(raw[done:])
    return "".join(parts), OffsetMap(tuple(segments))


class line_end_writer:  # noqa: N801 - used as a function; a class so that it can be sent to a worker
    """Writes new text with the line ends of its file."""

    def __init__(self, file: SourceFile) -> None:
        self.newline = file.newline if "\r" in file.text else "\n"

    def __call__(self, text: str) -> str:
        return text.replace("\n", self.newline)


def blocks(text: str) -> list[Block]:
    """Headline, headings, items, captions and paragraphs of plain text, each with its exact span.

    A headline is the first line, where it reads like one and copy follows; or that line once more.
    """
    pattern = _GROUP if hard_wrapped(text) else _LINE
    spans = [
        Span(m.start() + len(m.group()) - len(m.group().lstrip()), m.start() + len(m.group().rstrip()))
        for m in pattern.finditer(text)
    ]
    out = [Block(span, _kind(text[span.start : span.end])) for span in spans]
    return [_in_context(text, out, n) for n in range(len(out))]


def hard_wrapped(text: str) -> bool:
    """Whether lines end at a column, not at a paragraph: most lines inside a group are full and unfinished."""
    inner = [line for g in _GROUP.finditer(text) for line in g.group().split("\n")[:-1]]
    if len(inner) < 4:
        return False
    full = [line for line in inner if len(line.rstrip()) in _WRAP and not _SENTENCE_END.search(line[-20:])]
    return len(full) * 2 > len(inner) and max(map(len, inner)) < _WRAP.stop + 20


def _kind(copy: str) -> BlockKind:
    """What a block is by its own words."""
    if _ITEM.match(copy):
        return "item"
    if _CREDIT.search(copy[-120:]) and "\n" not in copy:
        return "caption"
    if len(copy) > 120 or "\n" in copy or _SENTENCE_END.search(copy[-20:]):
        return "paragraph"
    if sum(c.isalpha() for c in copy) < 2 or _NO_HEADLINE.match(copy):
        return "paragraph"
    return "heading"


def _straight(copy: str) -> str:
    return copy.replace("’", "'")


def _in_context(text: str, found: list[Block], n: int) -> Block:
    """Block ``n`` as its neighbours show it: the headline, a caption's first line, a line that is no heading."""
    block = found[n]
    copy = text[block.span.start : block.span.end]
    below = found[n + 1] if n + 1 < len(found) else None
    if below and below.kind == "caption" and block.kind in ("heading", "paragraph"):
        joined = text[block.span.end : below.span.start].count("\n") == 1
        if joined and _straight(text[slice(*below.span)]).startswith(_straight(copy)):
            return Block(block.span, "caption")
    if block.kind != "heading":
        return block
    if (n == 0 and below) or (n > 0 and found[0].kind == "heading" and text[slice(*found[0].span)] == copy):
        return Block(block.span, "headline")
    looks = copy[0].isupper() or copy[0].isdigit() or not copy[0].isalpha() or copy[0].lower() == copy[0].upper()
    return block if looks and len(copy.split()) <= _LONGEST_HEADING and n > 0 else Block(block.span, "paragraph")
