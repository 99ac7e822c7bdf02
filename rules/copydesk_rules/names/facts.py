"""What is kept of an article's names for the corpus: its runs of capitalised words, each with its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from copydesk import Article, Facts
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import Names, linked_words, names, words_of


def collect(article: Article) -> dict[str, Any] | None:
    """Runs of capitalised words: ``{"runs": {text: [start, …]}, "opens": [start, …]}``.

    Starts are code points; ``opens`` lists those whose capital may be due to a sentence's or a headline's start.
    None for an article without names.
    """
    found = names(article)
    runs: dict[str, list[int]] = {}
    opens: list[int] = []
    for first, last in _runs(found):
        start, end = found.words[first].start, found.words[last].end
        if first == last and _says_nothing(found, first):
            continue
        runs.setdefault(found.text[start:end], []).append(start)
        if found.opens(first) or found.in_headline(first):
            opens.append(start)
    return {"runs": runs, "opens": opens} if runs else None


def _runs(found: Names) -> Iterator[tuple[int, int]]:
    first = 0
    for i, linked in enumerate(found.linked):
        if not linked:
            yield first, i
            first = i + 1


def _says_nothing(found: Names, number: int) -> bool:
    word = fold(found.words[number].form)
    return len(word) < 3 or lexicon.is_function(word) or (lexicon.is_word(word) and found.opens(number))


@lru_cache(maxsize=300_000)
def run(text: str) -> Names:
    """A run of capitalised words as names of a text of its own."""
    words = list(words_of(text))
    return Names(text, words, linked_words(text, words), ())


def runs_of(facts: Facts) -> Mapping[str, list[int]]:
    """The runs kept of one article, with their starts."""
    value: Mapping[str, Mapping[str, list[int]]] = facts.value
    return value["runs"]


def opens_of(facts: Facts) -> frozenset[int]:
    """Starts of runs whose capital may be due to their place."""
    return frozenset(facts.value["opens"])


def distinct_runs(facts: Iterable[Facts]) -> set[str]:
    """The texts of all runs of a corpus."""
    return set().union(*(runs_of(f) for f in facts))
