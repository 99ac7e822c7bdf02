"""``copydesk check`` and ``copydesk fix``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from copydesk import __version__, packs
from copydesk.baseline import Baseline, load
from copydesk.commands.baseline import baseline_path
from copydesk.commands.options import as_usage_error, overrides, selection
from copydesk.corpus import update
from copydesk.discover import Found, discover, excluded
from copydesk.finding import SEVERITIES, Severity
from copydesk.index import DamagedError, Index, discard, exists
from copydesk.progress import Progress
from copydesk.project import Project
from copydesk.render import FORMATS, Options, RuleInfo, render
from copydesk.render.summary import counted, error_line
from copydesk.report import Error, Report
from copydesk.run import Run
from copydesk.settle import Settling, write_all

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``check`` and ``fix`` share."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_MODES = ("diff", "statistics")
_FORMATS = [name for name in FORMATS if name not in _MODES]
_WITHOUT_ERRORS = ("jsonl",)
"""Formats that have no place for errors: they go to standard error."""

_OPTIONS: tuple[Decorator, ...] = (
    click.argument("paths", nargs=-1),
    click.option("--unsafe-fixes", is_flag=True, help="Also make fixes that need an editor's eye."),
    click.option("--fix-only", is_flag=True, help="Make the safe fixes, and report nothing that is left."),
    click.option("--diff", is_flag=True, help="Show what the fixes would change, and write nothing."),
    click.option("--show-fixes", is_flag=True, help="List the fixes that were made."),
    click.option("--output-format", type=click.Choice(_FORMATS), default="full", show_default=True),
    *selection,
    click.option("--no-corpus", is_flag=True, help="Judge each article alone."),
    click.option(
        "--index/--no-index",
        default=None,
        help="Judge the given files against the project's index, made up to date first."
        " [default: if there is one, and a rule that compares articles is enabled]",
    ),
    click.option("--no-cache", is_flag=True, help="Use nothing that an earlier run kept: no index."),
    click.option("--no-baseline", is_flag=True, help="Report accepted findings, too."),
    click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core."),
    click.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if findings are left."),
    click.option("--fail-on", type=click.Choice(SEVERITIES), help="The mildest severity that makes the exit status 1."),
    click.option("--stdin-filename", metavar="NAME", help="Check standard input in the name of this file."),
    click.option("--force-exclude", is_flag=True, help="Hold exclusions against files named outright, too."),
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command line asks for beyond which rules and files."""

    fix: bool
    fix_only: bool
    unsafe: bool
    diff: bool
    show_fixes: bool
    output_format: str
    statistics: bool
    exit_zero: bool
    fail_on: Severity | None


@click.command()
@click.option("--fix", is_flag=True, help="Make the safe fixes.")
@_options
def check(fix: bool, **given: Any) -> None:
    """Check articles: files, or folders with everything in them (default: the current folder).

    With `-` or --stdin-filename the article comes from standard input, and --fix writes it to standard output.
    """
    _check(fix, given)


@click.command()
@_options
def fix(**given: Any) -> None:
    """Check articles and make the safe fixes: `check --fix`."""
    _check(True, given)


@as_usage_error
def _check(fix: bool, given: dict[str, Any]) -> None:
    wish = _Wish(
        fix=fix or given["fix_only"],
        fix_only=given["fix_only"],
        unsafe=given["unsafe_fixes"],
        diff=given["diff"],
        show_fixes=given["show_fixes"],
        output_format=given["output_format"],
        statistics=given["statistics"],
        exit_zero=given["exit_zero"],
        fail_on=cast("Severity | None", given["fail_on"]),
    )
    project = Project(replace(overrides(given), corpus=not given["no_corpus"]))
    if given["stdin_filename"] or "-" in given["paths"]:
        if given["paths"] not in ((), ("-",)):
            raise click.UsageError("standard input is checked alone: give no other path")
        _check_stdin(project, given["stdin_filename"] or "stdin.txt", wish, given["force_exclude"])
    found = discover(given["paths"] or (".",), project.config_of, given["force_exclude"])
    if not found.files and not found.errors:
        click.echo("warning: no articles found under the given paths", err=True)
    try:
        report = _report(project, found, wish, given)
    except DamagedError:  # found out before anything was written
        click.echo("note: the index was damaged; making it anew", err=True)
        discard(project.desk.config.root)
        report = _report(project, found, wish, {**given, "index": True})
    _finish(report, project, wish)


