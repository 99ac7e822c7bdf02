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

_BULLET = r"[^\S\n]*(?:[-*•]|\d{1,3}[.)])[^\S\n]+\S"
_LINE = re.compile(r"\S[^\n]*(?<!\s)")
"""A line without the blanks around it."""
_GROUP = re.compile(rf"^[^\S\n]*+(\S[^\n]*+(?:\n(?!{_BULLET})[^\S\n]*+\S[^\n]*+)*+)", re.M)
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
_FEWEST = 4
"""Lines that must be followed by another for a text to be judged hard-wrapped."""
_LONG = 120
_BULLETS = "-*•–"
_PARAGRAPH: BlockKind = "paragraph"


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a text file; an empty file holds none."""
    if not file.text or file.text.isspace():
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
    new = tuple.__new__  # half of what it costs to call the class, and texts have many blocks
    spans = [new(Span, m.span()) for m in _LINE.finditer(text)]
    if sum(end - start < _LONG for start, end in spans) > _FEWEST and hard_wrapped(text):
        spans = [Span(m.start(1), m.start(1) + len(m[1].rstrip())) for m in _GROUP.finditer(text)]
    kinds = [_PARAGRAPH if _plain(text, start, end) else _kind(text[start:end]) for start, end in spans]
    if "heading" in kinds or "caption" in kinds:
        kinds = list(_in_context(text, spans, kinds))
    return [new(Block, (span, kind, None, 0)) for span, kind in zip(spans, kinds, strict=True)]


def hard_wrapped(text: str) -> bool:
    """Whether lines end at a column, not at a paragraph: most lines inside a group are full and unfinished."""
    if text.count("\n") - 2 * text.count("\n\n") < _FEWEST:
        return False
    inner = [line for g in _GROUP.finditer(text) for line in g.group().split("\n")[:-1]]
    if len(inner) < _FEWEST:
        return False
    full = [line for line in inner if len(line.rstrip()) in _WRAP and not _SENTENCE_END.search(line[-20:])]
    return len(full) * 2 > len(inner) and max(map(len, inner)) < _LONG


def _plain(text: str, start: int, end: int) -> bool:
    """Whether what stands in ``[start, end)`` is a paragraph by its length, and by how it begins and ends."""
    if end - start <= _LONG or text[start] in _BULLETS or text[start].isdigit():
        return False
    return text[end - 1] not in ")]" and text[end - 2] not in ")]"


def _kind(copy: str) -> BlockKind:
    """What a block is by its own words."""
    if (copy[0] in _BULLETS or copy[0].isdigit()) and _ITEM.match(copy):
        return "item"
    if copy[-2:].rstrip(".")[-1:] in (")", "]") and "\n" not in copy and _CREDIT.search(copy[-120:]):
        return "caption"
    if len(copy) > _LONG or "\n" in copy or _SENTENCE_END.search(copy[-20:]):
        return "paragraph"
    if sum(c.isalpha() for c in copy) < 2 or _NO_HEADLINE.match(copy):
        return "paragraph"
    return "heading"


def _straight(copy: str) -> str:
    return copy.replace("’", "'")


def _in_context(text: str, spans: list[Span], kinds: list[BlockKind]) -> Iterator[BlockKind]:
    """What the blocks are by their neighbours, too."""
    captions = "caption" in kinds
    for n, kind in enumerate(kinds):
        if captions and _is_captioned(text, spans, kinds, n):
            yield "caption"
        else:
            yield kind if kind != "heading" else _heading(text, spans, kinds, n)


def _is_captioned(text: str, spans: list[Span], kinds: list[BlockKind], n: int) -> bool:
    """Whether block ``n`` stands once more in the caption on the next line."""
    if kinds[n] not in ("heading", "paragraph") or kinds[n + 1 : n + 2] != ["caption"]:
        return False
    span, below = spans[n], spans[n + 1]
    joined = text.count("\n", span.end, below.start) == 1
    return joined and _straight(text[slice(*below)]).startswith(_straight(text[slice(*span)]))


def _heading(text: str, spans: list[Span], kinds: list[BlockKind], n: int) -> BlockKind:
    """What block ``n``, which reads like a heading, is: the headline, a heading, or a line that is neither."""
    copy = text[slice(*spans[n])]
    if (n == 0 and len(spans) > 1) or (n > 0 and kinds[0] == "heading" and text[slice(*spans[0])] == copy):
        return "headline"
    looks = copy[0].isupper() or copy[0].isdigit() or not copy[0].isalpha() or copy[0].lower() == copy[0].upper()
    return "heading" if looks and len(copy.split()) <= _LONGEST_HEADING and n > 0 else "paragraph"
