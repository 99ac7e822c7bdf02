"""The pairs of articles that share text, worked out once a run for both rules of the family."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from copydesk import Corpus, Facts
from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies.align import Text, align
from copydesk_rules.copies.candidates import NEIGHBOURS, candidates, stock_prints
from copydesk_rules.copies.clusters import components
from copydesk_rules.copies.groups import groups
from copydesk_rules.copies.holdings import Holdings, holdings
from copydesk_rules.copies.judge import FEWEST, Verdict, judge
from copydesk_rules.copies.nearby import known_stock, nearby
from copydesk_rules.copies.runs import runs
from copydesk_rules.copies.shared import shared
from copydesk_rules.copies.verdicts import Verdicts

if TYPE_CHECKING:
    from copydesk_rules.copies.words import Ints, Truths

_KEPT = 512
"""Articles whose words are kept while their pairs are aligned."""


class Pair(NamedTuple):
    """Two articles of different sources and what was found between them."""

    here: Facts
    there: Facts
    verdict: Verdict
    numbers: tuple[int, int]
    """Their numbers in the holdings."""


def pairs(corpus: Corpus) -> tuple[Pair, ...]:
    """Every pair of articles of different sources that shares passages, whatever its relation."""
    return corpus.view(_pairs)


def _pairs(corpus: Corpus) -> tuple[Pair, ...]:
    corpus = nearby(corpus)
    if len({f.meta.source for f in corpus.facts}) < 2:
        return ()  # before numpy is imported
    import numpy as np

    held = holdings(corpus)
    found = held.prints
    group = groups(held.same, found)
    wanted = np.array([corpus.wanted(f.ref) for f in held.facts], bool)
    focus = None if wanted.all() else np.bincount(group, wanted, len(group)) > 0
    known = known_stock(corpus)
    if known is None:
        found, alone = shared(found, len(group))
        stock = stock_prints(held.source, group, found, alone)
    else:
        stock = np.frombuffer(known, np.uint64)
    members = _members(group)
    links = [*candidates(held, group, found, focus, stock), *((g, g) for g, m in members.items() if len(m) > 1)]
    verdicts = Verdicts(held, corpus.notes)
    made = list(_verified(held, _chosen(held, wanted, links, members), verdicts))
    made += _verified(held, _chosen(held, wanted, _beyond(made, links, group), members), verdicts)
    if corpus.notes is not None:
        corpus.notes.update(verdicts.packed())
    return tuple(made)


def _beyond(made: list[Pair], links: list[tuple[int, int]], group: Ints) -> list[tuple[int, int]]:
    """The pairs of groups in stories run so widely that candidates paired each copy with its neighbours only."""
    often = Counter(n for link in links for n in link)
    copied = {(group[p.numbers[0]], group[p.numbers[1]]) for p in made if p.verdict.relation == "copy"}
    wide = [(int(a), int(b)) for a, b in copied if min(often[a], often[b]) >= NEIGHBOURS - 1]
    known = set(links)
    return [
        (a, b) for story in components(wide) for a, b in itertools.combinations(sorted(story), 2) if (a, b) not in known
    ]


def _chosen(
    held: Holdings, wanted: Truths, links: list[tuple[int, int]], members: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    """The pairs of articles behind pairs of groups, of different sources and with one that is wanted."""
    for i, j in _expanded(links, members):
        if held.source[i] != held.source[j] and (wanted[i] or wanted[j]):
            yield i, j


def _members(group: Ints) -> dict[int, list[int]]:
    """The articles of each group."""
    members: dict[int, list[int]] = {}
    for article, first in enumerate(group.tolist()):
        members.setdefault(first, []).append(article)
    return members


def _expanded(links: list[tuple[int, int]], members: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    """The pairs of articles behind pairs of groups, and those within a group."""
    for a, b in links:
        for i in members[a]:
            for j in members[b]:
                if a != b or i < j:
                    yield i, j


def _verified(held: Holdings, found: Iterator[tuple[int, int]], known: Verdicts) -> Iterator[Pair]:
    """The pairs that have passages in common."""
    links = list(found)
    keys = [known.key(*pair) for pair in links]
    judged = _judged(held, [pair for pair, key in zip(links, keys, strict=True) if key not in known])
    for (i, j), key in zip(links, keys, strict=True):
        if key in known:
            verdict = known.again(key)
        else:
            verdict = next(judged)
            known.note(key, verdict)
        if verdict is not None:
            yield Pair(held.facts[i], held.facts[j], verdict, (i, j))


def _judged(held: Holdings, links: list[tuple[int, int]]) -> Iterator[Verdict | None]:
    """What is found between the articles of each pair; None where they have no passage in common."""
    import numpy as np

    @lru_cache(_KEPT)
    def text(n: int) -> Text:
        return Text(held.words_of(n).tolist(), held.kinds_of(n).tobytes())

    used, pairs = np.unique(np.array(links, np.int64).reshape(-1, 2), return_inverse=True)
    words = [np.zeros(0, np.uint32), *map(held.words_of, used.tolist())]
    bounds = np.cumsum([len(own) for own in words])
    common = runs(np.concatenate(words), bounds, pairs.reshape(-1, 2))
    for (i, j), tiles in zip(links, common, strict=True):
        passages = align(text(i), text(j), tiles, FEWEST)
        yield judge(text(i), text(j), passages) if passages else None
