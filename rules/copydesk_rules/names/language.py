"""Language packs: folders of word lists under ``languages/``, and the pack that an article is read with.

English is the measured language; an article in a language without a pack is not read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from copydesk import Article
from copydesk.text import language

_PACKS = Path(__file__).with_name("languages")
_HINTS = {"en": (" the ",), "de": (" der ", " die ", " und ", " das ", " von ", " ist ")}
"""What most copy in a pack's language holds: nothing else is looked at for long."""
_SHORT = 400
"""Characters of copy too short to need a hint; undeclared, it is read as English."""
_ENGLISH = 200
"""Characters of copy for each "the": with as many, no other language is counted."""


def language_of(article: Article) -> str:
    """Code of the pack to read an article with: as declared, else as its words tell; empty where there is none."""
    return article.view(_language_of)


def _language_of(article: Article) -> str:
    declared = article.meta.language.lower().split("-")[0]
    if declared:
        return declared if declared in _HINTS and may_be_read(article.text) else ""
    if article.text.count(" the ") * _ENGLISH > len(article.text):
        return "en"
    counts = {code: sum(map(article.text.count, hints)) for code, hints in _HINTS.items()}
    likeliest = max(counts, key=counts.__getitem__)
    if likeliest != "en" and language(article) == likeliest:
        return likeliest
    return "en" if counts["en"] or len(article.text) < _SHORT else ""


def may_be_read(text: str) -> bool:
    """Whether a text may be in the language of a pack."""
    return len(text) < _SHORT or any(hint in text for hints in _HINTS.values() for hint in hints)


@cache
def words(code: str, name: str) -> frozenset[str]:
    """A word list of a pack. Raises OSError where the pack has none of that name."""
    return frozenset(contents(_PACKS / code / f"{name}.txt").split())


def lines(code: str, name: str) -> list[str]:
    """The lines of a list of a pack."""
    return contents(_PACKS / code / f"{name}.txt").splitlines()


def contents(path: Path) -> str:
    """The text of a list without the line that says what it holds."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("\n") + 1 :] if text.startswith("#") else text
