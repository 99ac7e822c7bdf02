"""What a rule yields (Hit) and what is reported (Finding)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from copydesk.article import Edit, FileEdit, Ref
from copydesk.frozen import Frozen, field
from copydesk.offsets import Span
from copydesk.typed import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]
Safety = Literal["safe", "unsafe", "display"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Fix(NamedTuple):
    """Edits that belong together: all are made or none. ``safety`` says who may make them."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = "unsafe"


class Place(NamedTuple):
    """A place in this or another article that a finding points to."""

    ref: Ref
    span: Span
    message: str = ""


class Match(Frozen):
    """Another article that shares text with this one. Becomes an entry of ``data["matches"]``.

    ``overlap`` is (share of this article, share of the other), 0 to 1; ``passages`` are pairs of spans, here
    and there; ``more`` holds further keys of the entry.
    """

    ref: Ref
    source: str
    overlap: tuple[float, float]
    passages: tuple[tuple[Span, Span], ...]
    date: str = ""
    credited: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


class Hit(NamedTuple):
    """What a rule says of one place. The engine adds the rule's id, the severity and the file's offsets."""

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Place, ...] = ()
    confidence: Confidence = "high"
    data: Mapping[str, Any] = MappingProxyType({})
    matches: tuple[Match, ...] = ()
    severity: Severity | None = None
    """Where it differs from the rule's own (a credited copy, a caption)."""


class FileFix(NamedTuple):
    """A fix in file offsets, its texts written for their layers."""

    title: str
    edits: tuple[FileEdit, ...]
    safety: Safety


class Related(NamedTuple):
    """A further place of a finding, in file offsets of its own file."""

    path: str
    article: str | None
    start: int
    end: int
    message: str
    line: int = 1
    column: int = 1


class Finding(Frozen):
    """A Hit as it is reported. ``start`` and ``end`` are code points in the file decoded without its BOM."""

    path: str
    article: str | None
    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    fix: FileFix | None
    related: tuple[Related, ...]
    fingerprint: str
    data: Mapping[str, Any]
    source_line: str = ""
    """The text of the line ``start`` stands in, for rendering; may be a part of a very long line."""
    source_column: int = 1
    """The column that ``source_line`` begins at."""


class Notice(NamedTuple):
    """Something to tidy up that is no finding: a suppression that suppresses nothing, a stale baseline entry."""

    path: str
    message: str
    line: int | None = None
    offset: int | None = None
    """Code points in the file's text, as in findings."""
