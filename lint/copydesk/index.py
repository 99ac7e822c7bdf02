"""The corpus on disk: what the corpus rules keep of every article of a project, in one SQLite file.

A commit hook sees one changed file; the index knows the rest. It is brought up to date file by file (size and
time first, then content hash), in short transactions, so that a kill at any moment loses at most one batch and
several processes may ask while one writes. An index of another version is made anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import postings
from copydesk.article import Ref
from copydesk.config import Config
from copydesk.frozen import Frozen
from copydesk.home import INDEX, home
from copydesk.indexfile import (
    SCHEMA,
    TABLES,
    UNSEEN,
    WAIT,
    DamagedError,
    IndexFileError,
    Transaction,
    discard,
    stamp,
    version,
)
from copydesk.packed import Unpacking, pack_meta, packed, unpack_meta
from copydesk.rule import Facts
from copydesk.work import FileResult

_FACTS = "path, article, meta, value"
_MOST = 2000
"""Articles that share keys with one which are looked at, those with most first."""
_STALE = 10
"""A summary wants making anew when one in so many of the facts has changed."""


class Status(Frozen):
    """What an index holds."""

    path: Path
    files: int
    articles: int
    bytes: int


class Changes(NamedTuple):
    """What an index must take in or drop to be up to date; paths relative to the working directory."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


