"""What the index takes in of a file, packed where it was collected: it goes from one process to another as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from copydesk.packed import pack_meta, packed
from copydesk.rule import Facts, Keyed
from copydesk.typed import NamedTuple
from copydesk.work import Collected


class Row(NamedTuple):
    """Facts of an article; ``keys``: 8 bytes each, none where the index is never asked by them."""

    article: str
    kind: str
    source: str
    meta: str
    value: bytes
    keys: bytes


class File(NamedTuple):
    """A file with its facts; ``stamp``: its size and time as they were before reading."""

    path: str
    stamp: tuple[int, int]
    digest: bytes
    articles: int
    rows: tuple[Row, ...]


def file(result: Collected, stamp: tuple[int, int], keyed: Mapping[str, Keyed]) -> File:
    """What was collected of a file. Raises TypeError for values that are no facts."""
    rows = tuple(_row(kind, facts, keyed.get(kind)) for kind, facts in result.facts)
    return File(result.path, stamp, result.digest, result.articles, rows)


def _row(kind: str, facts: Facts, keyed: Keyed | None) -> Row:
    keys = keyed.keys(facts.value) if keyed and keyed.keys else b""
    meta = facts.meta
    return Row(json.dumps(facts.ref.article), kind, meta.source, pack_meta(meta), packed(facts.value), keys)
