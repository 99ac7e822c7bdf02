"""The vocabulary as ``wording`` reads it: a table of all its phrases, and the words that find them.

Taking the phrases apart costs more than an article. After a change to the vocabulary,
``python -m copydesk_rules.residue.table`` writes the tables anew.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Set
from math import inf

from copydesk.typed import NamedTuple

from .letters import line
from .phrases import ANY, Node, Words, closings, demands, longest, longest_token, needs, openings, parse
from .wording import FOLDER, KEYS, PAIR, SIGNS, TABLE, plain

_COMMON = """
a all as at by for from he how i if in it more my no on our she some that the there they this to we what when with you
your das der die diese es sie wir ce cette il la le les nous vous de el en este los un una gli i lo o os uma het een
wij w na z в на это у
"""
"""Words that begin many a sentence: their patterns are told by the word that follows."""


class Tables(NamedTuple):
    """``patterns``: the fields of a ``Pattern`` a line. ``keys``: for each place of a word, the words to be found
    there and the numbers of the patterns that they find."""

    patterns: str
    keys: str


class Phrase(NamedTuple):
    """A phrase of the vocabulary."""

    language: str
    kind: str
    strength: str
    phrase: str


def phrases() -> Iterator[Phrase]:
    """Every phrase of every language."""
    for path in sorted(FOLDER.glob("*.toml")):
        for kind, lists in tomllib.loads(plain(path.read_text(encoding="utf-8")).casefold()).items():
            for strength in ("sure", "likely"):
                for phrase in filter(None, map(str.strip, lists.get(strength, "").split("\n"))):
                    yield Phrase(path.stem, kind, strength, phrase)


def tables() -> Tables:
    """What the two files hold."""
    rows = []
    keys: dict[str, dict[str, list[str]]] = {place: defaultdict(list) for place in ("first", "last", "held")}
    for number, found in enumerate(phrases()):
        node = parse(found.phrase)
        place, words, runs = _found_by(node, found.phrase)
        asked = "|".join(" ".join(sorted(set(map(_longest, part)))) for part in demands(node))
        limits = str(longest(node)), str(longest(node, _words))
        rows.append((*found[:3], *limits, asked, "|".join(sorted(runs)), found.phrase))
        for word in sorted(words):
            keys[place][word].append(str(number))
    sections = ("".join(f"{word}\t{','.join(numbers)},\n" for word, numbers in keys[place].items()) for place in keys)
    return Tables("".join("\t".join(row) + "\n" for row in rows), "\n".join(sections))


class _Found(NamedTuple):
    """How a phrase is found: a place, the words of which every match has one there, and the runs it has one of."""

    place: str
    words: Set[str]
    runs: Set[str] = frozenset()


def _found_by(node: Node, phrase: str) -> _Found:
    first = openings(node, _opening)
    if all(words and words[0] for words in first):
        return _Found("first", {_key(words) for words in first})
    last = closings(node)
    if last:
        return _Found("last", {_apart(token)[-1] for token in last})
    runs = needs(node, phrase)
    return _Found("held", {_longest(longest_token(run)) for run in runs}, {_spoken(run) for run in runs})


def _spoken(run: str) -> str:
    return f" {' '.join(word for token in run.split() for word in _apart(token))} "


def _key(opening: Words) -> str:
    return PAIR.join(filter(None, opening if opening[0] in _COMMON.split() else opening[:1]))


def _longest(token: str) -> str:
    return max(_apart(token), key=len)


def _apart(token: str) -> list[str]:
    """The words of a token; a sign is its own."""
    return [token] if token in SIGNS else line(token).words


def _opening(token: str) -> list[str]:
    """The words of a token as a line's beginning: a colon is none, and what a number holds is not known."""
    return ["#", ""] if token == "#" else line(token).words


def _words(token: str) -> float:
    """How many words a token or a wildcard may be."""
    return inf if token in (*ANY, "#") else len(line(token).words)


if __name__ == "__main__":
    for path, text in zip((TABLE, KEYS), tables(), strict=True):
        path.write_text(text, encoding="utf-8")
