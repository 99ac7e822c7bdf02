"""What the rules of an index tell of all articles: a row a key, so that a question reads what it asks for alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from copydesk.packed import Unpacking, packed

SCHEMA = """
CREATE TABLE summaries (kind TEXT PRIMARY KEY, changes INTEGER, last INTEGER);
CREATE TABLE told (kind TEXT, key BLOB, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""


def keep(db: sqlite3.Connection, kind: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
    """Put packed rows in the place of what was told of a kind."""
    db.execute("DELETE FROM told WHERE kind = ?", (kind,))
    db.executemany("INSERT INTO told VALUES (?, ?, ?)", ((kind, key, value) for key, value in rows))


def rows(told: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """What is told, packed, in order of its keys."""
    return sorted((_key(key), packed(value)) for key, value in told.items())


def told(db: sqlite3.Connection, kind: str, keys: Iterable[str]) -> dict[str, Any]:
    """What is told under the keys, of those that there are."""
    query, unpacked = "SELECT value FROM told WHERE kind = ? AND key = ?", Unpacking()
    found = ((key, db.execute(query, (kind, _key(key))).fetchone()) for key in keys)
    return {key: unpacked(row[0]) for key, row in found if row}


def _key(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
