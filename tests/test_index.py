"""One file through the index, with the rules there are: what is found is what a run over everything finds in it."""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from copydesk import Corpus, Keyed
from copydesk.corpus import update
from copydesk.finding import Finding
from copydesk.index import Index
from copydesk.others import Others
from copydesk.project import Overrides, Project
from copydesk.run import Run, silent
from copydesk_rules.names.nearby import nearby

Write = Callable[[dict[str, str | bytes]], None]

CHOSEN = Overrides(ignore=("figures/conflict",))
"""That rule tells of a conflict once a run, in an article of those it is asked about."""
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def plain(findings: list[Finding]) -> list[dict[str, Any]]:
    """Findings without the clusters, of which a run that asks the index sees those at hand only."""
    dicts = [{name: deepcopy(getattr(f, name)) for name in f._fields} for f in findings]
    for match in (m for d in dicts for m in d["data"].get("matches", ())):
        match.pop("cluster", None)
        match.pop("cluster_size", None)
    return dicts


def told_the_same(path: str, overrides: Overrides) -> list[dict[str, Any]]:
    """What is told of a file through the index, which is what a run over everything tells."""
    project = Project(overrides)
    alone = Run(project, jobs=1, focus=frozenset([path]))
    alone.check(sorted(str(p) for p in Path().rglob("*.txt")))
    with Index(project.desk.config) as index:
        assert update(index, project, silent, [path]) == ()
        run = Run(project, index=index, jobs=1)
        run.check([path])
        through = plain(list(run.report().findings))
    assert through == plain([f for f in alone.report().findings if f.path == path])
    return through


def project_of_copies(write: Write) -> list[str]:
    """The seeds, each in a folder of its own, and copies of some of them; the paths."""
    texts = {f"{path.stem[:3]}/a.txt": path.read_text("utf-8") for path in SEEDS}
    parts = texts["000/a.txt"].split("\n")
    texts["copy/whole.txt"] = texts["000/a.txt"]
    texts["copy/part.json"] = json.dumps({"source": "Wire", "date": "2024-11-02", "text": "\n\n".join(parts[2:9])})
    texts["deep/er/credited.md"] = f"---\ndate: 2024-11-20\n---\n\nKYIV (Reuters) - {parts[4]}\n\n{parts[7]}\n"
    write({"copydesk.toml": "", **texts})
    return sorted(texts)


def test_one_file_through_the_index_is_as_in_a_run_over_all(write: Write) -> None:
    paths = project_of_copies(write)
    everything = Run(Project(CHOSEN), jobs=1)
    everything.check(paths)
    full = everything.report().findings
    assert {f.rule.split("/")[0] for f in full} >= {"copies", "names", "residue"}
    for path in paths:
        project = Project(CHOSEN)
        with Index(project.desk.config) as index:
            assert update(index, project, silent) == ()
            run = Run(project, index=index, jobs=1)
            run.check([path])
            assert plain(list(run.report().findings)) == plain([f for f in full if f.path == path]), path


PIECES = (
    "Volodymyr Zelenskyy spoke to reporters in the capital before the talks began on Monday.",
    "Volodymyr Zelensky met the ministers of Poland, Norway and Estonia late in the evening.",
    "In Kiev the council of Odesa and the mayor of Lviv signed an agreement about the grain.",
    "Officials in Kyiv said that the mayor of Odesa, Hennadiy Trukhanov, had not been told.",
    "The earthquake in Aldmoor, Norwick and Kesley killed 412 Norwick residents, police chief Anna Kovac said.",
    "The earthquake in Aldmoor, Norwick and Kesley killed 2,050 Norwick residents, police chief Anna Kovac said.",
    "Sign up for our newsletter",
    "Share this story",
    "Kim Jong-un travelled by train to Moscow, and North Korea said that nothing had been agreed.",
    "Kim Jong Un travelled by train to Moscow, where nobody from the ministry had expected him.",
)


