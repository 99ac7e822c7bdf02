"""Path patterns as .gitignore writes them, the part that linters use: ``*``, ``**``, ``?``, folders, names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path


class Globs:
    """A set of patterns. One without a slash matches a name at any depth; one with a slash is anchored at root."""

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._names = [_regex(p.rstrip("/")) for p in patterns if "/" not in p.rstrip("/")]
        self._paths = [_regex(p.strip("/").removeprefix("./")) for p in patterns if "/" in p.rstrip("/")]

    def match(self, path: Path, root: Path) -> bool:
        """Whether the path, or a folder above it and below ``root``, matches."""
        try:
            parts = path.relative_to(root).parts
        except ValueError:
            parts = path.parts[-1:]
        if any(n.fullmatch(part) for part in parts for n in self._names):
            return True
        return any(p.fullmatch("/".join(parts[:k])) for k in range(1, len(parts) + 1) for p in self._paths)


@cache
def _regex(pattern: str) -> re.Pattern[str]:
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
    return re.compile(out)
