"""``copydesk rule``: what the rules are, and a rule's manual."""

from __future__ import annotations

import json

import click

from copydesk import packs
from copydesk.commands.options import as_usage_error
from copydesk.config import Config
from copydesk.options import close_to
from copydesk.project import Project
from copydesk.typed import Any


@click.command()
@click.argument("rule_id", required=False)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_usage_error
def rule(rule_id: str | None, output_format: str) -> None:
    """List the rules, or print the manual of one."""
    config = Project().desk.config
    ids = packs.rule_ids(config.packs)
    if rule_id is not None and rule_id not in ids:
        raise click.ClickException(f"no rule {rule_id!r}{close_to(rule_id, ids)}; `copydesk rule` lists them")
    chosen = [rule_id] if rule_id else list(ids)
    if output_format == "json":
        click.echo(json.dumps([_about(i, config) for i in chosen], indent=2, ensure_ascii=False))
    elif rule_id:
        click.echo(packs.manual(rule_id, config.packs), nl=False)
    else:
        width = max(map(len, ids))
        for i in chosen:
            loaded = packs.load(i, config.packs)
            click.echo(f"{i:{width}}  {loaded.summary}{'' if loaded.default else ' (off by default)'}")


def _about(rule_id: str, config: Config) -> dict[str, Any]:
    loaded = packs.load(rule_id, config.packs)
    options = config.options_of(rule_id)
    return {
        "id": rule_id,
        "summary": loaded.summary,
        "severity": config.severity_of(rule_id),
        "default": loaded.default,
        "corpus": loaded.compare is not None,
        "options": {name.replace("_", "-"): getattr(options, name) for name in loaded.options._fields},
        "manual": packs.manual(rule_id, config.packs),
    }
