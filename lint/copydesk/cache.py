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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from struct import Struct
from zlib import crc32

from copydesk.cachefile import discard, drop, forget_others, prepare, room
from copydesk.fingerprint import fingerprint
from copydesk.home import CACHE, home
from copydesk.kept import SHORT, Packed, numbered, pack_facts, pack_result, short, sound, unpack_facts, unpack_result
from copydesk.reading import load
from copydesk.rule import Kept
from copydesk.source import UnreadableError, digest
from copydesk.typed import Any, NamedTuple
from copydesk.work import Desk, FileResult, check_file

_STORED = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)"
_WAIT = 1.0
"""Seconds to wait for another process that is writing."""
_RACY = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT)."""
_STAMP = Struct("<qqqQ")
_HEAD = Struct("<32sq16sI")
_NAME = Struct(f"{SHORT}s{SHORT}s")


class _Head(NamedTuple):
    """What is known of a file: its stamp, when it was looked at, what it held, and the names of its facts.

    A stamp is size, times of modification and change in nanoseconds, and inode; the names are pairs of a kind and
    what names the facts of that kind, which are the same where these are.
    """

    stamp: bytes
    seen: int
    digest: bytes
    articles: int
    names: bytes

    @classmethod
    def unpacked(cls, data: bytes) -> _Head:
        stamp, seen, held, articles = _HEAD.unpack_from(data)
        return cls(stamp, seen, held, articles, data[_HEAD.size :])

    @property
    def packed(self) -> bytes:
        return _HEAD.pack(*self[:-1]) + self.names

    @property
    def by_kind(self) -> dict[bytes, bytes]:
        return dict(_NAME.iter_unpack(self.names))

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
        self._outdated: list[tuple[bytes, bytes]] = []
        self._db: sqlite3.Connection | None = None
        with self.unbroken():
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
    def unbroken(self) -> Iterator[None]:
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
        with self.unbroken():
            for path in paths:
                desk, stamp = self.desk(path), _stamp(path)
                if desk not in rows:
                    rows[desk] = self._rows(desk)
                row = rows[desk].pop(os.fsencode(path), None)
                if stamp is None:
                    continue
                self._stamps[path] = stamp
                head = _Head.unpacked(row.head) if row is not None else None
                if row is not None and head is not None and self._same(path, stamp, head, row):
                    found[path] = unpack_result(path, head.digest, head.articles, row.found)
                    self._heads[path] = head
                elif row is not None:
                    self._outdated.append(row[:2])
            self._gone = [(desk, inner) for desk, left in rows.items() for inner in left]
        return found

    def desk(self, path: str) -> bytes:
        """The fingerprint of a file's desk."""
        if path not in self._under:
            self._under[path] = self.fingerprint(self._desk_of(path))
        return self._under[path]

    def fingerprint(self, desk: Desk) -> bytes:
        """Names a desk, and the code."""
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
            self._changed.append(row._replace(head=new.packed))
        return same

    def facts(self, kind: str, paths: Iterable[str], few: bool = False) -> dict[str, tuple[Kept, ...]]:
        """The facts of a kind of known files; those whose facts are lost are not among them.

        ``few``: the values of few will be asked for, which are then read one by one.
        """
        found, wanted = dict[str, tuple[Kept, ...]](), dict[bytes, dict[bytes, tuple[str, bytes]]]()
        for path in paths:
            name = self._heads[path].by_kind.get(kind_name(kind))
            if name:
                wanted.setdefault(self.desk(path), {})[os.fsencode(path)] = path, name
            else:
                found[path] = ()
        query = f"SELECT path, heads, {'NULL' if few else 'vals'} FROM facts WHERE desk = ? AND kind = ?"
        with self.unbroken():
            for desk, named in wanted.items():
                for inner, heads, values in self._db.execute(query, (desk, kind_name(kind))) if self._db else ():
                    path, name = named.get(inner, ("", b""))
                    if short(heads) == name and (few or sound(heads, values)):
                        values = partial(self._values, path, kind, heads) if few else values
                        found[path] = unpack_facts(path, heads, name, values)
        return found

    def _values(self, path: str, kind: str, heads: bytes) -> bytes:
        """The values of a file's facts of a kind; where they are lost the file is read again."""
        query = "SELECT vals FROM facts WHERE desk = ? AND path = ? AND kind = ?"
        for (values,) in self.rows(query, (self.desk(path), os.fsencode(path), kind_name(kind))):
            if sound(heads, values):
                return bytes(values)
        return pack_facts(check_file(path, self._desk_of(path)).facts)[kind].values

    def unchanged(self, paths: Iterable[str]) -> bool:
        """Whether files are as they were when this run looked for them first."""
        return all(_stamp(path) == self._stamps.get(path) for path in paths)

    def rows(self, query: str, given: Sequence[object]) -> list[Any]:
        """What a query finds; nothing where there is no cache."""
        with self.unbroken():
            return self._db.execute(query, given).fetchall() if self._db else []
        return []

    def named(self, result: FileResult) -> bytes:
        """Names what the place of a hit in a file depends on; nothing where the file could not be read."""
        return self.desk(result.path) + result.digest if result.digest else b""

    def names(self, result: FileResult) -> Mapping[bytes, bytes] | None:
        """The names of a file's facts, by :func:`kind_name`; None where they are not in the cache."""
        head = self._heads.get(result.path)
        return head.by_kind if head is not None and head.digest == result.digest else None

    def with_names(self, result: FileResult, kind: str, found: Iterable[Kept]) -> Iterator[Kept]:
        """The facts of a kind of a file by the names they have in the cache."""
        name = (self.names(result) or {}).get(kind_name(kind))
        return (kept._replace(name=numbered(name, n)) if name else kept for n, kept in enumerate(found))

    def store(self, results: Iterable[FileResult]) -> None:
        """Keep the results of files that :meth:`known` did not know, but of none in which anything went wrong."""
        fit = [r for r in results if r.digest and not r.errors]
        gone = [key for key in self._gone if not os.path.lexists(key[1])]
        if not (fit or gone or self._changed):
            return
        made = filter(None, map(self._made, fit))  # one after the other: the facts of a corpus are many
        with self.unbroken(), self.writing() as db:
            drop(db, [*gone, *self._outdated])
            db.executemany(_STORED, ((*row, row.sum) for row in self._changed))
            left = room(db)
            for row, facts in made:
                left -= len(row.found) + sum(len(packed.values) for packed in facts.values())
                if left > 0:
                    db.execute(_STORED, (*row, row.sum))
                    of_kinds = ((*row[:2], kind_name(kind), *packed) for kind, packed in facts.items())
                    db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", of_kinds)
            forget_others(db, self._desks.values())

    def _made(self, result: FileResult) -> tuple[_Row, dict[str, Packed]] | None:
        """The row of a result, and its facts by kind; None where it cannot be kept."""
        if result.path not in self._stamps:
            return None
        try:
            facts, found = pack_facts(result.facts), pack_result(result)
        except (TypeError, ValueError):
            return None
        names = b"".join(kind_name(kind) + packed.name for kind, packed in facts.items())
        head = _Head(self._stamps[result.path], self._seen, result.digest, result.articles, names)
        self._heads[result.path] = head
        return _Row(self.desk(result.path), os.fsencode(result.path), head.packed, found), facts

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The open file, all that is written to it taking effect at once. Raises sqlite3.Error where it cannot be."""
        if self._db is None:
            raise sqlite3.OperationalError("there is no cache")
        self._db.execute("BEGIN IMMEDIATE")
        yield self._db
        self._db.execute("COMMIT")


@cache
def kind_name(kind: str) -> bytes:
    """Names a kind of facts."""
    return short(kind.encode())


def _stamp(path: str) -> bytes | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - twenty thousand a second
    except OSError:
        return None
    return _STAMP.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
