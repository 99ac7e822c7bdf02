"""Keeping a project's index up to date."""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from copydesk.config import Config
from copydesk.discover import discover, excluded
from copydesk.entries import File, file
from copydesk.index import Index
from copydesk.indexfile import UNSEEN, stamp
from copydesk.pool import Progress, available_cores
from copydesk.project import Project
from copydesk.reading import load
from copydesk.report import Error
from copydesk.rule import Keyed
from copydesk.source import UnreadableError, digest
from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk.work import Desk, collect_file

if TYPE_CHECKING:
    from concurrent.futures import Future

_BATCH = 256
"""Files a write transaction takes in: what a kill can cost."""
_AHEAD = 2
"""Batches for each process that are looked at before the last ones are stored."""
_STALE, _VERY_STALE = 10, 2
"""Summaries are made anew when one in so many of the facts has changed; for a named file's sake it takes more."""
_SMALL = 2000
"""Facts of an index that is so small that it does not."""
_project: Project


class _Taken(NamedTuple):
    """What a look at a file gave; ``new`` is None where its content is what the index knows."""

    path: str
    stamp: tuple[int, int]
    new: File | None
    errors: tuple[Error, ...] = ()


def update(index: Index, project: Project, progress: Progress, named: Sequence[str] = ()) -> tuple[Error, ...]:
    """Take in what changed in the corpus since the index last looked, and drop what is gone.

    ``named``: look at these files only, which takes the same time however large the corpus is; an index that holds
    nothing yet looks at all. Raises IndexFileError and DamagedError.
    """
    if named and not index.empty:
        errors, changed = [], index.changed([p for p in named if _in_corpus(p, project)])
    else:
        config = project.desk.config
        found = discover([str(config.root / p) for p in config.corpus.paths], project.config_of)
        errors, (changed, gone) = list(found.errors), index.changes(found.files)
        named = ()
        if gone:
            index.forget(gone)
    done = 0
    for batch in _looked_at(project, _batches(index, changed)):
        errors += _store(index, batch)
        done += len(batch)
        progress(done)
    if changed or not named:
        keyed = project.desk.whole.keyed
        index.sort(keyed)
        _summarise(index, keyed, hurried=bool(named) and index.size > _SMALL)
    return tuple(errors)


def _in_corpus(path: str, project: Project) -> bool:
    """Whether a file is one that the whole corpus' index holds."""
    config, file = project.desk.config, Path(path).absolute()
    homes = (config.root / p for p in config.corpus.paths)
    inside = any(file == home or home in file.parents for home in homes)
    return inside and file.is_file() and not excluded(file, project.config_of(file.parent))


def _batches(index: Index, paths: Sequence[str]) -> list[list[tuple[str, bytes]]]:
    """Paths with the content hashes the index knows them by; of many, the first one by itself."""
    known = [(path, index.digest(path)) for path in paths]
    first = min(1, len(known) // _BATCH)
    return [known[:first]] * first + [known[start : start + _BATCH] for start in range(first, len(known), _BATCH)]


def _looked_at(project: Project, batches: Sequence[Sequence[tuple[str, bytes]]]) -> Iterator[list[_Taken]]:
    """What the files give, in their order; by several processes where there is more than one batch for each."""
    workers = available_cores()
    _start(project)
    here = len(batches) if workers == 1 or len(batches) <= workers else 1
    yield from map(_look_at_all, batches[:here])  # what loading rules takes, forked processes then share
    if here == len(batches):
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(workers, method, _start, (project,)) as pool:
        waiting: deque[Future[list[_Taken]]] = deque()
        for batch in batches[here:]:
            waiting.append(pool.submit(_look_at_all, batch))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _start(project: Project) -> None:
    global _project
    _project = project


def _look_at_all(batch: Iterable[tuple[str, bytes]]) -> list[_Taken]:
    return [_look_at(path, known, _project.desk_of(path)) for path, known in batch]


def _look_at(path: str, known: bytes, desk: Desk) -> _Taken:
    seen = stamp(path)
    if known and _digest(path, desk.config) == known:
        return _Taken(path, seen, None)
    result = collect_file(path, desk)
    if result.errors:
        result, seen = result._replace(digest=b""), UNSEEN
    return _Taken(path, seen, file(result, seen, desk.whole.keyed), result.errors)


def _digest(path: str, config: Config) -> bytes:
    try:
        return digest(load(path, config))
    except (OSError, UnreadableError):
        return b""


def _store(index: Index, batch: Iterable[_Taken]) -> list[Error]:
    for taken in batch:
        if taken.new is None:
            index.touch(taken.path, taken.stamp)
    index.store([taken.new for taken in batch if taken.new is not None])
    return [e for taken in batch for e in taken.errors]


def _summarise(index: Index, keyed: Mapping[str, Keyed], hurried: bool) -> None:
    """Have the rules look over all articles that want to, where many have changed since they last did.

    ``hurried``: somebody waits for the check of a few files, so only where very many have.
    """
    looking = [(kind, rule) for kind, rule in keyed.items() if rule.summarise]
    if hurried:
        kinds = [kind for kind, _ in looking if index.stale(kind, _VERY_STALE)]
    else:
        kinds = [kind for kind, rule in looking if index.stale(kind, _STALE, rule.follows)]
    if len(kinds) < 2 or available_cores() == 1 or index.size <= _SMALL:
        for kind in kinds:
            _summarise_one(index, kind)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # never a fork: this process has the database open
    with ProcessPoolExecutor(available_cores(), multiprocessing.get_context("spawn"), _start, (_project,)) as pool:
        for done in [pool.submit(_look_over, kind) for kind in kinds]:
            done.result()


def _look_over(kind: str) -> None:
    gc.disable()  # a look keeps what it makes, and this process does nothing else
    with Index(_project.desk.config) as index:
        _summarise_one(index, kind)


def _summarise_one(index: Index, kind: str) -> None:
    rule = _project.desk.whole.keyed[kind]
    index.keep(kind, index.look(kind, rule), bool(rule.follows))
