"""The corpus on disk: what the corpus rules keep of every article of a project, in one SQLite file.

A commit hook sees one changed file; the index knows the rest. It is brought up to date file by file (size and
time first, then content hash), in short transactions, so that a kill at any moment loses at most one batch and
several processes may ask while one writes. An index of another version is made anew.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from operator import itemgetter
from pathlib import Path

from copydesk import postings, summaries
from copydesk.article import Ref
from copydesk.config import Config
from copydesk.entries import File
from copydesk.frozen import Frozen
from copydesk.home import INDEX
from copydesk.indexfile import TABLES, UNSEEN, IndexFile, stamp
from copydesk.packed import Unpacking, unpack_meta
from copydesk.rule import Facts, Keyed
from copydesk.summaries import FACTS, Look
from copydesk.typed import Any, NamedTuple


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


class _Again:
    """The facts of a kind, read anew each time they are gone through: they would fill the memory."""

    def __init__(self, index: Index, kind: str) -> None:
        self._index, self._kind = index, kind

    def __iter__(self) -> Iterator[Facts]:
        return self._index.facts(self._kind)


class Index(IndexFile):
    """An open index. Paths inside are relative to the project's root, so that the project can be moved."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._inner: dict[str, str] = {}
        self._outer: dict[str, str] = {}

    def changes(self, paths: Sequence[str]) -> Changes:
        """What to take in and what to drop so that the index holds ``paths`` as they are, and nothing else."""
        with self._told():
            known = {p: (size, mtime) for p, size, mtime in self._db.execute("SELECT path, size, mtime FROM files")}
        here = dict(sorted((self._inside(p), p) for p in paths))
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

    def store(self, files: Sequence[File]) -> None:
        """Take in what was collected of some files."""
        inner = sorted(((self._inside(f.path), f) for f in files), key=itemgetter(0))
        with self._told(), self._writing():
            self._drop([path for path, _ in inner])
            in_order = self._in_order(inner[0][0]) if inner else False
            made = [(path, *f.stamp, f.digest, f.articles) for path, f in inner]
            self._db.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", made)
            first = self._counts()[0] + 1
            rows = [*enumerate(((path, row) for path, f in inner for row in f.rows), first)]
            facts = ((number, path, *row[:-1]) for number, (path, row) in rows)
            self._db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", facts)
            if in_order:
                self._db.execute("UPDATE about SET value = ? WHERE key = 'ordered'", (self._counts()[0],))
            keyed = [(number, row.kind, row.keys) for number, (_, row) in rows if row.keys]
            postings.add(self._db, keyed)
            for kind in {kind for _, kind, _ in keyed}:
                postings.merge(self._db, kind, postings.AT_ONCE)

    def _in_order(self, path: bytes) -> bool:
        """Whether all facts lie in path order, and those of a path may follow."""
        (last,) = self._db.execute("SELECT max(path) FROM files").fetchone()
        return last is None or (last < path and self._ordered() == self._counts()[0])

    def _ordered(self) -> int:
        """The number up to which facts lie in path order."""
        return int(self._db.execute("SELECT value FROM about WHERE key = 'ordered'").fetchone()[0])

    def sort(self, kinds: Iterable[str]) -> None:
        """Have the postings of what was taken in ready for questions."""
        with self._told(), self._writing():
            for kind in kinds:
                postings.merge(self._db, kind)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files that are gone."""
        with self._told(), self._writing():
            self._drop([self._inside(path) for path in paths])

    def clear(self) -> None:
        """Drop everything. The file stays: another process may be at work on it."""
        with self._told(), self._writing():
            taken, _ = self._counts()
            for table in TABLES:
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("UPDATE about SET value = ? WHERE key = 'dropped'", (taken,))

    def _drop(self, inner: Sequence[bytes]) -> None:
        self._db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in inner))
        summaries.spare(self._db, inner)
        dropped = self._db.executemany("DELETE FROM facts WHERE path = ?", ((path,) for path in inner)).rowcount
        if dropped > 0:
            self._db.execute("UPDATE about SET value = value + ? WHERE key = 'dropped'", (dropped,))

    @property
    def empty(self) -> bool:
        """Whether it holds no file."""
        with self._told():
            return self._db.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None

    def facts(self, kind: str, without: Iterable[str] = ()) -> Iterator[Facts]:
        """The facts of a kind of all files but ``without``, in path order."""
        query = f"SELECT {FACTS} FROM facts WHERE kind = ? ORDER BY path, id"
        with self._told():
            yield from self._unpacked(self._db.execute(query, (kind,)), self._names(without))

    def sharing(self, kind: str, keys: Iterable[int], least: int, without: Iterable[str]) -> list[Facts]:
        """The facts of a kind that have at least ``least`` of the keys, of all files but ``without``, in path order.

        Facts of files that have changed since, or are gone, are left out: they are true no more.
        """
        skip = self._names(without)
        with self._told(), self._reading():
            shared = postings.shared(self._db, kind, keys)
            numbers = sorted(number for number, count in shared.items() if count >= least)
            return sorted(self._true(numbers, skip), key=_path)

    def in_order(self, kind: str, keys: Iterable[int], without: Iterable[str]) -> Iterator[Facts]:
        """What ``sharing`` gives for all of the keys, one by one: who stops early has loaded few."""
        skip = self._names(without)
        with self._told():
            numbers = postings.having(self._db, kind, keys)
            at_root = self._inside("") == b""
            ordered = bisect_right(numbers, self._ordered()) if at_root else 0
            others = sorted(self._true(numbers[ordered:], skip), key=_path)
            yield from merge(self._true(numbers[:ordered], skip), others, key=_path)

    def _true(self, numbers: Iterable[int], skip: frozenset[bytes]) -> Iterator[Facts]:
        """The facts with the numbers, of files that are as the index knows them, without those of ``skip``."""
        query = f"SELECT {FACTS} FROM facts WHERE id = ?"
        found = (self._db.execute(query, (number,)).fetchone() for number in numbers)
        kept = (row for row in found if row and row[0] not in skip)
        true = (row for row in kept if self._stamp(row[0]) in (stamp(self._outside(row[0])), UNSEEN))
        return self._unpacked(true, frozenset())

    def since(self, kind: str, own: Iterable[str], most: int) -> tuple[list[Facts], list[Facts]] | None:
        """The facts that a summary was made of and that are gone or of the files ``own``; and others' taken in since.

        None where either are more than ``most``.
        """
        names = self._names(own)
        with self._told(), self._reading():
            found = summaries.since(self._db, kind, names, most)
        if found is None:
            return None
        gone, come = found
        return list(self._unpacked(gone, frozenset())), list(self._unpacked(come, names))

    def sources(self, kind: str, without: Iterable[str]) -> Counter[str]:
        """How many articles there are of each source, in all files but ``without``."""
        query = "SELECT source, count(*) FROM facts WHERE kind = ?{} GROUP BY source"
        with self._told():
            found = Counter(dict(self._db.execute(query.format(""), (kind,))))
            for path in self._names(without):
                found -= Counter(dict(self._db.execute(query.format(" AND path = ?"), (kind, path))))
        return found

    def told(self, kind: str, keys: Iterable[str]) -> dict[str, Any] | None:
        """What a rule told under some keys when it last saw all articles; None where it never did."""
        with self._told(), self._reading():
            return summaries.told(self._db, kind, keys)

    def stale(self, kind: str, one_in: int, most: int = 0) -> bool:
        """Whether one in so many of the facts, or more than ``most``, changed since a summary was made, or none was."""
        with self._told():
            seen = summaries.changes(self._db, kind)
            taken, dropped = self._counts()
            outrun = most > 0 and summaries.outrun(self._db, kind, most)
        return seen is None or outrun or (taken + dropped - seen) * one_in > taken - dropped

    @property
    def size(self) -> int:
        """How many facts it holds, of all kinds."""
        with self._told():
            taken, dropped = self._counts()
        return taken - dropped

    def look(self, kind: str, rule: Keyed) -> Look:
        """What a rule tells of all articles as they are at one moment."""
        assert rule.summarise
        with self._reading():
            with self._told():
                taken, dropped = self._counts()
            return Look(taken, dropped, summaries.rows(rule.summarise(_Again(self, kind))))

    def keep(self, kind: str, seen: Look, follows: bool) -> None:
        """Keep a look; ``follows``: and from now on the facts it was made of. Not where any of these are gone by now:
        the next update looks again."""
        with self._told(), self._writing():
            if self._counts()[1] == seen.dropped:
                summaries.keep(self._db, kind, seen, follows)

    def _counts(self) -> tuple[int, int]:
        """How many facts were ever taken in, which is the number of the last one, and how many dropped."""
        taken = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'facts'").fetchone()
        dropped = self._db.execute("SELECT value FROM about WHERE key = 'dropped'").fetchone()
        return taken[0] if taken else 0, dropped[0]

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
                for (kind,) in self._db.execute("SELECT DISTINCT kind FROM facts").fetchall():
                    postings.compact(self._db, kind)
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


def _path(facts: Facts) -> str:
    return facts.ref.path


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)  # noqa: PTH118 - ten thousand a question