@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5, 6])
def test_each_file_of_any_project_is_told_the_same_through_the_index(write: Write, seed: int) -> None:
    rng = random.Random(seed)
    texts = {f"{rng.choice('abc')}/{n}.txt": "\n\n".join(rng.sample(PIECES, 4)) + "\n" for n in range(9)}
    write({"copydesk.toml": "", **texts})
    found = set[str]()
    for path in texts:
        through = told_the_same(path, Overrides())
        found |= {f["rule"] for f in through}
    assert found >= {"copies/near-duplicate", "figures/conflict", "names/spelling", "residue/boilerplate"}


def test_paths_are_told_from_where_one_stands(write: Write, monkeypatch: Any) -> None:
    paths = project_of_copies(write)
    for folder, path in (("copy", "whole.txt"), ("deep/er", "../../copy/whole.txt"), (".", "./copy/whole.txt")):
        with monkeypatch.context() as there:
            there.chdir(folder)
            project = Project()
            with Index(project.desk.config) as index:
                update(index, project, silent)
                assert index.status().files == len(paths)
                run = Run(project, index=index, jobs=1)
                run.check([path])
                [finding] = [f for f in run.report().findings if f.rule == "copies/near-duplicate"]
            others = {m["path"] for m in finding.data["matches"]}
            assert others, folder
            assert all(Path(other).is_file() for other in others)


def named(path: str) -> dict[str, set[str]]:
    """Where a file's text also stands, by rule, with only that file looked at again."""
    project = Project(CHOSEN)
    with Index(project.desk.config) as index:
        update(index, project, silent, [path])
        run = Run(project, index=index, jobs=1)
        run.check([path])
        found = [f for f in run.report().findings if f.path == path]
    return {f.rule: {m["path"] for m in f.data["matches"]} for f in found if "matches" in f.data}


def test_a_named_file_is_taken_in_and_no_other_is_looked_at(write: Write) -> None:
    project_of_copies(write)
    text = SEEDS[1].read_text("utf-8")
    assert "000/a.txt" in named("copy/whole.txt")["copies/near-duplicate"]
    write({"late/a.txt": text, "later/a.txt": text})
    assert named("late/a.txt") == {"copies/near-duplicate": {"001/a.txt"}}
    assert named("001/a.txt") == {"copies/near-duplicate": {"late/a.txt"}}
    assert named("later/a.txt") == {"copies/near-duplicate": {"001/a.txt", "late/a.txt"}}


def test_what_is_no_more_as_the_index_knows_it_is_nobodys_copy(write: Write) -> None:
    project_of_copies(write)
    assert named("001/a.txt") == {}
    write({"b/a.txt": SEEDS[1].read_text("utf-8"), "c/a.txt": SEEDS[1].read_text("utf-8")})
    assert [named(f"{folder}/a.txt") for folder in "bc"]
    assert named("001/a.txt") == {"copies/near-duplicate": {"b/a.txt", "c/a.txt"}}
    Path("b/a.txt").unlink()
    write({"c/a.txt": "Short."})
    assert named("001/a.txt") == {}


KIND = "copydesk_rules.names.spelling:collect"
"""Whose facts are of names."""


