"""The number scanner: from digits and number words to typed figures with value, interval and modifier.

It starts from anchors (a digit, a number word) and looks around each, which is several times faster than one
pattern for everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple, cast
from copydesk_rules.figures.anchor import DIGITS, Anchor
from copydesk_rules.figures.kinds import kind_of
from copydesk_rules.figures.language import Language, language_of
from copydesk_rules.figures.nouns import counted, words_after

CLAIMS = frozenset({"count", "money", "percent", "ratio", "fold", "magnitude"})
"""Kinds that state a quantity somebody must have counted or set."""

_COUNTS = frozenset({"count", "small", "ratio"})
_WORDS_BEFORE = 48
_SIGNS = frozenset("$£€¥₱₹₩₽₴₪₺₦")
_RIGHT_OF_SIGN = 5
_CODE = compiled(r"(?<![\w-])[a-z]{1,3}\.?$")
_ONE_DIGIT = bytes(48 if 48 <= code < 58 else 32 for code in range(256))
"""Every digit to 0, all else to a blank."""
_OPENERS = frozenset({"", *".!?:\n—–-•*/"})
_LONGEST_DIGITS = 40
"""Code points; more are a code, and three hundred digits are beyond any float."""
_LONGEST_JOINT = 20
"""Code points between the two ends of a range."""
_LONGEST_RUN = 120
"""Code points of number words that may open a text."""


class Figure(NamedTuple):
    """One number of an article. ``kind`` is a claim (see CLAIMS) or says why it is none (date, age, score …)."""

    span: Span
    kind: str
    value: float
    modifier: str = ""
    """at-least, at-most, below, about, or empty."""
    noun: str = ""
    """What is counted, lower case, or empty."""
    unit: str = ""
    digits: str = ""


def figures(article: Article) -> tuple[Figure, ...]:
    """The numbers of an article, typed, in order; none where no language pack fits."""
    return article.view(_figures)


def _figures(article: Article) -> tuple[Figure, ...]:
    language = language_of(article)
    return tuple(scan(article.text, language)) if language else ()


def scan(text: str, language: Language, with_small: bool = False) -> list[Figure]:
    """The numbers of ``text`` in one language, typed, in order; ``with_small``: also "five" where it only counts."""
    found: list[Figure] = []
    for anchor in _anchors(text, language, with_small):
        if found and anchor.start < found[-1].span.end:
            continue
        kind, end = kind_of(anchor, language)
        noun = (
            (anchor.noun if end == anchor.end else counted(words_after(text, end), language)) if kind in _COUNTS else ""
        )
        span = Span(anchor.start, end)
        figure = Figure(span, kind, anchor.value, _modifier(anchor, language), noun, digits=anchor.digits)
        if found and anchor.start - found[-1].span.end <= _LONGEST_JOINT:
            found[-1], figure = _joined(text, found[-1], figure, language)
        found.append(figure)
    return found


def _anchors(text: str, language: Language, with_small: bool) -> Iterator[Anchor]:
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose lower case is two code points
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    last = 0
    small = frozenset() if with_small else language.small_words
    for start, end in sorted((*_digits(lower), *_spelled(lower, language))):
        if start < last:
            continue
        anchor = (
            _of_digits(text, lower, start, end, language)
            if "0" <= lower[start] <= "9"
            else _of_words(text, lower, start, end, language, small)
        )
        if anchor is not None:
            last = anchor.end
            yield anchor


def _digits(lower: str) -> Iterator[tuple[int, int]]:
    """Where digits stand: a single byte is found many times faster than a set of characters."""
    marked = lower.encode("ascii", "replace").translate(_ONE_DIGIT)
    start = marked.find(b"0")
    while start >= 0:
        end = cast(re.Match[str], DIGITS.match(lower, start)).end()
        yield start, end
        start = marked.find(b"0", end)


def _spelled(lower: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where runs of number words stand."""
    first = language.spelled.match(" " + lower[:_LONGEST_RUN])
    if first:
        yield 0, first.end() - 1
    for m in language.spelled.finditer(lower):
        yield m.span(1)


def _in_a_name(written: str, before: str) -> bool:
    """Whether number words are part of a name: FiveThirtyEight, Twenty One Pilots."""
    if written.islower() or written.isupper():
        return False
    opens = before.rstrip(" “\"‘'(")[-1:] in _OPENERS
    return not opens or not written[1:].islower()


