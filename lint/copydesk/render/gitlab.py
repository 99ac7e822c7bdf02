"""GitLab's code quality report (a subset of the Code Climate format)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from copydesk.finding import Severity
from copydesk.hashing import blake2b
from copydesk.render.as_json import json_text
from copydesk.render.options import Options
from copydesk.render.visible import visible
from copydesk.report import Report
from copydesk.typed import Any

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(report: Report, options: Options) -> Iterator[str]:
    """A list of issues, one a line."""
    yield "["
    for n, entry in enumerate(_entries(report)):
        yield (",\n" if n else "\n") + json_text(entry)
    yield "\n]\n"


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[str, ...]] = Counter()
    for e in report.errors:
        mark = _fingerprint(seen, "error", e.path, e.message)
        yield _entry(e.message, "copydesk/error", "critical", e.path, e.line or 1, mark)
    for f in report.findings:
        mark = _fingerprint(seen, f.rule, f.path, f.article or "", f.fingerprint)
        yield _entry(f.message, f.rule, _SEVERITIES[f.severity], f.path, f.line, mark)


def _entry(text: str, rule: str, severity: str, path: str, line: int, mark: str) -> dict[str, Any]:
    return {
        "description": visible(text),
        "check_name": rule,
        "fingerprint": mark,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


def _fingerprint(seen: Counter[tuple[str, ...]], *parts: str) -> str:
    """A mark of its own for each entry: GitLab silently drops a second one."""
    seen[parts] += 1
    text = "\0".join((*parts, str(seen[parts])))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
