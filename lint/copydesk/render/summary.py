"""The closing lines of what a person reads: how many findings, how many can be fixed, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.finding import Notice
from copydesk.fix import applicable
from copydesk.render.options import Options
from copydesk.render.style import Paint
from copydesk.report import Error, Report


def summary(report: Report, options: Options) -> Iterator[str]:
    """The lines under the findings, each with its line end."""
    paint = Paint(options.color)
    if options.show_fixes and report.fixed:
        yield from fix_list(report, options)
    left, made = len(report.findings), sum(n for f in report.fixed for _, n in f.rules)
    if left or made or not report.errors:
        text = _counts(left, made, report, options) if left or made else paint("All checks passed!", "green")
        yield text + "\n"
    yield from _aside(report)
    if report.errors:
        yield paint(f"{counted(len(report.errors), 'error')}: not everything could be checked.", "red") + "\n"


def error_line(error: Error, options: Options) -> str:
    """One error as ``path:line: error: message``."""
    return _said(error.path, error.line, "error:", "red", error.message, options)


def told(report: Report, options: Options) -> Iterator[str]:
    """A line an error and a line a notice."""
    yield from (error_line(e, options) for e in report.errors)
    yield from (notice_line(n, options) for n in report.notices)


def notice_line(notice: Notice, options: Options) -> str:
    """One notice as ``path:line: note: message``."""
    return _said(notice.path, notice.line, "note:", "blue", notice.message, options)


def _said(path: str, line: int | None, word: str, color: str, message: str, options: Options) -> str:
    from copydesk.render.visible import path_start, visible

    place = path_start(path or "copydesk") + (f":{line}" if line is not None else "")
    paint = Paint(options.color)
    return f"{paint(place, 'bold')}: {paint(word, color)} {visible(message)}\n"


def fix_list(report: Report, options: Options) -> Iterator[str]:
    """Per file, how many fixes of which rule were made."""
    paint = Paint(options.color)
    from copydesk.render.visible import visible

    made = sum(n for f in report.fixed for _, n in f.rules)
    yield f"{_verb(options)} {counted(made, 'finding')}:\n"
    for fixed in report.fixed:
        yield f"- {paint(visible(fixed.path), 'bold')}:\n"
        for rule, number in fixed.rules:
            yield f"    {number} × {paint(visible(rule), 'cyan')}\n"


def counted(number: int, noun: str) -> str:
    """``1 finding``, ``1,200 findings``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _verb(options: Options) -> str:
    return "Would fix" if options.fixing == "diff" else "Fixed"


def _counts(left: int, made: int, report: Report, options: Options) -> str:
    if made and options.fixing == "diff":
        return f"Would fix {counted(made, 'finding')}; {left:,} would remain{_fixable(report, options)}."
    if made:
        return (
            f"Found {counted(left + made, 'finding')} ({made:,} fixed, {left:,} remaining){_fixable(report, options)}."
        )
    return f"Found {counted(left, 'finding')}{_fixable(report, options)}."


def _fixable(report: Report, options: Options) -> str:
    """How many findings the options of this tool would still fix."""
    now = sum(applicable(f, options.unsafe_fixes) for f in report.findings)
    more = sum(applicable(f, True) for f in report.findings) - now
    command = "`--fix --unsafe-fixes`" if options.unsafe_fixes else "`--fix`"
    if now and more:
        return f" ({now:,} fixable with {command}, {more:,} more with `--unsafe-fixes`)"
    if now:
        return f" ({now:,} fixable with {command})"
    return f" ({more:,} fixable with `--fix --unsafe-fixes`)" if more else ""


def _aside(report: Report) -> Iterator[str]:
    parts = []
    if report.suppressed:
        parts.append(f"{report.suppressed:,} suppressed")
    if report.baselined:
        parts.append(f"{report.baselined:,} in the baseline")
    if parts:
        yield f"Not shown: {', '.join(parts)}.\n"
