"""The report as a person reads it: the findings' paragraphs, what went wrong, and the summary."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.render.options import Options
from copydesk.render.summary import summary, told
from copydesk.report import Report


def full(report: Report, options: Options) -> Iterator[str]:
    """A paragraph a finding, a line an error or notice, and the summary."""
    if report.findings:
        from copydesk.render.paragraph import lines

        for finding in report.findings:
            yield "\n".join(lines(finding, options)) + "\n\n"
    yield from told(report, options)
    if report.errors or report.notices:
        yield "\n"
    yield from summary(report, options)
