"""The five seed articles: what must be found in them, what must not, and the whole output as it stands.

After an intended change, ``python tests/test_seeds.py`` writes the golden output anew; read its diff.
"""

import shutil
from pathlib import Path

import pytest

from copydesk.finding import Finding
from copydesk.project import Overrides, Project
from copydesk.render import Options, render
from copydesk.report import Report
from copydesk.run import Run
from copydesk.settle import Settling, write_all

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "seeds.txt"
KEYS = {"000": "403e6cf5c0aa8cc9", "001": "960ee731b2ee643f", "002": "f7d78eb1bd6ee391", "003": "6b5e52197f17f9d4"}
KEYS["004"] = "d7601a26b82d2d9e"
SEEDS = [f"seeds/{number}_{key}.txt" for number, key in KEYS.items()]
FIRST, SECOND, THIRD, FOURTH, FIFTH = SEEDS


def report(select: str = "", config: tuple[str, ...] = ()) -> Report:
    """The report on the seeds, as ``copydesk check seeds/`` gives it."""
    run = Run(Project(Overrides(isolated=True, select=tuple(filter(None, select.split(","))), config=config)), jobs=1)
    run.check(SEEDS)
    return run.report()


def concise() -> str:
    """The report as text."""
    return "".join(render("concise", report(), Options()))


@pytest.fixture(autouse=True)
def in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds are named from the project's root."""
    monkeypatch.chdir(ROOT)


def marked(found: list[Finding]) -> list[tuple[str, str]]:
    """Seed number and marked text of findings."""
    return [(f.path[6:9], Path(f.path).read_text(encoding="utf-8")[f.start : f.end]) for f in found]


def of_rule(rule: str) -> list[Finding]:
    """What one rule finds."""
    return list(report(rule).findings)


def test_the_whole_output() -> None:
    assert concise() == GOLDEN.read_text(encoding="utf-8")


def test_the_readme_shows_real_output() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```text\n")[1].split("```")[0]
    full = "".join(render("full", report(), Options()))
    for paragraph in shown.strip().split("\n\n"):
        assert paragraph in full


def test_stray_letters_go_and_no_other_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert marked(of_rule("characters")) == [("004", "Â"), ("004", "Â")]
    before = (ROOT / FIFTH).read_bytes()
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    run = Run(Project(Overrides(isolated=True, select=("characters",))), jobs=1)
    run.check(SEEDS)
    assert write_all(run, Settling(run, unsafe=False).settle()).findings == ()
    assert Path(FIFTH).read_bytes() == before.replace("Â".encode(), b"")
    for seed in SEEDS[:4]:
        assert Path(seed).read_bytes() == (ROOT / seed).read_bytes()


def test_residue_is_found_and_the_body_left_alone() -> None:
    found = of_rule("residue/boilerplate")
    text = Path(THIRD).read_text(encoding="utf-8")
    assert {f.path for f in found} == {THIRD}
    covered = "".join(text[f.start : f.end] + "\n" for f in found)
    for line in (
        "Asia-Pacific, News No Comments on South Korea and Ukraine",
        "Related Articles",
        "Leave a comment",
        "Copyright © 2024 IRIA",
        "IRIA is a research institute",
        "Subscribe to IRIA News",
        "Enter your email address:",
        "Back to Top",
    ):
        assert line in covered
    captions = [text[f.start : f.end] for f in found if f.data["kind"] == "caption"]
    assert [c.partition("(Image Credit: ")[2] for c in captions] == ["KCNA)", "Kremlin)"]
    assert "The unfolding situation poses" not in covered
    assert len(found) <= 10


def test_repeats_are_found() -> None:
    found = marked(of_rule("residue/repeated"))
    assert [text.split()[0] for _, text in found] == ["South", "North", "Russia's"]
    assert {number for number, _ in found} == {"002"}


def test_names_are_told_apart_across_articles() -> None:
    found = of_rule("names/spelling")
    pairs = {(f.data["form"], f.data["preferred"]) for f in found}
    forms = {frozenset(p) for p in pairs}
    assert forms == {
        frozenset({"Zelensky", "Zelenskyy"}),
        frozenset({"Kim Jong Un", "Kim Jong-un"}),
        frozenset({"Yoon Suk Yeol", "Yoon Suk-yeol"}),
    }
    zelensky = [f for f in found if f.data["form"] == "Zelensky"]
    assert [f.path for f in zelensky] == [FOURTH] * 3
    assert all(r.path != FOURTH for f in zelensky for r in f.related)
    assert all(f.related for f in found)
    assert [f.fix for f in found if "Yoon" in f.data["form"]] == [None], "a tie: no fix"


def test_no_name_is_odd_within_one_article() -> None:
    run = Run(Project(Overrides(isolated=True, select=("names",), corpus=False)), jobs=1)
    run.check(SEEDS)
    assert run.report().findings == ()


def test_the_house_form_is_found_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    style = 'styles = [{preferred = "Zelensky", rejected = ["Zelenskyy"]}]'
    run = Run(Project(Overrides(isolated=True, select=("names/style",), config=(style,))), jobs=1)
    run.check(SEEDS)
    write_all(run, Settling(run, unsafe=False).settle())
    for seed in SEEDS:
        after = Path(seed).read_text(encoding="utf-8")
        assert after == (ROOT / seed).read_text(encoding="utf-8").replace("Zelenskyy", "Zelensky")
    assert "Zelensky’s statements" in Path(FIRST).read_text(encoding="utf-8")


def test_one_bare_figure_and_it_hardens() -> None:
    hardened, unattributed = of_rule("figures/hardened"), of_rule("figures/unattributed")
    assert [(f.path, f.line) for f in hardened] == [(FOURTH, 6)]
    assert all((f.path, f.line) == (FOURTH, 6) for f in unattributed)


def test_one_conflict_with_every_value() -> None:
    [found] = of_rule("figures/conflict")
    said = found.message + " ".join(r.message for r in found.related)
    for value in ("1,500", "12,000", "10,000", "11,000", "3,000"):
        assert value in said
    assert {found.path, *(r.path for r in found.related)} == set(SEEDS)


def test_no_seed_is_a_copy_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_rule("copies") == []
    for seed in SEEDS:
        (tmp_path / seed[6:9]).mkdir()
        shutil.copy(ROOT / seed, tmp_path / seed[6:9])
    monkeypatch.chdir(tmp_path)
    run = Run(Project(Overrides(isolated=True, select=("copies",))), jobs=1)
    run.check(sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("*/*.txt")))
    assert run.report().findings == ()


if __name__ == "__main__":
    import os

    os.chdir(ROOT)
    GOLDEN.write_text(concise(), encoding="utf-8")
