"""What stands around a damaged place: which characters a text holds, letters and their scripts, protected places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.text import urls

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n\r\t"
EAST_ASIAN = {
    "gb18030": frozenset("鈥锛銆鐨涓鍦绗閲鏄鏈浜馃鍜澶殑鎴锘锟"),
    "cp949": frozenset("댁쓽씠뜝꾩덈뒗쒕怨섏"),
    "cp932": frozenset("縺繧繝荳譁蜈蜿"),
}
"""Double-byte pages with the characters by which each shows the commonest signs of UTF-8 text."""


def _without_signs(low: str, high: str) -> str:
    """A range of letters without those signs, as a character class has it."""
    signs = sorted(c for c in frozenset().union(*EAST_ASIAN.values()) if low <= c <= high)
    ends = [low, *(chr(ord(c) + 1) for c in signs)], [*(chr(ord(c) - 1) for c in signs), high]
    return "".join(f"{a}-{b}" for a, b in zip(*ends, strict=True) if a <= b)


_BULKY = (
    r"[^\x09\x0a\x0d\x20-\x7eА-яёіїєґЁІЇЄα-ωΑ-Ωά-ώא-תء-يऀ-ॿঀ-৿஀-௿ఀ-౿ഀ-ൿ฀-๿ა-ჺ぀-゘゛-ヿ"
    + _without_signs("一", "鿿")
    + _without_signs("가", "힣")
    + "、。]"
)
"""Compiled when it is first searched: wide classes take milliseconds, and most copy is never asked."""
_ABOUT = compiled(
    r"mojibake|\bUTF-?(?:8|16)\b|\bLatin-?1\b|ISO[- ]8859|Windows-125\d|\bcp-?125\d|\bcharacter (?:set|encoding)"
    r"|\bcharset\b|\bASCII\b|\bUnicode\b|кракозябр|文字化け|乱码|亂碼|Zeichensatz",
    re.I,
)
_LINK = compiled(r"://|@|www\.|\w\.[a-z]{2}", re.I)
_LONGEST = 300
_SAMPLE = 6
_OPENING, _CLOSING = "\"'“‘«‹„`(«「『", "\"'”’»›“`)»」』"


def spread(ranges: str) -> frozenset[str]:
    """The characters of a class as ``re`` spells it inside brackets, without escapes: ``a-z¡-©``."""
    return frozenset(
        chr(c) for low, high in re.findall("(.)(?:-(.))?", ranges, re.S) for c in range(ord(low), ord(high or low) + 1)
    )


@lru_cache(maxsize=2)
def utf8(text: str) -> bytes:
    """The text encoded, for what bytes tell fastest."""
    return text.encode("utf-8", "surrogatepass")


def odd(text: str) -> frozenset[str]:
    """The characters of a text other than printable ASCII; in scripts of their own, without their plain letters."""
    return _looked_through(text)[0]


def listed(text: str) -> bool:
    """Whether ``odd`` lists every letter of the text: it is not in a script of its own."""
    return _looked_through(text)[1]


@lru_cache(maxsize=2)
def _looked_through(text: str) -> tuple[frozenset[str], bool]:
    data = utf8(text)
    high = data.translate(None, _PLAIN)
    if len(high) * 2 < len(data):
        return frozenset(high.decode("utf-8", "surrogatepass")), True
    return frozenset(re.findall(_BULKY, text)), False


def marks(article: Article) -> frozenset[str]:
    """``odd`` characters of the article, worked out once."""
    return article.view(_marks)


def _marks(article: Article) -> frozenset[str]:
    return odd(article.text)


@cache
def script(char: str) -> str:
    """Script of a letter as Unicode names it (``LATIN``, ``CYRILLIC``, ``CJK``); "" for other characters."""
    if len(char) != 1 or not char.isalpha():
        return ""
    return unicodedata.name(char, "").split(" ")[0].split("-")[0]


class Protected:
    """Places no repair may touch: URLs and addresses, and blocks that write about encodings."""

    def __init__(self, article: Article) -> None:
        self.article, self.text = article, article.text
        self.about: dict[int, bool] = {}

    def __contains__(self, span: Span) -> bool:
        return self.covers(span) or self.sample(span)

    def covers(self, span: Span) -> bool:
        """Whether the place lies in a URL, an address, or a block that writes about encodings."""
        block = block_at(self.article, span.start)
        if block not in self.about:
            at = self.article.blocks[block].span if block >= 0 else Span(0, 0)
            self.about[block] = _ABOUT.search(self.text, at.start, at.end) is not None
        return self.about[block] or self.linked(span)

    def linked(self, span: Span) -> bool:
        """Whether the place lies in a URL or an address; looked up only where its word has their signs."""
        text, low, high = self.text, max(0, span.start - _LONGEST), span.end + _LONGEST
        start = max(low, text.rfind(" ", low, span.start) + 1, text.rfind("\n", low, span.start) + 1)
        ends = (text.find(" ", span.end, high), text.find("\n", span.end, high))
        end = min((e for e in ends if e >= 0), default=high)
        word = text[start:end]
        if not ("." in word or "@" in word or ":" in word) or not _LINK.search(word):
            return False
        return any(u.touches(span) and self.text[u.start] not in "@#" for u in urls(self.article))

    def sample(self, span: Span) -> bool:
        """Whether the place is quoted by itself: ``“â€™”`` is a sample, not damage; a face ``Ã¢(Ã¢Å’Â£)`` is damage."""
        before, after = self.text[span.start - 1 : span.start], self.text[span.end : span.end + 1]
        if span.end - span.start > _SAMPLE or not (before and after) or before not in _OPENING or after not in _CLOSING:
            return False
        return (self.text[max(0, span.start - 2) : span.start - 1] + self.text[span.end + 1 : span.end + 2]).isascii()


def block_at(article: Article, offset: int) -> int:
    """Index of the block that holds an offset or ends before it; -1 before the first."""
    return bisect_right(article.view(_starts), offset) - 1


def _starts(article: Article) -> list[int]:
    return [b.span.start for b in article.blocks]


def protected(article: Article) -> Protected:
    """The article's protected places, worked out once."""
    return article.view(Protected)
