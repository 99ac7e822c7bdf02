"""Direct quotations of an article: which marks open and close them, and where a speech runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copydesk.article import Article, Block
from copydesk.offsets import Span

# A pattern that begins with a set of characters is searched for much faster than one that begins with a choice.
_DOUBLE = r"[“”„‟\"«»‹›「」『』‘`'’‚](?:(?<=[^`'’‚])|(?<=`)`|(?<=')'|(?<=‚)(?=\w)|(?<=['’])(?:(?!\w)|(?<!\w.)))"
_MARK = re.compile(_DOUBLE)
_COMMAS = re.compile(rf"{_DOUBLE}|,,(?=\w)")
_CLOSERS = {
    "“": '”“"',
    "‟": '”“"',
    "”": "”",
    "„": '“”"',
    '"': '"”',
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "‚": "‘’'",
    "'": "'’",
}
_SAME = {"''": '"', "``": "“", ",,": "„"}
_SINGLE = frozenset("‘’'‚")
_BEFORE = frozenset("([{—–-/…“‘„«»‹›\"'¿¡:;,>*_|")
_FEET = re.compile(r"\d['’′]\s?\d{1,2}(?:\.\d+|[½¼¾])?\Z")
_ELISION = re.compile(
    r"['’‘](?:n['’‘]?(?!\w)|(?:\d\ds?|tis|twas|twere|till?|em|cause|cuz|cos|bout|round|kay|ere|neath|gainst)(?![\w'’]))",
    re.I,
)
_POSSESSIVE = re.compile(r"[sS]['’]\s+[^\W\d_A-Z]")
_WIDE = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"  # compiled when first used: it takes milliseconds
_DEEPEST = 4
_PHRASE = 60


class Quotation(NamedTuple):
    """Words between quotation marks. ``span`` includes the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool
    """Whether the closing mark stands; an open quotation ends with its paragraph and may go on in the next."""
    scare: bool
    """Three words or fewer: a term or a title more often than speech."""
    speaker: str = ""
    """Who is named as its speaker beside it; empty where nobody is, or a pronoun."""
    continuation: bool = False
    """Whether it goes on from the quotation before it, which its paragraph's end left open."""


class _Open:
    """A quotation whose closing mark has not come yet; ``kids`` are closed ones inside it."""

    __slots__ = ("inner", "kids", "mark", "start")

    def __init__(self, mark: str, start: int, inner: int) -> None:
        self.mark, self.start, self.inner = mark, start, inner
        self.kids: list[_Closed] = []


class _Closed(NamedTuple):
    mark: str
    span: Span
    inner: Span
    closed: bool = True


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations in order; ones inside another are part of it. None crosses a paragraph's end."""
    return article.view(_quotations)


def quoted(article: Article) -> tuple[Span, ...]:
    """The words between the marks of the article's quotations in order, scare quotes left out.

    Asks nobody for the speakers, which takes most of the time.
    """
    return article.view(_quoted)


def _quoted(article: Article) -> tuple[Span, ...]:
    return tuple(q.inner for _, q in article.view(_found) if not q.scare)


def _quotations(article: Article) -> tuple[Quotation, ...]:
    found = article.view(_found)
    return _shared_speakers([q._replace(speaker=_speaker(article, block, q)) for block, q in found])


def _found(article: Article) -> list[tuple[Block, Quotation]]:
    """Each quotation, without its speaker, and the block it stands in."""
    blocks = [b for b in article.blocks if b.kind not in ("code", "alternative")]
    out: list[tuple[Block, Quotation]] = []
    left_open = ""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        marks = _marks(article, block)
        if not marks:
            left_open = ""
            continue
        head = article.text[following.span.start : following.span.start + 2] if following else ""
        found = list(_Paragraph(article, block, marks, left_open, head).read())
        for n, q in enumerate(found):
            goes_on = n == 0 and left_open != "" and q.span.start == block.span.start and _matches(left_open, q.mark)
            out.append((block, _quotation(article, q, goes_on)))
        last = found[-1] if found else None
        left_open = last.mark if last and not last.closed and last.span.end == block.span.end else ""
    return out


