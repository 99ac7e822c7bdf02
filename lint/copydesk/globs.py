"""Path patterns as .gitignore writes them, the part that linters use: ``*``, ``**``, ``?``, folders, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path


class Globs:
    """A set of patterns. One without a slash matches a name at any depth; one with a slash is anchored at root."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._names = _any_of(p.rstrip("/") for p in patterns if "/" not in p.rstrip("/"))
        self._paths = _any_of(p.strip("/").removeprefix("./") for p in patterns if "/" in p.rstrip("/"))

    def match(self, path: Path, root: Path) -> bool:
        """Whether the path, or a folder above it and below ``root``, matches."""
        try:
            parts = path.relative_to(root).parts
        except ValueError:
            parts = path.parts[-1:]
        return self._any(parts)

    def inside(self, folder: Path, root: Path) -> Callable[[str], bool]:
        """:meth:`match` for the files directly in a folder, by their names: the folder is looked at once."""
        parts = folder.relative_to(root).parts if folder.is_relative_to(root) else ()
        if self._any(parts):
            return lambda name: True
        prefix, names, paths = "".join(f"{part}/" for part in parts), self._names, self._paths
        return lambda name: bool((names and names.fullmatch(name)) or (paths and paths.fullmatch(prefix + name)))

    def _any(self, parts: Sequence[str]) -> bool:
        """Whether one of these folders matches, each in the one before."""
        if self._names and any(map(self._names.fullmatch, parts)):
            return True
        return self._paths is not None and any(map(self._paths.fullmatch, accumulate(parts, "{}/{}".format)))


@cache
def globs(patterns: tuple[str, ...]) -> Globs:
    """The set of these patterns, compiled once."""
    return Globs(patterns)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """One expression for all patterns; None where there is none."""
    joined = "|".join(f"(?:{_regex(p)})" for p in patterns)
    return re.compile(joined) if joined else None


@cache
def _regex(pattern: str) -> str:
    out, i = "", 0
    while i < len(pattern):
        if pattern.startswith("**/", i):
            out, i = out + "(?:.*/)?", i + 3
        elif pattern.startswith("**", i):
            out, i = out + ".*", i + 2
        else:
            c = pattern[i]
            out += "[^/]*" if c == "*" else "[^/]" if c == "?" else re.escape(c)
            i += 1
    return out
