"""The command line. Each command's module is imported when it is called, so that ``--help`` costs click alone."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

import click

from copydesk import __version__

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
        except BrokenPipeError:  # click would end with 1, which means findings
            _drop_output()
            raise click.exceptions.Exit(128 + getattr(signal, "SIGPIPE", 13)) from None
        except OSError as e:  # the world's fault, not the program's: no folder to write to, a full disk
            from copydesk.render.visible import visible

            what = visible(str(e.filename)) if e.filename is not None else "output cannot be written"
            if e.filename is None:
                _drop_output()
            raise click.ClickException(f"{what}: {e.strerror}") from None

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


def _drop_output() -> None:
    """What is still to be written goes nowhere: Python would try again at its end, and change the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _open_streams() -> None:
    """Streams that a caller has closed lead nowhere; what a stream's encoding lacks is spelled out."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Run the command line; ends the process."""
    _open_streams()
    # facts and articles are many, live as long as the process, and are in no circles worth looking for this often
    gc.set_threshold(200_000, 30, 30)
    try:
        Path.cwd()
    except OSError as e:
        click.echo(f"Error: the working directory cannot be used: {e.strerror}", err=True)
        sys.exit(2)
    try:
        sys.exit(group(standalone_mode=False) or 0)  # the status of a click.exceptions.Exit is returned
    except click.ClickException as e:
        e.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception:  # Python's own status for it is 1, which means findings
        traceback.print_exc()
        click.echo("copydesk: internal error; nothing more was checked or written", err=True)
        sys.exit(2)
