"""The desk's inventory of names, from the facts that ``names/spelling`` keeps: what ``copydesk names`` asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from copydesk import Facts
from copydesk.compiled import compiled
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.doubts import Doubt, Side, doubts
from copydesk_rules.names.facts import runs_of
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import run

__all__ = ["RULE", "Doubt", "Row", "Side", "doubts", "inventory", "named"]

RULE = "names/spelling"
"""The rule whose facts are read."""

_ABBREVIATED = compiled(r"(?:^|[ .])[A-Z]\.[A-Z]$")
"""A run ends before its last full stop, which belongs to ``U.S.``."""


class Row(NamedTuple):
    """One form of the inventory. Dates are those of the articles, ISO 8601, empty where none has one."""

    form: str
    mentions: int
    articles: int
    sources: dict[str, int]
    """Mentions by source."""
    first_seen: str
    last_seen: str


def inventory(facts: Iterable[Facts]) -> list[Row]:
    """Every form with its counts, commonest first. A run counts as written, without titles and lone words before it."""
    rows: dict[str, Row] = {}
    for article in facts:
        for form, mentions in _forms(article):
            rows[form] = _counted(rows.get(form, Row(form, 0, 0, {}, "", "")), article, mentions)
    return sorted(rows.values(), key=lambda r: (-r.articles, -r.mentions, r.form))


def _forms(article: Facts) -> Iterator[tuple[str, int]]:
    """The article's forms with their mentions."""
    counts: dict[str, int] = {}
    for text, starts in runs_of(article).items():
        form = named(text)
        if form:
            counts[form] = counts.get(form, 0) + len(starts)
    yield from counts.items()


def named(text: str) -> str:
    """The name in a run: ``Volodymyr Zelenskyy`` of ``Ukrainian President Volodymyr Zelenskyy``.

    Empty where there is none: days and months are no names.
    """
    words = run(text).words
    first = 0
    for i, word in enumerate(words):
        folded = fold(word.form)
        opens = i == first and lexicon.is_function(folded) and (folded != "new" or i == len(words) - 1)
        if lexicon.is_title(folded) or lexicon.is_courtesy(folded) or opens:
            first = i + 1
    if first == len(words) or (first == len(words) - 1 and lexicon.is_calendar(fold(words[first].form))):
        return ""
    form = text[words[first].start :]
    return form + "." * bool(_ABBREVIATED.search(form))


def _counted(row: Row, article: Facts, mentions: int) -> Row:
    source, date = article.meta.source, article.meta.date
    dates = sorted(filter(None, (row.first_seen, row.last_seen, date)))
    return Row(
        row.form,
        row.mentions + mentions,
        row.articles + 1,
        {**row.sources, source: row.sources.get(source, 0) + mentions},
        dates[0] if dates else "",
        dates[-1] if dates else "",
    )
