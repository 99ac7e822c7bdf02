"""``copydesk config``: the configuration in force."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import click

from copydesk.commands.options import as_usage_error, overrides, selection
from copydesk.project import Project


@click.command()
@click.argument("path", required=False, default=".")
@click.option("--rules", is_flag=True, help="List the enabled rules only.")
@as_usage_error
def config(path: str, rules: bool, **given: Any) -> None:
    """Show the configuration in force for a file or folder."""
    project = Project(overrides(given))
    at = Path(path).absolute()
    desk = project.desk_for(at if at.is_dir() else at.parent)
    if rules:
        click.echo("\n".join(desk.rules))
        return
    click.echo(f"# {desk.config.file or 'no configuration file: defaults'}")
    for key, value in asdict(desk.config).items():
        if key not in ("root", "file"):
            click.echo(f"{key.replace('_', '-')} = {_plain(value)}")


def _plain(value: Any) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {_plain(v)}' for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_plain(v) for v in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value).lower() if isinstance(value, bool) else str(value)


for option in reversed(selection):
    config = option(config)
