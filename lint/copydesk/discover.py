"""From paths on the command line to the files that are checked, in a stable order."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copydesk.config import Config
from copydesk.globs import Globs
from copydesk.report import Error

ConfigOf = Callable[[Path], Config]


@dataclass(frozen=True, slots=True)
class Found:
    """The files to check, as given or relative to the given folder, and paths that lead nowhere."""

    files: tuple[str, ...]
    errors: tuple[Error, ...] = ()


def discover(paths: Iterable[str], config_of: ConfigOf, force_exclude: bool = False) -> Found:
    """Files named outright, and the files of folders that ``include`` matches and ``exclude`` does not.

    In a git work tree a folder's files are those git knows or would add; elsewhere all of them. ``force_exclude``
    holds ``exclude`` against files named outright, too.
    """
    files: dict[str, None] = {}
    errors: list[Error] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            files.update(dict.fromkeys(_in_folder(given, config_of)))
        elif path.exists():
            if not (force_exclude and _excluded(path, config_of(path.absolute().parent))):
                files[os.path.normpath(given)] = None
        elif path.is_symlink():
            errors.append(Error(given, "is a dangling link: its target does not exist"))
        else:
            errors.append(Error(given, "does not exist"))
    return Found(tuple(files), tuple(errors))


def _in_folder(given: str, config_of: ConfigOf) -> Iterator[str]:
    folder = Path(given)
    inside, base = folder.resolve(), folder.absolute()
    for name in _git_files(folder) or sorted(_walk(folder, config_of)):
        path, whole = folder / name, base / name
        config = config_of(whole.parent)
        if not _globs(config.include).match(whole, config.root) or _excluded(whole, config):
            continue
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(inside):
            continue  # a link out of the folder: what it leads to was not asked for
        yield os.path.normpath(path)


def _git_files(folder: Path) -> list[str]:
    """What git tracks or would add below a folder, sorted; nothing outside a work tree, or without git."""
    command = [
        "git",
        "-C",
        str(folder),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return []
    if done.returncode != 0:
        return []
    names = sorted(os.fsdecode(n) for n in done.stdout.split(b"\0") if n)
    return [n for n in names if os.path.lexists(folder / n)]


def _walk(folder: Path, config_of: ConfigOf) -> Iterator[str]:
    """All files below a folder, folders that are excluded left out."""
    for top, folders, names in os.walk(folder):
        here = Path(top)
        config = config_of(here.absolute())
        folders[:] = [f for f in folders if not _excluded(here / f, config)]
        yield from (os.path.relpath(here / n, folder) for n in names)


def _excluded(path: Path, config: Config) -> bool:
    return _globs((*config.exclude, *config.extend_exclude)).match(path.absolute(), config.root)


def _globs(patterns: tuple[str, ...]) -> Globs:
    if patterns not in _compiled:
        _compiled[patterns] = Globs(patterns)
    return _compiled[patterns]


_compiled: dict[tuple[str, ...], Globs] = {}
