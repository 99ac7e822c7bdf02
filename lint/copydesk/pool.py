"""Checking many files, over several processes where that pays. The order of results never depends on timing."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from copydesk.project import Project
from copydesk.ranges import Range
from copydesk.report import Error
from copydesk.typed import TYPE_CHECKING
from copydesk.work import FileResult, check_file, check_range

_PAYS_FROM = 48
"""Files below which starting processes costs more than it saves."""
_FIRST = 17
"""Files that show what the others will want: some of it only the second article does, and numpy the seventeenth."""
_BATCH_BYTES = 200_000
_BATCH_FILES = 32

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Progress = Callable[[int], None]
_project: Project


def check_all(
    paths: Sequence[str],
    project: Project,
    overlay: Mapping[str, bytes],
    jobs: int,
    progress: Progress,
    alone: bool = False,
) -> list[FileResult]:
    """The results of all files, in the order of ``paths``; ``jobs`` processes, 0 for one a core."""
    workers = jobs or available_cores()
    if workers == 1 or len(paths) < _PAYS_FROM:
        return list(_here(paths, project, overlay, progress, alone))
    return _together(paths, project, overlay, workers, progress)


def _together(
    paths: Sequence[str], project: Project, overlay: Mapping[str, bytes], workers: int, progress: Progress
) -> list[FileResult]:
    # the first files are checked here: what it takes to load rules and their tables, forked processes then share
    results = list(_here(paths[:_FIRST], project, overlay, progress, alone=False))
    with _processes(workers, project) as pool:
        batches = [(b, {p: overlay[p] for p in b if p in overlay}) for b in _batches(paths[_FIRST:])]
        waiting = [pool.submit(_check_batch, b) for b in batches]
        try:
            for (batch, _), done in zip(batches, waiting, strict=True):
                results += _results(batch, done)
                progress(len(results))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results


def _processes(workers: int, project: Project) -> ProcessPoolExecutor:
    import multiprocessing  # slow to import, and most runs are of few files
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(workers, multiprocessing.get_context(method), _start, (project,))


def check_ranges(
    path: str, ranges: Sequence[Range], project: Project, jobs: int
) -> Iterator[tuple[FileResult, dict[str, int]]]:
    """The results of a file's ranges in their order, each with the numbers of its records by name."""
    workers, desk = jobs or available_cores(), project.desk_of(path)
    here = len(ranges) if workers == 1 else 1  # as above
    yield from (check_range(path, desk, lines) for lines in ranges[:here])
    if here >= len(ranges):
        return
    from concurrent.futures.process import BrokenProcessPool

    with _processes(workers, project) as pool:
        waiting = deque(pool.submit(_check_range, path, lines) for lines in ranges[here:])
        try:
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            yield _lost(path), {}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _results(batch: Sequence[str], done: Future[list[FileResult]]) -> list[FileResult]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return done.result()
    except BrokenProcessPool:
        return [_lost(path) for path in batch]


def _lost(path: str) -> FileResult:
    """What is known of a file whose process is gone."""
    why = "was not checked: a process that checks files was killed, likely for want of memory; --jobs 1 needs less"
    return FileResult(path, errors=(Error(path, why),))


def available_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _here(
    paths: Sequence[str], project: Project, overlay: Mapping[str, bytes], progress: Progress, alone: bool
) -> Iterator[FileResult]:
    for number, path in enumerate(paths, 1):
        yield check_file(path, project.desk_of(path), overlay.get(path), alone)
        progress(number)


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    """Neighbouring paths, about as many bytes a batch."""
    batch: list[str] = []
    size = 0
    for path in paths:
        batch.append(path)
        size += _size(path)
        if size >= _BATCH_BYTES or len(batch) >= _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _start(project: Project) -> None:
    global _project
    _project = project


def _check_batch(batch: tuple[Sequence[str], Mapping[str, bytes]]) -> list[FileResult]:
    paths, overlay = batch
    return [check_file(p, _project.desk_of(p), overlay.get(p)) for p in paths]


def _check_range(path: str, lines: Range) -> tuple[FileResult, dict[str, int]]:
    found = check_range(path, _project.desk_of(path), lines)
    gc.collect()  # records with markup leave circles, and the collector is set to come seldom
    return found
