"""From paths on the command line to the files that are checked, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.config import Config
from copydesk.globs import globs
from copydesk.report import Error

ConfigOf = Callable[[Path], Config]


class Found(NamedTuple):
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
        if not given:  # an unset variable of a script: never the whole folder
            errors.append(Error(given, "an empty path names no file"))
        elif path.is_dir():
            files.update(dict.fromkeys(_in_folder(given, config_of)))
        elif path.exists():
            if not (force_exclude and excluded(path, config_of(path.absolute().parent))):
                files[os.path.normpath(given)] = None
        elif path.is_symlink():
            errors.append(Error(given, "is a dangling link: its target does not exist"))
        else:
            errors.append(Error(given, "does not exist"))
    return Found(_once(files), tuple(errors))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Each file under one name: of a file and links to it the file, else the name that came first."""
    chosen: dict[str, str] = {}
    folder = lru_cache(maxsize=None)(os.path.realpath)
    for name in names:
        link = Path(name).is_symlink()
        file = os.path.realpath(name) if link else str(Path(folder(str(Path(name).parent)), Path(name).name))
        if file not in chosen or (not link and Path(chosen[file]).is_symlink()):
            chosen[file] = name
    kept = set(chosen.values())
    return tuple(name for name in names if name in kept)


def _in_folder(given: str, config_of: ConfigOf) -> Iterator[str]:
    folder = Path(given)
    inside, base = folder.resolve(), folder.absolute()
    known = _git_files(folder)
    for name in sorted(_walk(folder, config_of)) if known is None else known:
        path, whole = folder / name, base / name
        config = config_of(whole.parent)
        if not globs(config.include).match(whole, config.root) or excluded(whole, config):
            continue
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(inside):
            continue  # a link out of the folder: what it leads to was not asked for
        yield os.path.normpath(path)


def _git_files(folder: Path) -> list[str] | None:
    """What git tracks or would add below a folder, sorted; None outside a work tree, or without git."""
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
    import subprocess  # a run of named files needs none

    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return None
    if done.returncode != 0:
        return None
    names = sorted(os.fsdecode(n) for n in done.stdout.split(b"\0") if n)
    return [n for n in names if os.path.lexists(folder / n)]


def _walk(folder: Path, config_of: ConfigOf) -> Iterator[str]:
    """All files below a folder, folders that are excluded left out."""
    for top, folders, names in os.walk(folder):
        here = Path(top)
        config = config_of(here.absolute())
        folders[:] = [f for f in folders if not excluded(here / f, config)]
        yield from (os.path.relpath(here / n, folder) for n in names)


def excluded(path: Path, config: Config) -> bool:
    """Whether configuration excludes a file."""
    return globs((*config.exclude, *config.extend_exclude)).match(path.absolute(), config.root)
