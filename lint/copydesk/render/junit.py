"""JUnit XML: a suite a file, a failed test a finding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

from copydesk.finding import Finding
from copydesk.render.options import Options
from copydesk.render.visible import visible
from copydesk.report import Error, Report


def junit(report: Report, options: Options) -> Iterator[str]:
    """One document; a clean run holds one test that passed."""
    tests = len(report.findings) + len(report.errors)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    counts = f'tests="{max(1, tests)}" failures="{len(report.findings)}" errors="{len(report.errors)}"'
    yield f'<testsuites name="copydesk" {counts}>\n'
    if not tests:
        yield '<testsuite name="copydesk" tests="1" failures="0" errors="0"><testcase name="clean"/></testsuite>\n'
    if report.errors:
        yield from _suite("errors", [_error(e) for e in report.errors], failures=0)
    for path, found in groupby(report.findings, key=lambda f: f.path):
        cases = [_case(f) for f in found]
        yield from _suite(path, cases, failures=len(cases))
    yield "</testsuites>\n"


def _suite(name: str, cases: list[str], failures: int) -> Iterator[str]:
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{len(cases) - failures}"'
    yield f"<testsuite name={_attribute(name)} {counts}>\n"
    yield from cases
    yield "</testsuite>\n"


def _case(f: Finding) -> str:
    name = f"{f.rule}:{f.line}:{f.column}"
    place = f'line="{f.line}" column="{f.column}"'
    failure = f"<failure type={_attribute(f.rule)} message={_attribute(f.message)}/>"
    return f"<testcase name={_attribute(name)} classname={_attribute(f.path)} {place}>{failure}</testcase>\n"


def _error(e: Error) -> str:
    path = e.path or "copydesk"
    return f"<testcase name={_attribute(path)}><error message={_attribute(e.message)}/></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
