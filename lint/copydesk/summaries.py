"""What the rules of an index tell of all articles: a row a key, so that a question reads what it asks for alone.

What a rule told is true of the facts it saw. Where it follows them, those that are dropped are kept beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from copydesk.packed import Unpacking, packed
from copydesk.typed import Any, NamedTuple

SCHEMA = """
CREATE TABLE summaries (kind TEXT PRIMARY KEY, changes INTEGER, last INTEGER);
CREATE TABLE told (kind TEXT, key BLOB, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE gone (kind TEXT, path BLOB, article TEXT, meta TEXT, value BLOB);
"""
FACTS = "path, article, meta, value"
"""The columns that facts are made of."""
_SPARE = f"""INSERT INTO gone SELECT kind, {FACTS} FROM facts
WHERE path = ? AND id <= (SELECT last FROM summaries WHERE summaries.kind = facts.kind)"""


class Look(NamedTuple):
    """What a rule told of all articles, packed, when so many facts had ever been taken in and dropped."""

    taken: int
    dropped: int
    rows: list[tuple[bytes, bytes]]


def rows(told: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """What is told, packed, in order of its keys."""
    return sorted((_key(key), packed(value)) for key, value in told.items())


def keep(db: sqlite3.Connection, kind: str, seen: Look, follows: bool) -> None:
    """Put a look in the place of the last one; ``follows``: from now on its facts are spared."""
    made = (kind, seen.taken + seen.dropped, seen.taken if follows else 0)
    db.execute("INSERT OR REPLACE INTO summaries VALUES (?, ?, ?)", made)
    for table in ("told", "gone"):
        db.execute(f"DELETE FROM {table} WHERE kind = ?", (kind,))
    db.executemany("INSERT INTO told VALUES (?, ?, ?)", ((kind, *row) for row in seen.rows))


def told(db: sqlite3.Connection, kind: str, keys: Iterable[str]) -> dict[str, Any] | None:
    """What was told under the keys, of those that there are; None where nothing ever was."""
    if changes(db, kind) is None:
        return None
    query, unpacked = "SELECT value FROM told WHERE kind = ? AND key = ?", Unpacking()
    found = ((key, db.execute(query, (kind, _key(key))).fetchone()) for key in keys)
    return {key: unpacked(row[0]) for key, row in found if row}


def changes(db: sqlite3.Connection, kind: str) -> int | None:
    """How many facts had been taken in and dropped at the last look; None where there was none."""
    row = db.execute("SELECT changes FROM summaries WHERE kind = ?", (kind,)).fetchone()
    return row[0] if row else None


def spare(db: sqlite3.Connection, paths: Iterable[bytes]) -> None:
    """Keep the facts of some files, which are about to be dropped, as long as what was told of them."""
    db.executemany(_SPARE, ((path,) for path in paths))


def since(db: sqlite3.Connection, kind: str, own: Iterable[bytes], most: int) -> tuple[list[Any], list[Any]] | None:
    """The rows that were seen at the last look and are gone or of the files ``own``; and those taken in since.

    None where either are more than ``most``, or there was no look.
    """
    gone = f"SELECT {FACTS} FROM gone WHERE kind = ? LIMIT ?"
    then = f"SELECT {FACTS} FROM facts WHERE kind = ? AND path = ? AND id <= ?"
    now = f"SELECT {FACTS} FROM facts WHERE kind = ? AND id > ? LIMIT ?"
    seen = db.execute("SELECT last FROM summaries WHERE kind = ?", (kind,)).fetchone()
    if seen is None:
        return None
    dropped = db.execute(gone, (kind, most + 1)).fetchall()
    dropped += (row for path in own for row in db.execute(then, (kind, path, *seen)))
    taken = db.execute(now, (kind, *seen, most + 1)).fetchall()
    return None if max(len(dropped), len(taken)) > most else (dropped, taken)


def outrun(db: sqlite3.Connection, kind: str, most: int) -> bool:
    """Whether more than ``most`` of the facts are gone since the last look, or have come; or there was none."""
    seen = db.execute("SELECT last FROM summaries WHERE kind = ?", (kind,)).fetchone()
    if seen is None:
        return True
    gone = db.execute("SELECT 1 FROM gone WHERE kind = ? LIMIT ?", (kind, most + 1))
    come = db.execute("SELECT 1 FROM facts WHERE kind = ? AND id > ? LIMIT ?", (kind, *seen, most + 1))
    return any(len(rows.fetchall()) > most for rows in (gone, come))


def _key(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
