"""``copydesk check`` and ``copydesk fix``, as click reads them."""

from __future__ import annotations

import sys

import click

from copydesk.checking import check as check_articles
from copydesk.commands.options import as_options, as_usage_error
from copydesk.switches import CHECK, FIX
from copydesk.typed import Any


@click.command()
@click.argument("paths", nargs=-1)
@as_options(FIX)
@click.option("--explain-input", is_flag=True, help="Show what is read of the files as what, and check nothing.")
@as_options(*CHECK)
def check(explain_input: bool, **given: Any) -> None:
    """Check articles: files, or folders with everything in them (default: the current folder).

    With `-` or --stdin-filename the article comes from standard input, and --fix writes it to standard output.
    """
    if explain_input:
        _explain(given)
    sys.exit(check_articles(given))


@as_usage_error
def _explain(given: dict[str, Any]) -> None:
    from copydesk.commands.input import explain

    explain(given)


@click.command()
@click.argument("paths", nargs=-1)
@as_options(*CHECK)
def fix(**given: Any) -> None:
    """Check articles and make the safe fixes: `check --fix`."""
    sys.exit(check_articles({**given, "fix": True}))
