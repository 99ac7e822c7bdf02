"""Sentences of an article, told by the stop, the word before it and the word after it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from copydesk.article import Article
from copydesk.compiled import compiled
from copydesk.offsets import Span

# A pattern that begins with a set of characters is searched for much faster than one that begins with a choice.
_STOP = compiled(
    r"([.!?…‼⁇⁈⁉\u037e؟۔।॥։።။។;]++)(?<![^\u0370-\u03ff];)"
    r"((?:[\"”’'“‘)\]}›»]|[«‹](?=\s)|\[\d{1,3}\]|[ \u00a0\u202f][»›](?=[\s,;:)]|\Z))*+)\s+"
)
_WIDE_STOP = compiled(rf"{_STOP.pattern}|[。！？｡]+([」』”’）)]*)\s*")
_WIDE = "。！？｡"
_NEXT = compiled(r"[\"“”‘’'«»„‹›「『(\[{¿¡—–\-*•§\s]*+(\w[\w’']*)")
_NOT_AFTER = frozenset(",;:)]}%/&|.!?…=")
_PARTICLES = frozenset("とってはがのをもなに、,")
_DOTTED = compiled(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,4}")
_CLIPPED = compiled(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,4}")
_ROMAN = compiled(r"[IVXLC]+")
_YEAR = compiled(r"\d\s?(?:гг?|рр?)$")
_UNIT = compiled(r"\d\s?(?:lbs?|oz|ft|in|hrs?|mins?|secs?|yrs?|bn|mn|tn|[mk]\.p\.h|p\.c)$")
_LEFT = "\"“”‘’'«»„‹›([{¿¡—–-/…"
_ASKED = compiled(
    r"(?:[^\W\d_][\w.’'-]*\s+){1,4}?(?:said|says|asked|asks|added|wrote|cried|shouted|told|replied|wondered|tweeted)\b"
)
_LONGEST = 24


def sentences(article: Article) -> tuple[Span, ...]:
    """Spans of the article's sentences, in order; none crosses the end of a block."""
    return article.view(_sentences)


def _sentences(article: Article) -> tuple[Span, ...]:
    return tuple(
        Span(block.span.start + s.start, block.span.start + s.end)
        for block in article.blocks
        if block.kind != "code"
        for s in split(article[block.span])
    )


def split(text: str) -> list[Span]:
    """Spans of the sentences of one paragraph, without the blanks around them."""
    out, start = [], len(text) - len(text.lstrip())
    wide = not text.isascii() and any(map(text.__contains__, _WIDE))
    for m in (_WIDE_STOP if wide else _STOP).finditer(text):
        if m.end() < len(text) and (_plainly(text, m) or _breaks(text, m)):
            out.append(Span(start, m.end(2) if m[1] else m.end(3)))
            start = m.end()
    end = len(text.rstrip())
    if end > start:
        out.append(Span(start, end))
    return out


def _plainly(text: str, m: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence at first sight: it stands between a long plain word and a capital."""
    at = m.start()
    tail = text[max(0, at - 5) : at]
    return (
        text[m.end()].isupper()
        and len(tail) == 5
        and tail.islower()
        and (tail if tail[0] != " " else tail[1:]).isalpha()
        and tail[1:] not in _tails()
        and m[1] == "."
    )


def _breaks(text: str, m: re.Match[str]) -> bool:
    """Whether a sentence ends at this stop."""
    stop, close = m[1], m[m.lastindex or 0]
    if not stop:
        return not (close and text[m.end()] in _PARTICLES)
    following = _NEXT.match(text, m.end())
    if following is None:
        return text[m.end()] not in _NOT_AFTER
    word = following[1]
    if word[0].islower() and not word[1:3].isupper() and not word[1:2].isupper():
        return False
    if text[m.end()] in _NOT_AFTER:
        return False
    dotted = text[following.end(1) : following.end(1) + 1] == "."
    if stop == ".":
        return _ends(text, m.start(), word, dotted or text[m.end()] in "-–—")
    if stop == "!" and dotted and _kinds().get(word) == "either":  # Yahoo! Inc.
        return False
    if stop[-1] in ".…" and text[m.start() - 1 : m.start()].isspace():
        return word.partition("’")[0].partition("'")[0] != "I"
    return not (close and stop[-1] in "!?" and _ASKED.match(text, following.start(1)))


def _ends(text: str, at: int, after: str, held: bool) -> bool:
    """Whether the full stop at ``at`` ends a sentence.

    ``held``: a stop follows the word ``after``, too, or a dash is before it, as behind the place of a dateline.
    """
    word = _word_before(text, at)
    starts = after in _table()["starter"] and not held
    kind = _kinds().get(word)
    if kind == "before":
        return False
    if kind == "number" and (after[0].isdigit() or _ROMAN.fullmatch(after)):
        return False
    if kind == "number" and len(word) > 1:  # one letter may be an initial
        return True
    if word in ("a.m", "p.m", "am", "pm"):
        return after not in _table()["time"]
    if word.isdigit():
        return not _enumerates(text, at - len(word)) and not (len(word) <= 2 and after in _table()["month"])
    if _YEAR.search(text, max(0, at - 4), at) or (after.isalpha() and _UNIT.search(text, max(0, at - 8), at)):
        return True
    if kind == "either" or _DOTTED.fullmatch(word) or _CLIPPED.fullmatch(word):
        return starts
    if len(word) == 1 and (word.isupper() or word.islower()):
        return starts
    return True


def _enumerates(text: str, at: int) -> bool:
    """Whether the number at ``at`` and its stop are a list's marker: "Two steps: 1. Stop. 2. Go."."""
    before = text[max(0, at - _LONGEST) : at].rstrip()
    if before.endswith("."):
        return not before[-2:-1].isdigit() and _word_before(before, len(before) - 1) not in _kinds()
    return not before or before[-1] in ":;!?•"


def _word_before(text: str, at: int) -> str:
    """The word that ends at ``at``, without marks before it; of a compound, the last part."""
    low = max(0, at - _LONGEST)
    parts = text[low:at].split()
    if not parts or text[at - 1].isspace():
        return ""
    word = parts[-1].lstrip(_LEFT)
    return word if word.startswith("c.-") else re.split(r"[-—–/(]", word)[-1] if not word.isalnum() else word


@cache
def _table() -> dict[str, frozenset[str]]:
    """Words by kind, from ``abbreviations.tsv``."""
    lines = Path(__file__).with_name("abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    out: dict[str, frozenset[str]] = {}
    for kind, _language, words in (line.split("\t") for line in lines if not line.startswith("#")):
        out[kind] = out.get(kind, frozenset()) | frozenset(words.split())
    return out


@cache
def _tails() -> frozenset[str]:
    """The last four letters of each abbreviation that has as many."""
    return frozenset(word[-4:] for word in _kinds())


@cache
def _kinds() -> dict[str, str]:
    table = _table()
    kinds = {word: kind for kind in ("number", "before", "either") for word in table[kind]}
    titles = {word.capitalize(): "before" for word in table["before"] if not word.isascii()}
    return titles | kinds
