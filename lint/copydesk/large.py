"""Large files of records, checked range by range: one result of many, and a record by its name."""

from __future__ import annotations

import bisect
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from copydesk.article import Article, Ref
from copydesk.config import Config
from copydesk.finding import Finding
from copydesk.formats import format_of
from copydesk.frozen import Frozen, field
from copydesk.pool import check_ranges
from copydesk.project import Project
from copydesk.ranges import LARGE, Cut, Range, cut
from copydesk.reading import read_range
from copydesk.report import Error
from copydesk.source import UnreadableError
from copydesk.typed import TYPE_CHECKING
from copydesk.work import FileResult

if TYPE_CHECKING:
    from copydesk.suppress import Orders

_LINES = (".jsonl", ".ndjson")


class Large(Frozen, eq=False):
    """A file that was checked in ranges, what it gave, and the numbers of its records by their names."""

    result: FileResult
    ranges: Sequence[Range] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)

    def article(self, name: str | None, config: Config) -> Article | None:
        """The article of a record; None where it is gone. Reads its range, and parses its line only."""
        number = self.numbers.get(name or "")
        if number is None:
            return None
        path = self.result.path
        n = bisect.bisect_left(self.ranges, number, key=lambda r: r.part.record) - 1
        try:
            got, _ = read_range(path, config, self.ranges[n].record(path, number))
        except (OSError, ValueError):
            return None
        return next((a._replace(id=name, _views={}) for a in got.articles), None)


def check_large(paths: Iterable[str], project: Project, jobs: int) -> dict[str, Large]:
    """Those of the files that are read in ranges, checked."""
    found: dict[str, Large] = {}
    for path in paths:
        if not path.lower().endswith(_LINES) or not _is_large(path, project.desk_of(path).config):
            continue
        try:
            ranges = cut(path, project.desk_of(path).config.max_file_size)
        except UnreadableError as e:
            found[path] = Large(FileResult(path, errors=(Error(path, str(e)),)))
        except OSError:
            continue  # reading it whole will tell
        else:
            if ranges is not None:
                found[path] = _checked(path, ranges, project, jobs)
    return found


def _is_large(path: str, config: Config) -> bool:
    try:
        found = os.stat(path)  # noqa: PTH116 - as where files are read
    except OSError:
        return False
    large = stat.S_ISREG(found.st_mode) and found.st_size > min(LARGE, config.max_file_size)
    return large and format_of(path, config.formats) == "jsonl"


def _checked(path: str, file: Cut, project: Project, jobs: int) -> Large:
    from copydesk.formats.records import Names

    names, parts = Names(), []
    for result, given in check_ranges(path, file.ranges, project, jobs):
        new = {name: names.give(name, number) for name, number in given.items()}
        parts.append(_renamed(result, {old: name for old, name in new.items() if old != name}))
    if not file.unchanged(path):
        return Large(FileResult(path, errors=(Error(path, "was changed while it was read; check it again"),)))
    return Large(_joined(path, file.digest, parts), file.ranges, names.given)


def _renamed(result: FileResult, names: Mapping[str | None, str]) -> FileResult:
    """A range's result where records before have taken names that its records have."""
    if not names:
        return result

    def finding(f: Finding) -> Finding:
        related = tuple(r._replace(article=names.get(r.article, r.article)) for r in f.related)
        return f._replace(article=names.get(f.article, f.article), related=related)

    orders = result.orders
    if orders is not None:
        orders = orders._replace(valid=tuple(o._replace(article=names.get(o.article, o.article)) for o in orders.valid))
    return result._replace(
        findings=tuple(map(finding, result.findings)),
        facts=tuple(
            (kind, f._replace(ref=Ref(f.ref.path, names.get(f.ref.article, f.ref.article)))) for kind, f in result.facts
        ),
        orders=orders,
    )


def _joined(path: str, digest: bytes, parts: Sequence[FileResult]) -> FileResult:
    """The result of a file from those of its ranges."""
    return FileResult(
        path,
        digest,
        tuple(chain.from_iterable(p.findings for p in parts)),
        tuple(chain.from_iterable(p.errors for p in parts)),
        tuple(chain.from_iterable(p.facts for p in parts)),
        sum(p.articles for p in parts),
        _orders([p.orders for p in parts if p.orders is not None]),
    )


def _orders(found: Sequence[Orders]) -> Orders | None:
    """The suppressions of a file from those of its ranges."""
    if not found:
        return None
    path = next((o.path for o in found if o.path), "")
    valid = tuple(chain.from_iterable(o.valid for o in found))
    problems = tuple(chain.from_iterable(o.problems for o in found))
    return found[0]._replace(path=path, valid=valid, problems=problems)
