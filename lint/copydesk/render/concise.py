"""One line a finding: ``path:line:column: rule [*] message``."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.finding import Finding
from copydesk.fix import applicable
from copydesk.formats import BINARY, format_of
from copydesk.render.options import Options
from copydesk.render.style import Paint
from copydesk.render.summary import summary, told
from copydesk.render.visible import path_start, visible
from copydesk.report import Report


def concise(report: Report, options: Options) -> Iterator[str]:
    """A line a finding, a line an error or notice, and the summary."""
    for finding in report.findings:
        yield header(finding, options) + "\n"
    yield from told(report, options)
    yield from summary(report, options)


def header(finding: Finding, options: Options) -> str:
    """The line that says where and what; ``[*]`` marks a finding that ``--fix`` would fix."""
    paint = Paint(options.color)
    place = f"{paint(path_start(finding.path), 'bold')}:{finding.line}:{finding.column}:"
    rule = paint.severity(visible(finding.rule), finding.severity)
    mark = f" [{paint('*', 'cyan')}]" if applicable(finding, options.unsafe_fixes) else ""
    record = ""
    if finding.article is not None and format_of(finding.path) in BINARY:  # no line of the file leads there
        record = f" {visible(finding.article)}:"
    return f"{place}{record} {rule}{mark} {visible(finding.message)}"
