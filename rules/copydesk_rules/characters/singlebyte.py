"""One single-byte code page read as another: C1 controls that are Windows punctuation, and letters gone astray."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article

from .accents import misread_accents
from .alphabets import misread_alphabets
from .chain import Damage
from .context import marks, protected
from .damage import misread

_C1 = re.compile("[\x80-\x9f][\x80-\x9f]*")
_CONTROLS = frozenset(map(chr, range(0x80, 0xA0)))
_BETWEEN = frozenset("’‘“”–—…œšž")
"""Windows signs and letters that stand between small letters in sound text."""
_TORN = re.compile("\x80[\x90-\x9f]")
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
    for m in _C1.finditer(article.text):
        if not set(m.group()) & _UNDEFINED:
            torn = _TORN.fullmatch(m.group()) and not article.text[m.start() - 1 : m.start()].isdigit()
            right = (
                ("â" + m.group()).encode("latin-1").decode() if torn else m.group().encode("latin-1").decode("cp1252")
            )
            inside = article.text[m.start() - 1 : m.start()].islower() and article.text[m.end() : m.end() + 1].islower()
            sure = (not inside or set(right) <= _BETWEEN) and not _TORN.match(m.group())
            yield Damage(m.start(), m.end(), right, "single-byte", ("latin-1", "windows-1252"), sure)
