"""``python -m benchmarks.figures``: the figures family beside a number pattern with a verb list, on the same text."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

from benchmarks.corpus import articles
from copydesk import Article
from copydesk.configtable import parse
from copydesk.reading import read
from copydesk_rules.figures import conflict, hardened, unattributed

_NUMBER = re.compile(r"\d[\d.,]*|\b(?:hundred|thousand|million|billion)\b", re.I)
_STOP = re.compile(r"(?<=[.!?])[”\"]?\s+")
_VERB = re.compile(r"\b(?:said|says|told|according to|reported|announced|estimates?|data|study|poll)\b", re.I)


def plain(article: Article) -> int:
    """Numbers in sentences without a reporting verb."""
    return sum(len(_NUMBER.findall(sentence)) for sentence in _STOP.split(article.text) if not _VERB.search(sentence))


def family(article: Article) -> int:
    """Findings of the rules that see one article, and the facts that are kept for the corpus."""
    article._views.clear()
    found = sum(1 for rule in (unattributed, hardened) for _ in rule.check(article, rule.Options()))
    conflict.collect(article)
    return found


def main() -> None:
    """Print processor time an article of 4 kB in the best round, and how it compares to the plain script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    config = parse({"packs": ["copydesk_rules"]}, Path.cwd())
    made = [read(f"{n}.txt", config, text.encode()).articles[0] for n, (_, text) in enumerate(articles(given.articles))]
    pieces = sum(len(article.text) for article in made) / 4000
    times = {tool.__name__: _best(tool, made, given.rounds) / pieces for tool in (plain, family)}
    for name, seconds in times.items():
        print(f"{name:8}{1000 * seconds:8.3f} ms {seconds / times['plain']:8.1f}x")


def _best(tool: Callable[[Article], int], made: list[Article], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = process_time()
        for article in made:
            tool(article)
        best = min(best, process_time() - began)
    return best


if __name__ == "__main__":
    main()
