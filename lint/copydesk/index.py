"""The corpus on disk: what the corpus rules keep of every article of a project, in one SQLite file.

A commit hook sees one changed file; the index knows the rest. It is brought up to date file by file (size and
time first, then content hash), in short transactions, so that a kill at any moment loses at most one batch and
several processes may ask while one writes. An index of another version is made anew.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from copydesk import __version__, packs
from copydesk.article import Ref
from copydesk.config import Config
from copydesk.configfile import ConfigError
from copydesk.packed import Unpacking, pack_meta, packed, unpack_meta
from copydesk.rule import Facts
from copydesk.undo import home
from copydesk.work import FileResult

NAME = "index.sqlite"


class IndexFileError(ConfigError):
    """The index cannot be read or written where it is; the message says why, and what does without it."""


class DamagedError(IndexFileError):
    """The index holds what cannot be read; made anew, it is as good as before."""


_WAIT = 120.0
"""Seconds a process waits for another that is writing."""
_FORMAT = 2
_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE files (path BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, digest BLOB, articles INTEGER);
CREATE TABLE facts (path BLOB, article TEXT, kind TEXT, meta TEXT, value BLOB);
CREATE INDEX facts_of_path ON facts (path);
CREATE INDEX facts_of_kind ON facts (kind, path);
"""


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds."""

    path: Path
    files: int
    articles: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What an index must take in or drop to be up to date; paths relative to the working directory."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


class Index:
    """An open index. Paths inside are relative to the project's root, so that the project can be moved."""

    def __init__(self, config: Config) -> None:
        self.root = config.root
        self.path = home(config.root) / NAME
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
            self._db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
            self._prepare(wanted)

    def _prepare(self, wanted: str) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        if self._version() == wanted:
            self.rebuilt = False
            return
        with self._writing():
            if self._version() != wanted:
                for table in ("about", "files", "facts"):
                    self._db.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in filter(str.strip, _SCHEMA.split(";")):
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

    def _writing(self) -> _Transaction:
        return _Transaction(self._db)

    def changes(self, paths: Sequence[str]) -> Changes:
        """What to take in and what to drop so that the index holds ``paths`` as they are, and nothing else."""
        with self._told():
            known = {p: (size, mtime) for p, size, mtime in self._db.execute("SELECT path, size, mtime FROM files")}
        here = {self._inside(p): p for p in paths}
        changed = [given for inner, given in here.items() if known.get(inner) != _stamp(given)]
        return Changes(tuple(changed), tuple(self._outside(p) for p in known if p not in here))

    def digest(self, path: str) -> bytes:
        """The content hash the index knows a file by; empty for an unknown one."""
        with self._told():
            row = self._db.execute("SELECT digest FROM files WHERE path = ?", (self._inside(path),)).fetchone()
        return bytes(row[0]) if row else b""

    def touch(self, path: str, stamp: tuple[int, int]) -> None:
        """Note that a known file has another time but the same content."""
        with self._told():
            self._db.execute("UPDATE files SET size = ?, mtime = ? WHERE path = ?", (*stamp, self._inside(path)))

    def store(self, results: Iterable[FileResult], stamps: dict[str, tuple[int, int]]) -> None:
        """Take in what was collected of some files; ``stamps`` are their size and time as they were before reading."""
        with self._told(), self._writing():
            for r in results:
                inner = self._inside(r.path)
                self._drop(inner)
                size, mtime = stamps[r.path]
                self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", (inner, size, mtime, r.digest, r.articles))
                rows = ((inner, json.dumps(f.ref.article), k, pack_meta(f.meta), packed(f.value)) for k, f in r.facts)
                self._db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop files that are gone."""
        with self._told(), self._writing():
            for path in paths:
                self._drop(self._inside(path))

    def clear(self) -> None:
        """Drop everything. The file stays: another process may be at work on it."""
        with self._told(), self._writing():
            self._db.execute("DELETE FROM files")
            self._db.execute("DELETE FROM facts")

    def _drop(self, inner: bytes) -> None:
        self._db.execute("DELETE FROM files WHERE path = ?", (inner,))
        self._db.execute("DELETE FROM facts WHERE path = ?", (inner,))

    def facts(self, kinds: Iterable[str], without: Iterable[str]) -> Iterator[tuple[str, Facts]]:
        """The facts of the named kinds of all files but ``without``, kind by kind in path order."""
        skip = {self._inside(name) for p in without for name in (p, os.path.realpath(p))}
        unpacked = Unpacking()
        # a query a kind: it reads the rows in the order of the index, and sorts no values
        query = "SELECT path, article, meta, value FROM facts WHERE kind = ? ORDER BY path, rowid"
        with self._told():
            for kind in kinds:
                for path, article, meta, value in self._db.execute(query, (kind,)):
                    if path not in skip:
                        ref = Ref(self._outside(path), json.loads(article))
                        yield kind, Facts(ref, unpack_meta(meta), unpacked(value))

    def status(self) -> Status:
        """Counts and size."""
        with self._told():
            files, articles = self._db.execute("SELECT count(*), coalesce(sum(articles), 0) FROM files").fetchone()
        size = sum(part.stat().st_size for part in self.path.parent.glob(f"{NAME}*") if not part.name.endswith("-shm"))
        return Status(self.path, files, articles, size)

    def compact(self) -> None:
        """Give the space of dropped files back to the disk."""
        with self._told():
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


class _Transaction:
    """A write transaction that takes its lock at once, so that two writers wait for rather than fail each other."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _joined(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)  # noqa: PTH118 - ten thousand a question


def stamps(paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Size in bytes and modification time in nanoseconds of files."""
    return {p: _stamp(p) for p in paths}


def _stamp(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116 - ten thousand a question
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns


def version(config: Config) -> str:
    """What facts depend on: this package's version, how files are read, and the sources of every rule family."""
    reading = (
        __version__,
        _FORMAT,
        _SCHEMA,
        config.fields,
        config.corpus.source,
        sorted(config.encodings.items()),
        sorted(config.formats.items()),
    )
    seen = blake2b(repr(reading).encode(), digest_size=16)
    for pack in config.packs:
        for file in sorted(packs.folder(pack).glob("*/*")):
            if file.suffix in (".py", ".toml", ".tsv", ".txt") and not _is_cases(file):
                found = file.stat()
                seen.update(f"{file.name} {found.st_size} {found.st_mtime_ns}".encode())
    return seen.hexdigest()


def _is_cases(file: Path) -> bool:
    return file.suffix == ".toml" and file.with_suffix(".md").exists()


def discard(root: Path) -> None:
    """Remove a project's index, which is damaged."""
    for old in home(root).glob(f"{NAME}*"):
        old.unlink(missing_ok=True)


def exists(root: Path) -> bool:
    """Whether a project has an index."""
    return (root / ".copydesk" / NAME).is_file()
