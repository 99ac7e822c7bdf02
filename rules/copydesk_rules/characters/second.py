"""A second opinion: what ftfy (Robyn Speer, Apache-2.0) mends in a line, where a round trip proves it.

ftfy gives no places and sees a line as a whole, so it is asked line by line, only in texts that show signs of
damage, about the line as it is and with the known repairs made; its answer is aligned to places. Quotation
marks, widths, ligatures and controls are not asked about.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.text import everywhere

from . import codepages
from .chain import Damage
from .context import protected, script
from .runs import PRINTED, in_capitals, meant

_AFTER = frozenset(map(chr, range(0x80, 0xA0))) | frozenset("¤¥¦§¨¬¯±µ¶¸¼½¾ƒˆ˜†‡‰�")
"""What follows no letter with an accent in sound copy, only blanks and digits."""
_AFTER_CAPITAL = frozenset("™²³¹ªº®©°´")
_BEFORE = frozenset("√≈∆◊ƒÿŸ├─╨╤")
"""What stands before no other sign in sound copy."""
_RARE = _AFTER | _AFTER_CAPITAL | _BEFORE | {"Ã"}
_BLANKS = (" ", "\xa0")
_CONTINUED = frozenset(" \xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™")
_WORD = compiled("[A-Za-z0-9]+")
_PART = compiled("[^\x00-\x7f]+|[\x00-\x7f]+")
_WINDOW = compiled(r"[^\n]{1,600}(?=[ \n]|$)|[^\n]{1,600}")
_PAGES = ("windows-1252", *(name for name in codepages.NAMES if name != "windows-1252"))
_DEEPEST = 4
_MARKS = str.maketrans("", "", "“”‘’–—…")
"""Of these alone no codepage makes UTF-8: Windows has them where no sequence begins, Macintosh where none goes on."""
_STOP = compiled(r" (?=[ .,;:!?)])")
_SIGN = compiled(r"[^\x00-\x7f]{2}|[\x80-\x9fŒœ]|[ÂÃ] ")
"""One of these stands in all that ftfy calls bad."""
_GRAVE = frozenset("àâäçéèêëîïôöùûüœæãõáíóúìòªº")
"""Letters of French, Portuguese, Italian, Spanish and Catalan."""
_ODD = compiled("[\u0180-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dd-\u01f5\u0221-\u024f\u0370-\u0377\u03cf-\u03ff]")
"""Letters that no newspaper prints; ftfy reads them into words of other alphabets."""


def another(article: Article, known: Sequence[Damage], odd: frozenset[str]) -> Iterator[Damage]:
    """Damage beyond ``known`` (in order of place), from a text whose unusual characters are ``odd``."""
    if not known and not any(_suspect(article.text, c) for c in odd & _RARE):
        return
    left = deque(known)
    for m in _WINDOW.finditer(article.text):
        here = []
        while left and left[0].end <= m.end():
            here.append(left.popleft())
        if _outside(article.text, Span(*m.span()), here).translate(_MARKS).isascii() or not bad(m.group()):
            continue
        yield from (d for d in _in_line(article.text, Span(*m.span()), here) if d.span not in protected(article))


def bad(line: str) -> bool:
    """Whether ftfy sees a sign of damage in a line."""
    if not _SIGN.search(line):
        return False
    from ftfy.badness import is_bad  # half as long to import as all else that damaged copy needs

    return is_bad(line)


def _outside(text: str, line: Span, known: Sequence[Damage]) -> str:
    """What of a line the known damage leaves."""
    if not known:
        return text[line.start : line.end]
    starts = [line.start, *(d.end for d in known)]
    return "".join(text[a:b] for a, b in zip(starts, [*(d.start for d in known), line.end], strict=True))


def _suspect(text: str, char: str) -> bool:
    """Whether a rare character stands where sound copy has none."""
    for at in everywhere(text, char):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char == "Ã":
            found = (after in _CONTINUED and not before.isupper()) or (
                after in _BLANKS and text[at + 2 : at + 3].islower()
            )
        elif char in _BEFORE:
            found = after > "\x7f" and not after.isspace() and after != char
        else:
            found = before > "\x7f" and (before.isalpha() if char in _AFTER else "Â" <= before <= "Þ" or before == "â")
        if found:
            return True
    return False


def _in_line(text: str, line: Span, known: Sequence[Damage]) -> Iterator[Damage]:
    """What ftfy changes in one line once the known repairs are made."""
    from ftfy import fix_encoding

    taken = {i for d in known for i in range(d.start, d.end)}
    found: list[Damage] = []
    for copy, offsets in (_repaired(text, line, ()), _repaired(text, line, known)):
        for start, end, right in edits(copy, fix_encoding(copy)):
            at = Span(offsets[start], offsets[end])
            layers = proof(copy[start:end], right) if taken.isdisjoint(range(*at)) else ()
            if layers and _fits(text, at, right):
                taken.update(range(*at))
                found.append(_made(text, at, right, layers))
    proved = known or any(d.sure and not _meant(text, d.span) for d in found)
    return (d for d in found if proved or not _meant(text, d.span))


def _meant(text: str, at: Span) -> bool:
    return meant(text[at.start : at.end], text[at.start - 1 : at.start], text[at.end : at.end + 1])


def _fits(text: str, at: Span, right: str) -> bool:
    """Whether a repair may stand there: no capital or sign inside a word, no lost byte taken for a blank."""
    before, bad, after = text[at.start - 1 : at.start], text[at.start : at.end], text[at.end : at.end + 1]
    if before.islower() and (right[0].isupper() or (after.islower() and not right.islower())):
        return False
    if (before.isupper() and len(bad) == 1) or _of_another(right, before, bad[0], after):
        return False
    return " " not in text[at.start : at.end] or (right.isalpha() and right < "\u0250")


def _of_another(right: str, before: str, lead: str, after: str) -> bool:
    """Whether a letter is of another script than those beside it, as none is inside a word (``IL2RÎ³c``)."""
    kind, beside = script(right[0]), {script(before), script(after)} - {""}
    if not kind or len(right) > 1 or after.isalpha():
        return False
    return kind not in (beside or {"LATIN"}) | {script(lead)}


def _made(text: str, at: Span, right: str, layers: tuple[str, ...]) -> Damage:
    if right.islower() and in_capitals(text[max(0, at.start - 2) : at.start], text[at.end : at.end + 1]):
        right = right.upper()
    gone = text[at.start : at.end] in ("Ã", "Г")
    if gone and _STOP.match(text, at.end):  # the blank before a full stop is the lost half
        at = Span(at.start, at.end + 1)
    return Damage(at.start, at.end, right, "misread", layers, not gone)


def sure_of(found: Sequence[Damage], text: str) -> Iterator[Damage]:
    """À without its second half is sure where the other repairs are of a language that writes it, and no more."""
    others = {c for d in found if d.sure for c in (d.right or "").lower() if c.isalpha()}
    spoken = bool(others) and others <= _GRAVE
    for d in found:
        alone = not text[d.start - 1 : d.start].isalpha()
        yield d if d.sure else d._replace(sure=spoken and (alone or not others.isdisjoint("éèêàòùì")))


def _repaired(text: str, line: Span, known: Sequence[Damage]) -> tuple[str, list[int]]:
    """The line with its repairs, and the place in ``text`` of each of its characters and of its end."""
    copy, offsets, at = "", [], line.start
    for d in known:
        if d.start < at or d.right is None:
            continue
        copy += text[at : d.start] + d.right
        offsets += [*range(at, d.start), *[d.start] * len(d.right)]
        at = d.end
    return copy + text[at : line.end], [*offsets, *range(at, line.end + 1)]


def edits(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Places in ``before`` that ``after`` has otherwise. Decoding leaves ASCII words alone, so they are the pegs."""
    if before == after or _WORD.findall(before) != _WORD.findall(after):
        return
    ends = [m.end() for m in _WORD.finditer(before)]
    for at, one, other in zip([0, *ends], _WORD.split(before), _WORD.split(after), strict=True):
        if one == other:
            continue
        parts, others = _PART.findall(one), _PART.findall(other)
        if len(parts) != len(others) or any(
            a != b and (a.isascii() or b.isascii()) for a, b in zip(parts, others, strict=False)
        ):
            parts, others = [one], [other]
        starts = itertools.accumulate(map(len, parts), initial=at)
        yield from (_trimmed(s, a, b) for s, a, b in zip(starts, parts, others, strict=False) if a != b)


