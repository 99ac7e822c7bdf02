"""Text of another alphabet read through the wrong single-byte page: Cyrillic, Greek, Arabic and Hebrew."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from copydesk import Article, Block
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

from . import codepages
from .chain import Damage
from .context import block_at, marks, script, utf8

_PAIRS = (
    ("windows-1252", "cp1251", "CYRILLIC"),
    ("windows-1252", "koi8-r", "CYRILLIC"),
    ("windows-1252", "cp1253", "GREEK"),
    ("windows-1252", "cp1256", "ARABIC"),
    ("windows-1252", "cp1255", "HEBREW"),
    ("windows-1251", "koi8-r", "CYRILLIC"),
    ("koi8-r", "cp1251", "CYRILLIC"),
)
_SHARE, _GAIN, _LETTERS = 0.5, 0.15, 8
_FEW = 3
"""Of a script's six commonest letters, those that a few words have."""
_PAIRED = 0.45
"""Least share of common pairs of letters: words have half and more, lists of accented letters and cries few."""
_ACCENTED = frozenset(map(chr, range(0xC0, 0x100)))
# A class in front, not a repeat: re then looks for it alone, five times faster.
_DENSE = compiled("[À-ÖØ-öø-ÿ][À-ÖØ-öø-ÿ][À-ÖØ-öø-ÿ]+")
_THREE = re.compile(b"\xc3.\xc3.\xc3", re.S)
"""The same in UTF-8, where they all begin with one byte: much faster yet."""
_CAPITALS = compiled("[А-ЯЁ][А-ЯЁ][А-ЯЁ]+")
_LATIN = compiled(".?[A-Za-z]")
_UNSPOKEN = compiled(r"([^\W\d_])\1\1|[ךםןףץς](?=[^\W\d_])")
"""What no word has: a letter three times, the form a letter takes at a word's end in its middle."""
_GAP = r"[\s.,;:!?\"'()«»“”„–—…\d%/-]"


class Common(NamedTuple):
    """The commonest letters of a script's languages, in order, and the commonest pairs of letters."""

    letters: str
    pairs: frozenset[str]


@cache
def common(kind: str) -> Common:
    """The row of ``alphabets.tsv`` for a script."""
    lines = Path(__file__).with_name("alphabets.tsv").read_text(encoding="utf-8").splitlines()
    letters, pairs = next(line for line in lines if line.startswith(kind + "\t")).split("\t")[1:]
    return Common(letters, frozenset(pairs.split()))


class Mixup(NamedTuple):
    """One page read as another. ``table`` maps what is shown to the letter it was."""

    wrong: str
    right: str
    script: str
    table: dict[int, str]
    stretch: re.Pattern[str]


def _vowel(char: str, kind: str) -> bool:
    """Whether the character is a vowel sign of the script."""
    return unicodedata.combining(char) > 0 and unicodedata.name(char, "").startswith(kind)


@cache
def _mixup(wrong: str, right: str, kind: str) -> Mixup:
    table: dict[int, str] = {}
    for char, byte in codepages.page(wrong).table.items():
        letter = bytes([byte]).decode(right, "replace")
        if script(letter) == kind or _vowel(letter, kind):
            table[char] = letter
    shown = "[" + re.escape("".join(map(chr, table))) + "]+"
    if wrong != "windows-1252":  # these pages show each other's words with the case inside out
        shown = "[а-яё]?[А-ЯЁ]+"
    word = rf"(?<![^\W\d_]){shown}(?![^\W\d_])"
    return Mixup(wrong, right, kind, table, compiled(f"{word}(?:{_GAP}+{word})*"))


def misread_alphabets(article: Article) -> Iterator[Damage]:
    """Stretches whose letters make words of another alphabet, paragraph by paragraph."""
    text, odd = article.text, marks(article)
    if len(odd & _ACCENTED) > 9 and _THREE.search(utf8(text)):
        pairs = [p for p in _PAIRS if p[0] == "windows-1252" and len(odd & _shown(p[1], p[2])) >= _FEW]
        yield from _in_blocks(article, _DENSE, 1, pairs)
    if "О" in text or "Н" in text:
        yield from _in_blocks(article, _CAPITALS, 3, [p for p in _PAIRS if p[0] != "windows-1252"])


@cache
def _shown(right: str, kind: str) -> frozenset[str]:
    """As what the commonest letters show when Windows-1252 reads them."""
    return frozenset(common(kind).letters[:6].encode(right).decode("cp1252", "replace"))


def _in_blocks(
    article: Article, words: re.Pattern[str], few: int, pairs: list[tuple[str, str, str]]
) -> Iterator[Damage]:
    """The best reading of each block that holds a few of such words."""
    text = article.text
    if not pairs:
        return
    whole = (
        m.start()
        for m in words.finditer(text)
        if not _LATIN.match(text[m.start() - 1 : m.start()] + text[m.end() : m.end() + 1])
    )
    counts = Counter(block_at(article, at) for at in whole)
    for block in sorted(b for b, count in counts.items() if count >= few and b >= 0):
        yield from _best(text, article.blocks[block], [_mixup(*p) for p in pairs])


def _best(text: str, block: Block, mixups: list[Mixup]) -> list[Damage]:
    """The stretches of the mix-up that reads best in a block."""
    best: tuple[float, list[Damage]] = (0.0, [])
    for mixup in mixups:
        found = _stretches(text, block, mixup)
        right = " ".join(d.right or "" for d in found)
        gained, share = len(plain(right)), _share(right, mixup.script)
        if gained * share > best[0] and _paired(right, mixup.script):
            best = (gained * share, [d._replace(sure=gained >= _LETTERS) for d in found])
    return best[1]


def _stretches(text: str, block: Block, mixup: Mixup) -> list[Damage]:
    out = []
    for m in mixup.stretch.finditer(text, block.span.start, block.span.end):
        right = m.group().translate(mixup.table)
        if _reads_better(m.group(), right, mixup):
            out.append(Damage(*m.span(), right, "single-byte", (mixup.wrong, _name(mixup.right))))
    return out


def _name(codec: str) -> str:
    return codec.replace("cp125", "windows-125")


def _reads_better(bad: str, right: str, mixup: Mixup) -> bool:
    kind = mixup.script
    letters = sum(c in mixup.table for c in map(ord, bad))
    words = [w for w in re.findall(r"[^\W\d_]+", right) if len(w) > 2]
    if letters < (5 if kind != "ARABIC" else 6) or not words or _UNSPOKEN.search(right):
        return False
    gain = _share(right, kind) - _share(bad, kind)
    if mixup.wrong != "windows-1252":
        return letters >= _LETTERS and gain >= _GAIN
    return _share(right, kind) >= _SHARE and _cased(right)


def _cased(text: str) -> bool:
    """Whether capitals stand only at the heads of words, or everywhere."""
    return text.isupper() or not re.search(r"[^\W\d_A-ZΑ-ΩА-Я][A-ZΑ-ΩА-Я]", text)


def _paired(text: str, kind: str) -> bool:
    """Whether enough pairs of letters are common ones."""
    found = [a + b for word in text.split() for a, b in itertools.pairwise(plain(word))]
    return sum(pair in common(kind).pairs for pair in found) >= _PAIRED * len(found)


def plain(text: str) -> str:
    """The letters of a text, small and without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalpha())


def _share(text: str, kind: str) -> float:
    """Share of the script's commonest letters among the letters of a text."""
    letters = plain(text)
    return sum(c in common(kind).letters for c in letters) / len(letters) if letters else 0.0
