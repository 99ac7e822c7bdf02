"""The formats json and jsonl, version 1: contract.py says what a finding is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from copydesk.compiled import compiled
from copydesk.finding import SEVERITIES, Notice
from copydesk.fix import applicable
from copydesk.render.contract import finding_json
from copydesk.render.options import Options
from copydesk.render.visible import hidden
from copydesk.report import Error, Report
from copydesk.typed import Any

_BEYOND_ASCII = compiled(r"[^\x00-\x7e]")
_COMMAND = compiled(r"(?<=#)#(?=\[|vso\[)", re.I)


def json_text(value: Any) -> str:
    """``value`` as JSON on one line: letters as they are, whatever a terminal obeys or hides as ``\\uXXXX``."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _COMMAND.sub(r"\\u0023", _BEYOND_ASCII.sub(_escaped, text))


def _escaped(m: re.Match[str]) -> str:
    if not hidden(m[0]):
        return m[0]
    return f"\\u{ord(m[0]):04x}" if ord(m[0]) < 0x10000 else json.dumps(m[0])[1:-1]


def jsonl(report: Report, options: Options) -> Iterator[str]:
    """One finding a line. Errors have no place in it: the caller prints them elsewhere."""
    for finding in report.findings:
        yield json_text(finding_json(finding)) + "\n"


def full_json(report: Report, options: Options) -> Iterator[str]:
    """The whole report as one object, a finding a line."""
    yield '{\n"version": 1,\n"findings": ['
    for n, finding in enumerate(report.findings):
        yield (",\n" if n else "\n") + json_text(finding_json(finding))
    yield '\n],\n"errors": ['
    for n, error in enumerate(report.errors):
        yield (",\n" if n else "\n") + json_text(error_json(error))
    yield f'\n],\n"summary": {json_text(summary_json(report))}\n}}\n'


def error_json(error: Error) -> dict[str, Any]:
    """One error as a JSON object."""
    return {"path": error.path, "line": error.line, "rule": error.rule, "message": error.message}


def notice_json(notice: Notice) -> dict[str, Any]:
    """One notice as a JSON object."""
    return {"path": notice.path, "line": notice.line, "offset": notice.offset, "message": notice.message}


def summary_json(report: Report) -> dict[str, Any]:
    """The counts of a report."""
    found = report.findings
    safe = sum(applicable(f, False) for f in found)
    return {
        "findings": len(found),
        "errors": len(report.errors),
        "notices": [notice_json(n) for n in report.notices],
        "severities": {s: sum(f.severity == s for f in found) for s in SEVERITIES},
        "fixable": {"safe": safe, "unsafe": sum(applicable(f, True) for f in found) - safe},
        "fixed": [{"path": f.path, "rules": dict(f.rules)} for f in report.fixed],
        "suppressed": report.suppressed,
        "baselined": report.baselined,
        "files": report.files,
        "articles": report.articles,
    }
