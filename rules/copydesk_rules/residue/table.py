"""The vocabulary as ``wording`` reads it: a table of all its phrases, and the tokens that find them.

Taking the phrases apart costs more than an article. After a change to the vocabulary,
``python -m copydesk_rules.residue.table`` writes the tables anew.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from .letters import words
from .phrases import Node, demands, edge, longest, needs, parse
from .wording import FOLDER, KEYS, SHORT, TABLE, Pattern, plain


class Tables(NamedTuple):
    """``patterns``: the fields of a ``Pattern`` a line. ``keys``: tokens and numbers of patterns,
    under the index and the place they belong to."""

    patterns: str
    keys: str


def patterns() -> Iterator[Pattern]:
    """Every phrase of every language."""
    for path in sorted(FOLDER.glob("*.toml")):
        for kind, lists in tomllib.loads(plain(path.read_text(encoding="utf-8")).casefold()).items():
            for strength in ("sure", "likely"):
                for phrase in filter(None, map(str.strip, lists.get(strength, "").split("\n"))):
                    node = parse(phrase)
                    asked = "|".join(" ".join(sorted(part)) for part in demands(node))
                    yield Pattern(path.stem, kind, strength, str(longest(node)), asked, phrase)


def tables() -> Tables:
    """What the two files hold."""
    found = list(patterns())
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    for number, pattern in enumerate(found):
        place, tokens = _found_by(parse(pattern.phrase), pattern.phrase)
        for token in sorted(tokens):
            _add(keys[f"tokens {place}"], token, number)
            apart = words(token)
            if float(pattern.longest) > SHORT and apart:
                word = {"first": apart[0], "last": apart[-1], "held": max(apart, key=len)}[place]
                _add(keys[f"words {place}"], word, number)
    sections = (
        "".join([f"{head}\n", *(f"{token}\t{numbers}\n" for token, numbers in section.items())])
        for head, section in keys.items()
    )
    return Tables("".join("\t".join(p) + "\n" for p in found), "\n".join(sections))


def _add(section: dict[str, str], token: str, number: int) -> None:
    section[token] = f"{section.get(token, '')}{number} "


def _found_by(node: Node, phrase: str) -> tuple[str, frozenset[str]]:
    """Where a phrase's tokens are looked for, and the tokens of which every match has one there."""
    for place, step in (("first", 1), ("last", -1)):
        tokens = edge(node, step)
        if tokens:
            return place, frozenset(tokens)
    return "held", needs(node, phrase)


if __name__ == "__main__":
    for path, text in zip((TABLE, KEYS), tables(), strict=True):
        path.write_text(text, encoding="utf-8")
