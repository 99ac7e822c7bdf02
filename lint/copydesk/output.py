"""``--output``: a Parquet file cannot be rewritten in place, so that its fixes are made in a new one."""

from __future__ import annotations

import sys
from collections import Counter

from copydesk.article import FileEdit
from copydesk.configfile import ConfigError
from copydesk.finding import Finding
from copydesk.fix import choose
from copydesk.formats import format_of
from copydesk.formats.parquet import corrected, differs
from copydesk.reading import load
from copydesk.report import Error, Report
from copydesk.run import Run
from copydesk.write import create

_PASSES = 20


def fix_into(run: Run, output: str, unsafe: bool) -> Report:
    """Make the fixes of the one file of a run in a new file; the report is on that file's copy.

    Raises ConfigError where there is another number of files, or none that is Parquet.
    """
    paths = list(run.results)
    if len(paths) != 1 or format_of(paths[0], run.project.desk_of(paths[0]).config.formats) != "parquet":
        raise ConfigError("--output takes one Parquet file; other formats are fixed where they stand")
    (path,) = paths
    report = run.report()
    if run.results[path].errors:
        return report
    config = run.project.desk_of(path).config
    before = load(path, config)
    made = _settled(run, path, before, unsafe)
    problem = "the fixes do not settle" if made is None else differs(before, run.overlay[path], config.fields)
    if not problem:
        try:
            create(output, run.overlay[path])
        except OSError as e:
            problem = f"cannot be written: {e.strerror}"
    if problem:
        return report._replace(errors=(*report.errors, Error(output, f"{problem}; nothing was written")))
    told = ", ".join(f"{rule} {n}" for rule, n in (made or Counter()).items())
    sys.stdout.write(f"wrote {output}: {told or 'no fixes'}\n")
    return run.report()


def _settled(run: Run, path: str, data: bytes, unsafe: bool) -> Counter[str] | None:
    """How many fixes of which rules were made in the run's overlay; None where they never end."""
    made: Counter[str] = Counter()
    run.overlay[path] = data
    fields = run.project.desk_of(path).config.fields
    for _ in range(_PASSES):
        chosen = _chosen(run.report(), unsafe)
        if not chosen:
            return made
        edits: dict[str, list[FileEdit]] = {}
        for f in chosen:
            made[f.rule] += 1
            edits.setdefault(f.article or "", []).extend(f.fix.edits if f.fix else ())
        run.overlay[path] = corrected(run.overlay[path], fields, edits)
        run.check_again(path)
    return None


def _chosen(report: Report, unsafe: bool) -> list[Finding]:
    """The findings whose fixes can be made together: places count within an article."""
    by_article: dict[str | None, list[Finding]] = {}
    for f in report.findings:
        by_article.setdefault(f.article, []).append(f)
    return [f for found in by_article.values() for f in choose(found, unsafe)]
