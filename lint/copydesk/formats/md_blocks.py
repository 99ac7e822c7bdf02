"""The blocks of Markdown: headings, paragraphs, lists, quotations, tables, code, HTML, and what is not shown.

After CommonMark 0.31 (§4, §5), GFM's tables, footnotes, kramdown's attribute lines, Liquid's and Hugo's code,
Pandoc's fenced divisions.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from copydesk.article import BlockKind
from copydesk.compiled import compiled
from copydesk.formats.md_html import html_block, is_html
from copydesk.formats.md_page import Line, Page
from copydesk.offsets import Span

DEPTH = 24
"""Containers are read this deep; what stands deeper is shown as text."""
_DIGITS = frozenset("0123456789")
_STARTERS = _DIGITS | frozenset("`~#>-+*_<[{:")  # of lines that are no paragraph or table
_NO_PROSE = _STARTERS | frozenset(" \t")
_FENCE = compiled(r"(`{3,})[^`\r\n]*$|(~{3,})")
_HEADING = compiled(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_ID = compiled(r"\{[:#.][^{}]*\}$")
_BREAK = compiled(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = compiled(r"(=+|-+)[ \t]*$")
_ITEM = compiled(r"([-+*]|[0-9]{1,9}[.)])(?:([ \t]+)(\[[ xX]\][ \t]+)?|$)")
_DEFINITION = compiled(r"\[((?:[^\[\]\\]|\\.){1,999})\]:")
_TARGET = compiled(r"[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$")
_TITLE = compiled(r"(?:\"[^\"]*\"|'[^']*'|\([^()]*\))$")
_NOTE = compiled(r"\[\^[^\]\s]{1,99}\]:[ \t]*")
_ABBREVIATION = compiled(r"\*\[[^\]]*\]:")
_ATTRIBUTES = compiled(r"\{:.*\}[ \t]*$")
_DELIMITERS = compiled(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?$")
_TEMPLATE = compiled(r"\{%-?\s*(highlight|raw|comment|schema)\b|\{\{[<%]\s*(highlight)\b")
_BAR = compiled(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Reads the lines of one container into a page."""

    page: Page
    kind: BlockKind = "paragraph"
    level: int = 0
    depth: int = 0

    def read(self, lines: list[Line]) -> list[tuple[int, int]]:
        """Read all lines; gives for each stretch without blank lines its first line's number and first part's."""
        at, starts, fresh = 0, list[tuple[int, int]](), True
        while at < len(lines):
            if self.is_blank(lines[at]):
                at, fresh = at + 1, True
                continue
            if fresh:
                starts.append((at, len(self.page.parts)))
            at, fresh = self._take(lines, at), False
        return starts

    def is_blank(self, line: Line) -> bool:
        """Whether nothing but blanks stands in a line."""
        raw, start, end = self.page.raw, line.start, line.end
        return start >= end or (raw[start].isspace() and raw[start:end].isspace())

    def indent(self, line: Line) -> tuple[int, int]:
        """The column and the offset of a line's first code point that is no blank."""
        raw, at, column, end = self.page.raw, line.start, 0, line.end
        while at < end and raw[at] in " \t":
            column += 4 - column % 4 if raw[at] == "\t" else 1
            at += 1
        return column, at

    def _take(self, lines: list[Line], at: int) -> int:
        """Read the block that starts at a line, which is not blank, and give the number of the line after it."""
        raw, line = self.page.raw, lines[at]
        if raw[line.start] not in _NO_PROSE and (at + 1 == len(lines) or self.is_blank(lines[at + 1])):
            self.page.line(line, self.kind, self.level)
            return at + 1
        column, start = self.indent(line)
        if column >= 4:
            return self._indented(lines, at)
        c = raw[start]
        if c not in _STARTERS:
            return self._prose(lines, at)
        text = raw[start : line.end]
        if c in "`~" and (m := _FENCE.match(text)):
            return self._fenced(lines, at, m[1] or m[2])
        if c == "#" and (m := _HEADING.match(text)):
            return self._heading(lines, at, start + m.end(), len(m[1]))
        if (c in "*-_" and _BREAK.match(text)) or text.startswith(":::"):
            return at + 1
        if c == ">" and self.depth < DEPTH:
            return self._quotation(lines, at)
        if self.depth < DEPTH and (c in "-+*" or c in _DIGITS) and (m := _ITEM.match(text)):
            return self._item(lines, at, start, m, column)
        if c == "<" and is_html(text):
            return html_block(self.page, lines, at, start, self.is_blank)
        if c == "[" and (end := self._definition(lines, at, start, text)):
            return end
        if c == "{" and (_ATTRIBUTES.match(text) or _TEMPLATE.match(text)):
            return at + 1 if text[1] == ":" else self._template(lines, at, text)
        if c == "*" and _ABBREVIATION.match(text):
            return at + 1
        return self._prose(lines, at)

    def _prose(self, lines: list[Line], at: int) -> int:
        is_table = at + 1 < len(lines) and self._is_table(lines, at)
        return self._table(lines, at) if is_table else self._paragraph(lines, at)

    def _outer(self, lines: list[Line], first: int, last: int) -> Span:
        return Span(lines[first].begin, lines[last].end)

    def _indented(self, lines: list[Line], at: int) -> int:
        first, last = at, at
        while at < len(lines) and (self.is_blank(lines[at]) or self.indent(lines[at])[0] >= 4):
            last = last if self.is_blank(lines[at]) else at
            at += 1
        self.page.verbatim([self._dedent(x, 4) for x in lines[first : last + 1]], self._outer(lines, first, last))
        return last + 1

    def _dedent(self, line: Line, columns: int) -> Line:
        """A line without its first ``columns`` of blanks (a tab that reaches beyond goes whole)."""
        raw, at, column = self.page.raw, line.start, 0
        while at < line.end and column < columns and raw[at] in " \t":
            column += 4 - column % 4 if raw[at] == "\t" else 1
            at += 1
        return Line(line.begin, at, line.end)

    def _fenced(self, lines: list[Line], at: int, fence: str) -> int:
        first = at
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
        at += 1
        while at < len(lines) and not closing.match(self.page.raw[lines[at].start : lines[at].end]):
            at += 1
        if at > first + 1:
            self.page.verbatim(lines[first + 1 : at], self._outer(lines, first, min(at, len(lines) - 1)))
        return at + 1

    def _template(self, lines: list[Line], at: int, text: str) -> int:
        """Liquid's and Hugo's code, raw text and comments: not shown."""
        m = _TEMPLATE.match(text)
        name = (m[1] or m[2]) if m else ""
        closing = re.compile(rf"\{{(?:%-?\s*end{name}|\{{[<%]\s*/\s*{name})\b")
        if name not in self.page.unclosed:
            for n in range(at, len(lines)):
                if closing.search(self.page.raw, lines[n].start, lines[n].end):
                    return n + 1
            self.page.unclosed.add(name)
        return self._paragraph(lines, at)

    def _heading(self, lines: list[Line], at: int, start: int, level: int) -> int:
        line = lines[at]
        text = self.page.raw[start : line.end].rstrip(" \t")
        if text.endswith("}") and (m := _HEADING_ID.search(text, max(0, len(text) - 500))):
            text = text[: m.start()].rstrip(" \t")
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare.rstrip(" \t")
        if text:
            self.page.prose([Line(line.begin, start, start + len(text))], "heading", level, self._outer(lines, at, at))
        return at + 1

    def _quotation(self, lines: list[Line], at: int) -> int:
        inner: list[Line] = []
        while at < len(lines):
            line = lines[at]
            column, start = self.indent(line)
            if column < 4 and start < line.end and self.page.raw[start] == ">":
                start += 1
                start += int(self.page.raw[start : min(start + 1, line.end)] in (" ", "\t"))
                inner.append(Line(line.begin, start, line.end))
            elif self.is_blank(line) or not self._is_lazy(inner, line):
                break
            else:
                inner.append(line)
            at += 1
        Blocks(self.page, "quotation", self.level, self.depth + 1).read(inner)
        return at

    def _is_lazy(self, inner: list[Line], line: Line) -> bool:
        """Whether a line without the container's mark goes on with the paragraph before it."""
        return bool(inner) and not self.is_blank(inner[-1]) and not self._starts_block(line)

    def _item(self, lines: list[Line], at: int, start: int, m: re.Match[str], column: int) -> int:
        line = lines[at]
        blanks = len(m[2] or " ")
        width = column + len(m[1]) + (blanks if blanks <= 4 else 1)
        first = start + (m.end() if m[3] else len(m[1]) + (blanks if blanks <= 4 else 1))
        inner, at = [Line(line.begin, min(first, line.end), line.end)], at + 1
        last = at
        while at < len(lines):
            line = lines[at]
            if self.is_blank(line):
                inner.append(line)
            elif self.indent(line)[0] >= width:
                inner.append(self._dedent(line, width))
                last = at + 1
            elif self._is_lazy(inner, line) and not _ITEM.match(self.page.raw, self.indent(line)[1], line.end):
                inner.append(line)
                last = at + 1
            else:
                break
            at += 1
        kind: BlockKind = "quotation" if self.kind == "quotation" else "item"
        level = self.level + 1
        Blocks(self.page, kind, level, self.depth + 1).read(inner[: len(inner) - (at - last)])
        return last

    def _definition(self, lines: list[Line], at: int, start: int, text: str) -> int:
        """The line after a reference's or note's definition; 0 where there is none."""
        line = lines[at]
        if m := _NOTE.match(text):
            lines[at] = line._replace(start=start + m.end())
            return self._paragraph(lines, at)
        m = _DEFINITION.match(text)
        if m is None:
            return 0
        rest = text[m.end() :]
        if not rest.strip() and at + 1 < len(lines) and not self.is_blank(lines[at + 1]):
            at += 1
            rest = self.page.raw[lines[at].start : lines[at].end].lstrip()
        if not _TARGET.match(rest):
            return 0
        return at + 2 if at + 1 < len(lines) and self._is_title(lines[at + 1]) else at + 1

    def _is_title(self, line: Line) -> bool:
        """Whether a line after a definition is its title."""
        return bool(_TITLE.match(self.page.raw[line.start : line.end].strip()))

    def _is_table(self, lines: list[Line], at: int) -> bool:
        raw, head, rule = self.page.raw, lines[at], lines[at + 1]
        under = raw[rule.start : rule.end].strip()
        if "-" not in under or "|" not in under or not _DELIMITERS.match(under):
            return False
        return len(self._cells(head)) == len(self._cells(rule))

    def _cells(self, line: Line) -> list[Line]:
        raw = self.page.raw
        text = raw[line.start : line.end]
        start = line.start + len(text) - len(text.lstrip())
        end = line.start + len(text.rstrip())
        bars = [m.start() for m in _BAR.finditer(raw, start, end)]
        if bars and bars[0] == start:
            start = bars.pop(0) + 1
        if bars and bars[-1] == end - 1:
            end = bars.pop()
        edges = [start - 1, *bars, end]
        return [self._trimmed(a + 1, b) for a, b in itertools.pairwise(edges)]

    def _trimmed(self, start: int, end: int) -> Line:
        text = self.page.raw[start:end]
        lead = len(text) - len(text.lstrip()) if text.strip() else 0
        return Line(start, start + lead, start + max(lead, len(text.rstrip())))

    def _table(self, lines: list[Line], at: int) -> int:
        self.page.row(self._cells(lines[at]), None)
        at += 2
        while at < len(lines) and not self.is_blank(lines[at]) and not self._starts_block(lines[at]):
            self.page.row(self._cells(lines[at]), self._outer(lines, at, at))
            at += 1
        return at

    def _paragraph(self, lines: list[Line], at: int) -> int:
        first, raw = at, self.page.raw
        at += 1
        while at < len(lines) and not self.is_blank(lines[at]):
            column, start = self.indent(lines[at])
            if column < 4:
                if m := _SETEXT.match(raw[start : lines[at].end]):
                    outer = self._outer(lines, first, at)
                    self.page.prose(lines[first:at], "heading", 1 if m[1][0] == "=" else 2, outer)
                    return at + 1
                if self._starts_block(lines[at]) or (at + 1 < len(lines) and self._is_table(lines, at)):
                    break
            at += 1
        self.page.prose(lines[first:at], self.kind, self.level, self._outer(lines, first, at - 1))
        return at

    def _starts_block(self, line: Line) -> bool:
        """Whether a line cannot go on with a paragraph."""
        column, start = self.indent(line)
        c = self.page.raw[start : start + 1]
        if column >= 4 or start >= line.end or c not in _STARTERS:
            return False
        text = self.page.raw[start : line.end]
        if c == "<":
            return is_html(text, interrupts=True)
        if c == "[":
            return bool(_NOTE.match(text))
        if c == "{":
            return bool(_ATTRIBUTES.match(text))
        if c in "-+*" or c in _DIGITS:
            m = _ITEM.match(text)
            if m and m[2] and len(text) > m.end() - len(m[3] or "") and (c not in _DIGITS or m[1][:-1] == "1"):
                return True
        return bool(
            c == ">" or text.startswith(":::") or _FENCE.match(text) or _HEADING.match(text) or _BREAK.match(text)
        )
