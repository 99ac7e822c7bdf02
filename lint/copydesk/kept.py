"""Results as they lie in the cache: JSON, which nothing can be run from, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from copydesk.article import FileEdit, Ref
from copydesk.finding import FileFix, Finding, Notice, Related
from copydesk.offsets import Span
from copydesk.packed import Unpacking, pack_meta, packed, unpack_meta, unpacked
from copydesk.rule import Kept
from copydesk.suppress.orders import Order, Orders
from copydesk.typed import Any
from copydesk.work import FileResult

_FIELDS = Finding._fields


def pack_findings(findings: Sequence[Finding]) -> bytes:
    """Findings as JSON; nothing for none. Raises TypeError and ValueError for data that JSON does not hold."""
    return _dumps([[getattr(f, name) for name in _FIELDS] for f in findings]) if findings else b""


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """The findings that were packed."""
    return tuple(map(_finding, json.loads(data))) if data else ()


def _finding(values: list[Any]) -> Finding:
    given = dict(zip(_FIELDS, values, strict=True))
    if given["fix"] is not None:
        title, edits, safety = given["fix"]
        given["fix"] = FileFix(title, tuple(FileEdit(*e) for e in edits), safety)
    return Finding(**{**given, "related": tuple(Related(*r) for r in given["related"])})


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


def pack_facts(facts: Iterable[tuple[str, Kept]]) -> bytes:
    """The facts of a file, by article. Raises TypeError and ValueError for values that are no facts."""
    by_article: dict[tuple[str | None, str], list[tuple[str, bytes]]] = {}
    for kind, kept in facts:
        of = by_article.setdefault((kept.ref.article, pack_meta(kept.meta)), [])
        of.append((kind, packed(kept.load(kept.value))))
    return packed([[*article, of] for article, of in by_article.items()])


def unpack_facts(path: str, data: bytes) -> tuple[tuple[str, Kept], ...]:
    """The facts that were packed, whose values are packed still."""
    found: list[tuple[str, Kept]] = []
    for article, packed_meta, of in Unpacking()(data):
        ref, meta = Ref(path, article), unpack_meta(packed_meta)
        found += ((kind, Kept(ref, meta, value, unpacked)) for kind, value in of)
    return tuple(found)


def _dumps(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
