"""From judged blocks to hits: runs of one kind, their messages, and removals that compose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk import Edit, Fix, Hit, Span
from copydesk.typed import Literal, NamedTuple

from .judgement import ADDRESSED, Judged

Severity = Literal["warning", "info"]


class Run(NamedTuple):
    """Neighbouring blocks ``first`` to ``last`` of one kind and one safety."""

    first: int
    last: int
    kind: str
    safe: bool
    evidence: tuple[str, ...]


def runs(found: Sequence[Judged]) -> list[Run]:
    """Neighbouring blocks of one kind and safety as one run each."""
    out: list[Run] = []
    for j in found:
        if out and out[-1].last == j.block - 1 and out[-1].kind == j.kind and out[-1].safe == j.safe:
            both = tuple(dict.fromkeys((*out[-1].evidence, *j.evidence)))
            out[-1] = out[-1]._replace(last=j.block, evidence=both)
        else:
            out.append(Run(j.block, j.block, j.kind, j.safe, j.evidence))
    return out


def removals(found: Sequence[Run], spans: Sequence[Span]) -> Iterator[Edit]:
    """One edit a run, in order, taking its blocks and a gap; ``spans`` are all blocks of the article.

    Of the gaps around runs that stand next to each other the largest stays, and no two edits overlap.
    """
    for chain in _chains(found):
        kept = _kept_gap(chain, spans)
        for n, run in enumerate(chain):
            start, end = spans[run.first].start, spans[run.last].end
            if n < kept and run.first:
                start = spans[run.first - 1].end
            elif n >= kept and run.last + 1 < len(spans):
                end = spans[run.last + 1].start
            yield Edit(Span(start, end), "")


def _chains(found: Sequence[Run]) -> Iterator[list[Run]]:
    chain: list[Run] = []
    for run in found:
        if chain and chain[-1].last + 1 != run.first:
            yield chain
            chain = []
        chain.append(run)
    if chain:
        yield chain


def _kept_gap(chain: Sequence[Run], spans: Sequence[Span]) -> int:
    """Which gap of a chain of k runs stays: 0 (before the first) to k (after the last)."""
    first, last = chain[0].first, chain[-1].last
    if last + 1 == len(spans):
        return len(chain)
    if not first:
        return 0
    edges = [(spans[r.first].start - spans[r.first - 1].end) for r in chain]
    gaps = [*edges, spans[last + 1].start - spans[last].end]
    return max(range(len(gaps)), key=lambda n: (gaps[n], -n))


def hit(run: Run, edit: Edit | None, spans: Sequence[Span], message: str) -> Hit:
    """The finding of a run."""
    span = Span(spans[run.first].start, spans[run.last].end)
    fix = Fix(f"Remove the {run.kind} lines", (edit,), "safe" if run.safe else "unsafe") if edit else None
    data = {"kind": run.kind, "evidence": list(run.evidence)}
    severity: Severity = "info" if run.kind in ADDRESSED else "warning"
    return Hit(span, message, fix, confidence="high" if run.safe else "medium", data=data, severity=severity)
