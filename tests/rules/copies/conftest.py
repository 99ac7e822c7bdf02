"""Corpora made from texts, for the tests of the copies family."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping

import pytest

from copydesk import Article, Corpus, Facts, Meta, Ref
from copydesk.formats.text import blocks
from copydesk.offsets import identity
from copydesk.source import SourceFile
from copydesk_rules.copies.facts import collect

MakeCorpus = Callable[..., Corpus]
Prose = Callable[[int], str]


def article(path: str, text: str, date: str = "") -> Article:
    """A plain-text article whose source is its folder."""
    meta = Meta(source=path.split("/")[0], date=date)
    return Article(SourceFile(path, text.encode(), text), text, tuple(blocks(text)), identity(len(text)), meta=meta)


@pytest.fixture
def make_corpus() -> MakeCorpus:
    """Facts of texts by path; ``dates`` by path; ``focus`` as paths."""

    def made(
        texts: Mapping[str, str], dates: Mapping[str, str] | None = None, focus: Iterable[str] | None = None
    ) -> Corpus:
        facts = []
        for path, text in texts.items():
            a = article(path, text, (dates or {}).get(path, ""))
            value = collect(a)
            if value is not None:
                facts.append(Facts(a.ref, a.meta, value))
        return Corpus(tuple(facts), None if focus is None else frozenset(map(Ref, focus)))

    return made


@pytest.fixture
def prose() -> Prose:
    """Sentences of invented words, new ones at every call; the same in every run of a test."""
    rng = random.Random(7)
    words = ["".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3)) for _ in range(3000)]

    def sentences(count: int) -> str:
        return "\n\n".join(" ".join(rng.choices(words, k=20)).capitalize() + "." for _ in range(count))

    return sentences
