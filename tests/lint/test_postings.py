"""The inverted index finds what counting would find, however it is sorted and merged."""

import sqlite3
from array import array
from collections import Counter
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk import postings

keys = st.sets(st.sampled_from([0, 1, 2, 7 << 30, (7 << 30) + 1, (1 << 40) - 1]))
steps = st.lists(st.tuples(st.sampled_from(["add", "drop", "sort", "unite"]), keys), max_size=12)


def made() -> sqlite3.Connection:
    """An index in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript("CREATE TABLE facts (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT);" + postings.SCHEMA)
    return db


@settings(deadline=None)  # the first example imports numpy
@given(steps, keys)
def test_what_is_shared(done: list[tuple[str, set[int]]], asked: set[int]) -> None:
    held = dict[int, set[int]]()
    with closing(made()) as db:
        for step, some in done:
            if step == "add":
                number = db.execute("INSERT INTO facts VALUES (NULL, 'k')").lastrowid or 0
                held[number] = some
                postings.add(db, [(number, "k", array("Q", sorted(some)).tobytes())])
            elif step == "drop" and held:
                db.execute("DELETE FROM facts WHERE id = ?", (max(held),))
                del held[max(held)]
            else:
                (postings.compact if step == "unite" else postings.merge)(db, "k")
        want = Counter({n: len(own & asked) for n, own in held.items() if own & asked})
        found = postings.shared(db, "k", asked)
        assert Counter({n: hits for n, hits in found.items() if n in held}) == want
        assert postings.shared(db, "other", asked) == {}
        if asked:
            every = [n for n in postings.having(db, "k", asked) if n in held]
            assert every == sorted(n for n, own in held.items() if asked <= own)
        postings.compact(db, "k")
        assert postings.shared(db, "k", asked) == want


def test_many_articles_make_segments() -> None:
    with closing(made()) as db:
        for number in range(1, 601):
            db.execute("INSERT INTO facts VALUES (?, 'k')", (number,))
            postings.add(db, [(number, "k", array("Q", [number % 7, number << 20]).tobytes())])
            if number % 100 == 0:
                postings.merge(db, "k")
        assert db.execute("SELECT count(*) FROM recent").fetchone()[0] < 300
        assert db.execute("SELECT count(DISTINCT segment) FROM postings").fetchone()[0] == 2
        found = postings.shared(db, "k", [3, 5 << 20])
        assert found == Counter({n: 1 for n in range(1, 601) if n % 7 == 3} | {5: 1})


def test_numbers_may_be_used_up() -> None:
    with closing(made()) as db, pytest.raises(ValueError, match="too many"):
        postings.add(db, [(1 << postings.ID_BITS, "k", b"")])
