"""Options that several commands share, and how their mistakes are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

import click

from copydesk.configfile import ConfigError
from copydesk.options import OptionError
from copydesk.packs import PackError
from copydesk.render import Options
from copydesk.render.summary import error_line
from copydesk.report import Error
from copydesk.switches import SELECTION, Switch
from copydesk.typed import Any

Decorator = Callable[[Callable[..., Any]], Any]


def as_options(*switches: Switch) -> Decorator:
    """Gives a click command the options."""

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        for switch in reversed(switches):
            function = _option(switch)(function)
        return function

    return decorated


def _option(switch: Switch) -> Decorator:
    """A switch as click has it."""
    if switch.kind == "flag":
        return click.option(*switch.names, is_flag=True, help=switch.help)
    if switch.kind == "pair":
        on = switch.names[0]
        return click.option(f"{on}/--no-{on.removeprefix('--')}", default=None, help=switch.help)
    kind = (
        click.IntRange(min=0) if switch.kind == "number" else click.Choice(switch.choices) if switch.choices else None
    )
    return click.option(
        *switch.names,
        type=kind,
        default=switch.default,
        multiple=switch.kind == "words",
        metavar=switch.metavar,
        show_default=switch.shows_default,
        help=switch.help or None,
    )


selection = tuple(map(_option, SELECTION))


def as_usage_error(function: Callable[..., Any]) -> Callable[..., Any]:
    """Tells a wrong configuration as an error of usage: one line, exit status 2."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (ConfigError, OptionError, PackError) as e:
            raise click.ClickException(str(e)) from None

    return wrapped


def tell(errors: Iterable[Error]) -> None:
    """Print errors on standard error and, where there is one, end with status 2."""
    lines = [error_line(e, Options()) for e in errors]
    click.echo("".join(lines), nl=False, err=True)
    if lines:
        raise click.exceptions.Exit(2)
