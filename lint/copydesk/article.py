"""One piece of copy: the text as its reader sees it, its blocks, its metadata, and the way back to the file."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from copydesk.frozen import Frozen, field
from copydesk.offsets import OffsetMap, Span, joined
from copydesk.typed import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast, overload

if TYPE_CHECKING:
    from copydesk.source import SourceFile

T = TypeVar("T")

BlockKind = Literal["headline", "heading", "paragraph", "item", "quotation", "caption", "table", "code", "alternative"]
"""``alternative``: what a page says in words of a picture or a link, shown in its place or beside it."""
Writer = Callable[[str], str]
"""Writes reader's text as its layer spells it: a ’ in an ASCII-escaped JSON string becomes ``\\u2019``.

Raises ValueError for text that the layer cannot hold.
"""


class Ref(NamedTuple):
    """Names an article within a run: its file, and its record in the file (None where it is alone)."""

    path: str
    article: str | None = None


class Edit(NamedTuple):
    """Replace ``span`` of the article's text by ``text`` (reader's text)."""

    span: Span
    text: str


class Block(NamedTuple):
    """A paragraph or its like. ``outer`` is its range in the file with markup and markers, where it has any."""

    span: Span
    kind: BlockKind = "paragraph"
    outer: Span | None = None
    level: int = 0
    """Heading level or list depth, from 1; 0 where it does not apply."""


class LazyBlocks(Sequence[Block]):
    """Blocks that ``make`` gives at the first question: a run of few rules asks for those of few articles."""

    def __init__(self, make: Callable[[], Iterable[Block]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[Block, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        return self._made[index]

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[Block]:
        return iter(self._made)


class Meta(Frozen):
    """What the file says of the article. ``source`` is filled in by the engine (metadata, url host or folder)."""

    source: str = ""
    title: str = ""
    date: str = ""
    """Publication date or time, ISO 8601, or empty."""
    url: str = ""
    language: str = ""
    """BCP 47 tag as declared, or empty."""
    byline: str = ""
    credit: str = ""
    section: str = ""
    ignore: tuple[str, ...] = ()
    """Rule ids of the ``copydesk-ignore`` key."""


class FileEdit(NamedTuple):
    """Replace ``[start, end)`` of the file's decoded text by ``text``, already written for its layer."""

    start: int
    end: int
    text: str