class Index:
    """An open index. Paths inside are relative to the project's root, so that the project can be moved."""

    def __init__(self, config: Config) -> None:
        self.root = config.root
        self.path = home(config.root) / INDEX
        self.rebuilt = self.path.exists()
        self._inner: dict[str, str] = {}
        self._outer: dict[str, str] = {}
        try:
            self._open(version(config))
        except DamagedError:  # not a database, or a damaged one: it holds nothing that cannot be had again
            self._db.close()
            discard(config.root)
            self._open(version(config))

    def _open(self, wanted: str) -> None:
        with self._told():
            self._db = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
            self._prepare(wanted)

    def _prepare(self, wanted: str) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if self._version() == wanted:
            self.rebuilt = False
            return
        with self._writing():
            if self._version() != wanted:
                for table in TABLES:
                    self._db.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in filter(str.strip, SCHEMA.split(";")):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO about VALUES ('version', ?)", (wanted,))

    def _version(self) -> str:
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
            return ""
        row = self._db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        return str(row[0]) if row else ""

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tells what goes wrong with the file. Raises IndexFileError or, where to make it anew helps, DamagedError."""
        try:
            yield
        except sqlite3.OperationalError as e:
            raise IndexFileError(f"index {self.path}: {e}; --no-index does without it") from None
        except (sqlite3.DatabaseError, ValueError) as e:
            raise DamagedError(f"index {self.path}: {e}; `copydesk index build` makes it anew") from None

    def _writing(self) -> Transaction:
        return Transaction(self._db, "BEGIN IMMEDIATE")

    def _reading(self) -> Transaction:
        return Transaction(self._db, "BEGIN")

    def changes(self, paths: Sequence[str]) -> Changes:
        """What to take in and what to drop so that the index holds ``paths`` as they are, and nothing else."""
        with self._told():
            known = {p: (size, mtime) for p, size, mtime in self._db.execute("SELECT path, size, mtime FROM files")}
        here = {self._inside(p): p for p in paths}
        changed = [given for inner, given in here.items() if known.get(inner) != stamp(given)]
        return Changes(tuple(changed), tuple(self._outside(p) for p in known if p not in here))

    def changed(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of some files that are not as the index knows them."""
        with self._told():
            return tuple(p for p in paths if self._stamp(self._inside(p)) != stamp(p))

    def _stamp(self, inner: bytes) -> tuple[int, int] | None:
        row = self._db.execute("SELECT size, mtime FROM files WHERE path = ?", (inner,)).fetchone()
        return (row[0], row[1]) if row else None

    def digest(self, path: str) -> bytes:
        """The content hash the index knows a file by; empty for an unknown one."""
        with self._told():
            row = self._db.execute("SELECT digest FROM files WHERE path = ?", (self._inside(path),)).fetchone()
        return bytes(row[0]) if row else b""

    def touch(self, path: str, stamp: tuple[int, int]) -> None:
        """Note that a known file has another time but the same content."""
        with self._told():
            self._db.execute("UPDATE files SET size = ?, mtime = ? WHERE path = ?", (*stamp, self._inside(path)))

    def store(
        self,
        results: Sequence[FileResult],
        stamps: Mapping[str, tuple[int, int]],
        keys: Mapping[tuple[str, int], bytes],
    ) -> None:
        """Take in what was collected of some files.

        ``stamps``: their size and time as they were before reading; ``keys``: by path and number of the fact.
        """
        with self._told(), self._writing():
            for r in results:
                inner = self._inside(r.path)
                self._drop(inner)
                size, mtime = stamps[r.path]
                self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", (inner, size, mtime, r.digest, r.articles))
                for n, (kind, f) in enumerate(r.facts):
                    row = (inner, json.dumps(f.ref.article), kind, f.meta.source, pack_meta(f.meta), packed(f.value))
                    number = self._db.execute("INSERT INTO facts VALUES (NULL, ?, ?, ?, ?, ?, ?)", row).lastrowid
                    if (r.path, n) in keys:
                        postings.add(self._db, kind, number or 0, keys[r.path, n])
            postings.merge(self._db, {kind for r in results for kind, _ in r.facts})

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files that are gone."""
        with self._told(), self._writing():
            for path in paths:
                self._drop(self._inside(path))

    def clear(self) -> None:
        """Drop everything. The file stays: another process may be at work on it."""
        with self._told(), self._writing():
            for table in TABLES[1:]:
                self._db.execute(f"DELETE FROM {table}")

    def _drop(self, inner: bytes) -> None:
        self._db.execute("DELETE FROM files WHERE path = ?", (inner,))
        self._db.execute("DELETE FROM facts WHERE path = ?", (inner,))

    def facts(self, kinds: Iterable[str], without: Iterable[str] = ()) -> Iterator[tuple[str, Facts]]:
        """The facts of the named kinds of all files but ``without``, kind by kind in path order."""
        # a query a kind: it reads the rows in the order of the index, and sorts no values
        query = f"SELECT {_FACTS} FROM facts WHERE kind = ? ORDER BY path, id"
        with self._told():
            for kind in kinds:
                for facts in self._unpacked(self._db.execute(query, (kind,)), self._names(without)):
                    yield kind, facts

    def sharing(self, kind: str, keys: Iterable[int], least: int, without: Iterable[str]) -> list[Facts]:
        """The facts of a kind that have at least ``least`` of the keys, of all files but ``without``, in path order.

        Facts of files that have changed since, or are gone, are left out: they are true no more.
        """
        with self._told(), self._reading():
            shared = postings.shared(self._db, kind, keys)
            found = (
                self._db.execute(f"SELECT {_FACTS} FROM facts WHERE id = ?", (number,)).fetchone()
                for number, hits in shared.most_common(_MOST)
                if hits >= least
            )
            true = (row for row in found if row and self._stamp(row[0]) in (stamp(self._outside(row[0])), UNSEEN))
            facts = list(self._unpacked(true, self._names(without)))
        return sorted(facts, key=lambda f: f.ref.path)

    def sources(self, kind: str, without: Iterable[str]) -> Counter[str]:
        """How many articles there are of each source, in all files but ``without``."""
        query = "SELECT source, count(*) FROM facts WHERE kind = ?{} GROUP BY source"
        with self._told():
            found = Counter(dict(self._db.execute(query.format(""), (kind,))))
            for path in self._names(without):
                found -= Counter(dict(self._db.execute(query.format(" AND path = ?"), (kind, path))))
        return found

    def summary(self, kind: str) -> Any:
        """What a rule told of all articles when it last saw them; None where it never did."""
        with self._told():
            row = self._db.execute("SELECT value FROM summaries WHERE kind = ?", (kind,)).fetchone()
            return Unpacking()(row[0]) if row else None

    def stale(self, kind: str) -> bool:
        """Whether so much has changed since a summary was made that it wants making anew."""
        with self._told():
            seen = self._db.execute("SELECT changes FROM summaries WHERE kind = ?", (kind,)).fetchone()
            held, changes = self._changes()
        return seen is None or (changes - seen[0]) * _STALE > held

    def summarise(self, kind: str, value: Any) -> None:
        """Keep what a rule tells of all articles."""
        with self._told(), self._writing():
            row = (kind, self._changes()[1], packed(value))
            self._db.execute("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?)", row)

    def _changes(self) -> tuple[int, int]:
        """How many facts there are, and how many were ever taken in or dropped."""
        taken = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'facts'").fetchone()
        (held,) = self._db.execute("SELECT count(*) FROM facts").fetchone()
        return held, 2 * taken[0] - held if taken else 0

    def _names(self, paths: Iterable[str]) -> frozenset[bytes]:
        return frozenset(self._inside(name) for p in paths for name in (p, os.path.realpath(p)))

    def _unpacked(self, rows: Iterable[Any], skip: frozenset[bytes]) -> Iterator[Facts]:
        unpacked = Unpacking()
        for path, article, meta, value in rows:
            if path not in skip:
                yield Facts(Ref(self._outside(path), json.loads(article)), unpack_meta(meta), unpacked(value))

    def status(self) -> Status:
        """Counts and size."""
        with self._told():
            files, articles = self._db.execute("SELECT count(*), coalesce(sum(articles), 0) FROM files").fetchone()
        size = sum(part.stat().st_size for part in self.path.parent.glob(f"{INDEX}*") if not part.name.endswith("-shm"))
        return Status(self.path, files, articles, size)

    def compact(self) -> None:
        """Give the space of dropped files back to the disk."""
        with self._told():
            with self._writing():
                kinds = [kind for (kind,) in self._db.execute("SELECT DISTINCT kind FROM postings")]
                postings.merge(self._db, kinds, everything=True)
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _inside(self, path: str) -> bytes:
        """A path from the working directory as one from the project's root; bytes, for a name need not be text."""
        folder, name = os.path.split(path)
        if folder not in self._inner:
            self._inner[folder] = os.path.relpath(folder or ".", self.root)
        return os.fsencode(_joined(self._inner[folder], name))

    def _outside(self, inner: bytes) -> str:
        """A path from the project's root as one from the working directory."""
        folder, name = os.path.split(os.fsdecode(inner))
        if folder not in self._outer:
            self._outer[folder] = os.path.relpath(self.root / folder)
        return _joined(self._outer[folder], name)


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)  # noqa: PTH118 - ten thousand a question
