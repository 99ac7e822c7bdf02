"""Results as they lie in the cache: JSON, which nothing can be run from, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from struct import Struct

from copydesk.article import Edit, FileEdit, Meta, Ref
from copydesk.finding import FileFix, Finding, Fix, Hit, Match, Notice, Place, Related
from copydesk.frozen import values
from copydesk.hashing import blake2b
from copydesk.offsets import Span
from copydesk.packed import pack_meta, packed, unpack_meta, unpacked
from copydesk.rule import Kept
from copydesk.suppress.orders import Order, Orders
from copydesk.typed import Any, NamedTuple
from copydesk.work import FileResult

_FIELDS = Finding._fields
_FIX, _RELATED = _FIELDS.index("fix"), _FIELDS.index("related")
SHORT = 8
"""Bytes of a name."""
_SIZES = Struct("<II")
"""How long what names an article is, and the value of its facts, which follow each other."""


def pack_findings(findings: Sequence[Finding | None]) -> bytes:
    """Findings as JSON; nothing for none. Raises TypeError and ValueError for data that JSON does not hold."""
    return _dumps([f and [getattr(f, name) for name in _FIELDS] for f in findings]) if findings else b""


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """The findings that were packed, without what there was none of."""
    return tuple(f for f in unpack_placed(data) if f is not None)


def unpack_placed(data: bytes) -> tuple[Finding | None, ...]:
    """The findings that were packed, and None where there was none."""
    return tuple(f and _finding(f) for f in json.loads(data)) if data else ()


def _finding(values: list[Any]) -> Finding:
    if values[_FIX] is not None:
        title, edits, safety = values[_FIX]
        values[_FIX] = FileFix(title, tuple(FileEdit(*e) for e in edits), safety)
    values[_RELATED] = tuple(map(Related._make, values[_RELATED]))
    return Finding._of(values)


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


class Packed(NamedTuple):
    """The facts of one kind of a file: what says whose they are and how long each is, and their values."""

    heads: bytes
    values: bytes

    @property
    def name(self) -> bytes:
        """Names the facts, 8 bytes."""
        return short(self.heads)


def short(data: bytes) -> bytes:
    """A name of 8 bytes."""
    return blake2b(data, digest_size=SHORT).digest()


def pack_facts(facts: Iterable[tuple[str, Kept]]) -> dict[str, Packed]:
    """The facts of a file by kind. Raises TypeError and ValueError for values that are no facts."""
    found: dict[str, list[tuple[bytes, bytes]]] = {}
    for kind, kept in facts:
        head = _dumps([kept.ref.article, pack_meta(kept.meta)])
        found.setdefault(kind, []).append((head, packed(kept.load())))
    return {kind: _packed(of) for kind, of in found.items()}


def _packed(of: Sequence[tuple[bytes, bytes]]) -> Packed:
    values = b"".join(value for _, value in of)
    heads = b"".join(_SIZES.pack(len(head), len(value)) + head for head, value in of)
    return Packed(short(values) + heads, values)


def unpack_facts(path: str, heads: bytes, name: bytes, values: bytes | Callable[[], bytes]) -> tuple[Kept, ...]:
    """The facts of one kind that were packed under a name; ``values`` may be what gives them, when one is asked for."""
    found: list[Kept] = []
    at, start = SHORT, 0
    while at < len(heads):
        of_head, of_value = _SIZES.unpack_from(heads, at)
        at += _SIZES.size + of_head
        article, meta = _head(heads[at - of_head : at])
        load = partial(_value, values, start, start + of_value)
        found.append(Kept(Ref(path, article), meta, load, numbered(name, len(found))))
        start += of_value
    return tuple(found)


def numbered(name: bytes, number: int) -> bytes:
    """The name of the facts of one article of a file, by its number, from that of all of a kind."""
    return name + number.to_bytes(4, "little")


def _value(values: bytes | Callable[[], bytes], start: int, end: int) -> Any:
    return unpacked((values if isinstance(values, bytes) else values())[start:end])


def sound(heads: bytes, values: bytes) -> bool:
    """Whether values are those that the heads tell of."""
    return heads[:SHORT] == short(values)


@lru_cache(1 << 12)
def _head(data: bytes) -> tuple[str | None, Meta]:
    """An article's name in its file, and its metadata: those of most plain files of a source are the same."""
    article, meta = json.loads(data)
    return article, unpack_meta(meta)


def _dumps(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
