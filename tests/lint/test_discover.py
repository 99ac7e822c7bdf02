"""Which files a run takes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.discover import discover
from copydesk.globs import Globs
from copydesk.project import Project

Write = Callable[[dict[str, str | bytes]], None]


def found(*paths: str, force: bool = False) -> list[str]:
    """The files below some paths."""
    return list(discover(paths, Project().config_of, force).files)


def test_a_folder_gives_its_articles_in_order(write: Write) -> None:
    write({"b.txt": "", "a/z.md": "", "a/b.jsonl": "", "a/pic.png": "", "README.md": "", "node_modules/x.txt": ""})
    assert found(".") == ["a/b.jsonl", "a/z.md", "b.txt"]


def test_a_named_file_is_taken_whatever_it_is(write: Write) -> None:
    write({"a.log": "", "README.md": ""})
    assert found("a.log", "README.md", "a.log") == ["a.log", "README.md"]
    assert found("a.log", "README.md", force=True) == ["a.log"]


def test_git_says_which_files_are_the_projects(write: Write, desk_folder: Path) -> None:
    write({"a.txt": "", "drafts/b.txt": "", ".gitignore": "drafts/\n", "gone.txt": ""})
    subprocess.run(["git", "init", "-q", "."], check=True)
    subprocess.run(["git", "add", "gone.txt"], check=True)
    (desk_folder / "gone.txt").unlink()
    assert found(".") == ["a.txt"]
    assert found("drafts/b.txt") == ["drafts/b.txt"]


def test_paths_that_lead_nowhere_are_errors(write: Write, desk_folder: Path) -> None:
    write({"a.txt": ""})
    (desk_folder / "link.txt").symlink_to("nowhere.txt")
    got = discover(["a.txt", "b.txt", "link.txt"], Project().config_of)
    assert got.files == ("a.txt",)
    assert [(e.path, e.message.split(":")[0]) for e in got.errors] == [
        ("b.txt", "does not exist"),
        ("link.txt", "is a dangling link"),
    ]


def test_a_link_out_of_the_folder_is_not_followed(write: Write, desk_folder: Path) -> None:
    write({"secret/x.txt": "", "desk/a.txt": ""})
    (desk_folder / "desk" / "x.txt").symlink_to("../secret/x.txt")
    (desk_folder / "desk" / "b.txt").symlink_to("a.txt")
    assert found("desk") == ["desk/a.txt"], "a file and links to it are one"
    assert found("desk/b.txt", str(desk_folder / "desk" / "a.txt")) == [str(desk_folder / "desk" / "a.txt")]
    assert found("desk/b.txt") == ["desk/b.txt"]


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.txt", "a/b.txt", True),
        ("drafts", "a/drafts/b.txt", True),
        ("drafts/", "drafts/b.txt", True),
        ("drafts/*.txt", "drafts/b.txt", True),
        ("drafts/*.txt", "drafts/c/b.txt", False),
        ("drafts/**", "drafts/c/b.txt", True),
        ("**/b.txt", "b.txt", True),
        ("a/**/b.txt", "a/x/y/b.txt", True),
        ("a/?.txt", "a/b.txt", True),
        ("a.txt", "aatxt", False),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    root = Path("/desk")
    assert Globs((pattern,)).match(root / path, root) is matches


def test_an_empty_path_is_not_the_working_directory(write: Write) -> None:
    write({"a.txt": ""})
    got = discover([""], Project().config_of)
    assert got.files == ()
    assert "empty path" in got.errors[0].message


def test_a_folder_that_git_ignores_holds_nothing(write: Write) -> None:
    write({".gitignore": "kept/", "kept/a.txt": ""})
    subprocess.run(["git", "init", "-q", "."], check=True)
    assert found("kept") == []
