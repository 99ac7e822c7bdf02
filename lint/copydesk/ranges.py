"""A large file of lines as ranges that are read one by one, so that memory does not grow with the file.

Only UTF-8 without a mark is cut: what else a file may be in is told by the whole of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from copydesk.hashing import blake2b
from copydesk.source import LINE_END, Part, UnreadableError, controls, crowded
from copydesk.typed import BinaryIO, NamedTuple

LARGE = 32_000_000
"""Bytes from which a file is cut."""
RANGE = 2_000_000
"""Bytes of a range, but for the rest of its last line."""
_OTHERWISE = (b"\xef\xbb\xbf", b"<")
"""What a file begins with that states its encoding."""


class Range(NamedTuple):
    """Whole lines of a file: ``length`` bytes from ``start``."""

    start: int
    length: int
    part: Part = Part()

    def read(self, path: str) -> bytes:
        """The bytes of the lines. Raises OSError."""
        with Path(path).open("rb") as f:
            f.seek(self.start)
            return f.read(self.length)

    def record(self, path: str, number: int) -> Range:
        """The line of one of its records, by number. Raises OSError, and ValueError where there is none."""
        at = self
        for line in self.read(path).split(b"\n"):
            text = line.decode() + "\n"
            if at.part.record == number - 1 and not text.isspace():
                return at._replace(length=len(line))
            at = Range(at.start + len(line) + 1, 0, _after(at.part, text)._replace(ascii=self.part.ascii))
        raise ValueError(f"{path} has no record {number}")


class Cut(NamedTuple):
    """A file as ranges, its content hash, and the size and time it had."""

    ranges: tuple[Range, ...]
    digest: bytes
    stamp: tuple[int, int]

    def unchanged(self, path: str) -> bool:
        """Whether the file still is what was cut."""
        try:
            return self.stamp == _stamp(path)
        except OSError:
            return False


def cut(path: str, longest: int) -> Cut | None:
    """The ranges of a file; None for one that must be read whole.

    ``longest`` is the most bytes a line may have. Raises OSError, and UnreadableError for a longer one.
    """
    stamp = _stamp(path)
    ranges: list[Range] = []
    digest, before = blake2b(digest_size=16), Part(ascii=True)
    nuls = others = 0
    with Path(path).open("rb") as f:
        while data := _some_lines(f, longest):
            if not ranges and data.startswith(_OTHERWISE):
                return None
            try:
                text = data.decode()
            except UnicodeDecodeError:
                return None
            ranges.append(Range(f.tell() - len(data), len(data), before))
            digest.update(data)
            found = controls(data)
            nuls, others = nuls + found[0], others + found[1]
            before = _after(before, text)
    if crowded(nuls, others, before.offset):
        return None
    whole = before.ascii
    return Cut(tuple(r._replace(part=r.part._replace(ascii=whole)) for r in ranges), digest.digest(), stamp)


def _stamp(path: str) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116 - as where files are read
    return found.st_size, found.st_mtime_ns


def _some_lines(file: BinaryIO, longest: int) -> bytes:
    data = file.read(RANGE)
    if data.endswith(b"\n") or not data:
        return data
    rest = file.readline(longest + 1)
    if len(rest) > longest:
        raise UnreadableError(f"has a line of more than {longest:,} bytes, which is max-file-size")
    return data + rest


def _after(before: Part, text: str) -> Part:
    """What stands before the lines that follow ``text``, whole lines themselves."""
    return Part(
        before.offset + len(text),
        before.line + _line_ends(text),
        before.record + sum(1 for line in text.split("\n") if line and not line.isspace()),
        before.ascii and text.isascii(),
    )


def _line_ends(text: str) -> int:
    return sum(1 for _ in LINE_END.finditer(text)) if "\r" in text else text.count("\n")
