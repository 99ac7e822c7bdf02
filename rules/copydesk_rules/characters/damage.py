"""Text that was decoded with the wrong codec: which pages explain it, which runs are taken, who reports them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

from copydesk import Article, Span

from . import codepages
from .chain import Damage, chained
from .compat import composed
from .context import listed, marks, protected, utf8
from .eastasian import misread_wide
from .runs import SYMBOLS, Run, runs
from .second import another, sure_of

_LATIN = ("windows-1252", "windows-1250", "iso-8859-2", "windows-1254", "windows-1257", "iso-8859-15")
_PRIOR = {"windows-1252": 1.2, "iso-8859-15": 0.9, "windows-1254": 1.05}
_BOX = frozenset(map(chr, range(0x2500, 0x25A0)))
_TELLTALES = {
    "windows-1251": frozenset("ЂЃѓ‡‰ЉЊЌЏ¤¦¬µѕЅ"),
    "windows-1253": frozenset("ƒ†‡‰΅Ά£¤¥¦§¬­―±²³µ¶½") | frozenset(map(chr, range(0x80, 0xA0))),
    "windows-1256": frozenset("€ƒ†‡ˆ‰¢£¤¥¦§¨¬¯±²³µ¶¼½¾") | frozenset(map(chr, range(0x80, 0xA0))),
    "macroman": frozenset("√¬≈∆Ä"),
    "cp437": _BOX | {"Ç"},
    "cp850": _BOX | {"Ç"},
    "cp866": _BOX,
    "koi8-r": _BOX,
}
"""Characters without which a page is not worth a search: what sound text in its script does not hold."""

_REMAINS = frozenset("¢¤¦§¨¬¯±¶¸¼½¾ƒˆ˜†‡‰‚")
"""Continuations that follow no letter in sound copy."""
_BEGINNINGS = {
    "windows-1251": (frozenset("Ђ"), frozenset("Г")),
    "windows-1253": (frozenset("β€"), frozenset("Γ")),
    "windows-1256": (frozenset("â€"),),
    "cp866": (frozenset("т"),),
}
"""Further sets of characters each of which makes the search worth while."""


def live(name: str, odd: frozenset[str], listed: bool) -> bool:
    """Whether a text with these characters may hold UTF-8 read through the page."""
    if listed or name in _LATIN:
        led = not odd.isdisjoint(codepages.leads(name)) and not odd.isdisjoint(codepages.follows(name))
        own = name == _LATIN[0] or not odd.isdisjoint(codepages.unlike(name, _LATIN[0]))
        if name in _LATIN or not (led and own):
            return led and own
    return any(signs <= odd for signs in _BEGINNINGS.get(name, ())) or not odd.isdisjoint(_TELLTALES[name])


@lru_cache(maxsize=512)
def alive(odd: frozenset[str], listed: bool) -> tuple[str, ...]:
    """The pages that are worth a search, the commonest first; articles of one language hold much the same letters."""
    return tuple(name for name in codepages.NAMES if live(name, odd, listed))


def _shown(names: tuple[str, ...], text: str, odd: frozenset[str]) -> bool:
    """Whether a whole sequence may stand in the text; not looked up where its first bytes are the text's own letters.

    The Latin pages are asked together, whichever are alive: a pattern for every mixture of pages would cost more.
    """
    data, there = utf8(text), {c.encode("utf-8", "surrogatepass")[:1] for c in odd}
    asked = dict.fromkeys(_LATIN if name in _LATIN else (name,) for name in names)
    patterns = itertools.chain.from_iterable(map(codepages.sequences, asked))
    return any(
        data.count(first) * 8 > len(data) or pattern.search(data) for first, pattern in patterns if first in there
    )


def misread(article: Article) -> tuple[Damage, ...]:
    """UTF-8 read through code pages, in order of place; worked out once an article."""
    return article.view(_misread)


def _misread(article: Article) -> tuple[Damage, ...]:
    odd = marks(article)
    pages = alive(odd, listed(article.text))
    shown = pages and _shown(pages, article.text, odd)
    places = [m.start() for m in codepages.beginnings(pages).finditer(article.text)] if shown else []
    taken = _chosen(article, sorted(_readings(article.text, pages, places), key=_explained))
    holes = {i for d in taken for i in range(d.start, d.end)}
    wide = (d for d in misread_wide(article, odd) if holes.isdisjoint(range(d.start, d.end)))
    known = chained(article.text, [*taken, *(d for d in wide if d.span not in protected(article))])
    known += [d for d in composed(article.text, odd, known) if d.span not in protected(article)]
    known.sort()
    judged = sure_of((*known, *another(article, known, odd)), article.text)
    return tuple(sorted(d._replace(sure=d.sure and not _beside_remains(article.text, d.span)) for d in judged))


def _beside_remains(text: str, at: Span) -> bool:
    """Whether a repair would stand beside what no page explains: then it restores no word (``ã†â€™ãƒ``)."""
    around = (text[max(0, at.start - 2) : at.start], text[at.end : at.end + 2])
    return any(len(two) == 2 and "Â" <= two[0] <= "ÿ" and two[1] in _REMAINS for two in around)


def _readings(text: str, pages: tuple[str, ...], places: list[int]) -> Iterator[tuple[str, list[Run]]]:
    """The pages that prove something, and their runs; no other is asked once the commonest explains every place."""
    for name in pages if places else ():
        got = list(runs(text, name, places))
        if any(r.sure for r in got):
            yield name, got
        covered = {i for r in got if r.sure for i in range(r.start, r.end)}
        if name == codepages.NAMES[0] and covered.issuperset(places):
            return


def _chosen(article: Article, found: list[tuple[str, list[Run]]]) -> list[Damage]:
    """The runs that are damage, the pages in order of merit: a place has one reading."""
    taken: list[Damage] = []
    holes: set[int] = set()
    for name, got in found:
        support = sum(r.weight for r in got if r.sure)
        for r in got:
            if not holes.isdisjoint(range(r.start, r.end)):
                continue
            before, after = article.text[r.start - 1 : r.start], article.text[r.end : r.end + 1]
            if not (r.sure or _supported(article[Span(r.start, r.end)], name, support, (before + after).strip())):
                continue
            if r.right == "Â" and after in (" ", "\n", ""):
                continue  # Â before a blank is itself left over: see torn.py
            holes.update(range(r.start, r.end))
            if Span(r.start, r.end) not in protected(article):
                taken.append(Damage(r.start, r.end, r.right, "misread", r.codecs))
    return taken


def _explained(found: tuple[str, list[Run]]) -> float:
    """Minus the characters that a page explains; the common pages get the benefit of the doubt."""
    name, got = found
    return -sum(r.end - r.start for r in got if r.sure) * _PRIOR.get(name, 1.0)


def _supported(bad: str, name: str, support: int, beside: str) -> bool:
    """Whether a run that proves nothing by itself may follow others of its page."""
    if bad[0] not in SYMBOLS and not bad[0].isalpha():
        return False
    if name in _LATIN:
        return support >= 3
    return support >= 8 and (not bad.isalpha() or (not beside.isalnum() and name == "windows-1251" and bad[0] in "РС"))