def taken_in(path: str, text: str) -> None:
    """Write a file and have the index take it in."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text)
    project = Project(CHOSEN)
    with Index(project.desk.config) as index:
        assert update(index, project, silent, [path]) == ()


def test_articles_with_a_word_come_in_path_order_whenever_they_were_taken_in(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "On Monday Anna Brodzky spoke in Paris.\n\nShe left.\n"
    write({"copydesk.toml": "", "b/1.txt": said, "b/3.txt": said, "d/1.txt": said, "d/2.txt": "Nobody spoke.\n"})
    taken_in("b/1.txt", said)  # there is no index yet: it takes in all
    for path in ("c/1.txt", "a/1.txt", "b/3.txt", "b/2.txt"):
        taken_in(path, said + path)
    project = Project(CHOSEN)
    with Index(project.desk.config) as index:
        others = Others(index, "copydesk_rules.names.spelling:collect", ["d/1.txt"])
        found = [f.ref.path for f in others.in_order([Keyed.key("Brodzky"), Keyed.key("Anna")])]
    assert found == ["a/1.txt", "b/1.txt", "b/2.txt", "b/3.txt", "c/1.txt"]
    monkeypatch.chdir("b")
    with Index(project.desk.config) as index:
        others = Others(index, "copydesk_rules.names.spelling:collect", [])
        found = [f.ref.path for f in others.in_order([Keyed.key("Brodzky")])]
    assert found == ["../a/1.txt", "../c/1.txt", "../d/1.txt", "1.txt", "2.txt", "3.txt"]


def test_a_look_at_articles_that_are_gone_meanwhile_is_not_kept(write: Write) -> None:
    kind = "copydesk_rules.residue.boilerplate:collect"
    write({"copydesk.toml": "", **{f"a/{n}.txt": f"Story {n}.\n\nRead more\n" for n in range(4)}})
    project = Project(CHOSEN)
    with Index(project.desk.config) as index:
        update(index, project, silent)
        known = index.told(kind, ["a"])
        assert known
        seen = index.look(kind, project.desk.whole.keyed[kind])._replace(rows=[])
        index.forget(["a/3.txt"])
        index.keep(kind, seen, follows=False)
        assert index.told(kind, ["a"]) == known
        index.keep(kind, seen._replace(dropped=seen.dropped + 1), follows=False)
        assert index.told(kind, ["a"]) == {}


def about(form: str, number: int) -> str:
    """An article about one man, whose name stands in one or two places."""
    more = f" {form} said so." if number % 3 else ""
    return f"On day {number} the ministers met Dmitri {form} in the old hall of the {number}th house.{more}\n"


def project_of_one_man(write: Write) -> list[str]:
    """Enough articles about him that nobody loads them; the paths."""
    texts = {f"{'abc'[n % 3]}/{n:02}.txt": about("Dolgoruki" if n % 4 else "Dolgoruky", n) for n in range(72)}
    write({"copydesk.toml": "", **texts})
    return sorted(texts)


def counted(path: str) -> int:
    """How many names are told of in a file without loading an article."""
    config = Project(CHOSEN).desk.config
    with Index(config) as index:
        own = [f for f in index.facts(KIND) if f.ref.path == path]
        near = nearby(Corpus(own, frozenset(f.ref for f in own), Others(index, KIND, [path])), ())
        assert not near.told or list(near.facts) == own
        return len(near.told)


def spelled(path: str) -> list[dict[str, Any]]:
    """What names/spelling tells of a file through the index."""
    return [f for f in told_the_same(path, CHOSEN) if f["rule"] == "names/spelling"]


def test_a_name_of_many_articles_is_counted_and_the_counts_follow_what_changes(write: Write) -> None:
    project_of_one_man(write)
    [before] = spelled("a/00.txt")
    assert before["data"]["counts"] == {
        "Dolgoruky": {"a": 6, "b": 12, "c": 12},
        "Dolgoruki": {"a": 18, "b": 36, "c": 36},
    }
    assert counted("a/00.txt") == 1
    for path, text in (("c/05.txt", "Nobody."), ("b/new.txt", about("Dolgoruky", 100))):
        write({path: text})
        spelled(path)
    write({"a/00.txt": about("Dolgoruky", 0) * 2})
    after = spelled("a/00.txt")
    assert len(after) == 2
    assert after[0]["data"]["counts"] == {
        "Dolgoruky": {"a": 7, "b": 14, "c": 12},
        "Dolgoruki": {"a": 18, "b": 36, "c": 34},
    }
    assert counted("a/00.txt") == 1


def test_where_the_evidence_changes_the_articles_are_looked_at(write: Write) -> None:
    project_of_one_man(write)
    assert spelled("a/00.txt")
    write({"a/00.txt": "The minister met Boris Dolgoruky in the old hall.\n"})
    spelled("a/00.txt")
    assert counted("a/00.txt") == 0


def test_all_articles_are_looked_at_again_when_more_have_changed_than_a_rule_follows(write: Write) -> None:
    write({"copydesk.toml": "", **{f"a/{n}.txt": f"Anna Brodzky spoke {n}.\n" for n in range(60)}})
    project = Project(CHOSEN)
    with Index(project.desk.config) as index:
        update(index, project, silent)
        assert not index.stale(KIND, 10, most=2)
        for n in range(3):
            taken_in(f"a/{n}.txt", f"Anna Brodsky spoke {n}.\n")
        assert not index.stale(KIND, 10)
        assert index.stale(KIND, 10, most=2) and not index.stale(KIND, 10, most=3)
