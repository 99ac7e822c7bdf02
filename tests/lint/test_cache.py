"""The cache: whatever becomes of the files, of it or of the machine, a run says what it would say without one."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpus import write as write_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import cache as module
from copydesk import cachefile
from copydesk import run as run_module
from copydesk.baseline import Baseline, of
from copydesk.cache import Cache
from copydesk.cachefile import discard
from copydesk.config import Config
from copydesk.corpus import update
from copydesk.discover import discover
from copydesk.index import Index
from copydesk.project import Overrides, Project
from copydesk.reading import Read, load, read
from copydesk.render import Options, render
from copydesk.run import Run, silent
from copydesk.settle import Settling
from copydesk_rules.copies import forward

Write = Callable[[dict[str, str | bytes]], None]
_LATER = 10_000_000_000
"""Nanoseconds after which a file's time tells whether it changed."""


ALL = Overrides(select=("trial/typo", "trial/twins", "trial/crash"))

ALONE = ALL._replace(corpus=False)


def said(
    overrides: Overrides,
    cached: bool,
    *,
    fix: bool = False,
    baseline: Baseline | None = None,
    index: bool = False,
    unasked: Sequence[str] = (),
) -> str:
    """All that a run over the working directory says; ``unasked`` are files that only the index knows."""
    project = Project(overrides)
    found = discover((".",), project.config_of)
    with ExitStack() as stack:
        cache = stack.enter_context(Cache(project.desk.config.root, project.desk_of, time.time_ns() + _LATER))
        run = Run(project, cache=cache if cached else None, jobs=1, baseline=baseline)
        if index:
            run.index = stack.enter_context(Index(project.desk.config))
            update(run.index, project, silent)
        run.check([f for f in found.files if f not in unasked])
        report = Settling(run, unsafe=True).settle() if fix else run.report()
    after = sorted((p, bytes(d)) for p, d in run.overlay.items())
    return f"{''.join(render('json', report, Options()))}{report.notices}{report.compared}{report.articles}{after}"


def same(overrides: Overrides = ALL, **how: Any) -> str:
    """What a run says without the cache, having asserted that it says so with it, too: at first, and again."""
    plain = said(overrides, False, **how)
    assert said(overrides, True, **how) == plain
    assert said(overrides, True, **how) == plain
    return plain


FILES: dict[str, str | bytes] = {
    "a.txt": "It was teh end.\n",
    "b/c.txt": "Word teh teh\n\nMore of teh same.",
    "b/d.md": "# Word\n\n<!-- copydesk: ignore[trial/typo] -->\nteh\n\n<!-- copydesk: ignore[no/rule] -->\nteh\n",
    "e.jsonl": '{"id": "1", "text": "Word teh"}\n{"id": "2", "text": "Word", "copydesk-ignore": ["trial"]}\n',
    "latin.txt": "Die Straße nach Köln ist für alle gesperrt.".encode("cp1252") * 5,
    "cut.json": '{"text": "teh',
    "\udcff.txt": "Word \u201cteh\u201d \U0001f600",
}


def test_what_is_said_of_files_of_all_kinds(write: Write) -> None:
    write(FILES)
    first = same()
    assert '"rule": "trial/typo"' in first and '"rule": "trial/twins"' in first and "names no rule" in first
    assert same(Overrides(select=("trial/typo",))) != first
    assert same(ALL._replace(corpus=False)) != first
    assert same(ALL._replace(config=('rules."trial/typo".wrong = "Word"',))) != first
    assert same() == first


def test_fixes_are_the_same(write: Write) -> None:
    write(FILES)
    assert "the end" in same(fix=True)


def test_what_the_index_knows_is_the_same(write: Write) -> None:
    write({**FILES, "0.txt": "Word", "cut.json": '{"text": "teh"}', "latin.txt": ""})
    first = same(index=True, unasked=("0.txt", "a.txt"))
    assert '"path": "0.txt"' in first
    write({"0.txt": "Else"})
    assert same(index=True, unasked=("0.txt", "a.txt")) != first


def test_what_a_baseline_accepts_is_the_same(write: Write, desk_folder: Path) -> None:
    write(FILES)
    run = Run(Project(ALL), jobs=1)
    run.check(sorted(FILES))
    accepted = of(run.report().findings[:5], desk_folder)
    assert '"baselined": 5' in same(baseline=accepted)


def test_a_configuration_and_its_styles_are_looked_at_anew(write: Write) -> None:
    write({**FILES, "b/copydesk.toml": 'packs = ["trial_rules"]\n'})
    said_of = [same(Overrides())]
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[severity]\ntrial = "info"\n'})
    said_of.append(same(Overrides()))
    write({"b/copydesk.toml": 'packs = ["trial_rules"]\nignore = ["trial/typo"]\n'})
    said_of.append(same(Overrides()))
    assert len(set(said_of)) == 3


