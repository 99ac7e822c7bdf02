"""What stands under a finding's excerpt: its fix, its related places, its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from copydesk.article import FileEdit
from copydesk.finding import Finding, Related, Safety
from copydesk.render.summary import counted
from copydesk.render.visible import clipped, visible
from copydesk.typed import Any

_HANDFUL = 5
_MANY = 20
"""Places that are shown where each has something of its own to say."""
_QUOTED = 60
_LINE_ENDS = 4
"""Code points before or after a line that are taken for the gap around it: two line ends, of CR and LF each."""
_LEVELS: Mapping[Safety, str] = {
    "safe": "safe fix",
    "unsafe": "unsafe fix",
    "display": "shown only, never applied",
}


def help_line(finding: Finding) -> str:
    """The fix: its title, what it writes, its safety. Empty where there is none."""
    fix = finding.fix
    if fix is None:
        return ""
    edits = [_edit(finding, e) for e in islice(fix.edits, 2)]
    if len(fix.edits) > 2:
        edits.append(f"{counted(len(fix.edits) - 2, 'more edit')}")
    return f"{visible(fix.title)}: {', '.join(edits)} ({_LEVELS[fix.safety]})"


def _edit(finding: Finding, edit: FileEdit) -> str:
    old, new = _old(finding, edit), _quoted(edit.text)
    if edit.start == edit.end:
        return f"insert {new}"
    if not edit.text:
        return f"delete {old}" if old else f"delete {counted(edit.end - edit.start, 'character')}"
    return f"{old} → {new}" if old else f"write {new}"


def _old(finding: Finding, edit: FileEdit) -> str:
    """What the edit replaces, where it stands in the line that is shown."""
    first = finding.start - (finding.column - finding.source_column)
    start, end = edit.start - first, edit.end - first
    if not -_LINE_ENDS <= start < len(finding.source_line) or end <= 0:
        return ""
    text = finding.source_line[max(0, start) : end]
    return _quoted(text if end <= len(finding.source_line) + _LINE_ENDS else text + "…")


def _quoted(text: str) -> str:
    return f"`{clipped(text, _QUOTED)}`"


def notes(finding: Finding) -> Iterator[str]:
    """Further places and evidence, a line each; of many only a handful."""
    if finding.end_line > finding.line:
        yield f"continues to line {finding.end_line}"
    telling = len({r.message for r in finding.related}) * 2 > len(finding.related)
    yield from _few(map(_related, finding.related), len(finding.related), "place", _MANY if telling else _HANDFUL)
    proof = [p for p in _evidence(finding.data) if p not in visible(finding.message)]
    if proof:
        yield f"evidence: {'; '.join(proof)}"
    matches = [m for m in finding.data.get("matches") or () if isinstance(m, Mapping)]
    yield from _few(map(_match, matches), len(matches), "article")


def _few(lines: Iterable[str], number: int, noun: str, most: int = _HANDFUL) -> Iterator[str]:
    """A handful of lines; ``and 12 more`` rather than one line less."""
    shown = number if number <= most + 1 else most
    yield from islice(lines, shown)
    if number > shown:
        yield f"and {counted(number - shown, f'more {noun}')}"


def _related(place: Related) -> str:
    where = f"{visible(place.path)}:{place.line}:{place.column}"
    return f"{where}: {visible(place.message)}" if place.message else where


def _evidence(data: Mapping[str, Any]) -> Iterator[str]:
    """The proof that some rules keep in their data: the codecs of mojibake, how often each form stands."""
    evidence = data.get("evidence")
    if isinstance(evidence, str) and evidence:
        yield clipped(evidence, 2 * _QUOTED)
    elif isinstance(evidence, Sequence) and evidence and all(isinstance(e, str) for e in evidence):
        yield clipped("; ".join(evidence), 2 * _QUOTED)
    codecs = data.get("codecs")
    if isinstance(codecs, Sequence) and codecs:
        yield clipped(codecs if isinstance(codecs, str) else " → ".join(map(str, codecs)), 2 * _QUOTED)
    counts = data.get("counts")
    if isinstance(counts, Mapping) and counts:
        yield ", ".join(f"{_quoted(str(form))} {_total(n)}×" for form, n in islice(counts.items(), _HANDFUL))


def _total(count: Any) -> int | str:
    """A count, or the sum of the counts of each source."""
    if isinstance(count, Mapping):
        return sum(n for n in count.values() if isinstance(n, int))
    return visible(str(count))


def _match(match: Mapping[str, Any]) -> str:
    """One article of a copies finding: where, whose, when, and how much of this one stands in it."""
    about = [clipped(str(match[key]), _QUOTED) for key in ("source", "date") if match.get(key)]
    overlap = match.get("overlap") or ()
    if overlap:
        about.append(f"{overlap[0]:.0%} of this article")
    if match.get("passages"):
        about.append(counted(len(match["passages"]), "shared passage"))
    if match.get("credited"):
        about.append("credited")
    return f"{visible(str(match.get('path', '')))}: {', '.join(about)}"
