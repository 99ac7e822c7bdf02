"""``copydesk config``: the configuration in force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from copydesk.commands.options import as_usage_error, selection
from copydesk.config import Config
from copydesk.frozen import Frozen
from copydesk.project import Overrides, Project
from copydesk.render.visible import hidden, visible
from copydesk.typed import Any


@click.command()
@click.argument("path", required=False, default=".")
@click.option("--rules", is_flag=True, help="List the enabled rules only.")
@as_usage_error
def config(path: str, rules: bool, **given: Any) -> None:
    """Show the configuration in force for a file or folder, as a file that says the same."""
    project = Project(Overrides.of(given))
    at = Path(path).absolute()
    desk = project.desk_for(at if at.is_dir() else at.parent)
    if rules:
        click.echo("\n".join(desk.rules))
        return
    click.echo(f"# {visible(str(desk.config.file or 'no configuration file: defaults'))}")
    click.echo("\n".join(_settings(desk.config)))


def _settings(config: Config) -> Iterator[str]:
    for name in config._fields:
        # what a style file says is among the styles already
        if name not in ("root", "file", "extends"):
            yield f"{_key(name)} = {_toml(getattr(config, name))}"


def _key(name: str) -> str:
    return name.replace("_", "-")


def _toml(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, Frozen):
        value = {_key(name): getattr(value, name) for name in value._fields}
    if isinstance(value, dict):
        pairs = ", ".join(f"{_string(k)} = {_toml(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    if isinstance(value, str):
        return _string(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _string(text: str) -> str:
    """A basic string; what a terminal obeys or hides is spelled by its number."""
    return '"' + "".join(map(_char, text)) + '"'


def _char(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    return f"\\U{ord(char):08x}" if hidden(char) else char


for option in reversed(selection):
    config = option(config)
