"""A file as it was read: its bytes, its encoding, and the text that offsets in findings count in."""

from __future__ import annotations

import bisect
import codecs
import sys
from functools import cached_property
from itertools import accumulate

from copydesk.compiled import compiled
from copydesk.declaration import Declaration, declaration, wide
from copydesk.frozen import Frozen
from copydesk.typed import Literal, NamedTuple

Known = Literal["utf-8", "bom", "declared", "disputed", "guessed", "binary"]
"""How an encoding became known: ``disputed`` where the file states another one than its bytes are in.

``binary`` is a file that is no text, or the text of an article in one.
"""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_EXCERPT = 500
_HEAD = 8192
"""Bytes in which a file states its encoding."""
_RARE = 20
"""A text may hold one NUL in so many code points."""
_FEW = 5
"""A text may hold one control in so many code points: short ones can be all quotation marks that lost a byte."""
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\f\r"))
"""In UTF-16 every letter of a script has the same upper byte: NUL in Latin, 0x04 in Cyrillic, 0x0E in Thai."""
_IS_CONTROL = bytes(byte in _CONTROLS for byte in range(256))
LINE_END = compiled(r"\r\n|\r|\n")


def controls(data: bytes) -> tuple[int, int]:
    """How many NULs, and how many controls in all but white space, stand in the bytes of a text."""
    if 1 not in data.translate(_IS_CONTROL):  # a third of what it costs to count
        return 0, 0
    return data.count(0), len(data) - len(data.translate(None, _CONTROLS))


def crowded(nuls: int, controls: int, length: int) -> bool:
    """Whether a text of ``length`` code points has more controls than damage leaves in one."""
    return nuls * _RARE > length or controls * _FEW > length


class UnreadableError(Exception):
    """The bytes of a file cannot be read as text; the message says why and what to do."""


class Decoded(NamedTuple):
    """Text of a file without its BOM, and how its encoding became known."""

    text: str
    encoding: str
    bom: bytes = b""
    known: Known = "utf-8"
    problem: str = ""
    """What is wrong with a guessed or disputed encoding, for the error entry; else empty."""


class Part(NamedTuple):
    """What a text that is a part of a file must know of the rest: how much stands before it.

    ``offset`` counts code points, ``line`` lines, ``record`` records; ``ascii`` tells whether the whole file is ASCII.
    """

    offset: int = 0
    line: int = 0
    record: int = 0
    ascii: bool = False


class SourceFile(Frozen, eq=False):
    """One file: ``path`` as given or found, its bytes, and its text without the BOM.

    Offsets in findings are code points in ``text``, for every format. Of a file that is read in parts, ``data`` and
    ``text`` are one part; places and the offsets in findings are the file's all the same.
    """

    path: str
    data: bytes
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    known: Known = "utf-8"
    problem: str = ""
    part: Part | None = None

    @property
    def offset(self) -> int:
        """Code points of the file before ``text``: what the offsets of findings count besides."""
        return self.part.offset if self.part else 0

    @property
    def ascii(self) -> bool:
        """Whether the whole file is ASCII."""
        return self.part.ascii if self.part else self.text.isascii()

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first code point of every line; ``\\n``, ``\\r\\n`` and a lone ``\\r`` end one."""
        if "\r" not in self.text:  # several times faster than the pattern
            return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]
        return [0, *(m.end() for m in LINE_END.finditer(self.text))]

    @cached_property
    def rewritable(self) -> bool:
        """Whether a part of the file can be rewritten: its encoding is known, and the text gives the same bytes."""
        try:
            return (
                self.known not in ("guessed", "disputed", "binary")
                and self.bom + self.text.encode(self.encoding) == self.data
            )
        except UnicodeError:
            return False

    @cached_property
    def newline(self) -> str:
        """The line end this file uses most; ``"\\n"`` where it has none."""
        crlf = self.text.count("\r\n")
        counts = {"\n": self.text.count("\n") - crlf, "\r\n": crlf, "\r": self.text.count("\r") - crlf}
        return max(counts, key=lambda end: counts[end])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of an offset in ``text``, both 1-based, the column in code points."""
        line = bisect.bisect_right(self.line_starts, offset)
        before = self.part.line if self.part else 0
        return before + line, offset - self.line_starts[line - 1] + 1

    def excerpt(self, offset: int) -> tuple[str, int]:
        """The line an offset stands in, or the part of a very long one around it, and the column it begins at."""
        line = bisect.bisect_right(self.line_starts, offset)
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        first = max(start, offset - _EXCERPT)
        return self.text[first : min(end, offset + _EXCERPT)].rstrip("\r\n"), first - start + 1


def digest(data: bytes) -> bytes:
    """The content hash files are known by, 16 bytes (BLAKE2b)."""
    from copydesk.hashing import blake2b

    return blake2b(data, digest_size=16).digest()


