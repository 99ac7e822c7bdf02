"""What a wrong codec leaves behind: a lone Â, a byte order mark shown as text, sequences that lost a byte."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.text import everywhere

from .chain import Damage
from .context import marks, protected, script
from .damage import misread

_STRAY = compiled("(?:Ã‚|Â)+")
_BOMS = {
    "ï»¿": "windows-1252",
    "п»ї": "windows-1251",
    "∩╗┐": "cp437",
    "´╗┐": "cp850",
    "Ôªø": "macroman",
    "я╗┐": "cp866",
    "锘": "gb18030",
    "ÿþ": "latin-1",
    "þÿ": "latin-1",
}
_LETTER_NAMED = compiled(r"(?:\b(?:liter[ae]|letra|lettre|letter|Buchstabe\w*|harfi?|sunetul|chữ)|[Ăăâ],?)\s*$", re.I)
_CURL = compiled("â€(?:[�?]|(?=[^\x80-¿ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|$))")
_UNDERLINED = compiled("(?<=[A-Za-z])Ã_(?=[^\\w_]|[a-z])")
_LOWER = compiled("ã([©¡³¨ª§¢«¤¼¶±²¹º»´®°¯¬¥£¦µ¸¿½¾\xad\xa0])")
_FOLLOW = "\x80-¿ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_HALF = compiled(f"[Ã-ßà-ï][{_FOLLOW}]?[�?]|[Ã-ß](?![{_FOLLOW}])|[à-ï][{_FOLLOW}](?![{_FOLLOW}])|[âã][{_FOLLOW}]?")
_BLANKS = compiled(r" +(?=\n|\Z)")
_AFTER = compiled(r"[\s.,;:!?)\]\"”’»…]|$")


def strays(article: Article) -> tuple[Damage, ...]:
    """Left-over characters, in order of place; worked out once an article."""
    return article.view(_strays)


def _strays(article: Article) -> tuple[Damage, ...]:
    odd = marks(article)
    taken = {i for d in misread(article) for i in range(d.start, d.end)}
    found: list[Damage] = []
    if "Â" in odd or "Ã" in odd:
        found += _circumflexes(article)
    if not odd.isdisjoint("¿ї┐øþ锘"):
        found += _marks_as_text(article.text, odd)
    if "€" in odd:
        found += (Damage(*m.span(), "”", "torn", ("windows-1252",), False) for m in _CURL.finditer(article.text))
    found = [d for d in found if taken.isdisjoint(range(d.start, d.end)) or d.kind == "bom"]
    if "Ã" in odd:
        found += (
            Damage(*m.span(), "’", "torn", ("windows-1252", "macroman"), False)
            for m in _UNDERLINED.finditer(article.text)
        )
    if "ã" in odd:
        found += _lower_cased(article.text)
    if len(misread(article)) >= 2:
        taken |= {i for d in found for i in range(d.start, d.end)}
        found += _halves(article, taken)
    return tuple(sorted(d for d in found if d.span not in protected(article)))


def _marks_as_text(text: str, odd: frozenset[str]) -> Iterator[Damage]:
    """Byte order marks: of UTF-8 anywhere, of UTF-16 at the head of a line."""
    for mark, codec in _BOMS.items():
        for m in re.finditer(mark, text) if odd.issuperset(mark) else ():
            if len(mark) != 2 or text[m.start() - 1 : m.start()] in ("", "\n"):
                yield Damage(*m.span(), "", "bom", (codec,))


def _circumflexes(article: Article) -> Iterator[Damage]:
    text = article.text
    for head in everywhere(text, ("Â", "Ã‚")):
        m = _STRAY.match(text, head)
        if m is None or text[m.start() - 1 : m.start()] in ("Â", "‚") or _part_of_word(text, *m.span()):
            continue
        got = _gap(text, *m.span())
        if got is not None:
            yield Damage(m.start(), got[0], got[1], "stray", ("windows-1252",) * (1 + ("Ã" in m.group())), got[2])


def _part_of_word(text: str, start: int, end: int) -> bool:
    """Whether the letter belongs to a word of capitals, or begins a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isupper() or (script(after) == "LATIN" and (not before or before.isspace() or before in "\"'“‘«(’-–—/[")):
        return True
    return after.isupper() and text[end + 1 : end + 2].isupper()


def _gap(text: str, start: int, end: int) -> tuple[int, str, bool] | None:
    """End of the place, its replacement and whether it is sure; None where the letter may be meant."""
    before, after = text[start - 1 : start], text[end : end + 1]
    open_before = not before or before in " \n\t\xa0"
    if after.isalnum():
        return (
            (end, "", True)
            if open_before and script(after) not in ("", "LATIN")
            else None
            if open_before
            else (end, " ", True)
        )
    if not _AFTER.match(text, end):
        return None if open_before else (end, "", before.islower() or before.isdigit())
    if not open_before:
        blanks = _BLANKS.match(text, end)
        return (blanks.end() if blanks else end), "", True
    if after == " " and text[start] == "Ã":
        return end, "", True
    if after == " ":
        if _LETTER_NAMED.search(text, max(0, start - 12), start) or text.startswith((" din a", " din i"), end):
            return None
        return end + 1, "", True
    return (end, "", True) if not after or after in "\n\xa0" else None


def _lower_cased(text: str) -> list[Damage]:
    """UTF-8 read as Windows-1252 in a text that was put in lower case afterwards: ``ã©`` for é."""
    found = list(_LOWER.finditer(text))
    inside = [m for m in found if text[m.start() - 1 : m.start()].isalpha() and text[m.end() : m.end() + 1].isalpha()]
    if not inside:
        return []
    sure = len(found) > 1 or len(inside) > 0
    right = [bytes([0xC3, ord(m.group(1))]).decode("utf-8") for m in found]
    return [Damage(*m.span(), r, "torn", ("windows-1252",), sure) for m, r in zip(found, right, strict=True)]


def _halves(article: Article, taken: set[int]) -> Iterator[Damage]:
    """Sequences that lost a byte, in a text where whole ones prove the page."""
    text = article.text
    for m in _HALF.finditer(text):
        if not taken.isdisjoint(range(*m.span())):
            continue
        if _torn(text, Span(*m.span())):
            yield Damage(*m.span(), None, "torn", ("windows-1252",), False)


def _torn(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    bad = text[span.start : span.end]
    if "�" in bad:
        return True
    if bad[0].isupper():
        return before.islower() or (bad == "Ã" and after in " \n" and not before.isupper())
    return len(bad) > 1 and bad[-1] not in "«»“”‘’–—… \xa0?" and not bad[-1].isalpha()
