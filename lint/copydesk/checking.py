"""What ``check`` and ``fix`` do, whoever read the command line. What few runs need is imported by those that do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from copydesk import __version__, packs
from copydesk.configfile import ConfigError
from copydesk.discover import Found, discover, excluded
from copydesk.endings import fail
from copydesk.finding import Severity
from copydesk.home import has_index
from copydesk.options import OptionError
from copydesk.packs import PackError
from copydesk.progress import Progress
from copydesk.project import Overrides, Project
from copydesk.render import Options, RuleInfo, render
from copydesk.render.summary import counted, error_line
from copydesk.report import Report
from copydesk.run import Run
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from copydesk.baseline import Baseline
    from copydesk.index import Index

_CACHED_FROM = 16
"""Files below which opening the cache costs more than it saves."""
_MODES = ("diff", "statistics")
_WITHOUT_ERRORS = ("jsonl",)
"""Formats that have no place for errors: they go to standard error."""


class _Wish(NamedTuple):
    """What the command line asks for beyond which rules and files."""

    fix: bool
    fix_only: bool
    unsafe_fixes: bool
    diff: bool
    show_fixes: bool
    output: str | None
    output_format: str
    statistics: bool
    exit_zero: bool
    fail_on: Severity | None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> _Wish:
        wish = cls(*(given[name] for name in cls._fields))
        return wish._replace(fix=wish.fix or wish.fix_only)


def check(given: Mapping[str, Any]) -> int:
    """Check what a command line asks for, by the keys of :mod:`copydesk.switches`; the exit status."""
    try:
        return _profiled(given) if given["profile"] else _check(given, Project(Overrides.of(given)))
    except (ConfigError, OptionError, PackError) as e:
        return fail(str(e))


def _profiled(given: Mapping[str, Any]) -> int:
    """Check in this process and without the cache, and tell where the time went."""
    from copydesk.profile import Profile, TimedDesk

    profile = Profile()
    project = Project(Overrides.of(given), make=lambda config, corpus: TimedDesk(config, corpus, profile))
    with profile.stage("all else"):
        status = _check({**given, "no_cache": True, "jobs": 1}, project)
    files = discover(given["paths"] or (".",), project.config_of, given["force_exclude"]).files
    sys.stderr.writelines(profile.lines(len(files), sum(Path(f).stat().st_size for f in files)))
    return status


def _check(given: Mapping[str, Any], project: Project) -> int:
    wish = _Wish.of(given)
    if wish.output is not None and (wish.diff or not wish.fix):
        raise ConfigError("--output goes with --fix")
    if given["stdin_filename"] or "-" in given["paths"]:
        if given["paths"] not in ((), ("-",)):
            raise ConfigError("standard input is checked alone: give no other path")
        return _check_stdin(project, given["stdin_filename"] or "stdin.txt", wish, given["force_exclude"])
    with project.desk.stage("find files"):
        found = discover(given["paths"] or (".",), project.config_of, given["force_exclude"])
    if not found.files and not found.errors:
        _note("no articles found under the given paths", "warning")
    return _finish(_report(project, found, wish, given), project, wish)


def _report(project: Project, found: Found, wish: _Wish, given: Mapping[str, Any]) -> Report:
    if not _wants_index(given, project):
        return _checked(project, found, wish, given)
    from copydesk.indexfile import DamagedError, discard

    try:
        return _compared(project, found, wish, given)
    except DamagedError:  # found out before anything was written
        _note("the index was damaged; making it anew")
        discard(project.desk.config.root)
        return _compared(project, found, wish, given)


def _compared(project: Project, found: Found, wish: _Wish, given: Mapping[str, Any]) -> Report:
    """The report of a run that asks the index for the rest of the corpus."""
    from copydesk.index import Index

    with Index(project.desk.config) as index:
        up_to_date(index, project, found, named=all(map(os.path.isfile, given["paths"] or (".",))))
        return _checked(project, found, wish, given, index)


def _checked(
    project: Project, found: Found, wish: _Wish, given: Mapping[str, Any], index: Index | None = None
) -> Report:
    run = Run(project, index=index, jobs=given["jobs"], alone=len(found.files) == 1 and index is None)
    run.baseline = None if given["no_baseline"] else _baseline(project)
    with ExitStack() as stack:
        run.progress = stack.enter_context(Progress("Checking", len(found.files)))
        if not given["no_cache"] and len(found.files) >= _CACHED_FROM:
            from copydesk.cache import Cache

            run.cache = stack.enter_context(Cache(project.desk.config.root, project.desk_of))
        run.check(found.files)
        report = _settled(run, wish)
    return report._replace(errors=(*found.errors, *report.errors))


def _settled(run: Run, wish: _Wish) -> Report:
    """The report of a run: of the files as they are, or with the fixes made that are asked for."""
    if not (wish.fix or wish.diff):
        return run.report()
    if wish.output is not None:
        from copydesk.output import fix_into

        return fix_into(run, wish.output, wish.unsafe_fixes)
    from copydesk.settle import Settling, write_all

    report = Settling(run, wish.unsafe_fixes).settle()
    return report if wish.diff else write_all(run, report)


def _wants_index(given: Mapping[str, Any], project: Project) -> bool:
    if given["no_cache"] or given["no_corpus"] or given["isolated"] or given["index"] is False:
        return False
    return bool(given["index"]) or (has_index(project.desk.config.root) and bool(project.desk.collectors))


def up_to_date(index: Index, project: Project, found: Found, named: bool = False) -> None:
    """Bring the index up to date; where files are ``named`` outright, as to these.

    What cannot be read of files that this run is not about is noted, no more.
    """
    from copydesk.corpus import update

    if index.rebuilt:
        _note("the index was of another version; making it anew")
    with Progress("Indexing") as progress:
        errors = update(index, project, progress, found.files if named else ())
    others = len({e.path for e in errors} - set(found.files))
    if others:
        _note(f"{counted(others, 'other file')} could not be read; `copydesk index update` names them")


def _note(text: str, word: str = "note") -> None:
    sys.stderr.write(f"{word}: {text}\n")


def _baseline(project: Project) -> Baseline | None:
    path = project.desk.config.baseline_file
    if project.overrides.isolated or not path.exists():
        return None
    from copydesk.baseline import load

    return load(path)


def _check_stdin(project: Project, name: str, wish: _Wish, force_exclude: bool) -> int:
    run = Run(project, {name: sys.stdin.buffer.read()}, jobs=1, alone=True)
    path = Path(name).absolute()
    run.check([] if force_exclude and excluded(path, project.config_of(path.parent)) else [name])
    if not wish.fix or wish.diff:
        return _finish(_settled(run, wish), project, wish)
    from copydesk.settle import Settling

    report = Settling(run, wish.unsafe_fixes).settle()
    sys.stdout.buffer.write(run.overlay[name])
    sys.stdout.flush()
    return _finish(report, project, wish, err=True)


def _finish(report: Report, project: Project, wish: _Wish, err: bool = False) -> int:
    """Print the report; the exit status."""
    name = next((mode for mode in _MODES if getattr(wish, mode)), wish.output_format)
    stream = sys.stderr if err else sys.stdout
    options = Options(
        color=stream.isatty() and not os.environ.get("NO_COLOR"),
        fixing="diff" if wish.diff else "write" if wish.fix else "no",
        unsafe_fixes=wish.unsafe_fixes,
        show_fixes=wish.show_fixes,
        rules=_rules(project) if name in ("sarif", "statistics") else {},
        version=__version__,
    )
    if wish.fix_only:
        report = report._replace(findings=())
    with project.desk.stage("print"):
        stream.writelines(render(name, report, options))
    stream.flush()
    if name in _WITHOUT_ERRORS:
        sys.stderr.writelines(error_line(error, Options()) for error in report.errors)
    if report.compared is not None and report.compared.stale:
        gone = sum(n for _, n in report.compared.stale)
        _note(f"{gone:,} baseline entries are gone; `copydesk baseline update` drops them")
    sys.stderr.flush()
    return _status(report, project, wish)


def _status(report: Report, project: Project, wish: _Wish) -> int:
    code = report.exit_code(wish.fail_on or project.desk.config.fail_on)
    if code == 2:
        return 2
    if wish.exit_zero:
        return 0
    return 1 if wish.diff and report.fixed else code


def _rules(project: Project) -> dict[str, RuleInfo]:
    """Metadata of the enabled rules."""
    desk = project.desk
    return {
        i: RuleInfo(i, rule.summary, packs.manual(i, desk.config.packs), desk.config.severity_of(i))
        for i, rule in desk.rules.items()
    }
