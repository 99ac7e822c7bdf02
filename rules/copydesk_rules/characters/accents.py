"""Accented letters of one single-byte page read as another's, proved by signs inside words or by missing letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from copydesk import Article, Block
from copydesk.compiled import compiled
from copydesk.text import everywhere
from copydesk.typed import NamedTuple

from . import codepages
from .chain import Damage
from .context import block_at, marks, spread
from .damage import misread

_SAMPLE = 3000
_CENTRAL, _WESTERN = ("pl", "cs", "sk", "hu", "ro"), ("fr", "de", "es", "it", "pt", "sv", "da", "is", "en")
_PAIRS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("windows-1252", "cp1250", _CENTRAL),
    ("windows-1252", "iso8859-2", _CENTRAL),
    ("windows-1252", "cp1254", ("tr",)),
    ("windows-1252", "cp1257", ("lv", "lt")),
    ("windows-1252", "cp850", _WESTERN),
    ("windows-1252", "mac_roman", _WESTERN),
    ("macroman", "cp1252", _WESTERN),
)
_INSIDE = "¡-©¬-´¶-¹¼-¿‚„†‡ˆ‰‹›€™÷\u02d8-\u02dd∑∏π∫Ω√≈∆◊⁄‡‚Œﬁﬂ\x80-\x9f"
_SIGN = compiled(f"[{_INSIDE}](?=[a-zß-öø-ÿ])")
"""A sign inside a word: no page of sound text has it."""
_SPLITS = frozenset("’‘“”–—…-·&/«»")
"""Signs that also stand between the letters of two words."""
_LIGATURES = frozenset("ﬁﬂ")
"""What stands inside words where a printer's file was copied, too."""
_PROOFS = spread(_INSIDE) - _SPLITS - _LIGATURES


class Language(NamedTuple):
    """Frequent words of a language, and its accented letters, small and capital."""

    words: frozenset[str]
    letters: frozenset[str]


@cache
def languages() -> dict[str, Language]:
    """The languages of ``languages.tsv``."""
    out = {}
    for line in Path(__file__).with_name("languages.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, words, letters = line.split("\t")
            out[name] = Language(frozenset(words.split()), frozenset(letters + letters.upper()))
    return out


def tongue(text: str) -> str:
    """The language whose frequent words the text's head holds most of; "" where that is not clear."""
    return (*tongues(text), "")[0]


def tongues(text: str) -> list[str]:
    """The language whose frequent words the text's head holds most of, and those that it may be as well."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    counts = {name: sum(map(language.words.__contains__, words)) for name, language in languages().items()}
    most = max(counts.values())
    near = sorted((name for name in counts if counts[name] * 4 >= most * 3), key=counts.__getitem__, reverse=True)
    return near if most >= 3 and most * 12 > len(words) else []


@cache
def _table(wrong: str, right: str, name: str) -> dict[str, str]:
    """What shows as a character foreign to the language, and the letter of the language it was."""
    letters = languages()[name].letters
    out = {}
    for char, byte in codepages.page(wrong).table.items():
        was = bytes([byte]).decode(right, "replace")
        if was != chr(char) and was in letters and chr(char) not in letters:
            out[chr(char)] = was
    return out


def misread_accents(article: Article) -> Iterator[Damage]:
    """Letters that belong to another page, paragraph by paragraph."""
    odd, text = marks(article), article.text
    found = [at for at in everywhere(text, odd & _PROOFS) if _inside(text, at)]
    owned = {i for d in misread(article) for i in range(d.start, d.end)} if found else set()
    blocks = {block_at(article, at) for at in found if at not in owned}
    foreign = _foreign(odd)
    name = tongue(text) if blocks or foreign else ""
    if name in foreign:
        blocks.update(range(len(article.blocks)))
    for block in sorted(blocks) if name else ():
        if block >= 0:
            yield from _best(text, article.blocks[block], name)


def _inside(text: str, at: int) -> bool:
    """Whether a sign that proves damage stands between small letters."""
    return text[at] in _PROOFS and text[at - 1 : at].islower() and _SIGN.match(text, at) is not None


def _foreign(odd: frozenset[str]) -> set[str]:
    """Those of Turkish, Hungarian and Romanian whose letters these may be, shown by Windows-1252."""
    turkish = not odd.isdisjoint("ýþð") and not odd.isdisjoint("üöç") and odd.isdisjoint("ığşáéíæ")
    hungarian = not odd.isdisjoint("õû") and odd.isdisjoint("őűèàçêîôã")
    romanian = not odd.isdisjoint("ãþº") and not odd.isdisjoint("âî") and odd.isdisjoint("ășțşţõç")
    return {name for name, found in (("tr", turkish), ("hu", hungarian), ("ro", romanian)) if found}


def _best(text: str, block: Block, name: str) -> list[Damage]:
    best: list[Damage] = []
    rival: list[Damage] = []
    for wrong, right, spoken in _PAIRS:
        if name not in spoken:
            continue
        found = _letters(text, block, _table(wrong, right, name), (wrong, _said(right)))
        if len(found) >= len(best) and _proved(text, block, found, name):
            best, rival = (found, best) if len(found) > len(best) else (best, found)
    doubt = len(rival) == len(best) and [d.right for d in rival] != [d.right for d in best]
    return [d._replace(sure=not doubt) for d in best]


def _said(codec: str) -> str:
    return {"mac_roman": "macroman", "iso8859-2": "iso-8859-2"}.get(codec, codec.replace("cp125", "windows-125"))


def _letters(text: str, block: Block, table: dict[str, str], codecs: tuple[str, str]) -> list[Damage]:
    out = []
    for m in re.finditer("[" + re.escape("".join(table)) + "]+", text[block.span.start : block.span.end]):
        start, end = block.span.start + m.start(), block.span.start + m.end()
        right = "".join(table[c] for c in m.group())
        if _in_word(text, start, end, right):
            out.append(Damage(start, end, right, "single-byte", codecs))
    return out


def _in_word(text: str, start: int, end: int, right: str) -> bool:
    """Whether the letters stand in a word and in its case."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] in _SPLITS and not (before.islower() and after.islower()):
        return False
    if right.islower():
        return before.isalpha() or after.islower()
    return (not before.isalpha() and after.islower()) or (before.isupper() and (after.isupper() or not after.isalpha()))


def _proved(text: str, block: Block, found: list[Damage], name: str) -> bool:
    """Whether a sign stands inside a word, or the language's letters are missing and foreign ones stand in for them."""
    shown = text[block.span.start : block.span.end]
    if any(_inside(text, d.start) for d in found):
        return True
    wanted = {c for d in found for c in d.right or ""}
    words = {text[max(0, d.start - 3) : d.end + 3] for d in found}
    return name in ("tr", "hu", "ro") and len(words) > 1 and wanted.isdisjoint(shown)
