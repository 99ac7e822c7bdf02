"""Lines as their words, or as their letters and digits alone, for comparing lines however they are set.

The lines of an article are folded together: a pass over all of its text takes less than one over every line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk import Article
from copydesk.compiled import compiled
from copydesk.text import beyond_ascii
from copydesk.typed import NamedTuple

_APART = "\0"
"""Stands between lines that are folded together."""
_FEW = 12
"""Marks up to which it is faster to take out one after the other than all at once."""
_MARKS = bytes(n for n in range(1, 128) if not chr(n).isalnum())
_BLANKED = bytes.maketrans(_MARKS, b" " * len(_MARKS))
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_DIGIT = r"[²³¹⁰⁴-⁹₀-₉]|[^\D0-9]"
_DENSE = r"[\u3040-\u30ff\u3400-\u9fff]"
"""Letters of scripts without blanks."""


class Heard(NamedTuple):
    """A line, its lower case with blanks for marks beyond ASCII but ``©``, and its words."""

    text: str
    lower: str
    words: list[str]
    """At every mark apart: "e-mail" is two. A letter of a script without blanks is a word, and so is ``©``."""
    length: int
    """How many words stand between blanks."""


def lines(article: Article) -> list[str]:
    """The text of every block."""
    return article.view(_lines)


def counts(article: Article) -> list[int]:
    """How many words every block has, with blanks between."""
    return article.view(_counts)


def heard(article: Article) -> Iterator[Heard]:
    """Every block as a line."""
    return _heard(lines(article), article.view(_folded), counts(article))


def line(text: str) -> Heard:
    """One line alone."""
    return next(_heard([text], folded([text]), [len(text.split())]))


def keys(article: Article) -> list[bytes]:
    """The letters of every block."""
    return article.view(_keys)


def masked(article: Article) -> list[bytes]:
    """The letters of every block, with every digit as 0 (CCNet, Wenzek et al. 2020)."""
    return [key.translate(_DIGITS) for key in keys(article)]


def folded(lines: Sequence[str]) -> str:
    """Lines in lower case, with blanks for marks beyond ASCII but ``©``; NUL stands between them."""
    text = _APART.join(lines)
    if text.count(_APART) >= len(lines):
        text = _APART.join([line.replace(_APART, " ") for line in lines])
    lower = _blanked(text.replace("\xad", "")).casefold()
    return _blanked(lower)  # what folding takes off a letter is a mark as well


def letters(folded: str) -> list[bytes]:
    """Lines without blanks and marks, in UTF-8; digits of any script as ASCII zeros where not ASCII."""
    for c in beyond_ascii(folded):
        if c == "©" or compiled(_DIGIT).match(c):
            folded = folded.replace(c, "" if c == "©" else "0")
    return _bytes(folded).translate(None, _MARKS).split(_APART.encode())


def _lines(article: Article) -> list[str]:
    text = article.text
    return [text[b.span.start : b.span.end] for b in article.blocks]


def _counts(article: Article) -> list[int]:
    return [len(line.split()) for line in lines(article)]


def _folded(article: Article) -> str:
    return folded(lines(article))


def _keys(article: Article) -> list[bytes]:
    return letters(article.view(_folded))


def _heard(lines: Sequence[str], folded: str, counts: Sequence[int]) -> Iterator[Heard]:
    apart = folded if folded.isascii() else _spaced(folded)
    if "(c)" in apart:
        apart = apart.replace("(c)", " © ")
    blanked = _bytes(apart).translate(_BLANKED).decode("utf-8", "surrogatepass")
    return map(Heard, lines, folded.split(_APART), map(str.split, blanked.split(_APART)), counts)


def _spaced(folded: str) -> str:
    """With blanks around what is a word wherever it stands."""
    folded = folded.replace("©", " © ").replace("ʼ", " ")
    dense = max(beyond_ascii(folded), default="") >= "\u3040"
    return compiled(_DENSE).sub(r" \g<0> ", folded) if dense else folded


def _blanked(text: str) -> str:
    marks = [c for c in beyond_ascii(text) if not c.isalnum() and c != "©"]
    if len(marks) > _FEW:
        return text.translate(dict.fromkeys(map(ord, marks), " "))
    for mark in marks:
        text = text.replace(mark, " ")
    return text


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
