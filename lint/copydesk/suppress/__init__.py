"""Suppressions: what an editor has decided to leave as it is, said in the file itself.

In Markdown and HTML, ``<!-- copydesk: ignore[names/spelling] reason -->`` speaks of the block it stands in or
before, ``ignore-start[…]`` of all up to ``ignore-end``, ``ignore-file[…]`` of the whole file. Brackets hold rule
ids and families. In front matter and JSON records the key ``copydesk-ignore`` lists them for one article.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Sequence

from copydesk.finding import Finding, Notice
from copydesk.offsets import Span
from copydesk.suppress.orders import Order, Orders, orders_in
from copydesk.typed import NamedTuple

__all__ = ["Orders", "Suppressed", "orders_in", "suppress"]


class Suppressed(NamedTuple):
    """The findings that are left, how many are not, suppressions that suppress nothing, and wrong ones."""

    kept: tuple[Finding, ...]
    number: int = 0
    unused: tuple[Notice, ...] = ()
    problems: tuple[Notice, ...] = ()


def suppress(orders: Orders, findings: Sequence[Finding], rules: Collection[str], ran: Collection[str]) -> Suppressed:
    """Sort the findings of one file by the suppressions in it.

    ``rules`` are the ids of every known rule, ``ran`` of those that ran in full: a suppression is only called
    unused where all rules it names did.
    """
    if not orders.valid:
        return Suppressed(tuple(findings), problems=orders.problems)
    covered, places = _Cover(orders.valid), _Places(findings)
    kept = [f for f in findings if not covered.holds(f)]
    idle = (o for o in orders.valid if not places.meet(o) and _fair(o, rules, ran))
    unused = tuple(Notice(orders.path, f"{o.says} suppresses nothing", o.line, o.offset) for o in idle)
    return Suppressed(tuple(kept), len(findings) - len(kept), unused, orders.problems)


def _selectors(rule: str) -> tuple[str, str]:
    return rule, rule.split("/")[0]


def _fair(order: Order, rules: Collection[str], ran: Collection[str]) -> bool:
    return all(r in ran for r in rules if order.selector in _selectors(r))


class _Cover:
    """What the orders of a file cover, by selector: articles, and ranges merged and in order."""

    def __init__(self, orders: Iterable[Order]) -> None:
        self._articles = {(o.selector, o.article) for o in orders if o.where is None}
        self._ranges: dict[str, list[Span]] = {}
        for where, selector in sorted((o.where, o.selector) for o in orders if o.where is not None):
            merged = self._ranges.setdefault(selector, [])
            if merged and where.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, where.end))
            else:
                merged.append(where)

    def holds(self, finding: Finding) -> bool:
        """Whether an order speaks of the finding: it begins in a range, or stands in an article."""
        return any(
            (s, finding.article) in self._articles or self._in_range(s, finding.start) for s in _selectors(finding.rule)
        )

    def _in_range(self, selector: str, offset: int) -> bool:
        ranges = self._ranges.get(selector, [])
        n = bisect.bisect_right(ranges, offset, key=lambda r: r.start)
        return n > 0 and offset < ranges[n - 1].end


class _Places:
    """Where the findings of a file begin, by selector."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._articles = {(s, f.article) for f in findings for s in _selectors(f.rule)}
        self._starts: dict[str, list[int]] = {}
        for f in sorted(findings, key=lambda f: f.start):
            for s in _selectors(f.rule):
                self._starts.setdefault(s, []).append(f.start)

    def meet(self, order: Order) -> bool:
        """Whether a finding is one that the order speaks of."""
        if order.where is None:
            return (order.selector, order.article) in self._articles
        starts = self._starts.get(order.selector, [])
        return bisect.bisect_left(starts, order.where.start) < bisect.bisect_left(starts, order.where.end)
