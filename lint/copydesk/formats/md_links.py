"""Where the links of a Markdown file lead: reference labels, and which targets are another page."""

from __future__ import annotations

import re

from copydesk.compiled import compiled

_LABELS = compiled(r"^[ \t>]*\[((?:[^\[\]\\\r\n]|\\.){1,999})\]:", re.M)
_ANCHOR = compiled(r"\s*<?#")
_PAGE = r"(?!#|mailto:|tel:|javascript:)[^\s<>\"')]"
"""How a target begins that leads neither to a place in the same file nor to a mailbox or telephone."""
_TARGET = compiled(rf"\(\s*<?{_PAGE}", re.I)
_HREF = compiled(rf"<a\s(?:[^<>]*\s)?href\s*=\s*[\"']?\s*{_PAGE}", re.I)


def label(text: str) -> str:
    """A reference's label as references are compared."""
    return " ".join(text.casefold().split())


def labels(raw: str) -> frozenset[str]:
    """The labels of the references and notes that a text defines."""
    if "]:" not in raw:
        return frozenset()
    return frozenset(label(m[1]) for m in _LABELS.finditer(raw))


def anchors(raw: str) -> frozenset[str]:
    """The labels of the references that lead to a place in the text itself."""
    if "]:" not in raw or "#" not in raw:
        return frozenset()
    return frozenset(label(m[1]) for m in _LABELS.finditer(raw) if _ANCHOR.match(raw, m.end()))


def leads_away(content: str, start: int, end: int) -> bool:
    """Whether the parenthesis or HTML tag at ``[start, end)`` holds a target that is another page."""
    return (_TARGET if content[start] == "(" else _HREF).match(content, start, end) is not None


class Links(list[tuple[int, int]]):
    """Texts that lead to a page, in order; none lies within another."""

    def add(self, start: int, end: int) -> None:
        """Take in a link; addresses within its text are part of it."""
        self.forget(start)
        self.append((start, end))

    def forget(self, start: int) -> None:
        """Drop the links from ``start`` on."""
        while self and self[-1][0] >= start:
            self.pop()