class Article(Frozen, eq=False):
    """One piece of copy.

    ``text`` has ``\\n`` line ends whatever the file has. ``code`` lists what rules may not touch: code, link
    targets, raw markup shown to the reader. ``links`` are the texts, in order, that lead the reader to another
    page. ``writers`` are the layers' ways of spelling new text.
    """

    file: SourceFile
    text: str
    blocks: Sequence[Block]
    map: OffsetMap
    id: str | None = None
    meta: Meta = Meta()
    code: tuple[Span, ...] = ()
    links: tuple[Span, ...] = ()
    writers: tuple[Writer, ...] = (str,)
    format: str = "text"
    page: bool = False
    """Whether it was read out of a whole web page, whose menus, buttons and footers are in their place there."""
    confirms: Callable[[Edit, FileEdit], bool] | None = None
    """Whether the file, so edited, shows the edited text: for a format where that hangs on what stands around."""
    allows: Callable[[Edit], bool] | None = None
    """Whether a layer would show the edited text, edited so: asked before an edit is spelled."""
    requotes: Callable[[FileEdit], FileEdit | None] | None = None
    """The same edit with all that it stands in quoted anew: for a format that quotes only what needs it."""
    _views: dict[object, Any] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        """The article's name within a run."""
        return Ref(self.file.path, self.id)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def view(self, compute: Callable[[Article], T]) -> T:
        """``compute(article)``, worked out once an article and shared by all rules."""
        known = self._views
        if compute not in known:
            known[compute] = compute(self)
        found: T = known[compute]
        return found

    def let_go(self) -> None:
        """Forget the views: they hold the article in turn, and all of it would wait for Python's search for circles."""
        self._views.clear()

    def raw(self, span: Span) -> str:
        """What stands in the file where the reader sees ``span``: escapes, references and real line ends."""
        at = self.map.span(span)
        return self.file.text[at.start : at.end]

    def in_code(self, span: Span) -> bool:
        """Whether ``span`` touches code, a link target or raw markup."""
        if not self.code:
            return False
        index = self.view(_code_index)
        at = bisect.bisect_right(index.starts, span.end) - 1
        while at >= 0 and index.furthest[at] >= span.start:
            if index.spans[at].touches(span):
                return True
            at -= 1
        return False

    def block_at(self, offset: int) -> int:
        """Index of the block that holds ``offset`` or, between blocks, of the one before; -1 before the first."""
        return bisect.bisect_right(self.view(_block_starts), offset) - 1

    def removal(self, first: int, last: int | None = None) -> Edit:
        """The edit that takes out blocks ``first`` to ``last`` (inclusive) and one of the gaps around them.

        The smaller gap goes, so that no double gap is left; at the head or tail of the text, the only one.
        A gap between two fields of a record is in no file and stays.
        """
        last = first if last is None else last
        start, end = self.blocks[first].span.start, self.blocks[last].span.end
        before = self.blocks[first - 1].span.end if first else None
        after = self.blocks[last + 1].span.start if last + 1 < len(self.blocks) else None
        if self.blocks[first].outer is None:
            before = before if before is None or self.map.holds(Span(before, start)) else None
            after = after if after is None or self.map.holds(Span(end, after)) else None
        if after is not None and (before is None or after - end <= start - before):
            return Edit(Span(start, after), "")
        if before is not None:
            return Edit(Span(before, end), "")
        return Edit(Span(start, end), "")

    def to_file(self, edit: Edit) -> FileEdit | None:
        """The edit in the file, or None where it would cut through markup or another field.

        Raises ValueError where the layer cannot hold the new text.
        """
        if self.allows is not None and not self.allows(edit):
            return None
        whole = self._whole_blocks(edit)
        if whole is not None:
            return whole
        pieces = self.map.pieces(edit.span)
        if len({p.writer for p in pieces}) != 1 or not joined(pieces) or not self.map.holds(edit.span):
            return None
        at = self.map.span(edit.span)
        return self._spelled(edit, at, self.writers[pieces[0].writer])

    def _spelled(self, edit: Edit, at: Span, writer: Writer) -> FileEdit | None:
        """The edit as its layer writes it; where the format can tell, as it stands if that is read so."""
        if self.confirms is None:
            return FileEdit(at.start, at.end, writer(edit.text))
        plain = FileEdit(at.start, at.end, edit.text.replace("\n", self.file.newline))
        if self.confirms(edit, plain):
            return plain
        escaped = FileEdit(at.start, at.end, writer(edit.text))
        if escaped != plain and self.confirms(edit, escaped):
            return escaped
        quoted = self.requotes(escaped) if self.requotes is not None else None
        return quoted if quoted is not None and self.confirms(edit, quoted) else None

    def _whole_blocks(self, edit: Edit) -> FileEdit | None:
        """The removal of whole blocks in a format with markup, where it takes their markers along."""
        if edit.text:
            return None
        first = bisect.bisect_left(self.view(_block_starts), edit.span.start)
        last = self.block_at(edit.span.end)
        while last >= first and not edit.span.covers(self.blocks[last].span):
            last -= 1
        taken = self.blocks[first : last + 1]
        beside = (*self.blocks[max(0, first - 1) : first], *self.blocks[last + 1 : last + 2])
        if not taken or any(b.outer is None for b in taken) or any(b.span.touches(edit.span) for b in beside):
            return None
        start, end = cast(Span, taken[0].outer).start, cast(Span, taken[-1].outer).end
        following = self.blocks[last + 1].outer if last + 1 < len(self.blocks) else None
        previous = self.blocks[first - 1].outer if first else None
        text = self.file.text
        if following is not None and not text[end : following.start].strip("> \t\r\n"):
            end = following.start
        elif previous is not None and not text[previous.end : start].strip("> \t\r\n"):
            start = previous.end
        made = FileEdit(start, end, "")
        return made if self.confirms is None or self.confirms(edit, made) else None


class _CodeIndex(NamedTuple):
    """Code in order of place; ``furthest[n]`` is where the first n + 1 stretches have ended."""

    spans: list[Span]
    starts: list[int]
    furthest: list[int]


def _code_index(article: Article) -> _CodeIndex:
    spans = sorted(article.code)
    return _CodeIndex(spans, [s.start for s in spans], list(itertools.accumulate((s.end for s in spans), max)))


def _block_starts(article: Article) -> list[int]:
    return [b.span.start for b in article.blocks]
