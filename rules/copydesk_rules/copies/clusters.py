"""Articles that are linked by copying, one to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from copydesk import Ref
from copydesk.typed import Any, TypeVar

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


def clusters(links: Iterable[tuple[Ref, Ref]]) -> dict[Ref, dict[str, Any]]:
    """For every linked article its cluster, named after the first of its articles, and the cluster's size.

    Named so, it is the same in every run that sees the same articles, whatever else it sees.
    """
    found = (sorted(c, key=_order) for c in components(links))
    return {ref: {"cluster": _name(refs[0]), "cluster_size": len(refs)} for refs in found for ref in refs}


def _name(ref: Ref) -> str:
    return ref.path if ref.article is None else f"{ref.path}#{ref.article}"


def _order(ref: Ref) -> tuple[str, str]:
    return ref.path, ref.article or ""
