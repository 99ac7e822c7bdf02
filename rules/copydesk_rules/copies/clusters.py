"""Articles that are linked by copying, one to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

from copydesk import Ref

T = TypeVar("T", bound=Hashable)


def components(links: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The sets of things that are linked, directly or through others."""
    up: dict[T, T] = {}

    def top(thing: T) -> T:
        while up.setdefault(thing, thing) != thing:
            up[thing] = up[up[thing]]
            thing = up[thing]
        return thing

    for a, b in links:
        up[top(a)] = top(b)
    together: dict[T, list[T]] = {}
    for thing in up:
        together.setdefault(top(thing), []).append(thing)
    return list(together.values())


def clusters(links: Iterable[tuple[Ref, Ref]]) -> dict[Ref, dict[str, int]]:
    """For every linked article the number of its cluster, from 1 in order of the articles, and its size."""
    found = sorted((sorted(c, key=_order) for c in components(links)), key=lambda c: _order(c[0]))
    return {ref: {"cluster": n, "cluster_size": len(refs)} for n, refs in enumerate(found, 1) for ref in refs}


def _order(ref: Ref) -> tuple[str, str]:
    return ref.path, ref.article or ""
