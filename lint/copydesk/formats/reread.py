"""Confirming edits of a record by reading the edited field again, through all its layers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from copydesk.article import Article, Edit, FileEdit
from copydesk.fix import splice
from copydesk.formats.layers import GAP, Shown
from copydesk.formats.paths import Slot
from copydesk.formats.records import Found, article
from copydesk.offsets import Span
from copydesk.source import SourceFile
from copydesk.typed import NamedTuple

Reader = Callable[[str], Shown]
"""Shows the raw text of a field. Raises ValueError or OverflowError for what the format cannot hold."""


def anything(old: str, new: str) -> bool:
    """Whether a field may be edited so, in a format that has no markup in them."""
    return True


def never(raw: str) -> bool:
    """Whether a stretch with whole fields can be taken out, where it cannot."""
    return False


class _Field(NamedTuple):
    found: Found
    read: Reader
    shown: Shown


@dataclass(slots=True)
class Record:
    """The fields of a record as they are found, and the article they make.

    ``keeps`` is whether an edited field has its markup still (it may raise ValueError), ``removable`` whether a
    stretch that holds whole fields can be taken out of the file.
    """

    file: SourceFile
    keeps: Callable[[str, str], bool] = anything
    removable: Callable[[str], bool] = never
    requotes: Callable[[FileEdit], FileEdit | None] | None = None
    found: list[Found] = field(default_factory=list)
    _fields: dict[int, _Field] = field(default_factory=dict)
    _read: list[_Field] = field(default_factory=list)

    def copy(self, slot: Slot, start: int, end: int, read: Reader) -> str:
        """Take a field that is copy, and give the text it shows."""
        shown = read(self.file.text[start:end])
        if not shown.text.strip():
            return ""
        made = Found(slot, shown.text, start, end)
        self.found.append(made)
        self._fields[start] = _Field(made, read, shown)
        return shown.text

    def say(self, slot: Slot, value: str) -> None:
        """Take a field that is not copy."""
        self.found.append(Found(slot, value, 0, 0))

    def article(self, name: str, identity: str | None) -> Article | None:
        """The article, or None where the fields hold none; ``name`` is that of the format."""
        made = article(self.file, self.found, self._show, name, identity)
        if made is None:
            return None
        return made._replace(confirms=self.confirms, requotes=self.requotes)

    def _show(self, found: Found) -> Shown:
        self._read.append(self._fields[found.start])
        return self._read[-1].shown

    def confirms(self, edit: Edit, written: FileEdit) -> bool:
        """Whether the file, so edited, shows the edited text."""
        try:
            written.text.encode(self.file.encoding)
        except UnicodeEncodeError:
            return False
        for f, start in zip(self._read, self._starts(), strict=True):
            if f.found.start <= written.start and written.end <= f.found.end:
                return self._reads(f, start, edit, written)
        return not written.text and self._takes_out(edit, written)

    def _starts(self) -> list[int]:
        """Where the fields start in the text."""
        lengths = [len(f.shown.text) + len(GAP) for f in self._read]
        return [0, *itertools.accumulate(lengths[:-1])]

    def _reads(self, f: _Field, start: int, edit: Edit, written: FileEdit) -> bool:
        old, at = self.file.text[f.found.start : f.found.end], f.found.start
        if (written.start, written.end, written.text) == (f.found.start, f.found.end, ""):
            return self._takes_out(edit, written)
        new = splice(old, [FileEdit(written.start - at, written.end - at, written.text)])
        try:
            kept, shown = self.keeps(old, new), f.read(new)
        except (ValueError, OverflowError):
            return False
        text = f.shown.text
        first, last = max(0, edit.span.start - start), max(0, edit.span.end - start)
        kinds = iter(b.kind for b in f.shown.blocks)
        return (
            shown.text == text[:first] + edit.text + text[last:]
            and shown.text.strip() != ""
            and kept
            and (not edit.text or len(shown.blocks) == len(f.shown.blocks))
            and all(b.kind in kinds for b in shown.blocks)
        )

    def _takes_out(self, edit: Edit, written: FileEdit) -> bool:
        """Whether a removal takes whole fields, those that the edit covers, and leaves an article."""
        taken, left = Span(written.start, written.end), set[str]()
        for f, start in zip(self._read, self._starts(), strict=True):
            at = Span(f.found.start, f.found.end)
            covered = edit.span.covers(Span(start, start + len(f.shown.text)))
            if taken.covers(at) != covered or (not covered and taken.touches(at)):
                return False
            if not covered:
                left.add(f.found.slot.group)
        return "text" in left and self.removable(self.file.text[taken.start : taken.end])
