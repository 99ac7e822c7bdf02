"""``copydesk index``: the corpus that a commit is checked against."""

from __future__ import annotations

import click

from copydesk.commands.options import as_usage_error, tell
from copydesk.corpus import update as bring_up_to_date
from copydesk.home import has_index
from copydesk.index import Index
from copydesk.indexfile import DamagedError, discard
from copydesk.progress import Progress
from copydesk.project import Project


@click.group()
def index() -> None:
    """Keep the index: what the corpus rules remember of every article of the project.

    It lies in .copydesk/, which git ignores, and holds fingerprints and names, not the articles.
    """


@index.command()
@as_usage_error
def build() -> None:
    """Make the index anew."""
    project = Project()
    with Index(project.desk.config) as old:
        old.clear()
    _bring_up_to_date(project)


@index.command()
@as_usage_error
def update() -> None:
    """Take in what changed since the index last looked; makes one where there is none."""
    _bring_up_to_date(Project())


@index.command()
@as_usage_error
def status() -> None:
    """Show what the index holds."""
    with _open() as found:
        s = found.status()
    each = s.bytes // s.articles if s.articles else 0
    click.echo(f"{s.path}: {s.articles:,} articles in {s.files:,} files, {s.bytes:,} bytes ({each:,} an article)")


@index.command()
@as_usage_error
def compact() -> None:
    """Give the space of dropped articles back to the disk."""
    with _open() as found:
        before = found.status().bytes
        found.compact()
        click.echo(f"{before:,} bytes before, {found.status().bytes:,} after")


def _open() -> Index:
    config = Project().desk.config
    if not has_index(config.root):
        raise click.ClickException(f"no index in {config.root}; `copydesk index build` makes one")
    return Index(config)


def _bring_up_to_date(project: Project) -> None:
    try:
        _updated(project)
    except DamagedError:
        click.echo("note: the index was damaged; making it anew", err=True)
        discard(project.desk.config.root)
        _updated(project)


def _updated(project: Project) -> None:
    with Index(project.desk.config) as found:
        if found.rebuilt:
            click.echo("note: the index was of another version; making it anew", err=True)
        with Progress("Indexing") as progress:
            errors = bring_up_to_date(found, project, progress)
        s = found.status()
    click.echo(f"{s.articles:,} articles in {s.files:,} files")
    tell(errors)
