"""HTML cut into tags and text, as a browser cuts it (WHATWG HTML, 13.2.5), and what its references stand for.

Text is what stands between two matches of ``TAG``. Every step is linear in the length of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

_ATTRIBUTES = r"""(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+))*+"""
_UNREAD = "script|style|xmp|iframe|noembed|noframes|noscript|textarea|title"


def tags(name: str) -> re.Pattern[str]:
    """The pattern of tags whose names match ``name``, of elements whose content is no copy, and of comments."""
    return compiled(
        rf"""<(?:
          !--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?)
        | (?P<unread>{_UNREAD})(?=[\s/>]){_ATTRIBUTES}>(?:[^<]++|<(?!/(?P=unread)[\s/>]))*+
        | (?P<close>/?)(?P<name>{name}){_ATTRIBUTES}>
        | [!?][^>]*+>? | /(?:>|[^A-Z>][^>]*+>?)
        | /?(?:{name}).*
        )""",
        re.S | re.I | re.X | re.A,
    )


TAG = tags(r"[A-Z][^\s/>]*+")
"""A tag (``name``, ``close`` where it ends an element), an element whose content is no copy, or a comment.

A tag that is never closed runs to the end, as it does in a browser.
"""
BLANKS = " \t\n\r\f"
"""White space of HTML; a no-break space is none."""
_REFERENCE = r"&(?:\#[0-9]+;?|\#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)"
UNIT = compiled(rf"[ \t\n\r\f]{{2,}}|[\t\n\r\f]|{_REFERENCE}")
"""What is not shown as it stands: white space but for a single space, and references."""
REFERENCE = compiled(_REFERENCE)
_ATTRIBUTE = compiled(r"""([^\s"'>/=]+)[ \t\n\r\f]*=[ \t\n\r\f]*(?:"([^"]*)"|'([^']*)')""")


def reference(token: str) -> tuple[str, int]:
    """What a character reference shows, and how many code points of ``token`` it takes; ("", 0) where it is none.

    Some names need no semicolon and may be followed by letters: ``&notit;`` is ``¬it;``.
    """
    if token[1] == "#":
        return unescape(token), len(token)
    if token[1:] in html5:
        return html5[token[1:]], len(token)
    for end in range(min(len(token), 7), 2, -1):
        if token[1:end] in html5:
            return html5[token[1:end]], end
    return "", 0


class Value(NamedTuple):
    """A quoted attribute: its name in lower case, and where its value stands between its quotes."""

    name: str
    start: int
    end: int


def attributes(raw: str, start: int, end: int) -> Iterator[Value]:
    """The quoted attributes of the tag that stands in ``[start, end)``."""
    for m in _ATTRIBUTE.finditer(raw, start, end):
        yield Value(m[1].lower(), *(m.span(2) if m[2] is not None else m.span(3)))