TEXTS = st.sampled_from(["teh", "Word teh", "Word", "Else", "teh teh", "boom", "bang Word", ""])
NAMES = st.sampled_from(["a.txt", "b.txt", "c/d.txt", "c/e.md", "f.txt"])
CHANGES = st.lists(st.tuples(st.sampled_from(["write", "remove", "move", "touch"]), NAMES, NAMES, TEXTS), max_size=8)


def change(what: str, name: Path, other: Path, text: str) -> None:
    """Do one thing to the files."""
    name.parent.mkdir(exist_ok=True)
    other.parent.mkdir(exist_ok=True)
    if what == "write":
        name.write_text(text)
    elif what == "remove":
        name.unlink(missing_ok=True)
    elif what == "touch":
        name.touch()
    elif name.exists():
        name.replace(other)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_whatever_becomes_of_the_files(desk_folder: Path, changes: list[tuple[str, str, str, str]]) -> None:
    for old in desk_folder.iterdir():
        if old.name != "copydesk.toml":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for what, name, other, text in changes:
        change(what, desk_folder / name, desk_folder / other, text)
        assert said(ALL, True) == said(ALL, False)


def test_a_file_that_has_not_changed_is_not_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.txt": "teh", "b.txt": "teh"})
    first = said(ALONE, True)
    write({"b.txt": "the"})
    reads: list[str] = []

    def noted(path: str, config: Config) -> bytes:
        reads.append(path)
        return load(path, config)

    monkeypatch.setattr(module, "load", noted)
    project = Project(ALONE)
    with Cache(project.desk.config.root, project.desk_of) as cache:
        assert list(cache.known(["a.txt", "b.txt"])) == ["a.txt"]
    assert reads == ["b.txt"]
    assert said(ALONE, True) != first


def test_a_file_written_while_its_time_stood_still_is_read(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "teh"})
    project = Project(ALONE)
    for text in ("teh", "the", "eht"):  # all of one size, and too quick for the time to be trusted
        write({"a.txt": text})
        with Cache(desk_folder, project.desk_of, time.time_ns()) as cache:
            run = Run(project, cache=cache, jobs=1)
            run.check(["a.txt"])
        assert len(run.report().findings) == (text == "teh")


def test_code_that_changed_is_asked_again(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "packs" / "own_rules"
    shutil.copytree(Path(__file__).parent.parent / "packs" / "trial_rules", pack)
    monkeypatch.syspath_prepend(str(pack.parent))
    write({"copydesk.toml": 'packs = ["own_rules"]\nexclude = ["packs"]\n', "a.txt": "teh"})
    commands = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(pack.parent)!r}){_MANY}"]
    write({f"{n}.txt": "teh" for n in range(20)})
    before = subprocess.run(commands, capture_output=True, text=True, check=False)
    rule = pack / "trial" / "typo.py"
    rule.write_text(rule.read_text().replace("teh", "xyz"))
    after = subprocess.run(commands, capture_output=True, text=True, check=False)
    assert (before.stdout.count("trial/typo"), after.stdout) == (21, ""), before.stderr + after.stderr


_MANY = """
from copydesk.cli import main
sys.argv = ["copydesk", "check", "--select", "trial/typo", "--output-format", "jsonl", "."]
main()
"""


def damaged(data: bytes, places: Iterable[tuple[float, int]]) -> bytes:
    """The bytes with some of them changed."""
    out = bytearray(data)
    for place, value in places:
        out[int(place * (len(out) - 1))] ^= value
    return bytes(out)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=30))
def test_damage_is_never_believed(desk_folder: Path, places: list[tuple[float, int]]) -> None:
    for n in range(8):
        (desk_folder / f"{n}.txt").write_text(f"Word{n % 3} teh")
    plain = said(ALL, False)
    discard(desk_folder)
    assert said(ALL, True) == plain
    file = desk_folder / ".copydesk" / "cache.sqlite"
    file.write_bytes(damaged(file.read_bytes(), places))
    assert said(ALL, True) == plain
    assert said(ALL, True) == plain


@pytest.mark.parametrize("content", [b"", b"no database" * 500])
def test_what_is_no_cache_is_none(write: Write, desk_folder: Path, content: bytes) -> None:
    write(FILES)
    (desk_folder / ".copydesk").mkdir()
    (desk_folder / ".copydesk" / "cache.sqlite").write_bytes(content)
    same()


def test_a_cache_of_another_version_is_made_anew(write: Write, desk_folder: Path) -> None:
    write(FILES)
    first = same()
    file = desk_folder / ".copydesk" / "cache.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("PRAGMA user_version = 2")
        for table in ("facts", "hits"):
            db.execute(f"DROP TABLE {table}")
            db.execute(f"CREATE TABLE {table} (other BLOB)")
    assert same() == first
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone()[0] > 0


