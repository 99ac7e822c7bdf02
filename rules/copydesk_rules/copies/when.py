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
    if "T" in a and "T" in b:
        return _by_clock(a, b)
    size = min(len(a), len(b), 10)
    return (a[:size] > b[:size]) - (a[:size] < b[:size])


def _by_clock(a: str, b: str) -> int:
    try:
        first, second = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return 0
    known = (first.tzinfo is None) == (second.tzinfo is None)
    first, second = (t if t.tzinfo else t.replace(tzinfo=UTC) for t in (first, second))
    if not known and abs(first - second) <= _ZONES:
        return 0
    return (first > second) - (first < second)
