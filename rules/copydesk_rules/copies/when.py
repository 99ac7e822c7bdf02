"""Which of two articles ran first, as far as their dates tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_ZONES = timedelta(hours=14)
"""Two clocks without a zone may be this far apart."""


def order(a: str, b: str) -> int:
    """-1 where date ``a`` is before ``b``, 1 where it is after, 0 where the dates do not tell.

    ISO 8601, as exact as each of them is: a date without a time says nothing about hours.
    """
    if not a or not b:
        return 0
    if len(a) > 10 and len(b) > 10:
        try:
            return _by_clock(datetime.fromisoformat(a), datetime.fromisoformat(b))
        except ValueError:
            pass  # the days may still tell
    size = min(len(a), len(b), 10)
    return (a[:size] > b[:size]) - (a[:size] < b[:size])


def _by_clock(first: datetime, second: datetime) -> int:
    known = (first.tzinfo is None) == (second.tzinfo is None)
    first, second = (t if t.tzinfo else t.replace(tzinfo=UTC) for t in (first, second))
    if not known and abs(first - second) <= _ZONES:
        return 0
    return (first > second) - (first < second)
