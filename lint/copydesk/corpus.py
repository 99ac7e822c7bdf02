"""Keeping a project's index up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.config import Config
from copydesk.discover import discover
from copydesk.index import Index, stamps
from copydesk.pool import Progress
from copydesk.project import Project
from copydesk.reading import load
from copydesk.report import Error
from copydesk.source import UnreadableError, digest
from copydesk.work import collect_file

_BATCH = 256
"""Files a write transaction takes in: what a kill can cost."""
_UNSEEN = (-2, -2)
"""Size and time that no file has."""


def update(index: Index, project: Project, progress: Progress) -> tuple[Error, ...]:
    """Take in what changed in the corpus since the index last looked, and drop what is gone.

    Raises IndexFileError and DamagedError.
    """
    config = project.desk.config
    found = discover([str(config.root / p) for p in config.corpus.paths], project.config_of)
    changes = index.changes(found.files)
    if changes.gone:
        index.forget(changes.gone)
    errors = list(found.errors)
    for done, batch in _batches(changes.changed):
        errors += _take_in(index, project, batch)
        progress(done)
    return tuple(errors)


def _batches(paths: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for start in range(0, len(paths), _BATCH):
        batch = paths[start : start + _BATCH]
        yield start + len(batch), batch


def _take_in(index: Index, project: Project, paths: Sequence[str]) -> list[Error]:
    seen = stamps(paths)
    results = []
    for path in paths:
        if _unchanged(index, path, project.desk_of(path).config):
            index.touch(path, seen[path])
        else:
            results.append(collect_file(path, project.desk_of(path)))
    broken = {r.path for r in results if r.errors}  # looked at, and told of, each time
    seen |= dict.fromkeys(broken, _UNSEEN)
    index.store([replace(r, digest=b"") if r.path in broken else r for r in results], seen)
    return [e for r in results for e in r.errors]


def _unchanged(index: Index, path: str, config: Config) -> bool:
    known = index.digest(path)
    if not known:
        return False
    try:
        return digest(load(path, config)) == known
    except (OSError, UnreadableError):
        return False
