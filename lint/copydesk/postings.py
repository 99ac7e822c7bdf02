"""Which articles of an index share keys: an inverted index in a few sorted pieces.

New articles' keys lie beside it one by one; from time to time they are sorted into a segment, and segments into
one (a log-structured merge, after O'Neil et al., Acta Informatica 1996). An entry is 8 bytes: key and article.
Entries of articles that are gone stay until the next merge; numbers are never used twice, so nobody finds them.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from copydesk.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    U8 = NDArray[np.uint64]

KEY_BITS, ID_BITS = 40, 24
_BUCKET_BITS = 16
"""High bits of a key that say in which row its entries lie."""
_UNITED = 1 << 10
"""Buckets of several segments that are made one at a time."""
_RECENT = 256
"""Articles that may lie beside the segments: a question reads them all."""
AT_ONCE = 8192
"""Articles sorted at a time."""
_FAN = 8
"""Segments of about a size that are merged into a larger one: a question asks each."""
_LEVEL = 1 << 20
"""Segments of level n have the numbers from n times this; a level's segments are some _FAN times the last one's."""
SCHEMA = """
CREATE TABLE recent (id INTEGER PRIMARY KEY, kind TEXT, keys BLOB);
CREATE INDEX recent_of_kind ON recent (kind);
CREATE TABLE postings (kind TEXT, bucket INTEGER, segment INTEGER, entries BLOB, PRIMARY KEY (kind, bucket, segment));
"""


def add(db: sqlite3.Connection, rows: Sequence[tuple[int, str, bytes]]) -> None:
    """Note number, kind and keys (8 bytes each) of articles. Raises ValueError when the numbers are used up."""
    if rows and rows[-1][0] >> ID_BITS:
        raise ValueError("it has seen too many articles")
    db.executemany("INSERT INTO recent VALUES (?, ?, ?)", rows)


def shared(db: sqlite3.Connection, kind: str, keys: Iterable[int]) -> Counter[int]:
    """How many of the keys each article has, by its number."""
    wanted: dict[int, set[int]] = {}
    for key in keys:
        wanted.setdefault(key >> KEY_BITS - _BUCKET_BITS, set()).add(key)
    found: Counter[int] = Counter()
    for bucket, some in wanted.items():
        query = "SELECT entries FROM postings WHERE kind = ? AND bucket = ?"
        for (entries,) in db.execute(query, (kind, bucket)):
            found.update(_with(memoryview(entries).cast("Q"), some))
    every = set[int]().union(*wanted.values())
    for number, own in _beside(db, kind):
        hits = len(every.intersection(own))
        if hits:
            found[number] = hits
    return found


def having(db: sqlite3.Connection, kind: str, keys: Iterable[int]) -> list[int]:
    """The numbers, rising, of the articles that have all of the keys, of which there is one at least."""
    asked = set(keys)
    query = "SELECT entries FROM postings WHERE kind = ? AND bucket = ?"
    found: set[int] | None = None
    for key in asked:
        rows = db.execute(query, (kind, key >> KEY_BITS - _BUCKET_BITS))
        own = {number for (entries,) in rows for number in _with(memoryview(entries).cast("Q"), (key,))}
        found = own if found is None else found & own
    beside = (number for number, own in _beside(db, kind) if asked.issubset(own))
    return sorted((found or set()).union(beside))


def _beside(db: sqlite3.Connection, kind: str) -> Iterator[tuple[int, Sequence[int]]]:
    """The articles beside the segments, with their keys."""
    for number, own in db.execute("SELECT id, keys FROM recent WHERE kind = ?", (kind,)):
        yield number, memoryview(own).cast("Q")


def _with(entries: memoryview[int], keys: Iterable[int]) -> Iterator[int]:
    """The articles of the entries that have one of the keys, once for each."""
    mask = (1 << ID_BITS) - 1
    for key in keys:
        low = bisect_left(entries, key << ID_BITS)
        high = bisect_left(entries, key + 1 << ID_BITS, low)
        yield from [entry & mask for entry in entries[low:high]]


def merge(db: sqlite3.Connection, kind: str, beside: int = _RECENT) -> None:
    """Sort what lies beside the segments into one, if it is more than ``beside``; and segments that are many."""
    count = _one(db, "SELECT count(*) FROM recent WHERE kind = ?", kind)
    if count <= beside:
        return
    while count > 0:
        _take_in(db, kind)
        count -= AT_ONCE
    segments = _segments(db, kind)
    for level in range(max(segments, default=0) // _LEVEL + 1):
        alike = [s for s in segments if s // _LEVEL == level]
        if len(alike) >= _FAN:
            _unite(db, kind, alike, level + 1)
            segments = _segments(db, kind)


def compact(db: sqlite3.Connection, kind: str) -> None:
    """Everything in one segment, without the articles that are gone."""
    merge(db, kind, beside=0)
    segments = _segments(db, kind)
    if segments:
        _unite(db, kind, segments, max(segments) // _LEVEL)


def _one(db: sqlite3.Connection, query: str, kind: str) -> int:
    return int(db.execute(query, (kind,)).fetchone()[0])


def _segments(db: sqlite3.Connection, kind: str) -> list[int]:
    return [s for (s,) in db.execute("SELECT DISTINCT segment FROM postings WHERE kind = ?", (kind,))]


def _new(db: sqlite3.Connection, kind: str, level: int) -> int:
    """The number of the next segment of a level."""
    return max((s for s in _segments(db, kind) if s // _LEVEL == level), default=level * _LEVEL) + 1


def _take_in(db: sqlite3.Connection, kind: str) -> None:
    import numpy as np  # for hundreds of articles only

    rows = db.execute("SELECT id, keys FROM recent WHERE kind = ? ORDER BY id LIMIT ?", (kind, AT_ONCE)).fetchall()
    entries = np.frombuffer(b"".join(keys for _, keys in rows), np.uint64) << np.uint64(ID_BITS)
    entries |= np.repeat(np.array([n for n, _ in rows], np.uint64), [len(keys) // 8 for _, keys in rows])
    entries.sort()
    _write(db, kind, _new(db, kind, int(len(rows) > _RECENT * _FAN)), entries)
    db.execute("DELETE FROM recent WHERE kind = ? AND id <= ?", (kind, rows[-1][0]))


def _unite(db: sqlite3.Connection, kind: str, segments: Sequence[int], level: int) -> None:
    """Segments as one of a level, without the articles that are gone."""
    import numpy as np

    living = np.zeros(_one(db, "SELECT coalesce(max(id), 0) + 1 FROM facts WHERE kind = ?", kind), bool)
    living[[n for (n,) in db.execute("SELECT id FROM facts WHERE kind = ?", (kind,))]] = True
    segment, low, high = _new(db, kind, level), min(segments), max(segments)
    which = "FROM postings WHERE kind = ? AND bucket BETWEEN ? AND ? AND segment BETWEEN ? AND ?"
    for first in range(0, 1 << _BUCKET_BITS, _UNITED):
        asked = (kind, first, first + _UNITED - 1, low, high)
        entries = np.frombuffer(b"".join(piece for (piece,) in db.execute(f"SELECT entries {which}", asked)), np.uint64)
        number = (entries & np.uint64((1 << ID_BITS) - 1)).astype(np.int64)
        known = number < len(living)
        known[known] = living[number[known]]
        db.execute(f"DELETE {which}", asked)
        _write(db, kind, segment, np.sort(entries[known]))


def _write(db: sqlite3.Connection, kind: str, segment: int, entries: U8) -> None:
    """Put sorted entries into a segment, a row a bucket."""
    import numpy as np

    bucket = entries >> np.uint64(64 - _BUCKET_BITS)
    first = np.flatnonzero(np.diff(bucket, prepend=np.uint64(1 << _BUCKET_BITS)))
    made = zip(bucket[first].tolist(), np.split(entries, first)[1:], strict=True)
    db.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", ((kind, b, segment, p.tobytes()) for b, p in made))