def _marks(article: Article, block: Block) -> list[re.Match[str]]:
    """The marks of a block outside code."""
    pattern = _COMMAS if ",," in article.text else _MARK
    marks = list(pattern.finditer(article.text, *block.span))
    return [m for m in marks if not article.in_code(Span(*m.span()))] if article.code else marks


def _matches(left_open: str, mark: str) -> bool:
    """Whether ``mark`` takes up a quotation that ``left_open`` began; French copy may repeat the closing mark."""
    return mark == left_open or {mark, left_open} in ({"«", "»"}, {"“", '"'})


def _quotation(article: Article, q: _Closed, goes_on: bool) -> Quotation:
    words = article.text[q.inner.start : q.inner.end] if q.inner.end - q.inner.start <= _PHRASE else ""
    short = len(words.split()) <= 3 and (words.isascii() or len(re.findall(_WIDE, words)) <= 6)
    scare = q.closed and not goes_on and bool(words) and short
    return Quotation(q.span, q.inner, q.closed, scare, continuation=goes_on)


def _speaker(article: Article, block: Block, q: Quotation) -> str:
    from copydesk.text.speakers import speaker  # most who ask want no speakers, whose patterns take long to compile

    return speaker(article.text, block.span, q.span) if q.inner.end - q.inner.start > 1 else ""


def _shared_speakers(found: list[Quotation]) -> tuple[Quotation, ...]:
    """The pieces of one speech with the speaker that any of them names."""
    out, piece = list(found), 0
    while piece < len(out):
        end = piece + 1
        while end < len(out) and out[end].continuation:
            end += 1
        names = [q.speaker for q in out[piece:end] if q.speaker]
        if names and end - piece > 1:
            out[piece:end] = [q._replace(speaker=q.speaker or names[-1]) for q in out[piece:end]]
        piece = end
    return tuple(out)


