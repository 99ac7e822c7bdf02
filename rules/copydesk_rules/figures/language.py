"""Language packs: how figures are written and how sources are named, as data. English is the measured one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from copydesk import Article, Frozen
from copydesk.compiled import compiled, kept
from copydesk.typed import Any

_FOLDER = Path(__file__).parent / "languages"
_GLANCE, _SAMPLE = 600, 1500
"""Code points that tell the language in a clear case, and in any other."""

_NO_CUES = ("clause", "parting", "at-word", "evidence", "never-noun", "bodies")
_OPENINGS = ("links", "breaks")

Phrase = tuple[str, ...]


class Language(Frozen, eq=False):
    """One pack, its lists as sets and its patterns compiled. Words and patterns are lower case."""

    code: str
    function_words: frozenset[str]
    starters: frozenset[str]
    capital_nouns: bool
    """Whether nouns are written with a capital, so that one says nothing of a name."""
    group: str
    decimal: str
    closing: frozenset[str]
    """Marks behind a number with which its phrase ends, and the empty string; no unit begins with one."""
    words: Mapping[str, float]
    magnitudes: Mapping[str, float]
    suffixes: Mapping[str, float]
    word: re.Pattern[str]
    """One number word."""
    spelled: re.Pattern[str]
    """A run of number words (group 1) and the character before it."""
    article: frozenset[str]
    half: str
    small_words: frozenset[str]
    after_small: re.Pattern[str]
    """What must follow a small number word for it to be more than a small count: "six percent", "one in three"."""
    money_before: frozenset[str]
    money_after: re.Pattern[str]
    money_big_after: re.Pattern[str]
    after: re.Pattern[str]
    before: Mapping[str, str]
    moves: frozenset[str]
    """Verbs of a market's day."""
    market: re.Pattern[str]
    """What stands before a quotation of the day: "shares in Acme fell"."""
    month_after: re.Pattern[str]
    weekdays: frozenset[str]
    year_before: frozenset[str]
    ratio: re.Pattern[str]
    joined: re.Pattern[str]
    modifiers: Mapping[Phrase, str]
    modifier_ends: frozenset[str]
    """The last words of modifiers."""
    plurals: frozenset[str]
    not_plural: frozenset[str]
    plural_ending: tuple[str, ...]
    stop: frozenset[str]
    casualty: frozenset[str]
    definite: frozenset[str]
    over_under: frozenset[str]
    rising: frozenset[str]
    rising_to: frozenset[str]
    vague_before: frozenset[str]
    small: float
    cues: Mapping[str, tuple[tuple[Phrase, str], ...]]
    """First word of a phrase to (whole phrase, family), longest first."""
    lone: frozenset[str]
    """First words that are a phrase by themselves."""
    pairs: frozenset[Phrase]
    """The first two words of the longer phrases."""
    openings: Mapping[str, frozenset[Phrase]]
    """By family, the phrases that tie a sentence to the one before it ("links"), or part it from that ("breaks")."""
    other_life: Mapping[str, frozenset[str]]
    """What follows an ambiguous verb where it reports nothing; "#" is a number."""
    reports_before: Mapping[str, frozenset[str]]
    """What must follow some ambiguous verbs for them to report."""
    other_life_before: frozenset[str]
    clause: frozenset[str]
    """Words that open a clause behind a comma; ``parting`` ones need none."""
    parting: frozenset[str]
    evidence: frozenset[str]
    never_noun: frozenset[str]
    """Base forms of reporting verbs that are no nouns, too."""
    bodies: frozenset[str]
    """Who counts: the subject of a tallying verb."""
    at_words: frozenset[str]
    rule: tuple[str, ...]
    """What a sum names where it states nothing: "the $700 billion bailout"; ``rates``: likewise a percentage."""
    rates: tuple[str, ...]
    measures: frozenset[str]
    """The first words of those."""
    bracket: re.Pattern[str]
    """What stands before a sum that tells a bracket: "incomes above $250,000"."""
    study: re.Pattern[str]
    study_words: tuple[str, ...]
    study_least: int
    auxiliaries: frozenset[str]
    determiners: frozenset[str]
    same: Mapping[str, str]
    """Counted noun to the name of its synonym set."""
    statuses: Mapping[str, tuple[str, str]]
    """A word to its group and status."""
    expected: frozenset[str]
    partial: frozenset[str]
    past: re.Pattern[str]
    """What places a sentence in another year."""

    def synonyms(self, noun: str, other: str) -> bool:
        """Whether two nouns count the same thing; an empty one counts nothing."""
        return bool(noun) and self.same.get(noun, noun) == self.same.get(other, other)


