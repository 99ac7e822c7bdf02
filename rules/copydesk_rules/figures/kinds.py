"""What kind of number it is: a claim, or one of the many that are none (date, age, score, designation …)."""

from __future__ import annotations

import itertools

from copydesk.compiled import compiled
from copydesk_rules.figures.anchor import DIGITS, Anchor
from copydesk_rules.figures.language import Language
from copydesk_rules.figures.nouns import words_after

_YEARS = range(1500, 2101)
_OUR_YEARS = range(1900, 2036)
_LARGEST_NAME = 9999
_OLDEST = 110
_LAST_PLACE = 500
_BRACKET_REACH = 40
_MARKET_REACH = 120
_MOVE_REACH = 40
"""The verb of a move, and what may stand between it and the number."""
_LETTERS = compiled(r"[^\W\d_]+")
_WORD_STARTS = (" ", "“", '"', "(")
_ALL = 100
"""“100 percent” is a way of speaking more often than a share."""


def kind_of(n: Anchor, language: Language) -> tuple[str, int]:
    """The kind of a number and where it ends, units included."""
    glued = _glued_before(n)
    if glued:
        return glued, _token_end(n)
    if n.money:
        return _money(n, language), n.end
    if not n.behind:
        return _by_words(n, language), n.end
    m = language.after.match(n.lower, n.end)
    kind = m.lastgroup if m else None
    if m and kind and not _refused(kind, n, language):
        return (_percent(n, m.end(), language) if kind == "percent" else kind), m.end()
    if (m := language.money_after.match(n.lower, n.end)) or (
        n.value >= 1e6 and (m := language.money_big_after.match(n.lower, n.end))
    ):
        return "money", m.end()
    return _by_marks(n, language)


def _refused(kind: str, n: Anchor, language: Language) -> bool:
    """Whether the words behind only look like that kind's."""
    if kind == "address":
        return (
            n.scaled
            or "," in n.digits
            or (not n.text[n.end + 1 : n.end + 2].isupper() and "block" not in n.lower[n.end : n.end + 7])
        )
    if kind == "spec":  # "a billion-dollar brand", not "a 40-million-dollar bridge"
        return n.digits[0].isdigit()
    if kind == "count":
        return not n.scaled and n.value <= language.small
    if kind in ("ordinal", "decade", "clock", "score"):
        return n.scaled or "," in n.digits or not n.digits[0].isdigit()
    return kind == "score" and n.value >= 1000


def _money(n: Anchor, language: Language) -> str:
    if _names_measure(n.following, language.rule, language):
        return "rule"
    if language.bracket.search(n.lower, max(0, n.start - _BRACKET_REACH), n.start):
        return "rule"
    return "market" if _quoted(n, language) else "money"


def _percent(n: Anchor, end: int, language: Language) -> str:
    if n.value == _ALL:
        return "vague"
    if _names_measure(words_after(n.text, end), language.rates, language):
        return "rule"
    return "market" if _quoted(n, language) else "percent"


def _quoted(n: Anchor, language: Language) -> bool:
    """Whether it is a price or a move of the market's day."""
    near = n.lower[max(0, n.start - _MOVE_REACH) : n.start]
    if language.moves.isdisjoint(_LETTERS.findall(near)):  # nearly always, and sooner known than by the pattern
        return False
    return language.market.search(n.lower, max(0, n.start - _MARKET_REACH), n.start) is not None


def _names_measure(following: list[str], measures: tuple[str, ...], language: Language) -> bool:
    """The $700 billion bailout, a 25 percent tariff: the figure names a law or a public measure."""
    words = [w.lower() for w in following[:4]]
    if language.measures.isdisjoint(words):
        return False
    near = " ".join(("", *itertools.takewhile(lambda w: w not in language.stop or w in language.article, words), ""))
    return any(f" {w} " in near for w in measures)


def _glued_before(n: Anchor) -> str:
    """A number that is part of a name, an address or a longer code."""
    if not n.start:
        return ""
    c = n.glued
    if c == " ":
        return ""
    if n.digits[0].isdigit() and (c.isalnum() or c in "#@/_\\&=+'’~") and not n.money:
        return "" if c == "~" else "designation"
    if c in "-–" and n.start > 1:
        return "designation" if n.text[n.start - 2].isalpha() and c == "-" and n.digits[0].isdigit() else ""
    return ""


def _token_end(n: Anchor) -> int:
    end = n.end
    while end < len(n.text) and (n.text[end].isalnum() or n.text[end] in "-_/."):
        end += 1
    return end


def _by_marks(n: Anchor, language: Language) -> tuple[str, int]:
    follows = n.behind
    if n.digits[0].isdigit() and follows.isalpha():
        return "designation", _token_end(n)
    if follows == "(" and n.text[n.end + 1 : n.end + 2].isalnum():  # section 501(c)
        return "designation", _token_end(n)
    if follows in ("/", ":") and n.text[n.end + 1 : n.end + 2].isdigit():
        return "date", _token_end(n)
    if end := _ratio(n, language):
        return "ratio", end
    return _by_words(n, language), n.end


