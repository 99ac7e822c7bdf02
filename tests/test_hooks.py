"""The hooks under the real pre-commit, in a real git repository."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
CLEAN = "The council met on Tuesday. It will meet again next week, Mayor Ann Archer told the paper.\n"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository, with a home of its own."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"PRE_COMMIT_HOME": str(Path.cwd().parent / "home"), "HOME": str(Path.cwd().parent), "PYTHONUTF8": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{who}_NAME": "Desk", f"GIT_{who}_EMAIL": "desk@example.org"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=env, check=False)


def commit(message: str) -> subprocess.CompletedProcess[str]:
    """Add everything and commit it."""
    run("git", "add", "-A")
    return run("git", "commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a repository with some of the published hooks, run from this working copy."""
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    run("git", "init", "-q", ".")

    def install(*ids: str) -> None:
        hooks = [{**h, "language": "system", "entry": _ours(h["entry"])} for h in HOOKS if h["id"] in ids]
        config = {"repos": [{"repo": "local", "hooks": hooks}]}
        (desk / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        for n in range(30):
            (desk / f"story{n:02}.txt").write_text(f"Story {n}. {CLEAN}", encoding="utf-8")
        assert commit("first").returncode == 0
        stages = ("-t", "pre-push") if "copydesk-corpus" in ids else ()
        done = run(sys.executable, "-m", "pre_commit", "install", *stages)
        assert done.returncode == 0, done.stdout + done.stderr

    return install


def _ours(entry: str) -> str:
    return entry.replace("copydesk", f"{sys.executable} -m copydesk", 1)


def test_a_commit_with_damage_is_stopped_fixed_and_passes(repository: Callable[..., None]) -> None:
    repository("copydesk-fix", "copydesk")
    Path("damaged.txt").write_text("The council met. “It is theâ€™s war,” he said.Â\n", encoding="utf-8")
    stopped = commit("damage")
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1, said
    assert "damaged.txt" in said and "characters/" in said
    assert Path("damaged.txt").read_text(encoding="utf-8") == "The council met. “It is the’s war,” he said.\n"
    passed = commit("mended")
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_one_changed_file_is_judged_against_the_corpus(repository: Callable[..., None]) -> None:
    repository("copydesk")
    for n in range(4):
        Path(f"kyiv{n}.txt").write_text(
            f"President Volodymyr Zelenskyy spoke to reporters {n} times. Zelenskyy left.\n", encoding="utf-8"
        )
    assert commit("house form").returncode == 0
    Path("new.txt").write_text("President Volodymyr Zelensky left the room before noon.\n", encoding="utf-8")
    stopped = commit("another form")
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1, said
    assert "names/spelling" in said and "Zelenskyy" in said
    assert "kyiv0.txt:1" in said, "the other form's places are named"
    assert "story00.txt" not in said


def test_the_corpus_hook_reads_everything(repository: Callable[..., None]) -> None:
    repository("copydesk-corpus")
    assert run(sys.executable, "-m", "pre_commit", "run", "--hook-stage", "manual").returncode == 0
    Path("damaged.txt").write_text("He said so.Â\n", encoding="utf-8")
    commit("damage")
    done = run(sys.executable, "-m", "pre_commit", "run", "--hook-stage", "manual")
    assert done.returncode == 1
    assert "damaged.txt" in done.stdout


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.txt", True), ("a.md", True), ("a.json", True), ("a.jsonl", True), ("a.ndjson", True), ("a.py", False)],
)
def test_hooks_choose_articles(name: str, taken: bool) -> None:
    import re

    for hook in HOOKS:
        if hook.get("pass_filenames", True):
            assert bool(re.search(hook["files"], name)) is taken