def _report(project: Project, found: Found, wish: _Wish, given: dict[str, Any]) -> Report:
    with ExitStack() as stack:
        run = Run(project, jobs=given["jobs"], baseline=None if given["no_baseline"] else _baseline(project))
        errors: tuple[Error, ...] = found.errors
        if _wants_index(given, project):
            run.index = stack.enter_context(Index(project.desk.config))
            up_to_date(run.index, project, found, named=all(map(os.path.isfile, given["paths"] or (".",))))
        report = _run(run, found, wish)
        return replace(report, errors=(*errors, *report.errors))


def _wants_index(given: dict[str, Any], project: Project) -> bool:
    if given["no_cache"] or given["no_corpus"] or given["isolated"] or given["index"] is False:
        return False
    return bool(given["index"]) or (exists(project.desk.config.root) and bool(project.desk.collectors))


def up_to_date(index: Index, project: Project, found: Found, named: bool = False) -> None:
    """Bring the index up to date; where files are ``named`` outright, as to these.

    What cannot be read of files that this run is not about is noted, no more.
    """
    if index.rebuilt:
        click.echo("note: the index was of another version; making it anew", err=True)
    with Progress("Indexing") as progress:
        errors = update(index, project, progress, found.files if named else ())
    others = len({e.path for e in errors} - set(found.files))
    if others:
        click.echo(
            f"note: {counted(others, 'other file')} could not be read; `copydesk index update` names them", err=True
        )


def _baseline(project: Project) -> Baseline | None:
    path = baseline_path(project)
    return load(path) if path.exists() and not project.overrides.isolated else None


def _run(run: Run, found: Found, wish: _Wish) -> Report:
    with Progress("Checking", len(found.files)) as progress:
        run.progress = progress
        run.check(found.files)
        if not (wish.fix or wish.diff):
            return run.report()
        report = Settling(run, wish.unsafe).settle()
    return report if wish.diff else write_all(run, report)


def _check_stdin(project: Project, name: str, wish: _Wish, force_exclude: bool) -> NoReturn:
    run = Run(project, {name: sys.stdin.buffer.read()}, jobs=1)
    path = Path(name).absolute()
    run.check([] if force_exclude and excluded(path, project.config_of(path.parent)) else [name])
    if not (wish.fix or wish.diff):
        _finish(run.report(), project, wish)
    report = Settling(run, wish.unsafe).settle()
    if wish.diff:
        _finish(report, project, wish)
    sys.stdout.buffer.write(run.overlay[name])
    sys.stdout.flush()
    _finish(report, project, wish, err=True)


def _finish(report: Report, project: Project, wish: _Wish, err: bool = False) -> NoReturn:
    name = next((mode for mode in _MODES if getattr(wish, mode)), wish.output_format)
    stream = sys.stderr if err else sys.stdout
    options = Options(
        color=stream.isatty() and not os.environ.get("NO_COLOR"),
        fixing="diff" if wish.diff else "write" if wish.fix else "no",
        unsafe_fixes=wish.unsafe,
        show_fixes=wish.show_fixes,
        rules=_rules(project) if name in ("sarif", "statistics") else {},
        version=__version__,
    )
    if wish.fix_only:
        report = replace(report, findings=())
    for piece in render(name, report, options):
        click.echo(piece, nl=False, err=err)
    if name in _WITHOUT_ERRORS:
        for error in report.errors:
            click.echo(error_line(error, Options()), nl=False, err=True)
    if report.compared is not None and report.compared.stale:
        gone = sum(n for _, n in report.compared.stale)
        click.echo(f"note: {gone:,} baseline entries are gone; `copydesk baseline update` drops them", err=True)
    sys.exit(_status(report, project, wish))


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
