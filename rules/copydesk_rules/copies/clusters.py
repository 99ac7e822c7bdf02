"""Articles that are linked by copying, one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from copydesk import Ref


def clusters(links: Iterable[tuple[Ref, Ref]]) -> dict[Ref, dict[str, int]]:
    """For every linked article the number of its cluster, from 1 in order of the articles, and its size."""
    up: dict[Ref, Ref] = {}

    def top(ref: Ref) -> Ref:
        while up.setdefault(ref, ref) != ref:
            up[ref] = up[up[ref]]
            ref = up[ref]
        return ref

    for a, b in links:
        up[top(a)] = top(b)
    refs = sorted(up, key=lambda r: (r.path, r.article or ""))
    numbers: dict[Ref, int] = {}
    for ref in refs:
        numbers.setdefault(top(ref), len(numbers) + 1)
    sizes = Counter(top(ref) for ref in refs)
    return {ref: {"cluster": numbers[top(ref)], "cluster_size": sizes[top(ref)]} for ref in refs}
