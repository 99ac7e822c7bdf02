"""Where markup and addresses may stand in the prose of a Markdown block; most blocks have none."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.compiled import compiled
from copydesk.text.everywhere import everywhere

TOKENS = "\\`<&{[]*_~"
"""What may be markup in prose."""
HTML_TOKENS = "<&{"
"""What may be markup where only HTML is."""
_SIGN = compiled(r":(?:(?<=(http):)|(?<=(https):)|(?<=(ftp):))//|www\.")
"""What an address is found by: colons are rarer than the letters it begins with."""
_REST = compiled(r"[^\s<>\[\]`]+")
_AFTER_ADDRESS = "?!.,:;*_~'\"”’)"


def is_plain(content: str) -> bool:
    """Whether nothing in a block's content is markup or an address."""
    return not everywhere(content, TOKENS) and next(addresses(content), None) is None


def addresses(content: str) -> Iterator[tuple[int, int]]:
    """The bare addresses in a text, which begin where a word may, without the marks that end a sentence."""
    if "://" not in content and "www." not in content:
        return
    at = 0
    while m := _SIGN.search(content, at):
        start = m.start() - len(m[m.lastindex] if m.lastindex else "")
        rest = _REST.match(content, m.end())
        inside = start > 0 and (content[start - 1].isalnum() or content[start - 1] == "_")
        at = m.end()
        if rest and not inside:
            at = rest.end()
            yield start, _trimmed(content, start, at)


def _trimmed(content: str, start: int, end: int) -> int:
    """Where an address ends that runs to the next blank; a parenthesis that it opens is part of it."""
    while end > start and content[end - 1] in _AFTER_ADDRESS:
        if content[end - 1] == ")" and content.count("(", start, end) >= content.count(")", start, end):
            break
        end -= 1
    return end
