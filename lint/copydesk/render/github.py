"""Workflow commands that GitHub shows as annotations, spelled as @actions/core spells them.

Source of the escapes and of the order of properties: actions/toolkit, packages/core/src/command.ts and utils.ts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.finding import SEVERITIES, Finding, Notice, Severity
from copydesk.render.options import Options
from copydesk.render.visible import visible
from copydesk.report import Error, Report

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_CONFIDENCE = ("high", "medium", "low")


def github(report: Report, options: Options) -> Iterator[str]:
    """One annotation a line, the worst first: GitHub shows ten of a kind a step."""
    for error in report.errors:
        yield _told("error", error) + "\n"
    for finding in sorted(report.findings, key=_rank):
        yield _annotation(finding) + "\n"
    for notice in report.notices:
        yield _told("notice", notice) + "\n"


def _rank(finding: Finding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), _CONFIDENCE.index(finding.confidence)


def _annotation(f: Finding) -> str:
    place: dict[str, str | int] = {
        "title": f"copydesk ({f.rule})",
        "file": f.path,
        "line": f.line,
        "endLine": f.end_line,
    }
    if f.line == f.end_line:  # GitHub takes columns within one line only
        place |= {"col": f.column, "endColumn": f.end_column}
    return command(_COMMANDS[f.severity], place, f"{f.path}:{f.line}:{f.column}: {f.rule} {f.message}")


def _told(name: str, told: Error | Notice) -> str:
    place: dict[str, str | int] = {"title": "copydesk", "file": told.path, "line": told.line or 0}
    return command(name, place, f"{told.path}: {told.message}" if told.path else told.message)


def command(name: str, properties: Mapping[str, str | int], message: str) -> str:
    """A workflow command; properties that are empty or 0 are left out."""
    pairs = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{name}{' ' if pairs else ''}{pairs}::{_message(message)}"


def _message(text: str) -> str:
    return visible(text, "\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
