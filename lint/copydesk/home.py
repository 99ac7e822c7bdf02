"""The folder copydesk keeps its own files in, below a project's root."""

from __future__ import annotations

from pathlib import Path

HOME = ".copydesk"
INDEX = "index.sqlite"
CACHE = "cache.sqlite"


def home(root: Path) -> Path:
    """The folder; made, and hidden from git, on demand."""
    folder = root / HOME
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def has_index(root: Path) -> bool:
    """Whether a project has an index."""
    return (root / HOME / INDEX).is_file()
