"""Markdown inside a block: which of its characters are markup, and what references and escapes stand for.

After CommonMark 0.31 (§6), with GFM's strikethrough and bare addresses, footnote marks, kramdown's attribute
lists, and the tags of Liquid and Hugo. Every step is linear in the length of the block.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from copydesk.compiled import compiled
from copydesk.formats.md_emphasis import Run, emphasis, run_at
from copydesk.formats.md_links import Links, label, leads_away
from copydesk.formats.md_tokens import HTML_TOKENS, TOKENS, addresses
from copydesk.text.everywhere import everywhere
from copydesk.typed import NamedTuple


class Mark(NamedTuple):
    """A range of a block's content that is not shown as it stands: shown as ``shown``, or not at all (empty)."""

    start: int
    end: int
    shown: str = ""


@dataclass(slots=True)
class Inline:
    """What the scanner found: marks in order, code and addresses, texts of images and of links."""

    marks: list[Mark] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)
    captions: list[tuple[int, int]] = field(default_factory=list)
    links: Links = field(default_factory=Links)


_REFERENCE = compiled(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = compiled(r"\\(?:[!-/:-@\[-`{-~]|(?=\n))")
_RUN = compiled(r"\*+|_+|~+|`+")
_TAG = compiled(
    r"</?([A-Za-z][A-Za-z0-9:-]*+)(?:[\s/](?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')*+)?>|<[?!][^>]{0,2000}>"
)
_AUTOLINK = compiled(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]{0,2000}|[\w.!#$%&'*+/=?^`{|}~\-]{1,64}@[\w.\-]{1,253})>")
_ATTRIBUTES = compiled(r"\{(?::[^{}\n]{0,500}|[#.][A-Za-z][^{}\n]{0,500})\}")
_TITLE = r"\"(?:[^\"\\]|\\.){0,1000}\"|'(?:[^'\\]|\\.){0,1000}'|\((?:[^()\\]|\\.){0,1000}\)"
_TARGET = compiled(
    r"\(\s{0,99}(?:<(?:[^<>\n\\]|\\.){0,2000}>|(?:[^\s()<\\]|\\.)(?:[^\s()\\]|\\.)*+(?:\((?:[^\s()\\]|\\.)*+\)(?:[^\s()\\]|\\.)*+)*+)?"
    r"(?:\s{1,99}(?:" + _TITLE + r"))?\s{0,99}\)",
    re.S,
)
_LABEL = compiled(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.S)
_NOTE = compiled(r"\[\^[^\]\s]{1,99}\]")


def _end(pattern: re.Pattern[str], content: str, start: int) -> int:
    """Where a pattern that matches at ``start`` ends; ``start`` where it does not match."""
    m = pattern.match(content, start)
    return m.end() if m else start


class _Opener(NamedTuple):
    start: int
    end: int
    runs: int
    """How many delimiter runs stood before it."""


def inline(content: str, labels: AbstractSet[str], anchors: AbstractSet[str], html: bool = False) -> Inline:
    """Scan a block's content.

    ``labels`` are the document's reference labels, ``anchors`` those of them that lead to a place in the document
    itself; ``html``: only HTML is markup in it.
    """
    tokens = everywhere(content, HTML_TOKENS if html else TOKENS)
    found = [] if html else list(addresses(content))
    if not found and not tokens:
        return Inline()
    scanner = _Scanner(content, tokens, labels, anchors)
    at = 0
    for start, end in found:
        at = scanner.scan(at, start)
        if at <= start:
            at = scanner.address(start, end)
    scanner.scan(at, len(content))
    scanner.hide_emphasis(0)
    scanner.out.marks.sort()
    return scanner.out


class _Scanner:
    def __init__(self, content: str, tokens: list[int], labels: AbstractSet[str], anchors: AbstractSet[str]) -> None:
        self.content = content
        self.tokens = tokens
        self.next = 0
        self.labels = labels
        self.anchors = anchors
        self.out = Inline()
        self.openers: list[_Opener] = []
        self.in_link = 0
        """Openers below this depth stand around a link and cannot be one."""
        self.runs: list[Run] = []
        self.missing: set[str] = set()
        self.ticks: dict[int, list[int]] | None = None
        self.code_from = -1
        self.link_from = -1

    def scan(self, at: int, to: int) -> int:
        """Read the tokens that start before ``to`` and give where the last one ends."""
        while self.next < len(self.tokens) and (start := self.tokens[self.next]) < to:
            self.next += 1
            if start >= at:
                at = self.take(self.content[start], start)
        return max(at, to)

    def take(self, c: str, start: int) -> int:
        """Read what starts with ``c`` and give where to go on."""
        if c in "*_~":
            end = _end(_RUN, self.content, start)
            self.runs.append(run_at(self.content, start, end))
            return end
        if c == "[":
            is_image = start > 0 and self.content[start - 1] == "!" and (start < 2 or not self._escaped(start - 1))
            return self.open(start - is_image, start + 1)
        if c == "]":
            return self.close(start)
        if c == "\\":
            end = _end(_ESCAPE, self.content, start)
            if end > start:
                self.out.marks.append(Mark(start, end, self.content[start + 1 : end]))
            return max(end, start + 1)
        if c == "`":
            return self.code_span(start, _end(_RUN, self.content, start))
        if c == "&":
            return self.reference(start, _end(_REFERENCE, self.content, start))
        return self.tag(start) if c == "<" else self.template(start)

    def _escaped(self, at: int) -> bool:
        """Whether the character at an offset is the second one of an escape that was just read."""
        marks = self.out.marks
        return bool(marks) and marks[-1].end == at + 1 and marks[-1].start == at - 1

    def hide(self, start: int, end: int) -> int:
        self.out.marks.append(Mark(start, end))
        return end

    def hide_to(self, closing: str, start: int) -> int:
        """Hide from ``start`` through the next ``closing``; nothing where there is none."""
        if closing not in self.missing:
            end = self.content.find(closing, start + 2)
            if end >= 0:
                return self.hide(start, end + len(closing))
            self.missing.add(closing)
        return start + 1

    def reference(self, start: int, end: int) -> int:
        if end == start:
            return start + 1
        from html import unescape

        token = self.content[start:end]
        shown = unescape(token)
        if shown != token and shown:
            self.out.marks.append(Mark(start, end, shown))
        return end

    def template(self, start: int) -> int:
        opening = self.content[start : start + 2]
        if opening in ("{{", "{%"):
            return self.hide_to("}}" if opening == "{{" else "%}", start)
        m = _ATTRIBUTES.match(self.content, start)
        return self.hide(start, m.end()) if m else start + 1

    def tag(self, start: int) -> int:
        if self.content.startswith("<!--", start):
            return self.hide_to("-->", start)
        if m := _AUTOLINK.match(self.content, start):
            self.out.code.append(m.span(1))
            if "://" in m[1]:
                self.out.links.add(*m.span(1))
            self.hide(start, start + 1)
            return self.hide(m.end() - 1, m.end())
        m = _TAG.match(self.content, start)
        if m is None:
            return start + 1
        name = (m[1] or "").lower()
        if name == "br" and not self.content.startswith("\n", m.end()):
            self.out.marks.append(Mark(start, m.end(), "\n"))
            return m.end()
        if name in ("script", "style") and self.content[start + 1] != "/":
            end = self.hide_to(f"</{m[1]}>", start)
            return end if end > m.end() else self.hide(start, m.end())
        if name == "a":
            self.anchor(start, m.end())
        if name in ("code", "pre", "kbd", "samp", "tt"):
            if self.content[start + 1] != "/":
                self.code_from = m.end() if self.code_from < 0 else self.code_from
            elif self.code_from >= 0:
                self.out.code.append((self.code_from, start))
                self.code_from = -1
        return self.hide(start, m.end())

    def anchor(self, start: int, end: int) -> None:
        """Note where the text of HTML's link begins, or that it ends."""
        if self.content[start + 1] != "/":
            self.link_from = end if leads_away(self.content, start, end) else -1
        elif self.link_from >= 0:
            self.out.links.add(self.link_from, start)
            self.link_from = -1

    def address(self, start: int, end: int) -> int:
        self.out.code.append((start, end))
        self.out.links.add(start, end)
        return end

    def code_span(self, start: int, end: int) -> int:
        if self.ticks is None:
            self.ticks = {}
            for m in re.finditer("`+", self.content):
                self.ticks.setdefault(len(m.group()), []).append(m.start())
        places = self.ticks.get(end - start, [])
        n = bisect.bisect_left(places, end)
        if n == len(places):
            return end
        close = places[n]
        inner = self.content[end:close]
        pad = int(inner[:1] in (" ", "\n") and inner[-1:] in (" ", "\n") and bool(inner.strip()))
        self.hide(start, end + pad)
        self.out.code.append((end + pad, close - pad))
        return self.hide(close - pad, close + end - start)

    def open(self, start: int, end: int) -> int:
        m = _NOTE.match(self.content, end - 1)
        if m and label(m.group()[1:-1]) in self.labels:
            return self.hide(end - 1, m.end())
        self.openers.append(_Opener(start, end, len(self.runs)))
        return end

    def close(self, start: int) -> int:
        if not self.openers:
            return start + 1
        opener = self.openers.pop()
        is_image = opener.end - opener.start == 2
        active = is_image or len(self.openers) >= self.in_link
        self.in_link = min(self.in_link, len(self.openers))
        end = self.link_end(opener.end, start) if active else -1
        if end < 0:
            return start + 1
        self.hide(opener.start, opener.end)
        self.hide(start, end)
        self.hide_emphasis(opener.runs)
        if is_image:
            self.out.links.forget(opener.end)
            self.out.captions.append((opener.end, start))
        else:
            self.in_link = len(self.openers)
            if self.leads(opener.end, start, end):
                self.out.links.add(opener.end, start)
        return end

    def leads(self, text: int, close: int, end: int) -> bool:
        """Whether the link ``[text, close)`` that ends at ``end`` leads to another page."""
        if self.content.startswith("(", close + 1) and end > close + 1:
            return leads_away(self.content, close + 1, end)
        named = self.content[close + 2 : end - 1] if end > close + 3 else self.content[text:close]
        return label(named) not in self.anchors and not named.startswith("^")

    def link_end(self, text: int, close: int) -> int:
        """Where the link whose text is ``[text, close)`` ends; -1 where it is none."""
        after = self.content[close + 1 : close + 2]
        if after == "(" and (m := _TARGET.match(self.content, close + 1)):
            return m.end()
        if not self.labels:
            return -1
        if after == "[" and (m := _LABEL.match(self.content, close + 1)) and m[1].strip():
            return m.end() if label(m[1]) in self.labels else -1
        if close - text > 999 or label(self.content[text:close]) not in self.labels:
            return -1
        return close + 3 if self.content.startswith("[]", close + 1) else close + 1

    def hide_emphasis(self, first: int) -> None:
        if len(self.runs) > first:
            self.out.marks += [Mark(start, end) for start, end in emphasis(self.runs[first:])]
            del self.runs[first:]
