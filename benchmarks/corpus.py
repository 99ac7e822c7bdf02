"""A seeded generator of news-like copy: names, figures, quotations, and a little damage.

Its words are those of the English pack, drawn as often as Zipf's law has it; its names are put together from syllables.
Per thousand characters it has about as many figures (2.4), quotation marks (3.4) and capitalised words (22) as the
news that copydesk is measured on, and it is as long and as varied in its words.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

_GIVEN = (
    *("Anna", "Peter", "Maria", "James", "Elena", "Thomas", "Sofia", "Daniel", "Ruth", "Viktor", "Claire", "Samuel"),
    *("Nadia", "Oliver", "Grace", "Hassan", "Ingrid", "Marco", "Yuki", "Pavel", "Amara", "Lucas", "Priya", "Owen"),
)
_STARTS = ("Ar", "Bran", "Cas", "Drum", "Ek", "Far", "Gal", "Hol", "Ivan", "Jar", "Kov", "Lind", "Mor", "Nor", "Pell")
_MIDDLES = ("", "ber", "del", "en", "ing", "lo", "mar", "ter")
_FAMILY_ENDS = ("cher", "dt", "lano", "mond", "row", "gher", "lis", "enko", "vis", "ac", "qvist", "sen", "ova", "wood")
_PLACE_ENDS = ("ford", "brook", "by", "sea", "wick", "bury", "ley", "moor", "ham", "ton")
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
_SMALL = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
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
    "as",
    "is",
    "but",
    "after",
]
_DAMAGE = (("’", "â€™"), ("“", "â€œ"), ("é", "Ã©"), (". ", ".Â\xa0"))


@cache
def _words() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The vocabulary, small words first, and its weights added up."""
    listed = files("copydesk_rules.names").joinpath("languages/en/words.txt").read_text("utf-8").split()
    random.Random(7).shuffle(listed)
    words = (*_SMALL, *listed)
    return words, tuple(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Pairs of (source, text); about 3 kB each, one in twenty damaged."""
    rng = random.Random(seed)
    for _ in range(count):
        people = [f"{rng.choice(_GIVEN)} {_name(rng, _FAMILY_ENDS)}" for _ in range(rng.randint(2, 6))]
        text = "\n\n".join(_paragraph(rng, people) for _ in range(rng.randint(5, 11))) + "\n"
        if rng.random() < 0.05:
            good, bad = rng.choice(_DAMAGE)
            text = text.replace(good, bad, 3)
        yield f"outlet{rng.randint(1, 12):02}", text


def _name(rng: random.Random, ends: Sequence[str]) -> str:
    return rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(ends)


def _paragraph(rng: random.Random, people: Sequence[str]) -> str:
    return " ".join(_sentence(rng, people) for _ in range(rng.randint(2, 3)))


def _sentence(rng: random.Random, people: Sequence[str]) -> str:
    vocabulary, weights = _words()
    filler = " ".join(rng.choices(vocabulary, cum_weights=weights, k=rng.randint(8, 22)))
    who, noun, kind = rng.choice(people), rng.choice(_NOUNS), rng.random()
    if kind < 0.3:
        return f"“The {noun} {filler},” said {rng.choice((who, who.split()[-1]))}, who is from {_place(rng)}."
    if kind < 0.42:
        body = f"{_place(rng)} {rng.choice(_BODIES).title()}"
        source = f", {who.split()[-1]} said" if rng.random() < 0.9 else ""
        return f"The {body} {rng.choice(_VERBS)} ${rng.randint(1, 900)} million {filler}{source}."
    if kind < 0.52:
        return f"According to {who}, {rng.randint(13, 90):,},000 people {filler}."
    if kind < 0.62:
        return f"On {rng.randint(1, 28)} May {rng.randint(1980, 2024)}, {who} {rng.choice(_VERBS)} the {noun} {filler}."
    return f"The {noun} in {_place(rng)} was {rng.choice(_VERBS)} by {rng.choice(people)} {filler}."


def _place(rng: random.Random) -> str:
    return _name(rng, _PLACE_ENDS)


def write(folder: Path, count: int, seed: int = 1) -> int:
    """Write the articles below a folder, a folder a source; the number of bytes."""
    size = 0
    for number, (source, text) in enumerate(articles(count, seed)):
        path = folder / source / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(text.encode())
    return size
