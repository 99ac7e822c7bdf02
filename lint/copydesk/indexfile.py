"""The index as a file: where it lies, what depends on its form, what can go wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk import __version__, packs, postings, summaries
from copydesk.config import Config
from copydesk.configfile import ConfigError
from copydesk.hashing import blake2b
from copydesk.home import INDEX, home
from copydesk.typed import Self

WAIT = 120.0
"""Seconds a process waits for another that is writing."""
UNSEEN = (-2, -2)
"""Size and time of a file that could not be read whole, which no file has: it is looked at each time."""
_FORMAT = 6
_PAGES = 10_000
"""Pages of 4 kB that wait beside the file before they are written into it, and flushed."""
TABLES = ("files", "facts", "summaries", "told", "gone", "recent", "postings")
SCHEMA = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value);
CREATE TABLE files (path BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, digest BLOB, articles INTEGER);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB, article TEXT, kind TEXT, source TEXT, meta TEXT, value BLOB
);
CREATE INDEX facts_of_path ON facts (path);
CREATE INDEX facts_of_kind ON facts (kind, path);
CREATE INDEX facts_of_source ON facts (kind, source);
{summaries.SCHEMA}{postings.SCHEMA}"""


class IndexFileError(ConfigError):
    """The index cannot be read or written where it is; the message says why, and what does without it."""


class DamagedError(IndexFileError):
    """The index holds what cannot be read; made anew, it is as good as before."""


class Transaction:
    """A transaction: of a reader, who sees one state; of a writer, who waits for others rather than fails."""

    def __init__(self, db: sqlite3.Connection, begin: str) -> None:
        self._db, self._begin = db, begin

    def __enter__(self) -> None:
        self._db.execute(self._begin)

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def stamp(path: str) -> tuple[int, int]:
    """Size in bytes and modification time in nanoseconds of a file."""
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
        SCHEMA,
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
    for old in home(root).glob(f"{INDEX}*"):
        old.unlink(missing_ok=True)


class IndexFile:
    """An index that is open; of another version, or damaged, it is made anew."""

    def __init__(self, config: Config) -> None:
        self.root = config.root
        self.path = home(config.root) / INDEX
        self.rebuilt = self.path.exists()
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
        self._db.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")
        if self._version() == wanted:
            self.rebuilt = False
            return
        with self._writing():
            if self._version() != wanted:
                for table in ("about", *TABLES):
                    self._db.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in filter(str.strip, SCHEMA.split(";")):
                    self._db.execute(statement)
                self._db.execute("INSERT INTO about VALUES ('version', ?), ('dropped', 0), ('ordered', 0)", (wanted,))

    def _version(self) -> str:
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'about'").fetchone():
            return ""
        row = self._db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        return str(row[0]) if row else ""

    def __enter__(self) -> Self:
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
