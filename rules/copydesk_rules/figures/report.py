"""What the rules of the family say of a figure: its words as written, and its data."""

from __future__ import annotations

import re

from copydesk import Article
from copydesk_rules.figures.attribution import Judged

_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|een|ty|dozen|hundred|thousand|illion|"
    r"zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zig|ßig|hundert|tausend|dutzend|illionen|illiarden?)\b",
    re.I,
)
_NOUN_REACH = 90


def prefilter(text: str) -> bool:
    """Whether the text holds a number at all, in digits or in words of any of the packs."""
    return _DIGIT.search(text) is not None or _NUMBER_WORD.search(text) is not None


def written(article: Article, j: Judged) -> str:
    """The figure with what it counts, as it stands in the copy."""
    span, noun = j.figure.span, j.figure.noun
    behind = article.text[span.end : span.end + _NOUN_REACH]
    at = behind.lower().find(noun) if noun else -1
    return " ".join((article[span] + (behind[: at + len(noun)] if at >= 0 else "")).split())


def data(article: Article, j: Judged, source: str = "") -> dict[str, object]:
    """The finding's machine-readable part."""
    figure = j.figure
    return {"kind": figure.kind, "value": figure.value, "modifier": figure.modifier, "source": source}
