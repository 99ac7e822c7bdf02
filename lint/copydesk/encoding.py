"""Telling the encoding of a file that is not UTF-8 and declares nothing. A guess is reported, never acted on."""

from __future__ import annotations


def guess(data: bytes) -> str | None:
    """The likely codec of ``data``, or None for binary data and for bytes nothing explains."""
    if b"\0" in data:
        return None
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return "cp1252"
