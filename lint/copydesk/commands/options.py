"""Options that several commands share, and how their mistakes are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click

from copydesk.baseline import BaselineError
from copydesk.configfile import ConfigError
from copydesk.options import OptionError
from copydesk.packs import PackError
from copydesk.project import Overrides
from copydesk.render import Options
from copydesk.render.summary import error_line
from copydesk.report import Error

_RULES = "Rule ids or families, comma-separated; may be given more than once."

selection = (
    click.option("--select", "-s", multiple=True, metavar="RULES", help=f"Run these only. {_RULES}"),
    click.option("--extend-select", multiple=True, metavar="RULES", help="Run these, too."),
    click.option("--ignore", "-i", multiple=True, metavar="RULES", help="Do not run these."),
    click.option(
        "--config",
        multiple=True,
        metavar="FILE|KEY=VALUE",
        help="A configuration file to use instead of the nearest one, or one TOML setting to lay over it.",
    ),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
)


def words(values: tuple[str, ...]) -> tuple[str, ...]:
    """The comma-separated words of a repeated option."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def overrides(given: dict[str, Any]) -> Overrides:
    """What the selection options say."""
    return Overrides(
        select=words(given["select"]),
        extend_select=words(given["extend_select"]),
        ignore=words(given["ignore"]),
        isolated=given["isolated"],
        config=tuple(given["config"]),
    )


def as_usage_error(function: Callable[..., Any]) -> Callable[..., Any]:
    """Tells a wrong configuration as an error of usage: one line, exit status 2."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (BaselineError, ConfigError, OptionError, PackError) as e:
            raise click.ClickException(str(e)) from None

    return wrapped


def tell(errors: Iterable[Error]) -> None:
    """Print errors on standard error and, where there is one, end with status 2."""
    lines = [error_line(e, Options()) for e in errors]
    click.echo("".join(lines), nl=False, err=True)
    if lines:
        raise click.exceptions.Exit(2)
