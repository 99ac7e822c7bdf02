"""ANSI colour, only when asked for."""

from __future__ import annotations

from copydesk.finding import Severity

_CODES = {"bold": "1", "dim": "2", "red": "1;31", "yellow": "1;33", "blue": "1;34", "cyan": "1;36", "green": "1;32"}
_SEVERITY = {"error": "red", "warning": "yellow", "info": "blue"}


class Paint:
    """Wraps text in colour codes; ``Paint(False)`` leaves it as it is."""

    __slots__ = ("_on",)

    def __init__(self, on: bool) -> None:
        self._on = on

    def __call__(self, text: str, name: str) -> str:
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self._on and text else text

    def severity(self, text: str, severity: Severity) -> str:
        """``text`` in the colour of a severity."""
        return self(text, _SEVERITY[severity])
