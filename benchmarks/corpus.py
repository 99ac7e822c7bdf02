"""A seeded generator of news-like copy: names, figures, quotations, and a little damage."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_PLACES = [
    "Harrow",
    "Milbrook",
    "Castleford",
    "Denby",
    "Aldersea",
    "Norwick",
    "Thornbury",
    "Kesley",
    "Westmoor",
    "Ravensby",
]
_GIVEN = [
    "Anna",
    "Peter",
    "Maria",
    "James",
    "Elena",
    "Thomas",
    "Sofia",
    "Daniel",
    "Ruth",
    "Viktor",
    "Claire",
    "Samuel",
    "Nadia",
    "Oliver",
]
_FAMILY = [
    "Archer",
    "Brandt",
    "Castellano",
    "Drummond",
    "Ekwueme",
    "Farrow",
    "Gallagher",
    "Hollis",
    "Ivanenko",
    "Jarvis",
    "Kovac",
    "Lindqvist",
]
_BODIES = [
    "council",
    "county court",
    "water board",
    "port authority",
    "school district",
    "regional hospital",
    "transport agency",
]
_NOUNS = [
    "budget",
    "harbour",
    "contract",
    "inquiry",
    "bridge",
    "strike",
    "report",
    "licence",
    "election",
    "flood",
    "appeal",
    "merger",
]
_VERBS = [
    "approved",
    "delayed",
    "rejected",
    "reviewed",
    "published",
    "questioned",
    "defended",
    "cancelled",
    "extended",
    "funded",
]
_WORDS = [
    "after",
    "before",
    "while",
    "because",
    "residents",
    "officials",
    "plans",
    "several",
    "local",
    "public",
    "early",
    "late",
    "new",
    "old",
    "large",
    "small",
    "weeks",
    "months",
    "costs",
    "work",
    "site",
    "road",
    "river",
    "plant",
    "school",
    "group",
    "members",
    "meeting",
    "decision",
    "week",
    "year",
    "money",
    "people",
    "would",
    "could",
    "might",
    "said",
    "to",
    "the",
    "of",
    "a",
    "in",
    "and",
    "for",
    "on",
    "with",
    "that",
    "by",
    "from",
    "at",
    "it",
    "was",
    "were",
    "has",
    "had",
    "not",
    "been",
]
_DAMAGE = (("’", "â€™"), ("“", "â€œ"), ("é", "Ã©"), (". ", ".Â\xa0"))


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Pairs of (source, text); about 3 kB each, one in twenty damaged."""
    rng = random.Random(seed)
    for _ in range(count):
        text = "\n\n".join(_paragraph(rng) for _ in range(rng.randint(6, 14))) + "\n"
        if rng.random() < 0.05:
            good, bad = rng.choice(_DAMAGE)
            text = text.replace(good, bad, 3)
        yield f"outlet{rng.randint(1, 12):02}", text


def _paragraph(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randint(2, 4)))


def _sentence(rng: random.Random) -> str:
    who = f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
    filler = " ".join(rng.choice(_WORDS) for _ in range(rng.randint(6, 18)))
    kind = rng.random()
    if kind < 0.25:
        return f"“The {rng.choice(_NOUNS)} {filler},” {who} said."
    if kind < 0.45:
        money = f"${rng.randint(1, 900)} million"
        return f"The {rng.choice(_PLACES)} {rng.choice(_BODIES)} {rng.choice(_VERBS)} {money} {filler}."
    if kind < 0.6:
        return f"According to {who}, {rng.randint(13, 90):,},000 people {filler}."
    return f"The {rng.choice(_NOUNS)} in {rng.choice(_PLACES)} was {rng.choice(_VERBS)} {filler}."


def write(folder: Path, count: int, seed: int = 1) -> int:
    """Write the articles below a folder, a folder a source; the number of bytes."""
    size = 0
    for number, (source, text) in enumerate(articles(count, seed)):
        path = folder / source / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size
