"""The cache as a file: its tables, what is let go to bound it, its removal."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from copydesk.home import CACHE, HOME

_CAP = 1_000_000_000
"""Bytes the file may grow to."""
_DESKS = 4
"""Configurations whose results are kept: those used last."""
_FORMAT = 3
_SCHEMA = """
CREATE TABLE IF NOT EXISTS desks (key BLOB PRIMARY KEY, used INTEGER);
CREATE TABLE IF NOT EXISTS files (desk BLOB, path BLOB, head BLOB, found BLOB, sum INTEGER,
  PRIMARY KEY (desk, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (desk BLOB, path BLOB, kind BLOB, heads BLOB, vals BLOB,
  PRIMARY KEY (desk, path, kind));
CREATE TABLE IF NOT EXISTS compared (key BLOB PRIMARY KEY, desk BLOB, parts BLOB, sum INTEGER);
CREATE TABLE IF NOT EXISTS hits (key BLOB PRIMARY KEY, told BLOB, names BLOB, found BLOB);
CREATE TABLE IF NOT EXISTS notes (desk BLOB, kind BLOB, name TEXT, value BLOB, sum INTEGER,
  PRIMARY KEY (desk, kind, name));
"""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables of a new cache, and set how it is written."""
    if db.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
        old = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        db.execute("PRAGMA auto_vacuum = FULL")
        db.execute("PRAGMA journal_mode = WAL")
        drops = "".join(f"DROP TABLE IF EXISTS {name};" for (name,) in old)
        db.executescript(f"BEGIN IMMEDIATE; {drops} {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
    db.execute("PRAGMA synchronous = OFF")  # what a power cut damages, the checksums tell


def drop(db: sqlite3.Connection, keys: Iterable[tuple[bytes, bytes]]) -> None:
    """Drop what is kept of files, named by desk and path."""
    for table in ("files", "facts"):
        db.executemany(f"DELETE FROM {table} WHERE desk = ? AND path = ?", keys)


def room(db: sqlite3.Connection) -> int:
    """Bytes by which the file may grow."""
    return _CAP - _size(db)


def _size(db: sqlite3.Connection) -> int:
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def forget_others(db: sqlite3.Connection, desks: Iterable[bytes]) -> None:
    """Note that these desks were used; drop what is kept under those that were not for long."""
    db.executemany("INSERT OR REPLACE INTO desks VALUES (?, ?)", ((key, time.time_ns()) for key in desks))
    kept = _DESKS if _size(db) < _CAP // 2 else 1
    old = db.execute("SELECT key FROM desks ORDER BY used DESC LIMIT -1 OFFSET ?", (kept,)).fetchall()
    for table in ("files", "facts", "compared", "notes"):
        db.executemany(f"DELETE FROM {table} WHERE desk = ?", old)
    db.executemany("DELETE FROM desks WHERE key = ?", old)


def discard(root: Path) -> bool:
    """Remove a project's cache; whether there was one."""
    old = list((root / HOME).glob(f"{CACHE}*"))
    for file in old:
        with suppress(OSError):
            file.unlink()
    return bool(old)
