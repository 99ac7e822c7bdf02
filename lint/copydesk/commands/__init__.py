"""The commands, as click reads them. Each one's module is imported when it is called: ``--help`` costs click alone."""

from __future__ import annotations

from importlib import import_module

import click

from copydesk import __version__
from copydesk.endings import ended_by
from copydesk.typed import Any, cast

COMMANDS = {
    "check": ("check", "Check articles; with --fix, rewrite them."),
    "fix": ("check", "Check articles and make the safe fixes: check --fix."),
    "index": ("index", "Keep the corpus that commits are checked against."),
    "names": ("names", "List the names in the copy, and settle the doubtful ones."),
    "trace": ("trace", "Show where the passages of a text also stand, earliest first."),
    "rule": ("rule", "List the rules, or explain one."),
    "config": ("config", "Show the configuration in force."),
    "baseline": ("baseline", "Accept today's findings, report only new ones."),
    "undo": ("undo", "Take back the last fixes."),
    "clean": ("clean", "Remove what earlier checks kept."),
    "init": ("init", "Write a configuration file and the hooks to use it with."),
}


class _Commands(click.Group):
    """A group that knows its commands' names and summaries without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"copydesk.commands.{COMMANDS[cmd_name][0]}")
        return cast(click.Command, getattr(module, cmd_name))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OSError as e:  # click would end with 1, which means findings
            raise click.exceptions.Exit(ended_by(e)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")
def group() -> None:
    """copydesk: a linter for news copy.

    Finds broken characters, scraping residue, copied text, names spelled two ways and figures nobody stands
    behind; says where and why, and fixes what can be fixed.

    Exit status: 0 nothing left to report, 1 findings are left, 2 something could not be checked.
    """


def run(args: list[str]) -> int:
    """Run a command line; the exit status."""
    try:
        return int(group(args, standalone_mode=False) or 0)  # the status of a click.exceptions.Exit is returned
    except click.ClickException as e:
        e.show()
        return 2
    except click.Abort:
        return 130
