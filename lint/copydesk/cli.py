"""Interim command line: enough to score rules with. Replaced by the real one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from copydesk.config import Config
from copydesk.render.contract import finding_json
from copydesk.run import check as run_check
from copydesk.work import Desk


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
@click.option("--fix", is_flag=True)
def check(paths, isolated, no_cache, no_corpus, output_format, select, fix):  # type: ignore[no-untyped-def]
    desk = Desk(Config(root=Path.cwd(), select=tuple(s for x in select for s in x.split(","))), corpus=not no_corpus)
    files = []
    for p in paths or ["."]:
        if Path(p).is_dir():
            for folder, _, names in sorted(os.walk(p)):
                files += [os.path.normpath(os.path.join(folder, n)) for n in sorted(names)]
        else:
            files.append(p)
    report = run_check(files, desk)
    if fix:
        for _ in range(10):
            done = set()
            by = {}
            for f in report.findings:
                if f.fix and f.fix.safety == "safe":
                    by.setdefault(f.path, []).append(f)
            for path, fs in by.items():
                text = Path(path).read_bytes().decode()
                lead = text[:1] if text[:1] == "\ufeff" else ""
                text = text[len(lead) :]
                edits, end = [], -1
                for f in sorted(fs, key=lambda f: f.fix.edits[0].start):
                    if f.fix.edits[0].start >= end:
                        edits += f.fix.edits
                        end = max(e.end for e in f.fix.edits)
                for e in sorted(edits, key=lambda e: -e.start):
                    text = text[: e.start] + e.text + text[e.end :]
                Path(path).write_bytes((lead + text).encode())
                done.add(path)
            if not done:
                break
            report = run_check(files, desk)
    for e in report.errors:
        print(e.path, e.message, file=sys.stderr)
    if output_format == "jsonl":
        for f in report.findings:
            print(json.dumps(finding_json(f), ensure_ascii=False))
    sys.exit(report.exit_code())
