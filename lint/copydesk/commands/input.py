"""``copydesk check --explain-input``: what is read of files, before any rule sees it."""

from __future__ import annotations

from typing import Any, NoReturn

import click

from copydesk.commands.options import tell
from copydesk.discover import discover
from copydesk.formats import format_of
from copydesk.project import Overrides, Project
from copydesk.reading import read
from copydesk.render.input import as_text, line


def explain(given: dict[str, Any]) -> NoReturn:
    """Show what is read of the given files, as text or, with the output formats json and jsonl, a line of JSON each."""
    project = Project(Overrides.of(given))
    found = discover(given["paths"] or (".",), project.config_of, given["force_exclude"])
    errors = list(found.errors)
    for number, path in enumerate(found.files):
        config = project.desk_of(path).config
        got, name = read(path, config), format_of(path, config.formats)
        if given["output_format"] in ("json", "jsonl"):
            click.echo(line(path, name, got), nl=False)
        else:
            click.echo("\n" * bool(number) + "".join(as_text(path, name, got)), nl=False)
        errors += got.errors
    tell(errors)
    raise click.exceptions.Exit(0)