def test_a_place_where_nothing_can_be_written(write: Write, desk_folder: Path) -> None:
    write(FILES)
    (desk_folder / ".copydesk").write_text("in the way")
    same()


def test_a_locked_cache_is_done_without(write: Write, desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(FILES)
    first = same()
    monkeypatch.setattr(module, "_WAIT", 0.01)
    other = sqlite3.connect(desk_folder / ".copydesk" / "cache.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write({"a.txt": "teh teh teh"})
    assert same() != first
    other.close()


def test_a_hit_is_placed_again_only_where_its_files_changed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    only = Overrides(select=("trial/twins",))
    write({"a.txt": "One", "b.txt": "One", "c.txt": "Two", "d.txt": "Two", "e.txt": "Else"})
    assert same(only).count('"rule"') == 2
    reads: list[str] = []

    def noted(path: str, config: Config, data: bytes | None = None) -> Read:
        reads.append(path)
        return read(path, config, data)

    monkeypatch.setattr(run_module, "read", noted)
    write({"c.txt": "Two more", "e.txt": "Other"})
    new = said(only, True)
    assert sorted(reads) == ["c.txt", "d.txt"]
    assert new == said(only, False)


def test_facts_that_are_lost_are_collected_again(write: Write, desk_folder: Path) -> None:
    write(FILES)
    same()
    with closing(sqlite3.connect(desk_folder / ".copydesk" / "cache.sqlite")) as db, db:
        db.execute("DELETE FROM facts")
        db.execute("DELETE FROM compared")
    same()


def test_the_cache_is_bounded(write: Write, desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({f"{n:03}.txt": "Word teh " * 100 for n in range(60)})
    monkeypatch.setattr(cachefile, "_CAP", 200_000)
    same(ALONE)
    for limit in range(1, 9):
        same(ALONE._replace(config=(f'rules."trial/typo".limit = {limit}',)))
        assert (desk_folder / ".copydesk" / "cache.sqlite").stat().st_size < 300_000


def test_files_that_are_gone_are_dropped(write: Write, desk_folder: Path) -> None:
    write(FILES)
    same()
    (desk_folder / "a.txt").unlink()
    same()
    with closing(sqlite3.connect(desk_folder / ".copydesk" / "cache.sqlite")) as db, db:
        assert not db.execute("SELECT 1 FROM files WHERE path = ?", (b"a.txt",)).fetchall()


def test_several_processes_at_once(write: Write) -> None:
    write({f"{n:03}.txt": f"Word{n % 9} teh" for n in range(120)})
    command = [
        sys.executable,
        "-m",
        "copydesk",
        "check",
        "-s",
        "trial/typo,trial/twins",
        "--output-format",
        "jsonl",
        "-j1",
        ".",
    ]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent / "packs")}
    running = [subprocess.Popen(command, env=env, stdout=-1, stderr=-1) for _ in range(4)]
    done = {process.communicate() for process in running}
    [(out, err)] = done
    assert (out.count(b"\n"), err) == (120 + 111, b"")


def test_the_rules_that_come_with_copydesk(desk_folder: Path) -> None:
    write_corpus(desk_folder, 40, seed=3)
    shutil.copytree(Path(__file__).parent.parent.parent / "seeds", desk_folder / "seeds")
    (desk_folder / "copydesk.toml").write_text("")
    first = same(Overrides())
    assert '"rule": "characters/' in first
    file = next(desk_folder.glob("outlet*/*.txt"))
    file.write_text(file.read_text().replace(" the ", " the\xa0", 2) + "\nIt was done.Â\n")
    assert same(Overrides()) != first


SHARED = (
    "The council of Brackwater voted late on Tuesday to close the old swimming hall by the river, ending a quarrel that"
    " has kept the town awake since the roof was found to be rotten two winters ago and no builder would mend it.",
    "Officials said the money set aside for the hall would go to a smaller pool beside the school, which the engineers"
    " have drawn three times already and which the mayor wants to see open before the next harvest fair begins.",
)
PIECES = (
    *SHARED,
    "On Monday 1,200 Norwegian soldiers were killed in Kharkiv, Marta Lindqvist of Sweden told Reuters in Geneva.",
    "On Monday 1,900 Norwegian soldiers were killed in Kharkiv, Marta Lindqvist of Sweden told Reuters in Geneva.",
    "President Volodymyr Zelensky spoke in Brackwater. Volodymyr Zelensky did not answer questions about the hall.",
    "President Volodymyr Zelenskyy spoke in Brackwater. Later Volodymyr Zelenskyy met the engineers of the school.",
    "Sign up for our newsletter",
    "More stories from this section",
    "The bakers of the lower town have raised the price of a loaf again, and nobody at the market was surprised.",
    "A ferry ran aground near the lighthouse in thick fog; all forty passengers were taken off by fishing boats.",
)
"""What articles are made of: passages to be copied, figures that contradict each other, names, furniture, and prose."""
COPY = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)
NUMBERS = st.sampled_from(["0.txt", "1.txt", "2.txt", "all.jsonl"])
PLACES = st.tuples(st.sampled_from(["north", "south", "west"]), NUMBERS).map("/".join)
EDITION = st.dictionaries(PLACES, st.none() | COPY, max_size=5)
"""What some files hold from now on; None: they are gone."""


