"""``python -m benchmarks.names``: names/spelling beside simpler ways to look for misspelt names, on the same text.

The peers judge pairs by likeness alone: the standard library's difflib, and the pattern for capitalised words with
nothing behind it, which is the least that any check of names costs.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from time import process_time

from benchmarks.corpus import articles
from copydesk import Corpus, Facts, Meta, Ref
from copydesk.configtable import parse
from copydesk.reading import read
from copydesk_rules.names.spelling import Options, check, collect, compare

_PARTS = "ka lo mer vin ost ber dahl ren gu shi ta no ov ski el ham pe ri zu kov lin quist mar wick"
_SYLLABLES = _PARTS.split()
_SURNAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]+")
_CAPITALISED = re.compile(r"[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+)*")


def stories(count: int) -> Iterator[tuple[str, str]]:
    """Pairs of (source, text) in which each article has people of its own: real copy has many names."""
    rng = random.Random(7)
    for source, text in articles(count):
        for name in sorted(set(_SURNAME.findall(text))):
            text = text.replace(name, _surname(rng))
        yield source, text


def _surname(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def ours(texts: Iterable[str]) -> int:
    """Both sides of the rule on each article, as a run does; the number of hits."""
    config, options, hits = parse({}, Path.cwd()), Options(), 0
    for number, text in enumerate(texts):
        article = read(f"{number}.txt", config, text.encode()).articles[0]
        collect(article)
        hits += sum(1 for _ in check(article, options))
    return hits


def reading(texts: Iterable[str]) -> int:
    """Only what :func:`ours` does before the rule sees an article."""
    config = parse({}, Path.cwd())
    return sum(len(read(f"{i}.txt", config, text.encode()).articles) for i, text in enumerate(texts))


def pattern(texts: Iterable[str]) -> int:
    """Capitalised runs and nothing else."""
    return sum(len(_CAPITALISED.findall(text)) for text in texts)


def closest(texts: Iterable[str]) -> int:
    """Capitalised words with the most alike other one of their article by difflib."""
    found = 0
    for text in texts:
        words = sorted({word for run in _CAPITALISED.findall(text) for word in run.split()})
        found += sum(len(get_close_matches(word, words, 2, 0.85)) > 1 for word in words)
    return found


def merged(count: int) -> float:
    """CPU seconds to compare the kept facts of so many articles."""
    config, facts = parse({}, Path.cwd()), []
    for number, (source, text) in enumerate(stories(count)):
        article = read(f"{source}/{number}.txt", config, text.encode()).articles[0]
        facts.append(Facts(Ref(f"{source}/{number}.txt"), Meta(source=source), collect(article)))
    corpus = Corpus(tuple(f for f in facts if f.value is not None))
    return timed(lambda: sum(1 for _ in compare(corpus, Options())))


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--merge", type=int, default=10_000, metavar="ARTICLES")
    given = parser.parse_args()
    texts = [text for _, text in stories(given.articles)]
    size = sum(map(len, texts))
    rows = {"names/spelling": ours, "capitalised runs alone": pattern, "difflib on capitalised words": closest}
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(given.rounds):
        idle = timed(lambda: reading(texts))
        for name, work in rows.items():
            taken = timed(partial(work, texts))
            times[name].append(taken - idle if work is ours else taken)
    first = min(times["names/spelling"])
    print(f"{size:,} characters, CPU seconds, best of {given.rounds}")
    for name, values in times.items():
        best = min(values)
        print(f"{name:30} {best:8.3f} {size / best / 1e6:8.1f} M characters a second {best / first:8.2f}x")
    print(f"{'comparing ' + format(given.merge, ',') + ' articles':30} {merged(given.merge):8.3f}")


if __name__ == "__main__":
    main()
