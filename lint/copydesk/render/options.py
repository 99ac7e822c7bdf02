"""What a format is told beside the report: colour, the run's mode, and the rules' metadata."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from copydesk.finding import Severity
from copydesk.typed import Literal, NamedTuple


class RuleInfo(NamedTuple):
    """What SARIF and statistics say of a rule. ``manual`` is its Markdown page."""

    id: str
    summary: str
    manual: str = ""
    severity: Severity = "warning"
    precision: str = ""
    """``very-high``, ``high``, ``medium`` or ``low``, as measured; empty: not stated."""


class Options(NamedTuple):
    """How to render. None of it changes what is found.

    ``fixing``: whether this run wrote fixes (``write``), would have (``diff``), or only checked.
    ``unsafe_fixes``: whether unsafe fixes count as fixable. ``width``: cells of a source line that are shown.
    """

    color: bool = False
    fixing: Literal["no", "write", "diff"] = "no"
    unsafe_fixes: bool = False
    show_fixes: bool = False
    width: int = 100
    rules: Mapping[str, RuleInfo] = MappingProxyType({})
    version: str = ""