def language_of(article: Article) -> Language | None:
    """The pack for the article's language, as declared or told by its function words; None: none fits."""
    return article.view(_language_of)


def _language_of(article: Article) -> Language | None:
    declared = article.meta.language.split("-")[0].lower()
    if declared:
        return pack(declared) if declared in _tells() else None
    return guessed(article.text[:_SAMPLE])


def guessed(text: str) -> Language | None:
    """The pack whose function words make up the largest share of the words, where it is large enough."""
    (best, most), (_, next_most) = _shares(text[:_GLANCE])
    if most < 1.5 * _tells()[best][0] or most < 3 * next_most:  # no clear case
        best, most = _shares(text[:_SAMPLE])[0]
    return pack(best) if most >= _tells()[best][0] else None


def _shares(text: str) -> list[tuple[str, float]]:
    """Of each pack's language the share of its function words among the words, largest first."""
    words = [w for w in text.lower().split() if w[0].isalpha()]
    shares = [(code, sum(map(known.__contains__, words)) / max(1, len(words))) for code, (_, known) in _tells().items()]
    return sorted(shares, key=lambda s: -s[1])


@cache
def _tells() -> dict[str, tuple[float, frozenset[str]]]:
    """Of each pack's language the share of function words that tells it, and the words."""
    guess = kept(_text("guess"), "toml", _parsed)
    return {code: (entry["share"], _set(entry["words"])) for code, entry in guess.items()}


_PATTERNS = frozenset(name for name, kind in Language.__annotations__.items() if "Pattern" in str(kind))


@cache
def pack(code: str) -> Language:
    """The language pack of an ISO 639-1 code. Raises OSError where there is none."""
    fields = kept(_text(code), "figures 1", packed)  # count up whenever that function changes
    fields = {name: compiled(value) if name in _PATTERNS else value for name, value in fields.items()}
    return Language(code=code, function_words=_tells()[code][1], **fields)


