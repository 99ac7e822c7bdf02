"""``copydesk baseline``: living with what is there, hearing of what is new."""

from __future__ import annotations

import click

from copydesk import baseline as file_format
from copydesk.baseline import Baseline
from copydesk.commands.options import as_usage_error, tell
from copydesk.discover import discover
from copydesk.progress import Progress
from copydesk.project import Project
from copydesk.report import Report
from copydesk.run import Run


@click.group()
def baseline() -> None:
    """Accept today's findings and report only new ones.

    The baseline file knows findings by rule, file and marked text, never by line. Commit it.
    """


@baseline.command()
@click.argument("paths", nargs=-1)
@click.option("--force", is_flag=True, help="Replace an existing baseline.")
@as_usage_error
def create(paths: tuple[str, ...], force: bool) -> None:
    """Write a baseline that accepts every finding there is."""
    project = Project()
    path = project.desk.config.baseline_file
    if path.exists() and not force:
        raise click.ClickException(f"{path} exists; `baseline update` drops what is gone, --force starts anew")
    report = _checked(project, paths, None)
    path.write_text(file_format.dumps(file_format.of(report.findings, path.parent)), encoding="utf-8")
    click.echo(f"{len(report.findings):,} findings accepted in {path.name}")
    tell(report.errors)


@baseline.command()
@click.argument("paths", nargs=-1)
@as_usage_error
def update(paths: tuple[str, ...]) -> None:
    """Drop entries that no longer stand for a finding, and follow renamed files. Adds nothing."""
    project = Project()
    path = project.desk.config.baseline_file
    known = file_format.load(path)
    report = _checked(project, paths, known)
    if report.compared is not None:
        path.write_text(file_format.dumps(file_format.pruned(known, report.compared)), encoding="utf-8")
        gone = sum(n for _, n in report.compared.stale)
        click.echo(
            f"{gone:,} entries dropped, {len(report.compared.moved):,} moved; {len(report.findings):,} findings are new"
        )
    tell(report.errors)


@baseline.command()
@click.argument("paths", nargs=-1)
@as_usage_error
def status(paths: tuple[str, ...]) -> None:
    """Show how many findings are accepted, gone and new."""
    project = Project()
    known = file_format.load(project.desk.config.baseline_file)
    report = _checked(project, paths, known)
    gone = sum(n for _, n in report.compared.stale) if report.compared else 0
    click.echo(f"{report.baselined:,} accepted, {gone:,} gone, {len(report.findings):,} new")
    tell(report.errors)


def _checked(project: Project, paths: tuple[str, ...], known: Baseline | None) -> Report:
    found = discover(paths or (str(project.desk.config.root),), project.config_of)
    with Progress("Checking", len(found.files)) as progress:
        run = Run(project, baseline=known, progress=progress)
        run.check(found.files)
        return run.report()
