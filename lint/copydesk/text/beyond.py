"""What a text has beyond ASCII, which most have little of: told from its bytes, many times as fast as by a pattern."""

from __future__ import annotations

_ASCII = bytes(range(128))


def beyond_ascii(text: str) -> frozenset[str]:
    """The characters of a text that are not ASCII, each once."""
    if text.isascii():
        return frozenset()
    return frozenset(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
