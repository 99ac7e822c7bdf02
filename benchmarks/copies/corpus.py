"""Articles of several sources, some of which are re-used in others, and the pairs that are copies."""

from __future__ import annotations

import itertools
import random
from typing import NamedTuple

_SOURCES = 40
_SENTENCES = 20
_REUSE = {"reprint": 0.1, "cut": 0.1, "reword": 0.1, "splice": 0.1}
"""Share of articles that re-use another one, by how."""


class Made(NamedTuple):
    """Texts with their sources, and the pairs of numbers that are copies, the lower first, with how."""

    articles: list[tuple[str, str]]
    copies: dict[tuple[int, int], str]


def make(count: int, seed: int = 1) -> Made:
    """``count`` articles of about 400 words of an invented vocabulary with the frequencies of a language."""
    rng = random.Random(seed)
    vocabulary = _vocabulary(rng)
    ways = [way for way, share in _REUSE.items() for _ in range(round(share * count))]
    originals = [_story(rng, vocabulary) for _ in range(count - len(ways))]
    lent = rng.sample(range(len(originals)), ways.count("splice"))  # passages come from stories nobody else has
    whole = sorted(set(range(len(originals))) - set(lent))
    texts = list(originals)
    family: dict[int, list[tuple[int, str]]] = {}
    for number, way in enumerate(ways, len(originals)):
        taken = lent.pop() if way == "splice" else rng.choice(whole)
        texts.append(_reused(rng, vocabulary, originals[taken], way))
        family.setdefault(taken, [(taken, "")]).append((number, way))
    copies = {
        (a, b): "+".join(filter(None, (how_a, how_b)))
        for members in family.values()
        for (a, how_a), (b, how_b) in itertools.combinations(members, 2)
    }
    return Made([(f"source{n % _SOURCES}-{n}", " ".join(t)) for n, t in enumerate(texts)], copies)


def _vocabulary(rng: random.Random) -> tuple[list[str], list[float]]:
    words = [
        "".join(rng.choice("bcdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(1, 4)))
        for _ in range(20_000)
    ]
    return words, list(itertools.accumulate(1 / (n + 3) for n in range(len(words))))


def _story(rng: random.Random, vocabulary: tuple[list[str], list[float]], sentences: int = _SENTENCES) -> list[str]:
    words, weights = vocabulary
    return [" ".join(rng.choices(words, cum_weights=weights, k=20)).capitalize() + "." for _ in range(sentences)]


def _reused(rng: random.Random, vocabulary: tuple[list[str], list[float]], story: list[str], way: str) -> list[str]:
    lede = _story(rng, vocabulary, 1)
    if way == "reprint":
        return lede + story
    if way == "cut":
        return lede + sorted(rng.sample(story, _SENTENCES // 2), key=story.index)
    if way == "reword":
        return lede + [_reworded(rng, vocabulary, s) for s in story]
    at = rng.randrange(_SENTENCES - 6)
    own = _story(rng, vocabulary)
    return [*own[:7], *story[at : at + 6], *own[7:]]


def _reworded(rng: random.Random, vocabulary: tuple[list[str], list[float]], sentence: str) -> str:
    words, weights = vocabulary
    new = iter(rng.choices(words, cum_weights=weights, k=20))
    return " ".join(next(new) if rng.random() < 0.12 else word for word in sentence.split())
