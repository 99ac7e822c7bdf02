"""What a file says of its own encoding: the XML declaration, and the ``meta`` element of HTML."""

from __future__ import annotations

import codecs
import re

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

_HEAD = 4096
"""Code points in which an HTML page states its encoding (the standard asks for 1,024 bytes; many need more)."""
_XML = compiled(r"""<\?xml\s[^>]*?\bencoding\s*=\s*(["'])\s*([^"']*?)\s*\1""")
_META = compiled(r"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.I)
_COMMENT = compiled(r"<!--.*?(?:-->|\Z)", re.S)
_HTML = (".html", ".htm", ".xhtml")
_WIDE = (
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00\x00\x00?\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<\x00\x00\x00?", "utf-32-be"),
)
_NO_CHARSETS = ("utf-7", "punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")
"""Codecs of Python's that are no encodings of files, or none that a file can state in ASCII."""
_BROWSERS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gbk", "shift_jis": "cp932", "euc_kr": "cp949",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "utf-8"),
}  # fmt: skip
"""What browsers read in place of an encoding that a page states: https://encoding.spec.whatwg.org/#names-and-labels"""


class Declaration(NamedTuple):
    """The encoding a file states, as it is spelled there, and Python's codec for it; empty where there is none."""

    label: str
    codec: str


def declaration(path: str, text: str) -> Declaration | None:
    """What a file that begins with ``text`` (decoded, or its bytes as Latin-1) states; None for nothing.

    The XML declaration counts in every file, a ``meta`` element in those that are HTML by their name.
    """
    if m := _XML.match(text):
        return Declaration(m[2], _codec(m[2]))
    if path.lower().endswith(_HTML) and (m := _META.search(_COMMENT.sub("", text[:_HEAD]))):
        codec = _codec(m[1])
        return Declaration(m[1], _BROWSERS.get(codec, codec))
    return None


def wide(data: bytes) -> str:
    """The codec of XML in UTF-16 or UTF-32 without a mark, by its first characters (XML 1.0, appendix F)."""
    return next((codec for start, codec in _WIDE if data.startswith(start)), "")


def _codec(label: str) -> str:
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding and found.name not in _NO_CHARSETS else ""
