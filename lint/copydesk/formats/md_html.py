"""HTML blocks in Markdown: the text between block tags is copy, comments, scripts and styles are not."""

from __future__ import annotations

import re
from collections.abc import Callable

from copydesk.article import BlockKind
from copydesk.compiled import compiled
from copydesk.formats.md_page import Line, Page

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_START = compiled(
    rf"<(?:(?P<raw>script|pre|style|textarea)(?=[\s>]|$)|(?P<comment>!--)|(?P<other>[?]|![A-Za-z\[])"
    rf"|/?(?:{_NAMES})(?=[\s>]|/>|$))",
    re.I,
)
_ALONE = compiled(r"</?[A-Za-z][A-Za-z0-9-]*+(?:[\s/](?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')*+)?>[ \t]*$")
_CUT = compiled(rf"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1>|$)|</?({_NAMES})(?=[\s/>])[^<>]*>", re.I | re.S)
_KINDS: dict[str, BlockKind] = {"li": "item", "blockquote": "quotation", "td": "table", "th": "table"}


def is_html(text: str, interrupts: bool = False) -> bool:
    """Whether a line starts an HTML block; one with no tag but an inline one does not interrupt a paragraph."""
    return bool(_START.match(text) or (not interrupts and _ALONE.match(text)))


def html_block(page: Page, lines: list[Line], at: int, start: int, is_blank: Callable[[Line], bool]) -> int:
    """Read the HTML block at a line and give the number of the line after it."""
    m = _START.match(page.raw, start, lines[at].end)
    closing = ""
    if m and m["raw"]:
        closing = f"</{m['raw'].lower()}>"
    elif m and (m["comment"] or m["other"]):
        closing = "-->" if m["comment"] else ">"
    end = at
    while end < len(lines) and not (not closing and is_blank(lines[end])):
        end += 1
        last = lines[end - 1]
        if closing and closing in page.raw[max(last.start, start + 2) : last.end].lower():
            break
    taken = lines[at:end]
    if m and m["raw"] and m["raw"].lower() in ("pre", "textarea"):
        page.html(_trimmed(page, taken), "code")
        page.code += page.parts[-1:]
    elif not closing or (m and m["comment"]):
        _pieces(page, _trimmed(page, taken))
    return end


def _trimmed(page: Page, lines: list[Line]) -> list[Line]:
    out = []
    for line in lines:
        text = page.raw[line.start : line.end]
        out.append(line._replace(start=line.start + len(text) - len(text.lstrip())))
    return out


def _pieces(page: Page, lines: list[Line]) -> None:
    """Put in what stands between block tags, a block each."""
    kind: BlockKind = "paragraph"
    at = lines[0].start
    for m in _CUT.finditer(page.raw, at, lines[-1].end):
        _piece(page, lines, at, m.start(), kind)
        at = m.end()
        name = (m[2] or "").lower()
        if name:
            kind = _kind(name) if m.group()[1] != "/" else "paragraph"
    _piece(page, lines, at, lines[-1].end, kind)


def _kind(name: str) -> BlockKind:
    if name in ("figcaption", "caption"):
        return "caption"
    return "heading" if re.fullmatch("h[1-6]", name) else _KINDS.get(name, "paragraph")


def _piece(page: Page, lines: list[Line], start: int, end: int, kind: BlockKind) -> None:
    cut = [
        Line(x.begin if x.start >= start else max(x.start, start), max(x.start, start), min(x.end, end))
        for x in lines
        if x.end > start and x.start < end
    ]
    while cut and not page.raw[cut[0].start : cut[0].end].strip():
        del cut[0]
    while cut and not page.raw[cut[-1].start : cut[-1].end].strip():
        del cut[-1]
    if cut:
        page.html(cut, kind)