def _trimmed(at: int, one: str, other: str) -> tuple[int, int, str]:
    head = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other, at = one[head:], other[head:], at + head
    tail = next(
        (i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), min(len(one), len(other))
    )
    return at, at + len(one) - tail, other[: len(other) - tail]


def proof(bad: str, right: str) -> tuple[str, ...]:
    """The pages that lead from ``bad`` to ``right``, outermost first; none: no proof.

    A no-break space among the signs may have become a blank; after à it may have gone.
    """
    if not bad or not right.strip() or "�" in right or not PRINTED.fullmatch(right) or _ODD.search(right):
        return ()
    for name in _PAGES:
        layers: tuple[str, ...] = ()
        now = bad + "\xa0" if right == "à" and len(bad) == 1 else bad
        for _ in range(_DEEPEST):
            now, layers = _outer(now, name), (*layers, name)
            if not now or now.replace("\xa0", " ") == right.replace("\xa0", " "):
                break
        if now:
            return layers
    return ()


def _outer(text: str, name: str) -> str:
    """The text without its outermost layer of one page; empty where the page does not explain it."""
    for shown in dict.fromkeys((text, text.replace(" ", "\xa0"))):
        with suppress(UnicodeError):
            again = codepages.page(name).decode(shown)
            if again != text:
                return again
    return ""