def _by_words(n: Anchor, language: Language) -> str:
    for test in (_date, _year, _base, _age, _name, _hyphenated):
        kind = test(n, language)
        if kind:
            return kind
    return _count(n, language)


def _date(n: Anchor, language: Language) -> str:
    whole = not n.scaled and n.value == int(n.value) and n.value <= 31 and n.digits.isdigit()
    if whole and (language.before.get(n.previous) == "date" or language.month_after.match(n.lower, n.end)):
        return "date"
    return ""


def _year(n: Anchor, language: Language) -> str:
    if n.scaled or not n.digits.isdigit() or len(n.digits) != 4 or int(n.value) not in _YEARS:
        return ""
    if n.previous in language.year_before:
        return "year"
    following = n.following[:1]
    next_word = following[0].lower() if following else ""
    if int(n.value) in _OUR_YEARS and not _has_modifier(n, language):
        return "" if next_word in language.same else "year"
    return "" if next_word and next_word == n.noun else "year"


def _has_modifier(n: Anchor, language: Language) -> bool:
    return n.previous in language.modifier_ends and any(n.before[-k:] in language.modifiers for k in (1, 2, 3))


def _ratio(n: Anchor, language: Language) -> int:
    """Where "one in three" ends; 0 where it is none."""
    m = language.ratio.match(n.lower, n.end) if n.value <= 9 and not n.scaled else None
    if m is None:
        return 0
    other = language.spelled.match(n.lower, m.end() - 1) or DIGITS.match(n.lower, m.end())
    if other is None:
        return 0
    base = other[other.lastindex or 0]
    value = float(base) if base.isdigit() else language.words.get(base, language.magnitudes.get(base, 0))
    round_base = value in (100, 1000, 10000) or value <= 10 or (value <= 50 and value % 5 == 0)
    return other.end() if n.value < value and round_base else 0


def _base(n: Anchor, language: Language) -> str:
    kind = language.before.get(n.previous)
    if kind == "ordinal":  # "the top 50"
        return kind if n.value <= _LAST_PLACE and n.digits.isdigit() else ""
    return {"ratio": "unit", "magnitude": "magnitude"}.get(kind or "", "")


def _age(n: Anchor, language: Language) -> str:
    if n.scaled or n.value > _OLDEST:
        return ""
    if language.before.get(n.previous) == "age":
        return "age"
    over = n.previous in language.over_under and n.before[-1:] in language.modifiers  # "people over 65"
    if over and n.digits.isdigit() and language.small < n.value < 100 and not n.noun:
        return "age"
    if n.lower[max(0, n.start - 7) : n.start] == "age of ":
        return "age"
    bracket = n.glued == "("
    if not (bracket or n.previous.endswith(",")) or n.text[n.end : n.end + 1] not in (",", ")", ".", ";"):
        return ""
    return "age" if n.digits.isdigit() and _capital(n, 2 if bracket else 1) else ""


def _capital(n: Anchor, skip: int = 1) -> bool:
    """Whether the word before the number is capitalised, though it does not open its sentence."""
    if skip == 1 and n.text[n.start - 1 - len(n.previous)].islower():
        return False
    left = n.text[max(0, n.start - 40) : n.start - skip].rpartition("\n")[2]
    start = max(map(left.rfind, _WORD_STARTS)) + 1
    if not left[start : start + 1].isupper():
        return False
    rest = left[:start].rstrip()
    return bool(rest) and rest[-1] not in '.!?:“"-—'


def _name(n: Anchor, language: Language) -> str:
    """Windows 11, Route 495, No. 44."""
    if n.scaled or "," in n.digits or n.value > _LARGEST_NAME or n.glued != " ":
        return ""
    noun = n.noun
    if len(n.before) == 3 and n.before[1].isdigit() and language.before.get(n.before[0]) == "designation":
        return "designation"  # "page 3 of 55"
    if language.before.get(n.previous) == "designation":
        lower_case = n.text[n.start - 2 - len(n.previous) + 1].islower() if n.previous else True
        return "" if noun and lower_case and not n.previous.endswith(".") else "designation"
    if not _capital(n) or n.previous in language.weekdays or _has_modifier(n, language):
        return ""
    counts = noun in language.same or (noun and language.capital_nouns)
    return "" if counts or n.previous.endswith((",", ":", ";")) else "designation"


def _hyphenated(n: Anchor, language: Language) -> str:
    if n.text[n.end : n.end + 1] != "-" or not n.text[n.end + 1 : n.end + 2].isalpha():
        return ""
    word = n.lower[n.end + 1 : n.end + 8]
    return "count" if word.startswith(("strong", "plus")) else "spec"


def _count(n: Anchor, language: Language) -> str:
    """A plain number: a count where something is counted, else just a number."""
    noun = n.noun
    if n.previous in language.vague_before:
        return "vague"
    if n.value <= language.small:
        return "small"
    if noun or n.scaled or "," in n.digits or _has_modifier(n, language) or n.previous in language.casualty:
        return "count"
    if n.previous in language.rising or (
        n.previous in language.rising_to and n.before[-2:-1] and n.before[-2] in language.rising
    ):
        return "count"
    return "number"
