"""What the rules of the family say of a figure: its words as written, and its data."""

from __future__ import annotations

from copydesk import Article
from copydesk_rules.figures.attribution import Judged

_NOUN_REACH = 90


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
