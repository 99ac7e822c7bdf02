"""``copydesk undo``."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.commands.options import as_usage_error, tell
from copydesk.project import Project
from copydesk.undo import last
from copydesk.undo import undo as take_back


@click.command()
@as_usage_error
def undo() -> None:
    """Take back the fixes of the last run that made any. Files changed since are left alone and named."""
    done = take_back(last(Project().desk.config.root, Path.cwd()))
    if done is None:
        click.echo("nothing to undo")
        return
    click.echo(f"took back the fixes in {len(done.files)} file{'s' * (len(done.files) != 1)}")
    tell(done.errors)