class _Paragraph:
    """One paragraph's marks, read from left to right; what is open ends with it.

    ``left_open`` is the mark of a quotation that the paragraph before left open; ``head`` is how the next begins.
    """

    def __init__(self, article: Article, block: Block, marks: list[re.Match[str]], left_open: str, head: str) -> None:
        self.text, self.at, self.left_open, self.head = article.text, block.span, left_open, head
        self.marks = marks
        self.open: list[_Open] = []
        self.done: list[_Closed] = []

    def read(self) -> Iterator[_Closed]:
        """The outermost quotations in order."""
        singles = self._singles()
        for n, m in enumerate(self.marks):
            mark = _SAME.get(m.group(), m.group())
            if mark in _SINGLE:
                self._single(m, mark, singles[n])
            else:
                self._double(m, mark)
        self._finish()
        return iter(self.done)

    def _before(self, m: re.Match[str]) -> str:
        return self.text[m.start() - 1] if m.start() > self.at.start else " "

    def _after(self, m: re.Match[str]) -> str:
        return self.text[m.end()] if m.end() < self.at.end else " "

    def _opens(self, m: re.Match[str]) -> bool:
        before, after = self._before(m), self._after(m)
        return (before.isspace() or before in _BEFORE) and (after.isalnum() or after in "“‘\"'«„([$£€¥…¿¡#@*—–-.`")

    def _closes(self, m: re.Match[str]) -> bool:
        return not self._before(m).isspace() and not self._after(m).isalnum()

    def _singles(self) -> list[bool]:
        """For each mark, whether the next single mark looks like a closing one."""
        out, closing = [False] * len(self.marks), False
        for n in range(len(self.marks) - 1, -1, -1):
            out[n] = closing
            m = self.marks[n]
            if m.group() in _SINGLE:
                closing = self._closes(m) and not self._opens(m)
        return out

    def _single(self, m: re.Match[str], mark: str, closes_later: bool) -> None:
        top = self.open[-1] if self.open else None
        if top and mark in _CLOSERS[top.mark] and top.mark in _SINGLE and self._closes(m):
            near = m.start() - top.start <= _PHRASE
            if not _POSSESSIVE.match(self.text, m.start() - 1) or (near and not closes_later):
                self._close(len(self.open) - 1, m)
        elif mark != "’" and self._opens(m) and not _ELISION.match(self.text, m.start()):
            if top and top.mark in _SINGLE and top.mark == mark:
                self._drop()
            self._push(m, mark)

    def _double(self, m: re.Match[str], mark: str) -> None:
        if (
            mark == '"'
            and self._before(m).isdigit()
            and _FEET.search(self.text, max(self.at.start, m.start() - 8), m.start())
        ):
            return
        index = self._index(mark)
        only_opens = self._opens(m) and not self._closes(m)
        if index is not None and not (only_opens and mark in '"“»«'):
            self._close(index, m)
        elif self._may_open(m, mark):
            self._restart(m, mark)
            self._push(m, mark)
        elif not self.open and not self.done and self.left_open and mark in _CLOSERS[self.left_open]:
            inner = Span(self.at.start, m.start())
            self.done.append(_Closed(self.left_open, Span(self.at.start, m.end()), inner))

    def _index(self, mark: str) -> int | None:
        """Place in the stack of the innermost open quotation that ``mark`` can close."""
        for index in range(len(self.open) - 1, -1, -1):
            if mark in _CLOSERS[self.open[index].mark] and self.open[index].mark not in _SINGLE:
                return index
        return None

    def _may_open(self, m: re.Match[str], mark: str) -> bool:
        if mark in "“„‟「『":
            return mark != "“" or not self._after(m).isspace() or self._before(m).isspace()
        if mark in "«‹":
            return True
        if mark == '"':
            return self._opens(m)
        return mark in "”»›" and self._opens(m) and self._after(m).isalnum()

    def _restart(self, m: re.Match[str], mark: str) -> None:
        """A straight mark that opens while one is open: the first was never closed."""
        index = self._index(mark) if mark == '"' else None
        if index is not None:
            self._unclosed(index, m.start())

    def _push(self, m: re.Match[str], mark: str) -> None:
        if len(self.open) < _DEEPEST:
            self.open.append(_Open(mark, m.start(), m.end()))

    def _level(self, index: int) -> list[_Closed]:
        """Where a quotation at ``index`` of the stack is noted once it ends."""
        return self.open[index - 1].kids if index else self.done

    def _close(self, index: int, m: re.Match[str]) -> None:
        item = self.open[index]
        del self.open[index:]
        self._level(index).append(_Closed(item.mark, Span(item.start, m.end()), Span(item.inner, m.start())))

    def _drop(self) -> None:
        """Take the innermost single mark for an apostrophe; what stood inside it stands by itself."""
        item = self.open.pop()
        self._level(len(self.open)).extend(item.kids)

    def _unclosed(self, index: int, end: int) -> None:
        """End the quotation at ``index`` without its mark; where one like it opened inside, it ends before that."""
        item = self.open[index]
        kids = [kid for above in self.open[index:] for kid in above.kids if kid.mark == item.mark]
        del self.open[index:]
        stop = min([end, *(kid.span.start for kid in kids)])
        last = item.inner + len(self.text[item.inner : stop].rstrip())
        self._level(index).append(_Closed(item.mark, Span(item.start, last), Span(item.inner, last), closed=False))
        self._level(index).extend(kids)

    def _finish(self) -> None:
        while self.open:
            first = self.open[0]
            if first.mark not in _SINGLE or self.head.startswith(first.mark):
                self._unclosed(0, self.at.end)
                break
            self.done.extend(first.kids)
            del self.open[0]
