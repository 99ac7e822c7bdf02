"""Configuration files: where they are found, and the TOML in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from copydesk.compiled import compiled
from copydesk.typed import Any

FILE = "copydesk.toml"
PROJECT = "pyproject.toml"
_OURS = compiled(r"^\s*\[+\s*tool\s*\.\s*[\"']?copydesk\b", re.M)


_SAYS_NOTHING = compiled(r"(?:[ \t]*(?:#[\t\x20-\x7e]*)?\n)*")


class ConfigError(Exception):
    """A configuration file or option is wrong; the message names file, key and remedy."""


def find(start: Path) -> Path | None:
    """The nearest configuration file upward from a folder."""
    for folder in (start, *start.parents):
        found = _in_folder(folder)
        if found is not None:
            return found
    return None


@cache
def _in_folder(folder: Path) -> Path | None:
    own, project = folder / FILE, folder / PROJECT
    if own.is_file():
        return own
    return project if project.is_file() and _speaks_of_us(project) else None


def _speaks_of_us(project: Path) -> bool:
    """Whether a pyproject.toml configures copydesk; a broken one does if it names our table, else it is not ours."""
    try:
        text = project.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return False
    if "copydesk" not in text:
        return False
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool")
    except ValueError:
        return bool(_OURS.search(text))
    return isinstance(tool, dict) and "copydesk" in tool


def read_table(file: Path) -> Mapping[str, Any]:
    """The settings in a file. Raises ConfigError, which does not name the file."""
    try:
        table: Any = _parsed(file.read_text(encoding="utf-8-sig"))
    except OSError as e:
        raise ConfigError(f"cannot be read: {e.strerror}") from None
    except UnicodeDecodeError as e:
        raise ConfigError(f"is not UTF-8 (byte {e.start})") from None
    except ValueError as e:
        raise ConfigError(f"is not TOML: {e}") from None
    if file.name == PROJECT:
        table = table.get("tool", {}).get("copydesk", {})
        if not isinstance(table, dict):
            raise ConfigError(f"'tool.copydesk' must be a table, not {table!r}")
    return table  # type: ignore[no-any-return]


def _parsed(text: str) -> dict[str, Any]:
    if _SAYS_NOTHING.fullmatch(text):  # as ``copydesk init`` writes it
        return {}
    import tomllib  # takes longer than all else that is done about a configuration

    return tomllib.loads(text)


def laid_over(table: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others laid over them: tables key by key, all else whole."""
    merged = dict(table)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
