"""The JSON of findings and reports, version 1. Evaluation scripts and other tools read it: keep it stable."""

from __future__ import annotations

from copydesk.finding import Finding
from copydesk.typed import Any


def finding_json(f: Finding) -> dict[str, Any]:
    """One finding as a JSON object."""
    return {
        "path": f.path,
        "article": f.article,
        "rule": f.rule,
        "severity": f.severity,
        "confidence": f.confidence,
        "message": f.message,
        "start": f.start,
        "end": f.end,
        "line": f.line,
        "column": f.column,
        "end_line": f.end_line,
        "end_column": f.end_column,
        "fix": f.fix
        and {
            "safety": f.fix.safety,
            "title": f.fix.title,
            "edits": [{"start": e.start, "end": e.end, "text": e.text} for e in f.fix.edits],
        },
        "related": [
            {"path": r.path, "article": r.article, "start": r.start, "end": r.end, "message": r.message}
            for r in f.related
        ],
        "fingerprint": f.fingerprint,
        "data": dict(f.data),
    }
