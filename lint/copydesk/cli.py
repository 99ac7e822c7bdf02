"""Interim command line: enough to score rules with. Replaced by the real one."""

from __future__ import annotations

import json
import sys

import click

from copydesk.discover import discover
from copydesk.project import Overrides, Project
from copydesk.render.contract import finding_json
from copydesk.run import Run
from copydesk.settle import Settling, write_all


@click.group()
def main() -> None:
    """copydesk"""


@main.command()
@click.argument("paths", nargs=-1)
@click.option("--isolated", is_flag=True)
@click.option("--no-cache", is_flag=True)
@click.option("--no-corpus", is_flag=True)
@click.option("--output-format", default="jsonl")
@click.option("--select", multiple=True)
@click.option("--config", multiple=True)
@click.option("--fix", is_flag=True)
@click.option("--unsafe-fixes", is_flag=True)
def check(  # type: ignore[no-untyped-def]
    paths, isolated, no_cache, no_corpus, output_format, select, config, fix, unsafe_fixes
):
    chosen = tuple(s for x in select for s in x.split(","))
    project = Project(Overrides(select=chosen, isolated=isolated, corpus=not no_corpus, config=config))
    found = discover(paths or ["."], project.config_of)
    run = Run(project)
    run.check(found.files)
    report = write_all(run, Settling(run, unsafe_fixes).settle()) if fix else run.report()
    for e in (*found.errors, *report.errors):
        print(e.path, e.message, file=sys.stderr)
    for f in report.findings:
        print(json.dumps(finding_json(f), ensure_ascii=False))
    sys.exit(report.exit_code())
