"""Plain text: one article a file, a line or a hard-wrapped group of lines a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from copydesk.article import Article, Block, BlockKind, LazyBlocks
from copydesk.compiled import compiled
from copydesk.offsets import OffsetMap, Segment, Span, identity
from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.formats import Fields
    from copydesk.source import SourceFile

_BULLET = r"[^\S\n]*(?:[-*•]|\d{1,3}[.)])[^\S\n]+\S"
_LINE = compiled(r"\S[^\n]*(?<!\s)")
"""A line without the blanks around it."""
_GROUP = compiled(rf"^[^\S\n]*+(\S[^\n]*+(?:\n(?!{_BULLET})[^\S\n]*+\S[^\n]*+)*+)", re.M)
_ITEM = compiled(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+\S")
_SENTENCE_END = compiled(r"[.!?…:;,。！？؟।]['\"”’»“)\]]*\s*\Z")
_CREDIT = compiled(
    r"[(\[](?:(?:image|photo|picture|file|video|graphic|illustration)s?\s*(?:credit|courtesy|by|:|/)|credit:)"
    r"[^()\[\]\n]{2,80}[)\]]\.?\Z",
    re.I,
)
_NO_HEADLINE = compiled(
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
Place = tuple[int, int]
_PARAGRAPH: BlockKind = "paragraph"
_SHORT = frozenset({"heading", "caption"})


def articles(file: SourceFile, fields: Fields) -> Iterator[Article]:
    """The one article of a text file; an empty file holds none."""
    if not file.text or file.text.isspace():
        return
    text, offsets = newlines(file.text)
    yield Article(file, text, LazyBlocks(partial(blocks, text)), offsets, writers=(line_end_writer(file),))


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


def blocks(text: str, at: int = 0) -> list[Block]:
    """Headline, headings, items, captions and paragraphs of plain text, each with its exact span.

    A headline is the first line, where it reads like one and copy follows; or that line once more.
    ``at`` is where the text stands in the one that the spans are in.
    """
    new = tuple.__new__  # half of what it costs to call the classes, and texts have many blocks
    places = [m.span() for m in _LINE.finditer(text)]
    if len([1 for start, end in places if end - start < _LONG]) > _FEWEST and hard_wrapped(text):
        places = [(m.start(1), m.start(1) + len(m[1].rstrip())) for m in _GROUP.finditer(text)]
    kinds = [_PARAGRAPH if _plain(text, start, end) else _kind(text[start:end]) for start, end in places]
    if not _SHORT.isdisjoint(kinds):
        kinds = _in_context(text, places, kinds)
    return [
        new(Block, (new(Span, (start + at, end + at)), kind, None, 0))
        for (start, end), kind in zip(places, kinds, strict=True)
    ]


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


def _in_context(text: str, places: list[Place], kinds: list[BlockKind]) -> list[BlockKind]:
    """What the blocks are by their neighbours, too."""
    out = list(kinds)
    for n, kind in enumerate(kinds):
        if kind == "heading":
            out[n] = _heading(text, places, kinds, n)
        elif kind == "caption" and n and _is_captioned(text, places[n - 1], places[n], kinds[n - 1]):
            out[n - 1] = "caption"
    return out


def _is_captioned(text: str, above: Place, caption: Place, kind: BlockKind) -> bool:
    """Whether a block of a kind stands once more in the caption on the next line."""
    if kind not in ("heading", "paragraph") or text.count("\n", above[1], caption[0]) != 1:
        return False
    return _straight(text[slice(*caption)]).startswith(_straight(text[slice(*above)]))


def _heading(text: str, places: list[Place], kinds: list[BlockKind], n: int) -> BlockKind:
    """What block ``n``, which reads like a heading, is: the headline, a heading, or a line that is neither."""
    copy = text[slice(*places[n])]
    if (n == 0 and len(places) > 1) or (n > 0 and kinds[0] == "heading" and text[slice(*places[0])] == copy):
        return "headline"
    looks = copy[0].isupper() or copy[0].isdigit() or not copy[0].isalpha() or copy[0].lower() == copy[0].upper()
    return "heading" if looks and len(copy.split()) <= _LONGEST_HEADING and n > 0 else "paragraph"
