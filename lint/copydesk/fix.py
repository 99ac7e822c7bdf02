"""Applying fixes to a file's text: whole fixes only, overlaps left for the next pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.article import FileEdit
from copydesk.finding import Finding
from copydesk.source import SourceFile


def applicable(finding: Finding, unsafe: bool) -> bool:
    """Whether the finding's fix may be made."""
    return finding.fix is not None and (finding.fix.safety == "safe" or (unsafe and finding.fix.safety == "unsafe"))


def choose(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """The findings of one file whose fixes can be made together: in order of place, none touching another."""
    chosen: list[Finding] = []
    taken: list[FileEdit] = []
    for f in sorted((f for f in findings if applicable(f, unsafe)), key=_order):
        edits = f.fix.edits if f.fix else ()
        if edits and not any(clash(e, t) for e in edits for t in taken):
            chosen.append(f)
            taken.extend(edits)
    return chosen


def _order(finding: Finding) -> tuple[int, int, str]:
    edits = finding.fix.edits if finding.fix else ()
    return min((e.start for e in edits), default=0), -max((e.end for e in edits), default=0), finding.rule


def clash(a: FileEdit, b: FileEdit) -> bool:
    """Whether two edits cannot both be made."""
    if a.start == b.start:
        return True
    return a.start < b.end and b.start < a.end


def splice(text: str, edits: Sequence[FileEdit]) -> str:
    """``text`` with the edits made; they must not touch each other."""
    parts, at = [], 0
    for e in sorted(edits, key=lambda e: (e.start, e.end)):
        parts += [text[at : e.start], e.text]
        at = e.end
    return "".join([*parts, text[at:]])


def rewritten(file: SourceFile, findings: Sequence[Finding]) -> bytes | None:
    """The file's bytes with the fixes of ``findings`` made, or None where it cannot be rewritten."""
    if not file.rewritable:
        return None
    edits = [e for f in findings if f.fix for e in f.fix.edits]
    return file.bom + splice(file.text, edits).encode(file.encoding)