def _of_digits(text: str, lower: str, start: int, end: int, language: Language) -> Anchor | None:
    if end - start > _LONGEST_DIGITS:
        return None
    written = lower[start:end]
    value = digits_value(written, language)
    m = _scale(language).match(lower, end)
    if m is not None:
        scale = m.group(1) or m.group(2)
        value *= language.magnitudes.get(scale) or language.suffixes[scale]
        end = m.end()
    return _anchor(text, lower, start, end, written, value, m is not None, language)


def _of_words(text: str, lower: str, start: int, end: int, language: Language, small: frozenset[str]) -> Anchor | None:
    written = lower[start:end]
    if written in small and not language.after_small.match(lower, end):
        return None
    if not language.capital_nouns and _in_a_name(text[start:end], text[max(0, start - 9) : start]):
        return None
    value = words_value(written, language)
    if written in language.magnitudes:  # needs its article: "a million", "half a million"
        article = lower[max(0, start - 8) : start].split()
        if not article or article[-1] not in language.article:
            return None
        start = lower.rindex(article[-1], 0, start)
        if article[-2:-1] == [language.half]:
            start, value = lower.rindex(language.half, 0, start), value / 2
    scaled = any(m in written for m in language.magnitudes)
    return _anchor(text, lower, start, end, written, value, scaled, language)


def _anchor(
    text: str, lower: str, start: int, end: int, written: str, value: float, scaled: bool, language: Language
) -> Anchor:
    sign = _currency(text, lower, start, language)
    before = lower[max(0, sign - _WORDS_BEFORE) : sign].rpartition("\n")[2].split()
    return Anchor(text, lower, sign, end, written, value, scaled, sign < start, tuple(before[-3:]), language)


def digits_value(written: str, language: Language) -> float:
    """The value of digits with group and decimal marks; marks that do not fit are read as decimal."""
    if written.isdigit():
        return float(written)
    groups = written.split(language.group)
    if all(len(g) == 3 and g.isdigit() for g in groups[1:-1]) and len(groups[-1].split(language.decimal)[0]) == 3:
        written = written.replace(language.group, "") if len(groups) > 1 else written
    whole, *rest = re.split(r"[.,]", written)
    return float(f"{whole}.{''.join(rest)}") if rest else float(whole)


def words_value(written: str, language: Language) -> float:
    """The value of number words: "two hundred and fifty thousand" is 250,000."""
    total = current = 0.0
    for word in language.word.findall(written):
        if word in language.words:
            current += language.words[word]
        elif word in language.magnitudes:
            scale = language.magnitudes[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
    return total + current


@cache
def _scale(language: Language) -> re.Pattern[str]:
    words = "|".join(sorted(language.magnitudes, key=len, reverse=True))
    suffixes = "|".join(sorted(language.suffixes, key=len, reverse=True))
    return compiled(rf"[\s-]?({words})\b|\s?({suffixes})\b(?!['’])")


@cache
def _money_ends(language: Language) -> frozenset[str]:
    """The last letters of currency codes."""
    return frozenset(code[-1] for code in language.money_before)


def _currency(text: str, lower: str, start: int, language: Language) -> int:
    """Where the figure starts with its currency sign; ``start`` where it has none."""
    at = start - 1 if start and lower[start - 1] == " " else start
    if at and lower[at - 1] in _SIGNS:
        begin = at - 1
        while begin and start - begin < _RIGHT_OF_SIGN and lower[begin - 1].isalpha():
            begin -= 1
        return begin if lower[begin:at] in language.money_before else at - 1
    if not at or lower[at - 1] not in _money_ends(language):
        return start
    m = _CODE.search(lower[max(0, at - 6) : at])
    if m is None or m.group() not in language.money_before:
        return start
    if m.group() == "p" and (at != start or not text[start - 1].isupper() or len(lower) < start + 2):
        return start
    return at - len(m.group())


def _modifier(anchor: Anchor, language: Language) -> str:
    if anchor.previous not in language.modifier_ends:
        return "about" if anchor.glued == "~" else ""
    for n in (3, 2, 1):
        name = language.modifiers.get(anchor.before[-n:]) if len(anchor.before) >= n else None
        if name:
            return name
    return ""


def _joined(text: str, left: Figure, right: Figure, language: Language) -> tuple[Figure, Figure]:
    """Two ends of a range or pair share their kind: "20 to 25 minutes", "ages 19 and 22", "3% or 4%"."""
    gap = text[left.span.end : right.span.start]
    if not language.joined.fullmatch(gap.lower()):
        return left, right
    bare = {"small", "number"}
    if left.kind in bare | {"count"} and right.kind not in bare and not left.noun:
        return left._replace(kind=right.kind, noun=right.noun), right
    if right.kind in bare | {"count"} and not right.noun and left.kind not in bare | {"count"}:
        return left, right._replace(kind=left.kind)
    return left, right
