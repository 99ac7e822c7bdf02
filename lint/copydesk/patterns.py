"""Patterns that a desk writes in its configuration: matched with a time limit, for nobody tried them on all copy."""

from __future__ import annotations

from functools import cache

from copydesk.frozen import Frozen
from copydesk.typed import Any

SECONDS = 1.0
"""The time one pattern may take on one text."""


class PatternError(ValueError):
    """A pattern is not valid; the message says where."""


class PatternTimeoutError(Exception):
    """A pattern took too long; the message names it."""


class UserPattern(Frozen):
    """A regular expression as configured, in the syntax of the ``regex`` package."""

    pattern: str

    def matches(self, text: str) -> bool:
        """Whether the whole of ``text`` matches. Raises PatternTimeoutError."""
        try:
            return _compiled(self.pattern).fullmatch(text, timeout=SECONDS) is not None
        except TimeoutError:
            message = f"pattern {self.pattern!r} took more than {SECONDS:g} s on a text of {len(text):,} characters"
            raise PatternTimeoutError(f"{message}; write it with fewer nested repeats") from None


def user_pattern(pattern: str) -> UserPattern:
    """The pattern, tried out. Raises PatternError."""
    _compiled(pattern)
    return UserPattern(pattern)


@cache
def _compiled(pattern: str) -> Any:
    import regex  # only where a desk has patterns: its import is a tenth of a short run

    try:
        return regex.compile(pattern)
    except regex.error as e:
        raise PatternError(str(e)) from None