def packed(toml: str) -> dict[str, Any]:
    """The fields of a language pack, patterns as text, without its code and its function words."""
    table = _parsed(toml)
    text, numbers, money, nouns = table["text"], table["numbers"], table["money"], table["nouns"]
    words = {**numbers["words"], **numbers["magnitudes"]}
    cues = _cues({f: w for f, w in table["cues"].items() if f not in (*_OPENINGS, *_NO_CUES)})
    moves = _set(table["market"]["moves"])
    phrases = [phrase for entries in cues.values() for phrase, _ in entries]
    return {
        "starters": _set(text["starters"]),
        "capital_nouns": text["capital-nouns"],
        "group": numbers["group"],
        "decimal": numbers["decimal"],
        "closing": _set(numbers["closing"]) | {""},
        "words": numbers["words"],
        "magnitudes": numbers["magnitudes"],
        "suffixes": numbers["suffixes"],
        "word": "|".join(sorted(words, key=len, reverse=True)),
        "spelled": _spelled(words),
        "article": _set(numbers["article"]),
        "half": numbers["half"],
        "small_words": frozenset(w for w, value in numbers["words"].items() if value <= table["small"]["largest"]),
        "after_small": "|".join(
            (table["after"]["percent"], table["ratio"]["joiner"], table["after"]["fold"], table["ratio"]["range"])
        ),
        "money_before": _set(money["before"]),
        "money_after": rf"[\s-](?:{_alternatives(money['after'])})(?!\w)",
        "money_big_after": rf"\s(?:{_alternatives(money['big-after'])})(?!\w)",
        "after": "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in table["after"].items()),
        "before": {word: kind for kind, words in table["before"].items() for word in words.split()},
        "moves": moves,
        "market": (
            rf"\b(?:{table['market']['moved']})\b[^.;:]{{0,70}}\b(?:{'|'.join(sorted(moves))})\b[^.;:]{{0,30}}$"
        ),
        "month_after": table["date"]["month-after"],
        "weekdays": _set(table["date"]["weekdays"]),
        "year_before": _set(table["date"]["year-before"]),
        "ratio": table["ratio"]["joiner"],
        "joined": table["ratio"]["range"],
        "modifier_ends": frozenset(p.split()[-1] for ps in table["modifiers"].values() for p in ps.split("|")),
        "modifiers": {tuple(p.split()): name for name, ps in table["modifiers"].items() for p in ps.split("|")},
        "plurals": _set(nouns["plurals"]),
        "not_plural": _set(nouns["not-plural"]),
        "plural_ending": tuple(nouns["plural-ending"].split()),
        "stop": _set(nouns["stop"]),
        "casualty": _set(nouns["casualty"]),
        "definite": _set(nouns["definite"]),
        "over_under": _set(nouns["over-under"]),
        "rising": _set(nouns["rising"]),
        "rising_to": _set(nouns["rising-to"]),
        "vague_before": _set(nouns["vague-before"]),
        "small": table["small"]["largest"],
        "cues": cues,
        "lone": frozenset(p[0] for p in phrases if len(p) == 1),
        "pairs": frozenset(p[:2] for p in phrases if len(p) > 1),
        "openings": {f: frozenset(map(_phrase, table["cues"][f].split())) for f in _OPENINGS},
        "other_life": {verb: _set(words) for verb, words in table["other-life"].items() if verb != "before"},
        "reports_before": {verb: _set(words) for verb, words in table["reports-before"].items()},
        "other_life_before": _set(table["other-life"]["before"]),
        "clause": _set(table["cues"]["clause"]),
        "parting": _set(table["cues"]["parting"]),
        "evidence": _set(table["cues"]["evidence"]),
        "never_noun": _set(table["cues"].get("never-noun", "")),
        "bodies": _set(table["cues"].get("bodies", "")),
        "at_words": _set(table["cues"]["at-word"]),
        "rule": tuple(w.replace("_", " ") for w in money["rule"].split()),
        "rates": tuple(w.replace("_", " ") for w in money["rates"].split()),
        "measures": frozenset(w.split("_")[0] for w in f"{money['rule']} {money['rates']}".split()),
        "bracket": money["bracket"],
        "study": rf"(?i)(?<!\w)(?:{_alternatives(table['study']['words'])})(?!\w)",
        "study_words": tuple(table["study"]["words"].split()),
        "study_least": table["study"]["least"],
        "determiners": _set(table["source"]["determiners"]),
        "auxiliaries": _set(table["source"]["auxiliaries"]),
        "same": {word.replace("_", " "): name for name, ws in table["quantity"].items() for word in ws.split()},
        "statuses": {
            w: (group, name) for group, t in table["status"].items() for name, ws in t.items() for w in ws.split()
        },
        "past": table["past"]["pattern"],
        "partial": _set(table["partial"]["words"]),
        "expected": _set(table["expected"]["words"]),
    }


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def _parsed(toml: str) -> dict[str, Any]:
    import tomllib  # takes longer than an article

    return tomllib.loads(toml)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _phrase(entry: str) -> Phrase:
    return tuple(entry.split("_"))


def _alternatives(patterns: str) -> str:
    return "|".join(patterns.split())


def _spelled(words: Iterable[str]) -> str:
    """A run of number words and the character before it, with which a search goes faster than with an assertion."""
    by_letter = itertools.groupby(sorted(words, key=lambda w: (w[0], -len(w), w)), key=lambda w: w[0])
    word = "|".join(f"{letter}(?:{'|'.join(w[1:] for w in group)})" for letter, group in by_letter)
    return rf"[^0-9a-zß-öø-ÿ_-]((?:{word})(?:(?:\sand\s|[\s-])?(?:{word}))*)(?!\w)"


def _cues(table: Mapping[str, str]) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for family, listed in table.items():
        for entry in dict.fromkeys(listed.split()):
            phrase = _phrase(entry)
            found.setdefault(phrase[0], []).append((phrase, family))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in found.items()}
