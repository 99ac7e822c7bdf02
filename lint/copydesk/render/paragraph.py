"""A finding as a person reads it: place, message, the source line with carets, the fix, further places."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.finding import Finding
from copydesk.render.concise import header
from copydesk.render.excerpt import excerpt
from copydesk.render.notes import help_line, notes
from copydesk.render.options import Options
from copydesk.render.style import Paint


def lines(finding: Finding, options: Options) -> Iterator[str]:
    """The lines of a finding's paragraph."""
    paint = Paint(options.color)
    number = str(finding.line)
    gutter = " " * len(number)
    shown = excerpt(finding, options.width)
    carets = paint.severity("^" * shown.carets, finding.severity)
    bar = paint("|", "blue")
    yield header(finding, options)
    yield f"{gutter} {bar}"
    yield f"{paint(number, 'blue')} {bar} {shown.line}".rstrip(" ")
    yield f"{gutter} {bar} {' ' * shown.before}{carets}"
    yield f"{gutter} {bar}"
    fix = help_line(finding)
    if fix:
        yield f"{gutter} {paint('=', 'blue')} {paint('help:', 'bold')} {fix}"
    for note in notes(finding):
        yield f"{gutter} {paint('=', 'blue')} {paint('note:', 'bold')} {note}"
