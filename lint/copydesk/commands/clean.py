"""``copydesk clean``: the cache thrown away."""

from __future__ import annotations

import click

from copydesk.cachefile import discard
from copydesk.commands.options import as_usage_error
from copydesk.project import Project


@click.command()
@as_usage_error
def clean() -> None:
    """Remove what earlier checks kept of files that have not changed. The next check makes it anew."""
    root = Project().desk.config.root
    click.echo("the cache was removed" if discard(root) else "there was no cache")
