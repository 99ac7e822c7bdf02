"""One single-byte code page read as another: C1 controls that are Windows punctuation, and letters gone astray."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article
from copydesk.compiled import compiled

from .accents import languages, misread_accents, tongues
from .alphabets import misread_alphabets
from .chain import Damage
from .context import marks, protected
from .damage import misread

_C1 = compiled("[\x80-\x9f][\x80-\x9f]*")
_CONTROLS = frozenset(map(chr, range(0x80, 0xA0)))
_BETWEEN = frozenset("’–—…œšž")
"""Windows signs and letters that stand between letters in sound text."""
_OTHERS = ("mac_roman", "cp850")
"""Pages that have letters there: ``tur\x92stico`` was *turístico*, ``k\x94nnen`` *können*."""
_PLACED = frozenset("\x93\x94\x96")
_CONTRACTED = compiled(
    r"\b(?:(?:ca|did|do|does|had|has|have|is|are|was|were|wo|could|should|would)n\x92t"
    r"|(?:I|you|he|she|it|we|they|that|there|what|who)\x92(?:d|ll|m|re|s|ve))\b",
    re.I,
)
_TORN = compiled("\x80[\x90-\x9f]")
"""The end of a dash or quotation mark whose first byte is gone; or, seldom, a euro and a mark."""
_UNDEFINED = frozenset("\x81\x8d\x8f\x90\x9d")


def mixed_up(article: Article) -> tuple[Damage, ...]:
    """Places where one page was read as another, in order; worked out once an article."""
    return article.view(_mixed_up)


def _mixed_up(article: Article) -> tuple[Damage, ...]:
    taken = {i for d in misread(article) for i in range(d.start, d.end)}
    found: list[Damage] = []
    for finder in (misread_alphabets, misread_accents, _controls):
        for d in finder(article):
            place = range(d.start, d.end)
            if taken.isdisjoint(place) and not protected(article).covers(d.span):
                found.append(d)
                taken.update(place)
    return tuple(sorted(found))


def _controls(article: Article) -> Iterator[Damage]:
    """C1 controls: Windows-1252 punctuation read as Latin-1."""
    if marks(article).isdisjoint(_CONTROLS):
        return
    text, found = article.text, [m for m in _C1.finditer(article.text) if not set(m.group()) & _UNDEFINED]
    proved = any(_placed(text, *m.span()) for m in found)
    spoken = [] if proved else tongues(text)
    told = {text.index("\x92", m.start()) for m in _CONTRACTED.finditer(text)}
    for m in found:
        right = _shown(text, m)
        between = text[m.start() - 1 : m.start()].isalpha() and text[m.end() : m.end() + 1].isalpha()
        sure = not between or m.start() in told or (set(right) <= _BETWEEN and (proved or _foreign(spoken, m.group())))
        sure = sure and not _TORN.match(m.group())
        yield Damage(m.start(), m.end(), right, "single-byte", ("latin-1", "windows-1252"), sure)


def _shown(text: str, m: re.Match[str]) -> str:
    """What controls are in Windows-1252; of a sequence that lost its first byte, what it was."""
    torn = _TORN.fullmatch(m.group()) and not text[m.start() - 1 : m.start()].isdigit()
    return ("â" + m.group()).encode("latin-1").decode() if torn else m.group().encode("latin-1").decode("cp1252")


def _placed(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark or a dash stands where no letter stands, so that it is no letter of another page."""
    return text[start] in _PLACED and not text[start - 1 : start].isalpha() and not text[end : end + 1].islower()


def _foreign(spoken: list[str], controls: str) -> bool:
    """Whether the languages it may be have none of the small letters that other pages have for the controls."""
    letters = {c for page in _OTHERS for c in controls.encode("latin-1").decode(page) if c.islower()}
    return bool(spoken) and all(letters.isdisjoint(languages()[name].letters) for name in spoken)
