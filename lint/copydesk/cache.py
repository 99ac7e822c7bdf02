"""What earlier checks found, in one SQLite file: a file that has not changed is not checked again.

A result is kept under the file's content, the code and the configuration. A file whose size, times and inode are as
they were is taken to be unchanged, unless it was written so shortly before it was read that its time cannot tell.
The cache is never in the way: one that is damaged, locked or nowhere to be written is done without, and what it
says of a file is believed only if its checksum is right.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from struct import Struct
from zlib import crc32

from copydesk.cachefile import discard, drop, forget_others, prepare, room
from copydesk.finding import Finding
from copydesk.fingerprint import fingerprint
from copydesk.home import CACHE, home
from copydesk.kept import pack_facts, pack_findings, pack_result, unpack_facts, unpack_findings, unpack_result
from copydesk.reading import load
from copydesk.rule import Kept
from copydesk.source import UnreadableError, digest
from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk.work import Desk, FileResult

if TYPE_CHECKING:
    from copydesk.placed import Placed

_COMPARED = 8
"""Comparisons of a whole corpus whose results are kept: the last ones."""
_WAIT = 1.0
"""Seconds to wait for another process that is writing."""
_RACY = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT)."""
_NAME = 16
"""Bytes that name a hit."""
_STAMP = Struct("<qqqQ")
_HEAD = Struct("<32sq16sII")


class _Head(NamedTuple):
    """What is known of a file: its stamp, when it was looked at, what it held, and the checksum of its facts.

    A stamp is size, times of modification and change in nanoseconds, and inode; the checksum is 0 where there are
    no facts.
    """

    stamp: bytes
    seen: int
    digest: bytes
    articles: int
    facts: int

    def settled(self, stamp: bytes) -> bool:
        """Whether a file with this stamp must be the one that was read."""
        _, modified, changed, _ = _STAMP.unpack(stamp)
        return stamp == self.stamp and max(modified, changed) + _RACY < self.seen


class _Row(NamedTuple):
    desk: bytes
    path: bytes
    head: bytes
    found: bytes

    @property
    def sum(self) -> int:
        return crc32(self.found, crc32(self.head, crc32(self.path, crc32(self.desk))))


