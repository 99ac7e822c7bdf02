"""The quotation marks of one paragraph: which of them open, which close, and which are apostrophes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.compiled import compiled
from copydesk.offsets import Span
from copydesk.typed import NamedTuple

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
_FEET = compiled(r"\d['’′]\s?\d{1,2}(?:\.\d+|[½¼¾])?\Z")
_ELISION = compiled(
    r"['’‘](?:n['’‘]?(?!\w)|(?:\d\ds?|tis|twas|twere|till?|em|cause|cuz|cos|bout|round|kay|ere|neath|gainst)(?![\w'’]))",
    re.I,
)
_POSSESSIVE = compiled(r"[sS]['’]\s+[^\W\d_A-Z]")
_DEEPEST = 4
PHRASE = 60
"""Code points that a quoted term or title has at most."""


class _Open:
    """A quotation whose closing mark has not come yet; ``kids`` are closed ones inside it."""

    __slots__ = ("inner", "kids", "mark", "start")

    def __init__(self, mark: str, start: int, inner: int) -> None:
        self.mark, self.start, self.inner = mark, start, inner
        self.kids: list[Closed] = []


class Closed(NamedTuple):
    """A quotation as read: ``mark`` opens it; ``span`` takes the marks in, ``inner`` does not."""

    mark: str
    span: Span
    inner: Span
    closed: bool = True


class Paragraph:
    """One paragraph's marks, read from left to right; what is open ends with it.

    ``left_open`` is the mark of a quotation that the paragraph before left open; ``head`` is how the next begins.
    """

    def __init__(self, text: str, at: Span, marks: list[re.Match[str]], left_open: str, head: str) -> None:
        self.text, self.at, self.left_open, self.head = text, at, left_open, head
        self.marks = marks
        self.open: list[_Open] = []
        self.done: list[Closed] = []

    def read(self) -> Iterator[Closed]:
        """The outermost quotations in order."""
        pairs = list(zip(self.marks[::2], self.marks[1::2], strict=False))
        if len(self.marks) == 2 * len(pairs) and all(self._is_pair(*pair) for pair in pairs):
            return (Closed(a.group(), Span(a.start(), b.end()), Span(a.end(), b.start())) for a, b in pairs)
        singles = self._singles()
        for n, m in enumerate(self.marks):
            mark = _SAME.get(m.group(), m.group())
            if mark in _SINGLE:
                self._single(m, mark, singles[n])
            else:
                self._double(m, mark)
        self._finish()
        return iter(self.done)

    def _is_pair(self, left: re.Match[str], right: re.Match[str]) -> bool:
        """Whether two marks, with nothing open before them, are sure to be a quotation, as most are."""
        both = left.group() + right.group()
        if both == "“”":
            return not self._after(left).isspace()
        return both == '""' and self._opens(left) and self._closes(right) and not self._before(right).isdigit()

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
            near = m.start() - top.start <= PHRASE
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
            self.done.append(Closed(self.left_open, Span(self.at.start, m.end()), inner))

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

    def _level(self, index: int) -> list[Closed]:
        """Where a quotation at ``index`` of the stack is noted once it ends."""
        return self.open[index - 1].kids if index else self.done

    def _close(self, index: int, m: re.Match[str]) -> None:
        item = self.open[index]
        del self.open[index:]
        self._level(index).append(Closed(item.mark, Span(item.start, m.end()), Span(item.inner, m.start())))

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
        self._level(index).append(Closed(item.mark, Span(item.start, last), Span(item.inner, last), closed=False))
        self._level(index).extend(kids)

    def _finish(self) -> None:
        while self.open:
            first = self.open[0]
            if first.mark not in _SINGLE or self.head.startswith(first.mark):
                self._unclosed(0, self.at.end)
                break
            self.done.extend(first.kids)
            del self.open[0]
