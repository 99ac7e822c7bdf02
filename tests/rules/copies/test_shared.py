"""The prints that several articles have, and the forward index in which all are noted."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import Corpus, Facts
from copydesk_rules.copies import forward as module
from copydesk_rules.copies.forward import Forward, forward
from copydesk_rules.copies.pairs import pairs
from copydesk_rules.copies.prints import Prints
from copydesk_rules.copies.shared import among, shared

from .conftest import MakeCorpus, Prose

KEYS = st.integers(0, 1 << 40).map(lambda n: n % 7 << 22 | n % 3 << 37 | n % 5)
"""Few keys, that agree in low bits, in high ones, or in both."""


@given(st.lists(st.lists(KEYS, max_size=8), min_size=1, max_size=6))
def test_prints_of_one_article_are_counted(articles: list[list[int]]) -> None:
    keys = np.array([key for own in articles for key in own], np.uint64)
    article = np.repeat(np.arange(len(articles)), [len(own) for own in articles])
    found, alone = shared(Prints(keys, np.arange(len(keys)), article), len(articles))
    for n, own in enumerate(articles):
        kept = set(found.keys[found.article == n].tolist())
        others = {key for m, theirs in enumerate(articles) for key in theirs if m != n}
        assert set(own) & others <= kept <= set(own)
        assert len(set(own) - kept) == alone[n]
    assert [keys[at] for at in found.at] == found.keys.tolist()


@given(st.lists(KEYS), st.sets(KEYS))
def test_keys_among_others(keys: list[int], few: set[int]) -> None:
    told = among(np.array(keys, np.uint64), np.array(sorted(few), np.uint64))
    assert told.tolist() == [key in few for key in keys]


FactsOf = Callable[[Sequence[int]], list[Facts]]


def plain(index: Forward) -> list[list[object]]:
    return [array.tolist() for array in index]


@pytest.fixture
def facts_of(make_corpus: MakeCorpus, prose: Prose) -> FactsOf:
    """Some of ten articles of four sources that have text in common; with names."""
    parts = [prose(3) for _ in range(5)]
    made = (f"{'abcd'[n % 4]}/{n}.txt" for n in range(10))
    texts = {path: "\n\n".join((parts[n % 5], parts[n * 2 % 5], prose(n % 3 + 1))) for n, path in enumerate(made)}
    corpus = make_corpus(texts)
    assert len(pairs(corpus)) > 5
    named = [f._replace(name=n.to_bytes(12, "little")) for n, f in enumerate(corpus.facts)]
    return lambda numbers: [named[n] for n in numbers]


@pytest.mark.parametrize("stale", [1, 50])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 9), unique=True), min_size=1, max_size=4))
def test_what_is_noted_is_what_is_made(
    monkeypatch: pytest.MonkeyPatch, facts_of: FactsOf, stale: int, runs: list[list[int]]
) -> None:
    monkeypatch.setattr(module, "_STALE", stale)
    notes: dict[str, bytes] = {}
    for numbers in runs:
        facts = facts_of(numbers)
        assert plain(forward(facts, notes)) == plain(forward(facts, None))
        got, fresh = (pairs(Corpus(facts, notes=kept)) for kept in (notes, None))
        assert [(p.numbers, p.verdict) for p in got] == [(p.numbers, p.verdict) for p in fresh]
