"""Telling the encoding of a file that is not UTF-8 and declares nothing. A guess is reported, never acted on."""

from __future__ import annotations

import re

_SAMPLE = 200_000
_FEW = 0.5
"""Largest share of lines that may be foreign in a file that is UTF-8 otherwise."""
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ODD = re.compile(rb"[\x80-\xff]{4}")
_WESTERN = re.compile(
    rb"(?<![\x80-\xff])[\x91-\x97\x85\xa0\xab\xbb\xb0\xa3\xa7\x80\x99]+"
    rb"|[\xe0-\xef\xf1-\xf6\xf9-\xfc\xdf\xc0\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd6\xd8\xdc\xf8\xe7](?![\x80-\xff])"
)
"""Punctuation after an ASCII character, and letters of Western European languages by themselves."""


def guess(data: bytes) -> str | None:
    """The likely codec of ``data``, or None for binary data and for bytes nothing explains.

    In order: UTF-16 by its zero bytes, UTF-8 with a few foreign lines (then ``utf-8``, to be read with
    replacement characters), Windows-1252 by where its signs stand, else what chardet's statistics say.
    """
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return _utf_16(sample)
    if _mostly_utf_8(sample):
        return "utf-8"
    if _windows_1252(sample):
        return "cp1252"
    return _by_statistics(data)


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte comes from a handful of values, and the text decodes to print."""
    even, odd = data[0::2], data[1::2]
    for codec in ("utf-16-le", "utf-16-be"):
        high = odd if codec == "utf-16-le" else even
        low = even if codec == "utf-16-le" else odd
        if len(set(high)) >= len(set(low)) and high.count(0) <= low.count(0):
            continue
        try:
            text = data[: len(data) // 2 * 2].decode(codec)
        except UnicodeDecodeError:
            continue
        if _prints(text):
            return codec
    return None


def _prints(text: str) -> bool:
    """Whether nearly every character is one that text holds; UTF-16 read the wrong way round is not."""
    held = sum(c.isprintable() or c in "\n\r\t\xa0\u200b\u200c\u200d\xad\ufeff" for c in text)
    blank = sum(map(text.count, " \n\u3000。，、"))
    return held >= 0.98 * len(text) and blank > 0


def _mostly_utf_8(data: bytes) -> bool:
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    foreign = [line for line in lines if not _valid(line)]
    sound = sum(len(_SEQUENCE.findall(line)) for line in lines if _valid(line))
    if len(foreign) <= _FEW * len(lines) and sound:
        return True
    left = sum(len(_HIGH.findall(_SEQUENCE.sub(b"", line))) for line in lines)
    whole = sum(len(_SEQUENCE.findall(line)) for line in lines)
    return whole > 3 * left


def _valid(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows_1252(data: bytes) -> bool:
    """Whether the bytes above ASCII are few and stand where Western European print has them."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = len(_HIGH.findall(data))
    if high > 0.12 * len(data) or _ODD.search(data):
        return False
    return len(_WESTERN.findall(data)) >= 0.95 * high


def _by_statistics(data: bytes) -> str | None:
    import chardet

    found = chardet.detect(data[:_SAMPLE]).get("encoding")
    if not found:
        return None
    try:
        data.decode(found)
    except (UnicodeDecodeError, LookupError):
        return None
    return str(found).lower()
