"""Dates as records and front matter write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from copydesk.compiled import compiled

_ISO = compiled(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$",
    re.I,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = compiled(
    r"(?:[a-z]+,\s*)?(?:([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?)"
    r",?\s+(\d{4})\b",
    re.I,
)
_MAIL = compiled(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_EPOCH = compiled(r"\d{9,10}(?:\d{3})?(?:\.\d+)?$")


def iso_date(written: str) -> str:
    """A date or time as ISO 8601, or empty where it cannot be told for sure (``05.01.2024``)."""
    written = written.strip()
    try:
        if m := _ISO.match(written):
            return _iso(m)
        if _EPOCH.match(written):
            seconds = float(written)
            return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).isoformat()
        if _MAIL.match(written):
            from email.utils import parsedate_to_datetime

            return parsedate_to_datetime(written).isoformat()
        if m := _NAMED.match(written):
            month = _MONTHS.index((m[1] or m[4]).lower()) + 1
            return datetime(int(m[5]), month, int(m[2] or m[3])).date().isoformat()
    except (ValueError, OverflowError, OSError, TypeError):
        pass
    return ""


def _iso(m: re.Match[str]) -> str:
    year, month, day = int(m[1]), int(m[3]), int(m[4])
    if m[5] is None:
        return datetime(year, month, day).date().isoformat()
    time = datetime(year, month, day, int(m[5]), int(m[6]), int(m[7] or 0)).isoformat()
    zone = (m[8] or "").upper()
    if zone in ("Z", "UTC", "GMT"):
        return time + "+00:00"
    digits = zone.replace(":", "")
    return time + (f"{digits[:3]}:{digits[3:] or '00'}" if zone else "")