def read_source(path: str, data: bytes, configured: str | None = None) -> SourceFile:
    """Decode a file's bytes.

    ``configured`` is the codec that configuration names for it, tried after strict UTF-8.
    Raises UnreadableError for binary data and for bytes that no codec explains.
    """
    got = decode(data, configured, path)
    return SourceFile(path, data, got.text, got.encoding, got.bom, got.known, got.problem)


def decode(data: bytes, configured: str | None = None, path: str = "") -> Decoded:
    """BOM, then what the file states, then strict UTF-8, the configured codec, and a guess that is only reported.

    Where the bytes contradict what the file states, the configured codec decides, or the encoding is disputed.
    Raises UnreadableError for binary data and for bytes that no codec explains.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data, bom, encoding)
    if codec := wide(data):
        return _decode_declared(data, codec)
    stated = declaration(path, data[:_HEAD].decode("latin-1"))
    try:
        text = data.decode()
    except UnicodeDecodeError as e:
        broken = e.start
        if stated and not configured:
            return _decode_stated(data, stated, broken)
    else:
        # stray controls in text are damage for a rule to find; many of them are another encoding, or no text
        if not crowded(*controls(data), len(text)):
            return Decoded(text, "utf-8") if stated is None else _as_stated(text, data, stated, configured)
        broken = next(at for at, byte in enumerate(data) if byte in _CONTROLS)
    if configured:
        return _decode_declared(data, configured)
    return _decode_guessed(data, broken)


def _decode_marked(data: bytes, bom: bytes, encoding: str) -> Decoded:
    """What begins with a mark, which an XML declaration must agree with and which outdoes what HTML states."""
    try:
        got = Decoded(data[len(bom) :].decode(encoding), encoding, bom, "bom")
    except UnicodeDecodeError as e:
        mark = f"starts with a {encoding.upper()} byte order mark but is not {encoding.upper()}"
        raise UnreadableError(f"{mark} (byte {len(bom) + e.start})") from None
    stated = declaration("", got.text[:_HEAD])
    if stated is None or encoding in (stated.codec, f"{stated.codec}-le", f"{stated.codec}-be"):
        return got
    return _disputed(got, stated, f"it starts with a {encoding.upper()} byte order mark")


def _as_stated(text: str, data: bytes, stated: Declaration, configured: str | None) -> Decoded:
    """What is UTF-8 and states an encoding: in ASCII alone it is in most; new text must be written in that one."""
    got = Decoded(text, "utf-8", b"", "declared")
    if stated.codec == "utf-8" or (configured and codecs.lookup(configured).name == "utf-8"):
        return got._replace(known="utf-8")
    if text.isascii() and stated.codec and not stated.codec.startswith(("utf-16", "utf-32")):
        return _decode_declared(data, stated.codec)
    return _disputed(got, stated, "it is UTF-8" if not text.isascii() else "it is in another")


def _decode_stated(data: bytes, stated: Declaration, broken: int) -> Decoded:
    """What is not UTF-8 and states an encoding."""
    if stated.codec and stated.codec != "utf-8":
        try:
            return Decoded(data.decode(stated.codec), stated.codec, b"", "declared")
        except UnicodeDecodeError as e:
            broken = e.start
    return _disputed(_decode_guessed(data, broken), stated, f"byte {broken} is not valid in it")


def _disputed(got: Decoded, stated: Declaration, but: str) -> Decoded:
    problem = (
        f"declares its encoding as {stated.label}, but {but}; it was read as {got.encoding}. Correct the declaration"
    )
    return got._replace(known="disputed", problem=f"{problem}, or convert the file")


def _decode_declared(data: bytes, declared: str) -> Decoded:
    # without a mark the order of bytes is this machine's; the codec of that name would write a mark
    wide = {"utf-16": f"utf-16-{sys.byteorder[0]}e", "utf-32": f"utf-32-{sys.byteorder[0]}e"}
    codec = wide.get(codecs.lookup(declared).name, declared)
    try:
        return Decoded(data.decode(codec), codec, b"", "declared")
    except UnicodeError as e:
        where = f"byte {e.start} is not valid in it" if isinstance(e, UnicodeDecodeError) else str(e)
        raise UnreadableError(f"is declared {declared} but {where}") from None


def _decode_guessed(data: bytes, broken: int) -> Decoded:
    from copydesk.encoding import guess

    encoding = guess(data)
    if encoding is None:
        what = "binary data" if b"\0" in data else "not UTF-8 and not in an encoding that can be told"
        raise UnreadableError(f"is {what} (byte {broken}); exclude it, or declare its encoding in [encodings]")
    problem = (
        f"is not UTF-8 (byte {broken}); it reads as {encoding}."
        f' Convert it, or declare it: [encodings] "PATTERN" = "{encoding}"'
    )
    if encoding == "utf-8":
        problem = f"is UTF-8 with foreign bytes in it, the first at {broken}; write what they stand for in UTF-8"
    return Decoded(data.decode(encoding, "replace"), encoding, b"", "guessed", problem)
