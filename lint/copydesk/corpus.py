"""Keeping a project's index up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.config import Config
from copydesk.discover import discover, excluded
from copydesk.index import Index
from copydesk.indexfile import UNSEEN, stamp
from copydesk.pool import Progress, available_cores
from copydesk.project import Project
from copydesk.reading import load
from copydesk.report import Error
from copydesk.rule import Corpus
from copydesk.source import UnreadableError, digest
from copydesk.work import Desk, FileResult, collect_file

_BATCH = 256
"""Files a write transaction takes in: what a kill can cost."""
_project: Project


class _Taken(NamedTuple):
    """What a look at a file gave; ``result`` is None where its content is what the index knows.

    ``stamp``: its size and time as they were before reading; ``keys``: by number of the fact.
    """

    path: str
    stamp: tuple[int, int]
    result: FileResult | None
    keys: Mapping[int, bytes]


def update(index: Index, project: Project, progress: Progress, named: Sequence[str] = ()) -> tuple[Error, ...]:
    """Take in what changed in the corpus since the index last looked, and drop what is gone.

    ``named``: look at these files only, which takes the same time however large the corpus is; an index that holds
    nothing yet looks at all. Raises IndexFileError and DamagedError.
    """
    if named and index.status().files:
        errors, changed = [], index.changed([p for p in named if _in_corpus(p, project)])
    else:
        config = project.desk.config
        found = discover([str(config.root / p) for p in config.corpus.paths], project.config_of)
        errors, (changed, gone) = list(found.errors), index.changes(found.files)
        if gone:
            index.forget(gone)
    done = 0
    for batch in _looked_at(project, _batches(index, changed)):
        errors += _store(index, batch)
        done += len(batch)
        progress(done)
    if changed or not named:
        _summarise(index, project.desk.whole)
    return tuple(errors)


def _in_corpus(path: str, project: Project) -> bool:
    """Whether a file is one that the whole corpus' index holds."""
    config, file = project.desk.config, Path(path).absolute()
    homes = (config.root / p for p in config.corpus.paths)
    inside = any(file == home or home in file.parents for home in homes)
    return inside and file.is_file() and not excluded(file, project.config_of(file.parent))


def _batches(index: Index, paths: Sequence[str]) -> list[list[tuple[str, bytes]]]:
    """Paths with the content hashes the index knows them by."""
    known = [(path, index.digest(path)) for path in paths]
    return [known[start : start + _BATCH] for start in range(0, len(known), _BATCH)]


def _looked_at(project: Project, batches: Sequence[Sequence[tuple[str, bytes]]]) -> Iterator[list[_Taken]]:
    """What the files give, in their order; by several processes where there is more than one batch for each."""
    workers = available_cores()
    if workers == 1 or len(batches) <= workers:
        _start(project)
        yield from map(_look_at_all, batches)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, method, _start, (project,)) as pool:
        yield from pool.map(_look_at_all, batches)


def _start(project: Project) -> None:
    global _project
    _project = project


def _look_at_all(batch: Iterable[tuple[str, bytes]]) -> list[_Taken]:
    return [_look_at(path, known, _project.desk_of(path)) for path, known in batch]


def _look_at(path: str, known: bytes, desk: Desk) -> _Taken:
    seen = stamp(path)
    if known and _digest(path, desk.config) == known:
        return _Taken(path, seen, None, {})
    result = collect_file(path, desk)
    keyed = desk.whole.keyed
    keys = {n: keyed[kind].keys(f.value) for n, (kind, f) in enumerate(result.facts) if kind in keyed}
    if not result.errors:
        return _Taken(path, seen, result, keys)
    return _Taken(path, UNSEEN, result._replace(digest=b""), keys)


def _digest(path: str, config: Config) -> bytes:
    try:
        return digest(load(path, config))
    except (OSError, UnreadableError):
        return b""


def _store(index: Index, batch: Iterable[_Taken]) -> list[Error]:
    new = [(t, t.result) for t in batch if t.result is not None]
    for taken in batch:
        if taken.result is None:
            index.touch(taken.path, taken.stamp)
    keys = {(t.path, n): keys for t, _ in new for n, keys in t.keys.items()}
    index.store([result for _, result in new], {t.path: t.stamp for t, _ in new}, keys)
    return [e for _, result in new for e in result.errors]


def _summarise(index: Index, desk: Desk) -> None:
    """Have the rules look over all articles that want to, where much has changed since they last did."""
    for kind, keyed in desk.keyed.items():
        if index.stale(kind):
            index.summarise(kind, keyed.summarise(Corpus(tuple(f for _, f in index.facts([kind])))))
