"""The command line. Each command's module is imported when it is called, so that ``--help`` costs click alone."""

from __future__ import annotations

import gc
import sys
import traceback
from importlib import import_module
from typing import cast

import click

from copydesk import __version__

COMMANDS = {
    "check": ("check", "Check articles; with --fix, rewrite them."),
    "fix": ("check", "Check articles and make the safe fixes: check --fix."),
    "index": ("index", "Keep the corpus that commits are checked against."),
    "trace": ("trace", "Show where the passages of a text also stand, earliest first."),
    "rule": ("rule", "List the rules, or explain one."),
    "config": ("config", "Show the configuration in force."),
    "baseline": ("baseline", "Accept today's findings, report only new ones."),
    "undo": ("undo", "Take back the last fixes."),
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


def main() -> None:
    """Run the command line; ends the process."""
    # facts and articles are many, live as long as the process, and are in no circles worth looking for this often
    gc.set_threshold(200_000, 30, 30)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(group(standalone_mode=False))  # a command's Exit comes back as its status
    except click.ClickException as e:
        e.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except Exception:  # Python's own status for it is 1, which means findings
        traceback.print_exc()
        click.echo("copydesk: internal error; nothing more was checked or written", err=True)
        sys.exit(2)
