"""What a run found."""

from __future__ import annotations

from copydesk.finding import SEVERITIES, Finding, Notice, Severity
from copydesk.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from copydesk.baseline import Compared


class Error(NamedTuple):
    """A file, record or rule that could not be checked. Makes the run end with 2, never stops it."""

    path: str
    message: str
    line: int | None = None
    rule: str | None = None


class Fixed(NamedTuple):
    """A file that fixes changed (or would change): how many fixes of which rule, and both texts."""

    path: str
    rules: tuple[tuple[str, int], ...]
    before: bytes
    after: bytes
    encoding: str = "utf-8"


class Report(NamedTuple):
    """All of a run: findings in order of path and place, errors, and counts."""

    findings: tuple[Finding, ...]
    errors: tuple[Error, ...] = ()
    suppressed: int = 0
    baselined: int = 0
    files: int = 0
    articles: int = 0
    fixed: tuple[Fixed, ...] = ()
    notices: tuple[Notice, ...] = ()
    compared: Compared | None = None
    """What the baseline said, where there is one."""

    def exit_code(self, fail_on: Severity = "info") -> int:
        """0 clean, 1 findings of ``fail_on`` or worse are left, 2 something could not be checked."""
        if self.errors:
            return 2
        bar = SEVERITIES.index(fail_on)
        return int(any(SEVERITIES.index(f.severity) <= bar for f in self.findings))