def written(name: str, copy: Sequence[str]) -> str:
    """A file of one article, or of one for every two passages."""
    if name.endswith(".txt"):
        return "\n\n".join(copy)
    records = ({"text": "\n\n".join(copy[at : at + 2]), "date": f"2026-11-0{at + 1}"} for at in range(0, len(copy), 2))
    return "".join(f"{json.dumps(record)}\n" for record in records)


@pytest.mark.parametrize("stale", [1, 50])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(PLACES, COPY, min_size=6), then=st.lists(EDITION, min_size=1, max_size=3))
def test_whatever_is_edited_the_rules_find_what_is_there(
    desk_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    stale: int,
    first: dict[str, list[str]],
    then: list[dict[str, list[str] | None]],
) -> None:
    monkeypatch.setattr(forward, "_STALE", stale)  # notes that are kept although articles are not in them, and not
    discard(desk_folder)
    for folder in ("north", "south", "west"):
        shutil.rmtree(desk_folder / folder, ignore_errors=True)
    (desk_folder / "copydesk.toml").write_text("")
    every = Overrides(select=("ALL",))
    editions: list[Mapping[str, list[str] | None]] = [first, *then]
    for edition in editions:
        for name, copy in edition.items():
            file = desk_folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(written(name, copy)) if copy else file.unlink(missing_ok=True)
        assert said(every, True) == said(every, False)


@pytest.fixture
def edited(desk_folder: Path) -> Path:
    """Copy of three sources, which has been checked twice with all rules, and edited since; without configuration."""
    for folder in ("north", "south", "west"):
        (desk_folder / folder).mkdir()
        for n, copy in enumerate("\n\n".join(PIECES[at : at + 4]) for at in range(0, 8, 2)):
            (desk_folder / folder / f"{n}.txt").write_text(copy)
    (desk_folder / "west" / "9.txt").write_text("A lone line of prose about the weather, which will not change here.")
    (desk_folder / "copydesk.toml").write_text("")
    same(Overrides(select=("ALL",)))
    file = desk_folder / "south" / "1.txt"
    file.write_text(file.read_text() + "\n\n" + SHARED[0])
    return desk_folder


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE facts SET vals = x'00'",
        "UPDATE facts SET heads = x'0000000000000000'",
        "DELETE FROM facts",
        "DELETE FROM notes",
        "DELETE FROM notes WHERE name = 'forward'",
        "UPDATE notes SET value = substr(value, 1, 20)",
        "UPDATE notes SET value = 1",
        "DELETE FROM hits",
        "UPDATE hits SET found = told",
        "UPDATE compared SET parts = NULL",
    ],
)
def test_what_is_lost_of_the_cache_is_made_again(edited: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setattr(forward, "_STALE", 1)
    with closing(sqlite3.connect(edited / ".copydesk" / "cache.sqlite")) as db, db:
        assert db.execute(damage).rowcount > 0
    assert '"rule": "copies/' in same(Overrides(select=("ALL",)))


def test_values_of_few_facts_are_read_where_notes_tell_of_the_others(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    values = Cache._values

    def noted(self: Cache, path: str, kind: str, heads: bytes) -> bytes:
        asked.append(path)
        return values(self, path, kind, heads)

    monkeypatch.setattr(Cache, "_values", noted)
    every = Overrides(select=("ALL",))
    assert said(every, True) == said(every, False)
    assert "north/0.txt" in asked and "west/9.txt" not in asked


def test_rules_are_not_asked_whose_facts_are_what_they_were(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    only = Overrides(select=("trial/twins",))
    write({"a.txt": "One here", "b.txt": "One there", "c.txt": "Two"})
    first = same(only)

    def asked(*_: object) -> list[Any]:
        raise AssertionError("the facts are what they were")

    monkeypatch.setattr(Run, "_placed", asked)
    write({"b.txt": "One [sic] there"})
    assert first.count('"rule"') == 1 and said(only, True).count('"rule"') == 0
    write({"b.txt": "One \u2026 there"})
    assert said(only, True).count('"rule"') == 1
