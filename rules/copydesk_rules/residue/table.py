"""The vocabulary as ``wording`` reads it: a table of all its phrases with the tokens that find them.

Taking the phrases apart costs more than the first article. After a change to the vocabulary,
``python -m copydesk_rules.residue.table`` writes the table anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from .phrases import edge, longest, needs, parse
from .wording import FOLDER, SHORT, TABLE, Pattern, plain


def patterns() -> Iterator[Pattern]:
    """Every phrase of every language."""
    for path in sorted(FOLDER.glob("*.toml")):
        for kind, lists in tomllib.loads(plain(path.read_text(encoding="utf-8")).casefold()).items():
            for strength in ("sure", "likely"):
                for phrase in filter(None, map(str.strip, lists.get(strength, "").split("\n"))):
                    yield _pattern(path.stem, kind, strength, phrase)


def _pattern(language: str, kind: str, strength: str, phrase: str) -> Pattern:
    node = parse(phrase)
    reach = "long" if longest(node) > SHORT and "*" in phrase else "short"
    held = " ".join(sorted(needs(node, phrase)))
    for place, step in (("first", 1), ("last", -1)):
        keys = edge(node, step)
        if keys:
            return Pattern(language, kind, strength, reach, place, " ".join(sorted(keys)), held, phrase)
    return Pattern(language, kind, strength, reach, "held", held, held, phrase)


def text() -> str:
    """The table: a pattern a line, its fields with tabs between."""
    return "".join("\t".join(p) + "\n" for p in patterns())


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
