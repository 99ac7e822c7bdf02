"""From paths on the command line to the files that are checked, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from copydesk.config import Config
from copydesk.globs import Globs, globs
from copydesk.report import Error
from copydesk.typed import NamedTuple

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
    files: dict[str, bool] = {}
    errors: list[Error] = []
    for given in paths:
        path = Path(given)
        if not given:  # an unset variable of a script: never the whole folder
            errors.append(Error(given, "an empty path names no file"))
        elif path.is_dir():
            files.update(_in_folder(given, config_of))
        elif path.exists():
            if not (force_exclude and excluded(path, config_of(path.absolute().parent))):
                files[os.path.normpath(given)] = path.is_symlink()
        elif path.is_symlink():
            errors.append(Error(given, "is a dangling link: its target does not exist"))
        else:
            errors.append(Error(given, "does not exist"))
    return Found(_once(files), tuple(errors))


def _once(names: Mapping[str, bool]) -> tuple[str, ...]:
    """Each file under one name: of a file and links to it the file, else the name that came first.

    ``names`` tells of each whether it is a link.
    """
    chosen: dict[str, str] = {}
    folder = lru_cache(maxsize=None)(lambda parent: _before(os.path.realpath(parent)))
    for name, link in names.items():
        parent, own = os.path.split(name)
        file = os.path.realpath(name) if link else folder(parent) + own
        if file not in chosen or (not link and names[chosen[file]]):
            chosen[file] = name
    kept = set(chosen.values())
    return tuple(name for name in names if name in kept)


def _in_folder(given: str, config_of: ConfigOf) -> Iterator[tuple[str, bool]]:
    """The files below a folder that are to be checked, each with whether it is a link."""
    folder = Path(given)
    inside, base = folder.resolve(), folder.absolute()
    known = _git_files(folder)
    wanted = lru_cache(maxsize=None)(lambda parent: _wanted(base / parent, config_of))
    shown = lru_cache(maxsize=None)(lambda parent: _before(os.path.normpath(os.path.join(given, parent))))
    for name in sorted(_walk(folder, config_of)) if known is None else known:
        parent, own = os.path.split(name)
        if not wanted(parent)(own):
            continue
        path = shown(parent) + own
        link = os.path.islink(path)
        if link and os.path.exists(path) and not Path(path).resolve().is_relative_to(inside):
            continue  # a link out of the folder: what it leads to was not asked for
        yield path, link


def _wanted(folder: Path, config_of: ConfigOf) -> Callable[[str], bool]:
    """Whether a file directly in a folder is to be checked, by its name."""
    config = config_of(folder)
    included = globs(config.include).inside(folder, config.root)
    barred = _exclusions(config).inside(folder, config.root)
    return lambda name: included(name) and not barred(name)


def _before(folder: str) -> str:
    """What stands before the names of files in a folder."""
    return "" if folder == "." else os.path.join(folder, "")


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
        here = Path(top).absolute()
        config = config_of(here)
        barred = _exclusions(config).inside(here, config.root)
        folders[:] = [f for f in folders if not barred(f)]
        before = _before(os.path.relpath(top, folder))
        yield from (before + name for name in names)


def excluded(path: Path, config: Config) -> bool:
    """Whether configuration excludes a file."""
    return _exclusions(config).match(path.absolute(), config.root)


def _exclusions(config: Config) -> Globs:
    return globs((*config.exclude, *config.extend_exclude))
