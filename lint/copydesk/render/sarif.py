"""SARIF 2.1.0, as the standard and GitHub's code scanning read it. Columns and offsets count code points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from copydesk.finding import Finding, Notice, Related, Severity
from copydesk.render.as_json import json_text
from copydesk.render.options import Options, RuleInfo
from copydesk.render.place import uri
from copydesk.render.visible import clipped, visible
from copydesk.report import Error, Report
from copydesk.typed import Any

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}
_DESCRIPTION = 1000
"""Characters of a fullDescription: GitHub takes 1,024."""
_LINKS = 20
"""Related places of a result; a name that stands two ways may have thousands."""


def sarif(report: Report, options: Options) -> Iterator[str]:
    """One run, a result a line."""
    rules = _rules(report, options)
    index = {rule.id: n for n, rule in enumerate(rules)}
    driver = {"name": "copydesk", "rules": [_rule(r) for r in rules]}
    if options.version:
        driver["version"] = options.version
    yield f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n'
    yield f'"tool": {json_text({"driver": driver})},\n"columnKind": "unicodeCodePoints",\n"results": ['
    for n, finding in enumerate(report.findings):
        yield (",\n" if n else "\n") + json_text(_result(finding, index))
    yield f'\n],\n"invocations": [{json_text(_invocation(report, index))}]\n}}]\n}}\n'


def _rules(report: Report, options: Options) -> list[RuleInfo]:
    """The rules in order of id: those the caller knows, and any other that found something."""
    known = dict(options.rules)
    for finding in report.findings:
        known.setdefault(finding.rule, RuleInfo(finding.rule, finding.rule, severity=finding.severity))
    return [known[i] for i in sorted(known)]


def _rule(rule: RuleInfo) -> dict[str, Any]:
    properties = {"tags": [rule.id.split("/")[0]], "problem.severity": _PROBLEM[rule.severity]}
    if rule.precision:
        properties["precision"] = rule.precision
    text = rule.manual or rule.summary
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": clipped(_opening(text), _DESCRIPTION)},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": properties,
    }


def _opening(manual: str) -> str:
    """The first paragraph of a manual page, on one line."""
    paragraphs = (p for p in manual.split("\n\n") if p.strip() and not p.lstrip().startswith("#"))
    return " ".join(next(paragraphs, manual).split())


def _result(f: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    region = {
        "startLine": f.line,
        "startColumn": f.column,
        "endLine": f.end_line,
        "endColumn": f.end_column,
        "charOffset": f.start,
        "charLength": f.end - f.start,
    }
    result: dict[str, Any] = {
        "ruleId": f.rule,
        "ruleIndex": index[f.rule],
        "level": _LEVELS[f.severity],
        "message": {"text": _message(f)},
        "locations": [_location(f.path, region)],
        "partialFingerprints": {"copydesk/v1": f.fingerprint},
        "properties": {"confidence": f.confidence, **({"article": f.article} if f.article is not None else {})},
    }
    if f.related:
        result["relatedLocations"] = [_related(r, n) for n, r in enumerate(f.related[:_LINKS], 1)]
    fix = _fix(f)
    if fix:
        result["fixes"] = [fix]
    return result


def _message(f: Finding) -> str:
    """The message, then a link to each related place: viewers show only places that are linked."""
    links = ", ".join(f"[{_label(f'{r.path}:{r.line}')}]({n})" for n, r in enumerate(f.related[:_LINKS], 1))
    more = f" and {len(f.related) - _LINKS:,} more" if len(f.related) > _LINKS else ""
    return plain(f.message) + (f" ({links}{more})" if links else "")


def plain(text: str) -> str:
    """Text for a SARIF message: on one line, and no link where it looks like one (SARIF 2.1.0, 3.11.6)."""
    return visible(text).replace("](", "\\](")


def _label(text: str) -> str:
    """The text of a link, its own brackets and backslashes escaped."""
    return re.sub(r"[\\\[\]]", r"\\\g<0>", visible(text))


def _related(r: Related, number: int) -> dict[str, Any]:
    region = {"startLine": r.line, "startColumn": r.column, "charOffset": r.start, "charLength": r.end - r.start}
    return {"id": number, **_location(r.path, region), "message": {"text": plain(r.message or "also here")}}


def _location(path: str, region: Mapping[str, int] | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri(path)}}
    if region:
        place["region"] = dict(region)
    return {"physicalLocation": place}


def _fix(f: Finding) -> dict[str, Any] | None:
    """The fix; one that is only shown is not offered to tools that would apply it."""
    if f.fix is None or f.fix.safety == "display":
        return None
    replacements = [
        {
            "deletedRegion": {"charOffset": e.start, "charLength": e.end - e.start},
            "insertedContent": {"text": e.text},
        }
        for e in f.fix.edits
    ]
    change = {"artifactLocation": {"uri": uri(f.path)}, "replacements": replacements}
    return {"description": {"text": plain(f"{f.fix.title} ({f.fix.safety} fix)")}, "artifactChanges": [change]}


def _invocation(report: Report, index: Mapping[str, int]) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.errors}
    told = [
        *(_notification(e, "error", index) for e in report.errors),
        *(_notification(n, "note") for n in report.notices),
    ]
    if told:
        invocation["toolExecutionNotifications"] = told
    return invocation


def _notification(told: Error | Notice, level: str, index: Mapping[str, int] | None = None) -> dict[str, Any]:
    out: dict[str, Any] = {"level": level, "message": {"text": plain(told.message)}}
    if told.path:
        out["locations"] = [_location(told.path, {"startLine": told.line} if told.line else None)]
    if isinstance(told, Error) and told.rule is not None and index and told.rule in index:
        out["associatedRule"] = {"id": told.rule, "index": index[told.rule]}
    return out
