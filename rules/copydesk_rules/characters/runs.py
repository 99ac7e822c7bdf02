"""Runs of UTF-8 that were read through a code page: found by their shape, decoded strictly, judged by their context."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

from . import codepages
from .context import script

_DEEPEST = 6
_C1 = compiled("[\x80-\x9f]")
_WEAK = frozenset("«»“”‘’‚„…–—•‹›·°®™©ªº´¸ \xa0،؛؟‌‍")
"""Continuations that also stand after a word in sound text: signs, quotation marks, dashes."""
_BLANK = frozenset("«»“”‘’‚„…–—•‹›·\xa0")
"""Those of them that are quotation marks, dashes and blanks."""
_AFTER_WORD = frozenset("®™©°ªº¹²³´†‡§¶£€¥¢")
"""Those that stand after a word without a blank: marks, degrees, footnote signs, currencies."""
SYMBOLS = frozenset("×├┬─┼╞╟╨╤╥╙╘╪┘┌┴╬═√¬≈∆ƒ")
"""Leads that are no letters and stand in no word."""
_CERTAIN = ("â€", "вЂ", "β€", "ÔÇ", "ΓÇ", "тА", "ā€", "‚Ä")
"""How the three bytes of quotation marks and dashes begin."""
_WITH_SIGNS = ("windows-1252", "windows-1254", "iso-8859-15", "macroman", "cp437", "cp850")
_BOXED = compiled("[─-▟]")
_LATIN = compiled("[À-ɏḀ-ỿ]")
PRINTED = compiled(
    "[\u00a0-\u024f\u02b9-\u02dd\u0300-\u036f\u0370-\u045f\u0490-\u04e9\u0531-\u0587\u05d0-\u05f4\u060c-\u06f9\u0900-\u0d7f\u0e01-\u0e5b"
    "\u10d0-\u10ff\u1e00-\u1fff\u200b-\u2064\u2070-\u209f\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff\u2460-\u27bf\u2b00-\u2bff"
    "\u3000-\u30ff\u3105-\u312f\u3200-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uf8ff\ufb00-\ufb06\ufe0f\ufe30-\ufe4f\ufeff\uff01-\uffee\ufffd"
    "\U0001f000-\U0001faff\U000e0061-\U000e007f]+"
)
"""Blocks a newspaper prints; a decoder that yields anything else misread sound text."""


class Run(NamedTuple):
    """A stretch that one page explains. ``right`` is what it was; ``weight`` its characters."""

    start: int
    end: int
    right: str
    codecs: tuple[str, ...]
    sure: bool
    weight: int


@lru_cache(maxsize=32768)
def peel(text: str, name: str) -> tuple[str, tuple[str, ...]] | None:
    """A run decoded through as many layers as it has, and the pages of the layers, outermost first."""
    layers = [_said(text, name)]
    now = codepages.page(name).decode(text)
    for _ in range(_DEEPEST):
        inner, again = _inner(now, name)
        if again == now or not PRINTED.fullmatch(_C1.sub("", again) or " "):
            break
        layers.append(_said(now, inner))
        now = again
    now = _C1.sub(lambda m: m.group().encode("latin-1").decode("cp1252", "replace"), now)
    return (now, tuple(layers)) if PRINTED.fullmatch(now) else None


def _inner(text: str, name: str) -> tuple[str, str]:
    """The next layer: its page, and the text without it. Letters that may be meant are left."""
    for page in dict.fromkeys((name, "windows-1252")):
        parts: list[str] = []
        at = 0
        while at < len(text):
            run = "".join(codepages.units(page, text, at))
            bad = run or text[at]
            meant = not run or bad[0] in _WEAK or (bad.isalpha() and not _LATIN.match(bad))
            parts.append(bad if meant else codepages.page(page).decode(bad))
            at += len(bad)
        again = "".join(parts)
        if again != text:
            return page, again
    return name, text


def _said(text: str, name: str) -> str:
    return "latin-1" if name == "windows-1252" and _C1.search(text) else name


def runs(text: str, name: str, places: list[int]) -> Iterator[Run]:
    """Runs of one page that begin at one of ``places``, each with a judgement from its shape and neighbours."""
    done, leads = 0, codepages.leads(name)
    for at in places:
        units = codepages.units(name, text, at) if at >= done and text[at] in leads else ()
        if not units:
            continue
        run = "".join(units)
        done = at + len(run)
        parts = [(run, units)] if peel(run, name) else [(unit, (unit,)) for unit in units]
        for shown, of in parts:
            if peel(shown, name):
                right, layers, sure = _judged(
                    text[max(0, at - 2) : at], of, text[at + len(shown) : at + len(shown) + 1], name
                )
                yield Run(at, at + len(shown), right, layers, sure, len(of))
            at += len(shown)


@lru_cache(maxsize=32768)
def _judged(near: str, units: tuple[str, ...], after: str, name: str) -> tuple[str, tuple[str, ...], bool]:
    """What a run was, its layers, and whether it is proved between the two characters before it and the one after."""
    bad, before = "".join(units), near[-1:]
    right, layers = peel(bad, name) or ("", ())
    sure = len(layers) > 1 or _C1.search(bad) is not None or _coherent(units, right)
    if not sure and len(units) == 1:
        sure = _fits(before, bad, after, right, name)
    if "ß" in right and set(right) <= {"ß", "†"} and not (before.isalpha() or after.isalpha()):
        sure = True  # no word: see chain.py
    if right.islower() and script(right[0]) == "LATIN" and in_capitals(near, after):
        right = right.upper()
    return right, layers, sure


def in_capitals(near: str, after: str) -> bool:
    """Whether a word was set in capitals after the accident: by two characters before the place and one after."""
    if after.isalpha():
        return after.isascii() and after.isupper()
    return len(near) == 2 and near.isascii() and near.isalpha() and near.isupper()


def _coherent(units: tuple[str, ...], right: str) -> bool:
    """Whether a run of two or more characters reads as one script, and not as sound text by chance."""
    if len(units) < 2:
        return False
    scripts = {script(c) for c in right} - {""}
    loose = sum(not u[1:].isalpha() and not set(u[1:]) <= _WEAK for u in units)
    loose += sum(u[0] in SYMBOLS and not _BOXED.match(u[1:]) for u in units)
    if len(scripts) > 1 and not (scripts <= {"HIRAGANA", "KATAKANA", "CJK", "HANGUL", "FULLWIDTH"}):
        return "LATIN" in scripts and loose * 2 > len(units)
    return loose > 0 or (len(units) > 3 and not "".join(units).isalpha())


def _fits(before: str, bad: str, after: str, right: str, name: str) -> bool:
    """Whether the context of a single character proves that it was misread."""
    beside = {script(before), script(after)} - {""}
    if beside == {script(right[0])} and script(bad[0]) not in beside | {""}:
        return True
    if len(bad) == 4:
        return ord(right[0]) >= 0x1F000
    if len(bad) == 3:
        return _fits_three(bad, right, after)
    if not right.isalpha():
        return _fits_sign(bad, right, before, name) and (bad[0].isalpha() or before.isalpha() or after.isalpha())
    if bad[0].isalpha():
        return _fits_letter(bad, right, before, after, name)
    return _fits_symbol_lead(bad, right, before, after, name)


def _fits_three(bad: str, right: str, after: str) -> bool:
    code = ord(right[0])
    if 0x2010 <= code <= 0x203A or right in "\u200b\u200d\u200e\u20ac\ufeff\ufffd":
        return not bad.isalpha() or bad[:2] in _CERTAIN
    if 0x2000 <= code <= 0x2BFF or 0xFB00 <= code <= 0xFB06:
        return not set(bad[1:]) <= _WEAK and not bad.isalpha()
    if 0x1E00 <= code <= 0x1EFF:
        return (bad[2] not in _WEAK and not bad[2].isalpha()) or after.islower()
    return False


def _fits_sign(bad: str, right: str, before: str, name: str) -> bool:
    """A sign that only gained a letter in front: ``Â£``."""
    if name not in _WITH_SIGNS or bad.isalpha() or right > "\u00ff":
        return False
    if before.isupper() and bad[0].isalpha():
        return bad[1] not in _WEAK
    return not (bad[1] in "»”’" and (not before or before in "«“‘"))


def meant(bad: str, before: str, after: str) -> bool:
    """Whether a letter and a sign may stand there in sound copy: ``MARACANÃ®`` in capitals, ``5 Å²`` alone."""
    if len(bad) != 2 or not bad[0].isalpha() or bad[1] not in _AFTER_WORD or after.isalnum():
        return False
    return before.isupper() or (not before.isalpha() and bad[0] not in "ÂÃ")


def _fits_letter(bad: str, right: str, before: str, after: str, name: str) -> bool:
    lead, follow = bad[0], bad[1]
    latin = script(right) == "LATIN"
    if meant(bad, before, after) or not (latin or script(right) in map(script, (before, lead, after))):
        return False
    if name in ("windows-1256", "koi8-r") or latin != (script(lead) == "LATIN"):
        return latin and follow not in _BLANK and "LATIN" in (script(before), script(after))
    if before.islower():
        return lead.isupper() and right.islower() and (latin or follow not in _WEAK)
    if before.isupper() and after.islower() and lead.isupper() and right.islower() and follow not in "’‘”–—…\xa0":
        return latin
    if follow in _WEAK:
        return latin and _fits_weak(follow, right, before, after)
    if follow.isalpha() and before.isupper() and after.isupper():
        return follow.islower() and right.isupper() and latin
    if follow.isalpha():
        return after.islower() and lead.isupper() and not before.isalpha() and follow.isupper() and latin
    return right.isupper() or not before.isupper() or after.islower() or right <= "\u00ff"


def _fits_weak(follow: str, right: str, before: str, after: str) -> bool:
    """A letter whose second half also stands after words in sound text."""
    if follow == "\xa0":
        return not before.isalnum() and right == "à" and (after in " \n" or after.islower())
    if before.isupper() and after.isupper():
        return follow not in "’–—…" and right.isupper()
    if not before.isalpha() and after.islower():
        return right <= "\u00ff" or follow not in _BLANK
    return follow not in _BLANK and not before.isupper() and right.islower()


def _fits_symbol_lead(bad: str, right: str, before: str, after: str, name: str) -> bool:
    lead, follow = bad[0], bad[1]
    if lead not in SYMBOLS:
        return False
    if lead in "├×" and before.islower() and after.islower():
        return script(right) == "LATIN"
    if lead == "√":
        return before.islower() or (follow not in "\xa0πΩ∑∏∫∞≠≤≥±µ∂" and (before.isalpha() or after.isalpha()))
    if lead == "├":
        return not _BOXED.match(follow) and follow not in _WEAK - {"©", "®", "°", "ª", "º", "¸", "´"}
    if _BOXED.match(follow) and (name != "cp866" or script(right) != "CYRILLIC"):
        return False
    return script(right) in {script(c) for c in before + after}
