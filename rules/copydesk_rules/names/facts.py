"""What is kept of an article's names for the corpus: its runs of capitalised words, each with its places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from copydesk import Article, Facts
from copydesk.typed import Any
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import opens_at
from copydesk_rules.names.stretches import headlines, stretches

FOLLOWED = 1000
"""Articles that may have changed since they were counted: more are as slow to take in as the names' own articles."""


def collect(article: Article) -> dict[str, Any] | None:
    """Runs of capitalised words: ``{"runs": {text: [start, …]}, "opens": [start, …]}``.

    Starts are code points; ``opens`` lists those whose capital may be due to a sentence's or a headline's start.
    None for an article without names.
    """
    runs: dict[str, list[int]] = {}
    opens: list[int] = []
    text, heads = article.text, headlines(article)
    starts, end = [s.start for s in heads], heads[-1].end if heads else 0
    for start, stretch, inside in stretches(article):
        for offset, run, single in stretch.runs:
            at = start + offset
            opening = not inside and opens_at(text, at)
            if opening and single and _is_word(run):
                continue
            if run in runs:
                runs[run].append(at)
            else:
                runs[run] = [at]
            if opening or (at < end and starts[0] <= at < heads[bisect_right(starts, at) - 1].end):
                opens.append(at)
    return {"runs": runs, "opens": opens} if runs else None


@lru_cache(maxsize=1 << 16)
def _is_word(word: str) -> bool:
    return lexicon.is_word(fold(word))


def runs_of(facts: Facts) -> Mapping[str, list[int]]:
    """The runs kept of one article, with their starts."""
    value: Mapping[str, Mapping[str, list[int]]] = facts.value
    return value["runs"]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a run, or of a form."""
    return tuple(text.replace(".", " ").split())


def opens_of(facts: Facts) -> Sequence[int]:
    """Starts of runs whose capital may be due to their place, in order."""
    value: Mapping[str, Sequence[int]] = facts.value
    return value["opens"]


def distinct_runs(facts: Iterable[Facts]) -> set[str]:
    """The texts of all runs of a corpus."""
    texts = set[str]()
    for article in facts:
        texts.update(runs_of(article))
    return texts
