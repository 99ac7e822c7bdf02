"""reviewdog's diagnostic format: its columns are UTF-8 bytes, its suggestions become buttons on a pull request.

Source: reviewdog, proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.finding import Finding, Severity
from copydesk.render.as_json import json_text
from copydesk.render.options import Options
from copydesk.render.place import offset_place
from copydesk.render.visible import visible
from copydesk.report import Error, Report
from copydesk.typed import Any

_SEVERITIES: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def rdjson(report: Report, options: Options) -> Iterator[str]:
    """One object, a diagnostic a line."""
    yield '{"source": {"name": "copydesk"},\n"diagnostics": ['
    entries = [*map(_error, report.errors), *map(_diagnostic, report.findings)]
    for n, entry in enumerate(entries):
        yield (",\n" if n else "\n") + json_text(entry)
    yield "\n]}\n"


def _error(error: Error) -> dict[str, Any]:
    location: dict[str, Any] = {"path": error.path}
    if error.line is not None:
        location["range"] = {"start": {"line": error.line}}
    return {"message": visible(error.message), "location": location, "severity": "ERROR"}


def _diagnostic(f: Finding) -> dict[str, Any]:
    out: dict[str, Any] = {
        "message": visible(f.message),
        "location": {"path": f.path, "range": _range(f, f.start, f.end) or _lines(f)},
        "severity": _SEVERITIES[f.severity],
        "code": {"value": f.rule},
    }
    suggestions = _suggestions(f)
    if suggestions:
        out["suggestions"] = suggestions
    if f.related:
        out["related_locations"] = [
            {"message": visible(r.message), "location": {"path": r.path, "range": {"start": {"line": r.line}}}}
            for r in f.related
        ]
    return out


def _suggestions(f: Finding) -> list[dict[str, Any]]:
    """The fix, where its edits lie in the line that is known, so that their byte columns are; else none of it."""
    if f.fix is None or f.fix.safety == "display":
        return []
    ranges = [(_range(f, e.start, e.end), e.text) for e in f.fix.edits]
    return [{"range": r, "text": text} for r, text in ranges if r] if all(r for r, _ in ranges) else []


def _range(f: Finding, start: int, end: int) -> dict[str, Any] | None:
    first, last = offset_place(f, start), offset_place(f, end)
    if first is None or last is None:
        return None
    return {
        "start": {"line": first[0], "column": first[1]},
        "end": {"line": last[0], "column": last[1]},
    }


def _lines(f: Finding) -> dict[str, Any]:
    return {"start": {"line": f.line}, "end": {"line": f.end_line}}
