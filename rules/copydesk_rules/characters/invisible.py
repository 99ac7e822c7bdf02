"""Characters that show nothing and break searches, counts and line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled

from .context import marks, script, spread
from .damage import misread
from .singlebyte import mixed_up

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_C1 = "\x80-\x84\x86-\x9f"
_WIDTH = "\u200b\u2060-\u2064\ufeff\u180e"
_JOIN = "\u200c\u200d"
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_SPACE = "\u1680\u115f\u1160\u3164\uffa0\u2800"
_ALL = f"{_CONTROL}{_C1}{_WIDTH}{_JOIN}{_BIDI}{_SPACE}\xad\ufff9-\ufffb"
_FIND = compiled(f"[{_ALL}]")
_INVISIBLE = spread(_ALL)
_RTL = compiled("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_BREAKERS = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "CJK", "HIRAGANA", "KATAKANA", "JAVANESE", "BALINESE")
_PLAIN = ("", "LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HANGUL")
_ACCENTS = frozenset("\x00\x01\x02\x03\x08")
"""What is left of U+0300 (grave) to U+0303 (tilde) and U+0308 (diaeresis)."""
_CHUNKS = {"\x13": "–", "\x14": "—", "\x18": "‘", "\x19": "’", "\x1c": "“", "\x1d": "”"}
"""U+2013 and its like, with the high byte lost."""


class Options(Frozen):
    """Which characters are reported."""

    zero_width: bool = True
    soft_hyphens: bool = True
    bidi: bool = True
    """Direction marks in text without right-to-left letters."""
    controls: bool = True
    spaces: bool = True
    """Blank letters (Hangul filler, Braille blank, Ogham space)."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every invisible character that its script does not need."""
    found = sorted(marks(article) & _INVISIBLE)
    if not found:
        return
    owned = {i for d in (*misread(article), *mixed_up(article)) for i in range(d.start, d.end)}
    some = "[" + "".join(map(re.escape, found)) + "]"
    pattern = compiled(f"{some}{some}*")
    rtl = _RTL.search(article.text) is not None
    for m in pattern.finditer(article.text):
        span = Span(*m.span())
        if m.start() not in owned and _wanted(article.text, span, rtl, options):
            yield _hit(article, span)


def _wanted(text: str, span: Span, rtl: bool, options: Options) -> bool:
    char = text[span.start]
    beside = _script(text, span.start - 1, -1), _script(text, span.end, 1)
    if char == "\xad":
        return options.soft_hyphens
    if char in _JOIN:
        return options.zero_width and all(s in _PLAIN for s in beside) and not _emoji(text, span)
    if char == "\u2060":
        return (
            options.zero_width
            and text[span.start - 1 : span.start].isalpha()
            and text[span.end : span.end + 1].isalpha()
        )
    if char == "\u200b":
        return options.zero_width and not any(s in _BREAKERS for s in beside)
    if re.match(f"[{_BIDI}]", char):
        return options.bidi and not rtl
    if re.match(f"[{_SPACE}]", char):
        return options.spaces
    if unicodedata.category(char) == "Cc":
        return options.controls
    return options.zero_width


def _script(text: str, at: int, step: int) -> str:
    """Script of the letter at an offset, combining marks skipped."""
    while 0 <= at < len(text) and unicodedata.combining(text[at]):
        at += step
    if not 0 <= at < len(text):
        return ""
    char = text[at]
    return script(char) or (unicodedata.name(char, "").split(" ")[0] if unicodedata.category(char)[0] == "M" else "")


def _emoji(text: str, span: Span) -> bool:
    return any(c >= "\u2190" for c in text[max(0, span.start - 2) : span.end + 1] if not _FIND.match(c))


def _accent(article: Article, span: Span) -> str:
    """The accent of which a control is the low byte (``te\x01``), where quotation marks were lost so, too."""
    bad, letter = article[span], article.text[span.start - 1 : span.start]
    if bad not in _ACCENTS or not letter.isalpha() or marks(article).isdisjoint(_CHUNKS):
        return ""
    accent = chr(0x300 + ord(bad))
    return accent if len(unicodedata.normalize("NFC", letter + accent)) == 1 else ""


def _hit(article: Article, span: Span) -> Hit:
    bad = article[span]
    name = unicodedata.name(bad[0], f"control character {ord(bad[0]):#04x}").lower()
    right = _CHUNKS.get(bad, "") or _accent(article, span)
    blank = re.match(f"[{_SPACE}]", bad) is not None
    guessed = bool(right) or blank or "\x80" <= bad[0] <= "\x9f"
    right = " " if blank else right
    many = f"{len(bad)} invisible characters ({name} …)" if len(bad) > 1 else f"an invisible character ({name})"
    advice = "delete" if not right else f"write “{right}” for"
    return Hit(
        span,
        f"{many} in the text breaks search and line ends; {advice} {'it' if len(bad) == 1 else 'them'}",
        Fix(f"{advice.capitalize()} {name}", (Edit(span, right),), "unsafe" if guessed else "safe"),
        data={"damage": "invisible", "codecs": []},
    )


RULE = Rule(
    summary="invisible characters: zero-width, soft hyphens, direction marks, controls",
    check=check,
    options=Options,
    needs=r"[^\t\n\r\x20-\x7e“”‘’–—…]",
    in_quotations=True,
)
