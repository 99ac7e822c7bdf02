"""Language packs: how figures are written and how sources are named, as data. English is the measured one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copydesk import Article

_FOLDER = Path(__file__).parent / "languages"
_CODES = ("en",)
_SAMPLE = 1500
_WORD = re.compile(r"[^\W\d_]+")

Phrase = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Language:
    """One pack, its lists as sets and its patterns compiled. Words and patterns are lower case."""

    code: str
    function_words: frozenset[str]
    share: float
    starters: frozenset[str]
    group: str
    decimal: str
    words: Mapping[str, float]
    magnitudes: Mapping[str, float]
    suffixes: Mapping[str, float]
    anchor: re.Pattern[str]
    article: frozenset[str]
    money_before: frozenset[str]
    money_after: re.Pattern[str]
    money_big_after: re.Pattern[str]
    after: re.Pattern[str]
    before: Mapping[str, str]
    month_after: re.Pattern[str]
    weekdays: frozenset[str]
    year_before: frozenset[str]
    ratio: re.Pattern[str]
    joined: re.Pattern[str]
    modifiers: Mapping[Phrase, str]
    plurals: frozenset[str]
    not_plural: frozenset[str]
    plural_ending: tuple[str, ...]
    stop: frozenset[str]
    casualty: frozenset[str]
    definite: frozenset[str]
    rising: frozenset[str]
    rising_to: frozenset[str]
    vague_before: frozenset[str]
    small: float
    cues: Mapping[str, tuple[tuple[Phrase, str], ...]]
    """First word of a phrase to (whole phrase, family), longest first."""
    clause: frozenset[str]
    at_words: frozenset[str]
    rule: tuple[str, ...]
    study: re.Pattern[str]
    study_least: int
    auxiliaries: frozenset[str]
    same: Mapping[str, str]
    """Counted noun to the name of its synonym set."""
    statuses: Mapping[str, tuple[str, str]]
    """A word to its group and status."""
    expected: frozenset[str]


def language_of(article: Article) -> Language | None:
    """The pack for the article's language, as declared or told by its function words; None: none fits."""
    declared = article.meta.language.split("-")[0].lower()
    if declared:
        return pack(declared) if declared in _CODES else None
    return guessed(article.text[:_SAMPLE])


def guessed(text: str) -> Language | None:
    """The pack whose function words make up the largest share of the words, where it is large enough."""
    words = _WORD.findall(text.lower())
    shares = [(sum(w in known for w in words), code) for code, known in _function_words().items()]
    count, code = max(shares)
    best = pack(code)
    return best if count >= best.share * len(words) else None


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {code: pack(code).function_words for code in _CODES}


@cache
def pack(code: str) -> Language:
    """The language pack of an ISO 639-1 code. Raises OSError where there is none."""
    table = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    text, numbers, money, nouns = table["text"], table["numbers"], table["money"], table["nouns"]
    words = {**numbers["words"], **numbers["magnitudes"]}
    return Language(
        code,
        _set(text["function-words"]),
        text["share"],
        _set(text["starters"]),
        numbers["group"],
        numbers["decimal"],
        numbers["words"],
        numbers["magnitudes"],
        numbers["suffixes"],
        _anchor(words, numbers["article"]),
        _set(numbers["article"]),
        _set(money["before"]),
        re.compile(rf"[\s-](?:{_alternatives(money['after'])})(?!\w)"),
        re.compile(rf"\s(?:{_alternatives(money['big-after'])})(?!\w)"),
        re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in table["after"].items())),
        {word: kind for kind, words in table["before"].items() for word in words.split()},
        re.compile(table["date"]["month-after"]),
        _set(table["date"]["weekdays"]),
        _set(table["date"]["year-before"]),
        re.compile(table["ratio"]["joiner"]),
        re.compile(table["ratio"]["range"]),
        {tuple(p.split()): name for name, ps in table["modifiers"].items() for p in ps.split("|")},
        _set(nouns["plurals"]),
        _set(nouns["not-plural"]),
        tuple(nouns["plural-ending"].split()),
        _set(nouns["stop"]),
        _set(nouns["casualty"]),
        _set(nouns["definite"]),
        _set(nouns["rising"]),
        _set(nouns["rising-to"]),
        _set(nouns["vague-before"]),
        table["small"]["largest"],
        _cues(table["cues"]),
        _set(table["cues"]["clause"]),
        _set(table["cues"]["at-word"]),
        tuple(w.replace("_", " ") for w in money["rule"].split()),
        re.compile(rf"(?<!\w)(?:{_alternatives(table['study']['words'])})(?!\w)", re.I),
        table["study"]["least"],
        _set(table["source"]["auxiliaries"]),
        {word.replace("_", " "): name for name, ws in table["quantity"].items() for word in ws.split()},
        {w: (group, name) for group, t in table["status"].items() for name, ws in t.items() for w in ws.split()},
        _set(table["expected"]["words"]),
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _alternatives(patterns: str) -> str:
    return "|".join(patterns.split())


def _anchor(words: Mapping[str, Any], article: str) -> re.Pattern[str]:
    """Where a number may begin: a digit, or a run of number words."""
    word = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"\d(?:[\d.,]*\d)?|(?<![\w-])(?:{word})(?:(?:\sand\s|[\s-])?(?:{word}))*(?!\w)")


def _cues(table: Mapping[str, str]) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for family, listed in table.items():
        for entry in dict.fromkeys(listed.split()) if family not in ("clause", "at-word") else ():
            phrase = tuple(entry.split("_"))
            found.setdefault(phrase[0], []).append((phrase, family))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}
