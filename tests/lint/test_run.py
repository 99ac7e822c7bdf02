"""Runs over files and corpora, alone and through the index."""

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.article import Article, Meta, Ref
from copydesk.corpus import update
from copydesk.index import Index
from copydesk.indexfile import DamagedError
from copydesk.project import Overrides, Project
from copydesk.rule import Facts, Kept
from copydesk.run import Run, silent

Write = Callable[[dict[str, str | bytes]], None]
RunOf = Callable[..., Run]


@pytest.mark.parametrize("word", ["boom", "bang"])
def test_a_rule_that_fails_costs_one_error_entry(write: Write, run_of: RunOf, word: str) -> None:
    write({"a.txt": f"{word} teh", "b.txt": "teh end"})
    report = run_of("a.txt", "b.txt", select="trial/crash,trial/typo").report()
    assert [f.path for f in report.findings] == ["a.txt", "b.txt"]
    [error] = report.errors
    assert (error.path, error.rule) == ("a.txt", "trial/crash")
    assert report.exit_code() == 2


def test_processes_find_the_same_in_the_same_order(write: Write, run_of: RunOf) -> None:
    files: dict[str, str | bytes] = {f"{n % 7}/{n:03}.txt": f"Word{n % 9} teh end" for n in range(150)}
    write(files)
    one = run_of(*files, select="trial/typo,trial/twins", jobs=1).report()
    two = run_of(*files, select="trial/typo,trial/twins", jobs=2).report()
    assert one.findings == two.findings
    assert len(one.findings) == 150 + 141


def test_a_process_that_is_killed_costs_the_files_it_had(write: Write, run_of: RunOf) -> None:
    files: dict[str, str | bytes] = {f"{n:03}.txt": "teh end" for n in range(150)}
    write({**files, "149.txt": "sigkill"})
    report = run_of(*files, select="trial/typo,trial/crash", jobs=2).report()
    assert "149.txt" in {e.path for e in report.errors}
    assert "was killed" in report.errors[0].message
    assert len(report.errors) + len(report.findings) == 150
    assert report.exit_code() == 2


def test_an_article_is_gone_when_its_file_is_done(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "Teh Ferry teh end"})
    gc.collect()
    gc.disable()
    try:
        run_of("a.txt", select="ALL")
        left = [o for o in gc.get_objects() if isinstance(o, Article)]
    finally:
        gc.enable()
    assert left == []


def test_findings_of_one_text_are_told_apart(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "teh\n" * 100})
    prints = [f.fingerprint for f in run_of("a.txt", select="trial/typo").report().findings]
    assert len(set(prints)) == 100


def test_identity_does_not_depend_on_the_line(write: Write, run_of: RunOf) -> None:
    write({"a.txt": "One.\n\nIt was teh end of it all, they said.", "b.txt": "It was teh end of it all, they said."})
    a, b = run_of("a.txt", "b.txt", select="trial/typo").report().findings
    assert a.fingerprint == b.fingerprint


def test_per_file_ignores_hold_for_corpus_rules_too(write: Write, run_of: RunOf) -> None:
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[per-file-ignores]\n"b.txt" = ["trial/twins"]'})
    write({"a.txt": "Word", "b.txt": "Word", "c.txt": "Word"})
    report = run_of("a.txt", "b.txt", "c.txt", select="trial/twins").report()
    assert [f.path for f in report.findings] == ["c.txt"]
    assert report.findings[0].related[0].path == "a.txt"


def index_run(*paths: str) -> list[tuple[str, str]]:
    """Where the twins of some files are, by the index."""
    project = Project(Overrides(select=("trial/twins",)))
    with Index(project.desk.config) as index:
        assert update(index, project, silent) == ()
        run = Run(project, index=index, jobs=1)
        run.check(paths)
        return [(f.path, f.related[0].path) for f in run.report().findings]


def test_the_index_knows_the_rest_of_the_corpus(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "Word", "b.txt": "Word", "c.txt": "Else"})
    assert index_run("b.txt") == [("b.txt", "a.txt")]
    assert index_run("c.txt") == []
    write({"c.txt": "Word now"})
    assert index_run("c.txt") == [("c.txt", "a.txt")]
    (desk_folder / "a.txt").unlink()
    assert index_run("c.txt") == [("c.txt", "b.txt")]
    (desk_folder / "b.txt").rename(desk_folder / "z.txt")
    assert index_run("c.txt") == []
    assert index_run("z.txt") == [("z.txt", "c.txt")]


def test_an_index_of_another_version_is_made_anew(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "Word", "b.txt": "Word"})
    index_run("b.txt")
    write({"copydesk.toml": 'packs = ["trial_rules"]\n[fields]\ntext = ["story"]'})
    with Index(Project().desk.config) as index:
        assert index.rebuilt
        assert index.status().files == 0
    assert index_run("b.txt") == [("b.txt", "a.txt")]


@pytest.mark.parametrize("garbage", [b"", b"not a database at all" * 100])
def test_a_damaged_index_is_made_anew(write: Write, desk_folder: Path, garbage: bytes) -> None:
    write({"a.txt": "Word", "b.txt": "Word"})
    index_run("b.txt")
    for old in (desk_folder / ".copydesk").glob("index.sqlite*"):
        old.write_bytes(garbage)
    assert index_run("b.txt") == [("b.txt", "a.txt")]


def test_a_name_that_is_no_text_is_indexed_like_any_other(write: Write) -> None:
    name = os.fsdecode(b"b\xff\n.txt")
    write({"a.txt": "Word", name: "Word", "c.json": '{"id": "\\ud800", "text": "Word"}'})
    assert index_run(name) == [(name, "a.txt")]
    assert index_run("c.json") == [("c.json", "a.txt")]
    assert index_run("c.json") == [("c.json", "a.txt")]


def test_damage_inside_an_index_is_told(write: Write, desk_folder: Path) -> None:
    write({f"{n:03}.txt": "Word" for n in range(200)})
    index_run("001.txt")
    file = desk_folder / ".copydesk" / "index.sqlite"
    data = bytearray(file.read_bytes())
    for page in range(len(data) // 8192 * 4096, len(data), 4096):
        data[page : page + 100] = b"\xff" * 100
    file.write_bytes(data)
    with pytest.raises(DamagedError, match="index build"):
        index_run("001.txt")


def test_a_file_is_not_its_own_twin_through_a_link(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "Word"})
    (desk_folder / "b.txt").symlink_to("a.txt")
    assert index_run("b.txt") == []
    assert index_run(str(desk_folder / "a.txt")) == []


def test_facts_are_made_when_they_are_asked_for() -> None:
    made: list[str] = []

    def load() -> str:
        made.append("value")
        return "value"

    facts = Kept(Ref("a.txt"), Meta(), load, b"name").facts()
    other = facts._replace(ref=Ref("b.txt"))
    assert not made and (facts.name, facts.ref.path, other.ref.path) == (b"name", "a.txt", "b.txt")
    assert [facts.value, facts.value, other.value] == ["value"] * 3
    assert len(made) == 2 and facts == Facts(Ref("a.txt"), Meta(), "value", b"name")
    with pytest.raises(AttributeError, match="worth"):
        facts.worth  # type: ignore[attr-defined]  # noqa: B018 - there is no such field
