"""Facts as they lie in the index: JSON, with the bytes in it set behind it as they are."""

from __future__ import annotations

import json

from copydesk.article import Meta
from copydesk.frozen import values
from copydesk.typed import Any

_PLAIN = json.JSONEncoder(separators=(",", ":"))
_BYTES = "$bytes"
_HEAD = 5
"""Bytes before the JSON: whether there are bytes in it, and in four how long it is, little end first."""


def packed(value: Any) -> bytes:
    """A value of facts. Raises TypeError for what is neither a JSON value nor bytes."""
    try:
        text = _PLAIN.encode(value).encode()
    except TypeError:
        return _with_bytes(value)
    return b"".join([b"\0", len(text).to_bytes(_HEAD - 1, "little"), text])


def _with_bytes(value: Any) -> bytes:
    pieces: list[bytes] = []
    at = 0

    def set_behind(piece: Any) -> dict[str, list[int]]:
        nonlocal at
        if not isinstance(piece, bytes):
            raise TypeError(f"facts must be JSON values or bytes, not {type(piece).__name__}")
        pieces.append(piece)
        at += len(piece)
        return {_BYTES: [at - len(piece), at]}

    text = json.dumps(value, default=set_behind, separators=(",", ":")).encode()
    return b"".join([b"\1", len(text).to_bytes(_HEAD - 1, "little"), text, *pieces])


class Unpacking:
    """Takes packed values apart, one after the other, with one decoder for all."""

    def __init__(self) -> None:
        self._plain = json.JSONDecoder()
        self._mixed = json.JSONDecoder(object_hook=self._whole)
        self._value, self._behind = b"", 0

    def __call__(self, value: bytes) -> Any:
        """The value that was packed."""
        self._value, self._behind = value, _HEAD + int.from_bytes(value[1:_HEAD], "little")
        decoder = self._mixed if value[0] else self._plain
        return decoder.decode(value[_HEAD : self._behind].decode())

    def _whole(self, found: dict[str, Any]) -> Any:
        if _BYTES not in found:
            return found
        start, end = found[_BYTES]
        return self._value[self._behind + start : self._behind + end]


unpacked = Unpacking()
"""Takes apart one value: to make a decoder takes longer than most values do."""


def pack_meta(meta: Meta) -> str:
    """What a file says of an article, as JSON."""
    return json.dumps(values(meta), separators=(",", ":"))


def unpack_meta(text: str) -> Meta:
    """The Meta that was packed."""
    values = json.loads(text)
    values[-1] = tuple(values[-1])
    return Meta(*values)