class Cache:
    """An open cache, or one that cannot be had and knows nothing.

    ``desk_of`` gives the desk of a file; ``now`` is the time the run began, in nanoseconds.
    """

    def __init__(self, root: Path, desk_of: Callable[[str], Desk], now: int | None = None) -> None:
        self._desk_of = desk_of
        self._root = root
        self._seen = time.time_ns() if now is None else now
        self._desks: dict[int, bytes] = {}
        self._under: dict[str, bytes] = {}
        self._stamps: dict[str, bytes] = {}
        self._heads: dict[str, _Head] = {}
        self._changed: list[_Row] = []
        self._gone: list[tuple[bytes, bytes]] = []
        self._db: sqlite3.Connection | None = None
        with self._unbroken():
            self._db = sqlite3.connect(home(root) / CACHE, timeout=_WAIT, isolation_level=None)
            prepare(self._db)

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        """What goes wrong with the file ends its use for this run; a damaged one is removed."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError, TypeError) as e:
            self.__exit__()
            if isinstance(e, sqlite3.DatabaseError) and not isinstance(e, sqlite3.OperationalError):
                discard(self._root)

    def known(self, paths: Iterable[str]) -> dict[str, FileResult]:
        """The results of those files that have not changed; their facts are left where they are."""
        found: dict[str, FileResult] = {}
        rows: dict[bytes, dict[bytes, _Row]] = {}
        with self._unbroken():
            for path in paths:
                desk, stamp = self._desk(path), _stamp(path)
                if desk not in rows:
                    rows[desk] = self._rows(desk)
                row = rows[desk].pop(os.fsencode(path), None)
                if stamp is None:
                    continue
                self._stamps[path] = stamp
                head = _Head(*_HEAD.unpack(row.head)) if row is not None else None
                if row is not None and head is not None and self._same(path, stamp, head, row):
                    found[path] = unpack_result(path, head.digest, head.articles, row.found)
                    self._heads[path] = head
            self._gone = [(desk, inner) for desk, left in rows.items() for inner in left]
        return found

    def _desk(self, path: str) -> bytes:
        """The fingerprint of a file's desk."""
        if path not in self._under:
            self._under[path] = self._fingerprint(self._desk_of(path))
        return self._under[path]

    def _fingerprint(self, desk: Desk) -> bytes:
        if id(desk) not in self._desks:
            self._desks[id(desk)] = fingerprint(desk)
        return self._desks[id(desk)]

    def _rows(self, desk: bytes) -> dict[bytes, _Row]:
        """What is kept under a desk, by path, where the checksum holds."""
        if self._db is None:
            return {}
        rows = self._db.execute("SELECT path, head, found, sum FROM files WHERE desk = ?", (desk,))
        kept = ((_Row(desk, path, head, found), wanted) for path, head, found, wanted in rows)
        return {row.path: row for row, wanted in kept if row.sum == wanted}

    def _same(self, path: str, stamp: bytes, head: _Head, row: _Row) -> bool:
        """Whether a file holds what it held; where its stamp does not tell, its content does."""
        if head.settled(stamp):
            return True
        try:
            same = digest(load(path, self._desk_of(path).config)) == head.digest
        except (OSError, UnreadableError):
            return False
        if same:
            new = head._replace(stamp=stamp, seen=self._seen)
            self._changed.append(row._replace(head=_HEAD.pack(*new)))
        return same

    def facts(self, path: str) -> tuple[tuple[str, Kept], ...] | None:
        """The facts of a known file; None where they are lost."""
        wanted = self._heads[path].facts
        if not wanted:
            return ()
        with self._unbroken():
            query = "SELECT value FROM facts WHERE desk = ? AND path = ?"
            row = self._db.execute(query, (self._desk(path), os.fsencode(path))).fetchone() if self._db else None
            if row is not None and _sum(row[0]) == wanted:
                return unpack_facts(path, row[0])
        return None

    def unchanged(self, paths: Iterable[str]) -> bool:
        """Whether files are as they were when this run looked for them first."""
        return all(_stamp(path) == self._stamps.get(path) for path in paths)

    def key(self, desk: Desk, results: Iterable[FileResult]) -> bytes:
        """Names the content of files, each under its desk, and the desk of the run."""
        parts = (part for r in results for part in (self._desk(r.path), r.digest, os.fsencode(r.path)))
        return digest(b"\0".join((self._fingerprint(desk), *parts)))

    def compared(self, key: bytes) -> tuple[Finding, ...] | None:
        """What the corpus rules found where ``key`` names all they saw; None where that is not known."""
        with self._unbroken():
            query = "SELECT found, sum FROM compared WHERE key = ?"
            row = self._db.execute(query, (key,)).fetchone() if self._db else None
            if row is not None and crc32(row[0], crc32(key)) == row[1]:
                return unpack_findings(row[0])
        return None

    def named(self, result: FileResult) -> bytes:
        """Names what the place of a hit in a file depends on; nothing where the file could not be read."""
        return self._desk(result.path) + result.digest if result.digest else b""

    def placed(self, desk: Desk) -> dict[bytes, Finding]:
        """What the corpus rules found when they were last asked under a desk, by the names of their hits."""
        with self._unbroken():
            query = "SELECT key, names, sum FROM hits WHERE desk = ?"
            row = self._db.execute(query, (self._fingerprint(desk),)).fetchone() if self._db else None
            found = self.compared(row[0]) if row is not None and crc32(row[1], crc32(row[0])) == row[2] else None
            if row is not None and found is not None:
                names = (row[1][at : at + _NAME] for at in range(0, len(row[1]), _NAME))
                return {name: f for name, f in zip(names, found, strict=True) if any(name)}
        return {}

    def store_compared(self, key: bytes, desk: Desk, placed: Sequence[Placed]) -> None:
        """Keep what the corpus rules found."""
        with self._unbroken(), self._writing() as db:
            found = pack_findings([p.finding for p in placed])
            names = b"".join(p.name or bytes(_NAME) for p in placed)
            db.execute("INSERT OR REPLACE INTO compared VALUES (?, ?, ?)", (key, found, crc32(found, crc32(key))))
            row = (self._fingerprint(desk), key, names, crc32(names, crc32(key)))
            db.execute("INSERT OR REPLACE INTO hits VALUES (?, ?, ?, ?)", row)
            db.execute("DELETE FROM compared WHERE rowid <= (SELECT max(rowid) FROM compared) - ?", (_COMPARED,))

    def store(self, results: Iterable[FileResult]) -> None:
        """Keep the results of files that :meth:`known` did not know, but of none in which anything went wrong."""
        sound = [r for r in results if r.digest and not r.errors]
        gone = [key for key in self._gone if not os.path.lexists(key[1])]
        if not (sound or gone or self._changed):
            return
        rows = filter(None, map(self._made, sound))  # one after the other: the facts of a corpus are many
        with self._unbroken(), self._writing() as db:
            drop(db, gone)
            left = room(db)
            for row, facts in chain(((row, b"") for row in self._changed), rows):
                left -= len(row.found) + len(facts)
                if left > 0:
                    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (*row, row.sum))
                    if facts:
                        db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (row.desk, row.path, facts))
            forget_others(db, self._desks.values())

    def _made(self, result: FileResult) -> tuple[_Row, bytes] | None:
        """The row of a result, and its facts; None where it cannot be kept."""
        stamp = self._stamps.get(result.path)
        if stamp is None:
            return None
        try:
            facts = pack_facts(result.facts) if result.facts else b""
            found = pack_result(result)
        except (TypeError, ValueError):
            return None
        head = _Head(stamp, self._seen, result.digest, result.articles, _sum(facts))
        return _Row(self._desk(result.path), os.fsencode(result.path), _HEAD.pack(*head), found), facts

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._db is None:
            raise sqlite3.OperationalError("there is no cache")
        self._db.execute("BEGIN IMMEDIATE")
        yield self._db
        self._db.execute("COMMIT")


def _sum(facts: bytes) -> int:
    """The checksum of packed facts; 0 for none."""
    return (crc32(facts) or 1) if facts else 0


def _stamp(path: str) -> bytes | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - twenty thousand a second
    except OSError:
        return None
    return _STAMP.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
