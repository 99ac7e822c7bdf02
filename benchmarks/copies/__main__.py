"""``python -m benchmarks.copies``: pairs of copies by copydesk and by other tools, from the same text in one run.

The others are given what their documentation recommends: word 3-grams, 128 permutations, k = 3. Those that are
not installed are left out; the extra ``bench`` has them, best in an environment of its own.
"""

from __future__ import annotations

import argparse
import gc
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from time import process_time

from benchmarks.copies.corpus import Made, make

Pairs = set[tuple[int, int]]
_WORD = re.compile(r"\w+")
_THRESHOLD = 0.3


def copydesk(made: Made) -> Pairs:
    """Both rules' pass: facts of each article, then all pairs with verified passages."""
    from copydesk import Article, Block, Corpus, Facts, Meta, Span
    from copydesk.offsets import identity
    from copydesk.source import SourceFile
    from copydesk_rules.copies import near_duplicate
    from copydesk_rules.copies.facts import collect

    facts = []
    for n, (source, text) in enumerate(made.articles):
        file = SourceFile(str(n), b"", text)
        block = Block(Span(0, len(text)))
        article = Article(file, text, (block,), identity(len(text)), meta=Meta(source=source))
        facts.append(Facts(article.ref, article.meta, collect(article)))
    hits = near_duplicate.compare(Corpus(tuple(facts)), near_duplicate.Options())
    return {_pair(int(ref.path), int(m.ref.path)) for ref, hit in hits for m in hit.matches}


def simhash(made: Made) -> Pairs:
    """The package's own features, hashes and index."""
    from simhash import Simhash, SimhashIndex

    hashes = [Simhash(list(_shingles(text))) for _, text in made.articles]
    index = SimhashIndex([(str(n), h) for n, h in enumerate(hashes)], k=3)
    return {_pair(n, int(m)) for n, h in enumerate(hashes) for m in index.get_near_dups(h) if int(m) != n}


def datasketch(made: Made) -> Pairs:
    """MinHashLSH, its candidates checked against the threshold."""
    tool = import_module("datasketch")
    index, hashes = tool.MinHashLSH(threshold=_THRESHOLD, num_perm=128), []
    for n, (_, text) in enumerate(made.articles):
        minhash = tool.MinHash(num_perm=128)
        minhash.update_batch([s.encode() for s in _shingles(text)])
        index.insert(n, minhash)
        hashes.append(minhash)
    near = {_pair(n, m) for n, h in enumerate(hashes) for m in index.query(h) if m != n}
    return {(a, b) for a, b in near if hashes[a].jaccard(hashes[b]) >= _THRESHOLD}


def rensa(made: Made) -> Pairs:
    """RMinHashLSH with 32 bands, its candidates checked against the threshold."""
    tool = import_module("rensa")
    index, hashes = tool.RMinHashLSH(threshold=_THRESHOLD, num_perm=128, num_bands=32), []
    for n, (_, text) in enumerate(made.articles):
        minhash = tool.RMinHash(num_perm=128, seed=42)
        minhash.update(list(_shingles(text)))
        index.insert(n, minhash)
        hashes.append(minhash)
    near = {_pair(n, m) for n, h in enumerate(hashes) for m in index.query(h) if m != n}
    return {(a, b) for a, b in near if hashes[a].jaccard(hashes[b]) >= _THRESHOLD}


def _shingles(text: str) -> Iterator[str]:
    words = _WORD.findall(text.lower())
    return (" ".join(words[n : n + 3]) for n in range(len(words) - 2))


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def main() -> None:
    """Print the table: articles a second of processor time in the best round, precision, recall by kind of re-use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    gc.set_threshold(200_000, 30, 30)  # for all tools, as the command line does
    made = make(given.articles)
    kinds = sorted(set(made.copies.values()))
    print(f"{len(made.articles)} articles, {len(made.copies)} pairs of copies")
    print(f"{'':12}{'articles/s':>11}{'precision':>11}{'recall':>8}")
    for tool in (copydesk, simhash, datasketch, rensa):
        try:
            _row(tool, made, kinds, given.rounds)
        except ImportError:
            print(f"{tool.__name__:12}not installed")


def _row(tool: Callable[[Made], Pairs], made: Made, kinds: list[str], rounds: int) -> None:
    best = float("inf")
    for _ in range(rounds):
        began = process_time()
        found = tool(made)
        best = min(best, process_time() - began)
    right = found & made.copies.keys()
    speed, precision = len(made.articles) / best, len(right) / max(1, len(found))
    print(f"{tool.__name__:12}{speed:11.0f}{precision:11.3f}{len(right) / len(made.copies):8.3f}")
    hit, all_of = Counter(made.copies[p] for p in right), Counter(made.copies.values())
    print("            " + ", ".join(f"{kind} {hit[kind]}/{all_of[kind]}" for kind in kinds))


if __name__ == "__main__":
    main()
