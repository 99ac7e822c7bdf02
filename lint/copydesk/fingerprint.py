"""What results depend on beside the file: the code of engine and packs, packages, and the configuration."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from copydesk import __version__, packs
from copydesk.hashing import blake2b
from copydesk.work import Desk

_PACKAGES = ("chardet", "ftfy", "langdetect", "numpy", "pyarrow", "regex", "simhash", "warcio", "yaml")


def fingerprint(desk: Desk) -> bytes:
    """Names all that the result of a file under this desk depends on, 16 bytes; where one changes, it does."""
    readers = tuple(_packages(sorted(set(desk.config.formats.values()))))
    parts = (code(desk.config.packs), readers, repr(desk.config), desk.corpus, str(Path.cwd()))
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


@cache
def code(pack_names: tuple[str, ...]) -> bytes:
    """Names the code that runs: versions, and size and time of every source file and table."""
    found = blake2b(f"{__version__} {sys.version}".encode(), digest_size=16)
    for folder in (Path(__file__).parent, *map(packs.folder, pack_names)):
        for line in sorted(_sources(folder)):
            found.update(line)
    for line in _packages(_PACKAGES):
        found.update(line)
    return found.digest()


def _sources(folder: str | Path) -> Iterator[bytes]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _sources(entry.path)
        elif not entry.name.endswith(".md"):
            yield _line(entry.path, entry.stat())


def _packages(names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            yield _line(spec.origin, os.stat(spec.origin))  # noqa: PTH116 - as for sources


def _line(path: str, found: os.stat_result) -> bytes:
    return os.fsencode(f"{path} {found.st_size} {found.st_mtime_ns}\n")
