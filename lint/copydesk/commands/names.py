"""``copydesk names``: the desk's inventory of names, and the pairs that an editor must decide."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click

from copydesk.commands.names_review import StyleFile, review
from copydesk.commands.names_tables import TABLES, NamesPack, groups, style_table
from copydesk.commands.options import as_usage_error, tell
from copydesk.config import Config
from copydesk.corpus import update
from copydesk.discover import discover
from copydesk.home import has_index
from copydesk.index import Index
from copydesk.packs import folder
from copydesk.progress import Progress
from copydesk.project import Overrides, Project
from copydesk.report import Error
from copydesk.rule import Corpus, Facts
from copydesk.run import Run
from copydesk.typed import Any, cast
from copydesk.work import fact_key

_CONFIG_HELP = "A configuration file to use instead of the nearest one, or one TOML setting to lay over it."


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "name", type=click.Choice([*TABLES, "toml"]), default="text", show_default=True)
@click.option("--min-articles", type=click.IntRange(min=1), default=1, metavar="N", help="Leave out rarer names.")
@click.option("--review", "asks", is_flag=True, help="Ask about each doubtful pair and write the style file.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="copydesk-names.toml",
    show_default=True,
    metavar="FILE",
    help="The style file that --review adds to.",
)
@click.option(
    "--index/--no-index",
    default=None,
    help="Take the names from the project's index, made up to date first. [default: if there is one and no paths]",
)
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0: one a core.")
@click.option("--config", multiple=True, metavar="FILE|KEY=VALUE", help=_CONFIG_HELP)
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
@as_usage_error
def names(paths: tuple[str, ...], name: str, min_articles: int, asks: bool, output: Path, **given: Any) -> None:
    """List the names in files, or in folders with everything in them (default: the current folder).

    Each form with its mentions and articles, by source, first and last seen. --format toml gives the names that
    stand in more than one form as a style file, where it is clear which form is meant; --review asks about each.
    """
    config = Project(Overrides(isolated=given["isolated"], config=given["config"])).desk.config
    pack = _pack(config)
    project = Project(Overrides(select=(pack.RULE,), isolated=given["isolated"], config=given["config"]))
    decided = StyleFile(output) if asks else None
    facts, errors = _facts(project, pack.RULE, paths, given)
    if not asks and name in TABLES:
        rows = [row for row in pack.inventory(facts) if row.articles >= min_articles]
        click.echo("".join(TABLES[name](rows)), nl=False)
        return tell(errors)
    doubts = [
        d
        for d in pack.doubts(Corpus(tuple(facts)), project.desk.options[pack.RULE])
        if d.odd.articles + d.other.articles >= min_articles
    ]
    if decided is not None:
        review(doubts, decided, project)
    else:
        click.echo("\n".join(style_table(g) for g in groups(doubts)), nl=False)
        left = sum(not d.preferred for d in doubts)
        if left:
            pairs = "pair has" if left == 1 else "pairs have"
            click.echo(f"note: {left:,} {pairs} no clear majority and were left out; --review asks", err=True)
    return tell(errors)


def _pack(config: Config) -> NamesPack:
    """The first pack that keeps names: it has a module ``names.inventory`` with what NamesPack says."""
    for name in config.packs:
        if (folder(name) / "names" / "inventory.py").exists():
            return cast(NamesPack, import_module(f"{name}.names.inventory"))
    raise click.ClickException(f"no names are kept by the rule packs in use ({', '.join(config.packs)})")


def _facts(
    project: Project, rule_id: str, paths: tuple[str, ...], given: dict[str, Any]
) -> tuple[list[Facts], tuple[Error, ...]]:
    """The facts of the names rule for the files asked for, in path order, and what could not be read."""
    config = project.desk.config
    found = discover(paths or (".",), project.config_of)
    key = fact_key(project.desk.rules[rule_id])
    by_default = not paths and not given["isolated"] and has_index(config.root)
    if given["index"] or (given["index"] is None and by_default):
        wanted = {os.path.relpath(f) for f in found.files} if paths else None
        with Index(config) as index, Progress("Indexing") as progress:
            errors = update(index, project, progress)
            facts = [f for f in index.facts(key) if wanted is None or f.ref.path in wanted]
        return facts, (*(found.errors if paths else ()), *errors)
    run = Run(project, jobs=given["jobs"])
    with Progress("Reading", len(found.files)) as progress:
        run.progress = progress
        run.check(found.files)
    results = [run.results[path] for path in sorted(run.results)]
    errors = (*found.errors, *(e for r in results for e in r.errors))
    return [kept.facts() for r in results for k, kept in r.facts if k == key], errors
