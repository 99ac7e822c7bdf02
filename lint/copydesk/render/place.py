"""Paths and columns as other tools count and spell them."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from urllib.parse import quote

from copydesk.finding import Finding


def uri(path: str) -> str:
    """A path as a URI reference: relative to the working directory where it lies below it, percent-encoded."""
    if PurePath(path).is_absolute():
        here = Path.cwd()
        if not PurePath(path).is_relative_to(here):
            return "file://" + _quoted(PurePath(path).as_posix())
        path = str(PurePath(path).relative_to(here))
    name = PurePath(path).as_posix()
    return _quoted(name)


def _quoted(name: str) -> str:
    try:
        return quote(os.fsencode(name), safe="/-._~")
    except UnicodeEncodeError:  # a surrogate that no file name can hold
        return quote(name, safe="/-._~", errors="replace")


def offset_place(finding: Finding, offset: int) -> tuple[int, int] | None:
    """Line and byte column (UTF-8, 1-based) of a file offset; None where it is not in the finding's line."""
    if finding.source_column > 1:
        return None
    at = offset - (finding.start - (finding.column - 1))
    if not 0 <= at <= len(finding.source_line):
        return None
    return finding.line, len(finding.source_line[:at].encode("utf-8", "surrogatepass")) + 1
