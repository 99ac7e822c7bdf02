"""What the corpus rules found in earlier runs, as the cache keeps it.

A comparison is known by all that its rules saw: the content of all files. What the rules of one kind of facts found is
a part of it, which is known by all facts of that kind: most edits leave those of most kinds as they were.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from struct import Struct
from zlib import crc32

from copydesk.cache import Cache, kind_name
from copydesk.cachefile import room
from copydesk.finding import Finding
from copydesk.kept import SHORT, pack_findings, unpack_findings, unpack_placed
from copydesk.placed import Part, Placed
from copydesk.source import digest
from copydesk.typed import NamedTuple
from copydesk.work import Desk, FileResult

_KEPT = 8
"""Comparisons that are kept: the last ones."""
_NAME = 16
"""Bytes that name a hit."""
_PART = Struct(f"<{SHORT}s16s16s")
"""The names of a kind of facts, of all facts of that kind, and of what was found."""


class _Row(NamedTuple):
    told: bytes
    names: bytes
    found: bytes

    @property
    def key(self) -> bytes:
        return digest(b"".join((len(self.told).to_bytes(8, "little"), *self)))


class Comparisons:
    """The comparisons under a desk that a cache keeps, and their parts by kind."""

    def __init__(self, cache: Cache, desk: Desk) -> None:
        self._cache, self._desk = cache, cache.fingerprint(desk)

    def key(self, results: Iterable[FileResult]) -> bytes:
        """Names the content of files, each under its desk, and the desk of the run."""
        parts = (part for r in results for part in (self._cache.named(r), os.fsencode(r.path)))
        return digest(b"\0".join((self._desk, *parts)))

    def facts(self, kinds: Iterable[str], results: Iterable[FileResult]) -> dict[str, bytes]:
        """Names, for each kind, all facts of that kind."""
        parts = {kind: [self._desk, kind.encode()] for kind in kinds}
        shorts = {kind: kind_name(kind) for kind in parts}
        for r in results:
            whose, names = self._cache.desk(r.path) + os.fsencode(r.path), self._cache.names(r)
            for kind, of in parts.items():
                of += (r.digest if names is None else names.get(shorts[kind], b""), whose)
        return {kind: digest(b"\0".join(of)) for kind, of in parts.items()}

    def known(self, key: bytes) -> list[Finding] | None:
        """What was found where ``key`` names all that was seen; None where that is not known."""
        parts = self._parts("key = ?", key)
        rows = [self._row(part) for _, _, part in parts or ()]
        if parts is None or None in rows:
            return None
        return [f for row in rows if row for f in unpack_findings(row.found)]

    def last(self, kind: str) -> Part | None:
        """The part of a kind of the last comparison."""
        for of, facts, key in self._parts("desk = ?", self._desk) or ():
            row = self._row(key) if of == kind_name(kind) else None
            if row is not None:
                names = (row.names[at : at + _NAME] for at in range(0, len(row.names), _NAME))
                placed = map(Placed, names, row.told.split(b"\n"), unpack_placed(row.found))
                return Part(facts, [p if any(p.name) else p._replace(name=b"") for p in placed], key)
        return None

    def _parts(self, where: str, value: bytes) -> list[tuple[bytes, bytes, bytes]] | None:
        """The parts of the last comparison of some: kind, facts and key of each."""
        query = f"SELECT key, parts, sum FROM compared WHERE {where} ORDER BY rowid DESC LIMIT 1"
        with self._cache.unbroken():
            for key, parts, found in self._cache.rows(query, (value,)):
                if crc32(parts, crc32(key)) == found:
                    return list(_PART.iter_unpack(parts))
        return None

    def _row(self, key: bytes) -> _Row | None:
        with self._cache.unbroken():
            for row in map(_Row._make, self._cache.rows("SELECT told, names, found FROM hits WHERE key = ?", (key,))):
                if row.key == key:
                    return row
        return None

    def notes(self, kind: str) -> dict[str, bytes]:
        """What the rules of a kind noted."""
        query = "SELECT name, value, sum FROM notes WHERE desk = ? AND kind = ?"
        with self._cache.unbroken():
            rows = self._cache.rows(query, (self._desk, kind_name(kind)))
            return {name: value for name, value, found in rows if crc32(value, crc32(name.encode())) == found}
        return {}

    def note(self, kind: str, notes: Mapping[str, bytes]) -> None:
        """Keep what the rules of a kind note, under each name in the place of what they did."""
        if not notes:
            return
        of, desk = kind_name(kind), self._desk
        with self._cache.unbroken(), self._cache.writing() as db:
            if sum(map(len, notes.values())) < room(db):
                rows = ((desk, of, name, note, crc32(note, crc32(name.encode()))) for name, note in notes.items())
                db.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?, ?)", rows)

    def store(self, key: bytes, parts: Mapping[str, Part]) -> None:
        """Keep what was found."""
        with self._cache.unbroken(), self._cache.writing() as db:
            rows = {kind: _made(part) for kind, part in parts.items() if not part.key}
            db.executemany(
                "INSERT OR REPLACE INTO hits VALUES (?, ?, ?, ?)", ((row.key, *row) for row in rows.values())
            )
            keys = {kind: part.key or rows[kind].key for kind, part in parts.items()}
            packed = b"".join(_PART.pack(kind_name(kind), part.known_by, keys[kind]) for kind, part in parts.items())
            row = (key, self._desk, packed, crc32(packed, crc32(key)))
            db.execute("INSERT OR REPLACE INTO compared VALUES (?, ?, ?, ?)", row)
            db.execute("DELETE FROM compared WHERE rowid <= (SELECT max(rowid) FROM compared) - ?", (_KEPT,))
            left = b"".join(parts for (parts,) in db.execute("SELECT parts FROM compared"))
            old = [(part,) for (part,) in db.execute("SELECT key FROM hits") if part not in left]
            db.executemany("DELETE FROM hits WHERE key = ?", old)


def _made(part: Part) -> _Row:
    names = b"".join(p.name or bytes(_NAME) for p in part.placed)
    return _Row(b"\n".join(p.told for p in part.placed), names, pack_findings([p.finding for p in part.placed]))
