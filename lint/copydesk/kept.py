"""Results as they lie in the cache: JSON, which nothing can be run from, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from struct import Struct

from copydesk.article import Edit, FileEdit, Meta, Ref
from copydesk.finding import FileFix, Finding, Fix, Hit, Match, Notice, Place, Related
from copydesk.frozen import values
from copydesk.offsets import Span
from copydesk.packed import pack_meta, packed, unpack_meta, unpacked
from copydesk.rule import Kept
from copydesk.suppress.orders import Order, Orders
from copydesk.typed import Any
from copydesk.work import FileResult

_FIELDS = Finding._fields
_SIZES = Struct("<II")
"""How long what names an article is, and the value of its facts, which follow each other."""


def pack_findings(findings: Sequence[Finding | None]) -> bytes:
    """Findings as JSON; nothing for none. Raises TypeError and ValueError for data that JSON does not hold."""
    return _dumps([f and [getattr(f, name) for name in _FIELDS] for f in findings]) if findings else b""


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """The findings that were packed, without the places where there was none."""
    return tuple(f for f in unpack_places(data) if f is not None)


def unpack_places(data: bytes) -> tuple[Finding | None, ...]:
    """The findings that were packed, and where there was none."""
    return tuple(f and _finding(f) for f in json.loads(data)) if data else ()


def _finding(values: list[Any]) -> Finding:
    given = dict(zip(_FIELDS, values, strict=True))
    if given["fix"] is not None:
        title, edits, safety = given["fix"]
        given["fix"] = FileFix(title, tuple(FileEdit(*e) for e in edits), safety)
    return Finding(**{**given, "related": tuple(Related(*r) for r in given["related"])})


def pack_hit(rule_id: str, ref: Ref, hit: Hit) -> bytes:
    """A rule's hit in an article. Raises TypeError and ValueError for data that JSON does not hold."""
    return _dumps([rule_id, ref, [*hit[:5], dict(hit.data), [_match_told(m) for m in hit.matches], hit.severity]])


def _match_told(match: Match) -> list[Any]:
    *told, more = values(match)
    return [*told, dict(more)]


def unpack_hit(data: bytes) -> tuple[str, Ref, Hit]:
    """The rule, the article and the hit that were packed."""
    rule_id, ref, (span, message, fix, related, confidence, more, matches, severity) = json.loads(data)
    hit = Hit(
        Span(*span),
        message,
        fix and Fix(fix[0], tuple(Edit(Span(*at), text) for at, text in fix[1]), fix[2]),
        tuple(Place(Ref(*of), Span(*at), said) for of, at, said in related),
        confidence,
        more,
        tuple(map(_match, matches)),
        severity,
    )
    return rule_id, Ref(*ref), hit


def pointed(data: bytes) -> set[str]:
    """The files that a packed hit is in or points to."""
    _, (path, _), (_, _, _, related, _, _, matches, _) = json.loads(data)
    return {path, *(of[0] for of, *_ in related), *(of[0] for of, *_ in matches)}


def _match(told: list[Any]) -> Match:
    ref, source, (mine, theirs), passages, *rest = told
    spans = tuple((Span(*here), Span(*there)) for here, there in passages)
    return Match(Ref(*ref), source, (mine, theirs), spans, *rest)


def pack_result(result: FileResult) -> bytes:
    """The findings and suppressions of a file; nothing where it has neither."""
    if result.orders is None:
        return pack_findings(result.findings)
    return pack_findings(result.findings) + b"\n" + _dumps(result.orders)


def unpack_result(path: str, digest: bytes, articles: int, data: bytes) -> FileResult:
    """The result that was packed; its facts lie elsewhere."""
    if not data:
        return FileResult(path, digest, articles=articles)
    findings, _, orders = data.partition(b"\n")
    return FileResult(path, digest, unpack_findings(findings), (), (), articles, _orders(orders))


def _orders(data: bytes) -> Orders | None:
    if not data:
        return None
    path, valid, problems = json.loads(data)
    return Orders(path, tuple(map(_order, valid)), tuple(Notice(*p) for p in problems))


def _order(values: list[Any]) -> Order:
    order = Order(*values)
    return order._replace(where=Span(*order.where)) if order.where is not None else order


def pack_facts(facts: Iterable[tuple[str, Kept]]) -> dict[str, bytes]:
    """The facts of a file by kind. Raises TypeError and ValueError for values that are no facts."""
    found: dict[str, list[bytes]] = {}
    for kind, kept in facts:
        head, value = _dumps([kept.ref.article, pack_meta(kept.meta)]), packed(kept.load(kept.value))
        found.setdefault(kind, []).append(_SIZES.pack(len(head), len(value)) + head + value)
    return {kind: b"".join(of) for kind, of in found.items()}


def unpack_facts(path: str, data: bytes) -> Iterator[Kept]:
    """The facts of one kind that were packed, whose values are packed still."""
    at = 0
    while at < len(data):
        of_head, of_value = _SIZES.unpack_from(data, at)
        start = at + _SIZES.size + of_head
        article, meta = _head(data[start - of_head : start])
        at = start + of_value
        yield Kept(Ref(path, article), meta, data[start:at], unpacked)


@lru_cache(1 << 12)
def _head(data: bytes) -> tuple[str | None, Meta]:
    """An article's name in its file, and its metadata: those of most plain files of a source are the same."""
    article, meta = json.loads(data)
    return article, unpack_meta(meta)


def _dumps(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
