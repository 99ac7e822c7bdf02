"""How often each rule found something (``--statistics``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from copydesk.fix import applicable
from copydesk.render.options import Options
from copydesk.render.style import Paint
from copydesk.render.summary import summary, told
from copydesk.render.visible import visible
from copydesk.report import Report


def statistics(report: Report, options: Options) -> Iterator[str]:
    """A line a rule, the most frequent first: count, id, ``[*]`` where fixes apply, what the rule is about."""
    paint = Paint(options.color)
    counts = Counter(f.rule for f in report.findings)
    fixable = {f.rule for f in report.findings if applicable(f, options.unsafe_fixes)}
    digits = len(f"{max(counts.values(), default=0):,}")
    longest = max(map(len, counts), default=0)
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        number = paint(f"{count:>{digits},}", "bold")
        mark = f"[{paint('*', 'cyan') if rule in fixable else ' '}]"
        about = options.rules[rule].summary if rule in options.rules else ""
        yield f"{number}  {paint(visible(rule).ljust(longest), 'yellow')}  {mark} {visible(about)}".rstrip() + "\n"
    yield from told(report, options)
    yield from summary(report, options)
