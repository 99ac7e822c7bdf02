"""The baseline: findings a desk has decided to live with, kept in a file that is committed.

An entry is a rule, a path and a finding's identity, with how often it stands there; never a line number or a
date, so that edits elsewhere in a file leave it alone. The file has an entry a line, in order, to merge well.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from copydesk.configfile import ConfigError
from copydesk.finding import Finding
from copydesk.frozen import Frozen
from copydesk.typed import Any, NamedTuple

VERSION = 1


class BaselineError(ConfigError):
    """A baseline file cannot be read; the message names it and says what is wrong."""


class Key(NamedTuple):
    """What an entry is kept under. ``path`` is relative to the folder of the baseline file, with ``/``."""

    path: str
    rule: str
    fingerprint: str


class Baseline(Frozen):
    """The entries of a baseline file: how often each known finding stands. ``root`` is the file's folder."""

    root: Path
    counts: Counter[Key]

    def keys(self, findings: Sequence[Finding]) -> list[Key]:
        """What each finding is kept under; the twins of one identity in a file share it."""
        paths: dict[str, str] = {}
        for f in findings:
            if f.path not in paths:
                paths[f.path] = self.path(f.path)
        return [Key(paths[f.path], f.rule, f.fingerprint.partition("-")[0]) for f in findings]

    def path(self, path: str) -> str:
        """A path as entries have it."""
        return Path(os.path.relpath(path, self.root)).as_posix()


class Compared(NamedTuple):
    """Findings split by a baseline, and the entries that no longer stand for anything.

    ``moved`` says of an entry under what its finding stands now, where that is another file.
    """

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    stale: tuple[tuple[Key, int], ...]
    moved: tuple[tuple[Key, Key], ...] = ()


def of(findings: Sequence[Finding], root: Path) -> Baseline:
    """The baseline that accepts all of these findings."""
    return Baseline(root, Counter(Baseline(root, Counter()).keys(findings)))


def load(file: Path) -> Baseline:
    """Read a baseline file. Raises BaselineError."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
    except OSError as e:
        raise BaselineError(f"{file}: cannot be read: {e.strerror}") from None
    except UnicodeDecodeError as e:
        raise BaselineError(f"{file}: is not UTF-8 (byte {e.start})") from None
    except (ValueError, RecursionError) as e:
        raise BaselineError(f"{file}: is not JSON: {e}{_conflict(file)}") from None
    if not isinstance(table, dict) or not isinstance(table.get("entries"), list):
        raise BaselineError(f'{file}: is not a baseline: it has no list "entries"')
    if table.get("version") != VERSION:
        raise BaselineError(f"{file}: has version {table.get('version')!r}; this copydesk reads version {VERSION}")
    counts: Counter[Key] = Counter()
    for number, entry in enumerate(table["entries"], 1):
        key, count = _entry(file, number, entry)
        counts[key] += count
    return Baseline(file.absolute().parent, counts)


def _conflict(file: Path) -> str:
    return "; a merge left conflict marks in it" if "<<<<<<<" in file.read_text(encoding="utf-8") else ""


def _entry(file: Path, number: int, entry: Any) -> tuple[Key, int]:
    values: list[Any] = [entry.get(field) for field in Key._fields] if isinstance(entry, dict) else []
    count = entry.get("count", 1) if isinstance(entry, dict) else 0
    if not values or not all(isinstance(v, str) for v in values) or type(count) is not int or count < 1:
        raise BaselineError(f'{file}: entry {number} is not {{"path", "rule", "fingerprint", "count"}}: {entry!r:.120}')
    return Key(*map(str, values)), count


def dumps(baseline: Baseline) -> str:
    """The text of a baseline file: sorted, an entry a line."""
    entries = sorted((k, n) for k, n in baseline.counts.items() if n > 0)
    lines = [json.dumps({**key._asdict(), "count": count}) for key, count in entries]
    body = ",\n".join(lines)
    return f'{{\n"version": {VERSION},\n"entries": [\n{body}\n]\n}}\n' if lines else _EMPTY


_EMPTY = f'{{\n"version": {VERSION},\n"entries": []\n}}\n'


def compare(
    baseline: Baseline, findings: Sequence[Finding], checked: Collection[str], rules: Collection[str]
) -> Compared:
    """Which findings are new and which are known.

    ``checked`` are the paths of this run's files, ``rules`` the ids of the rules that ran in full: only an entry
    within both can be stale. An entry may stand for a finding of the same rule and identity in another file
    when its own file no longer holds it, so that a file can be renamed.
    """
    keys = baseline.keys(findings)
    seen = {baseline.path(path) for path in checked}
    left = Counter(baseline.counts)
    known = {n for n, key in enumerate(keys) if _take(left, key)}
    free = _free(baseline, left, seen)
    moved: list[tuple[Key, Key]] = []
    for n, key in enumerate(keys):
        origins = free.get((key.rule, key.fingerprint))
        if n not in known and origins:
            moved.append((origins[-1], key))
            known.add(n)
            _take(left, origins[-1])
            if not left[origins[-1]]:
                origins.pop()
    stale = sorted((k, n) for k, n in left.items() if n > 0 and k.rule in rules and _gone(baseline, k, seen))
    return Compared(
        tuple(f for n, f in enumerate(findings) if n not in known),
        tuple(f for n, f in enumerate(findings) if n in known),
        tuple(stale),
        tuple(moved),
    )


def _take(left: Counter[Key], key: Key) -> bool:
    """Use up one of an entry's count; whether it had any."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def _free(baseline: Baseline, left: Counter[Key], seen: Collection[str]) -> dict[tuple[str, str], list[Key]]:
    """Entries whose finding is no longer in its file, by rule and identity, the last to be used first."""
    free: dict[tuple[str, str], list[Key]] = {}
    for key in sorted((k for k, n in left.items() if n > 0), reverse=True):
        if _gone(baseline, key, seen):
            free.setdefault((key.rule, key.fingerprint), []).append(key)
    return free


def _gone(baseline: Baseline, key: Key, seen: Collection[str]) -> bool:
    """Whether an entry's file was checked or exists no longer: in any other, its finding may well stand."""
    return key.path in seen or not os.path.lexists(baseline.root / key.path)


def pruned(baseline: Baseline, compared: Compared) -> Baseline:
    """The baseline without its stale entries, and with moved ones under their new path. Never adds a finding."""
    counts = Counter(baseline.counts)
    for key, number in compared.stale:
        counts[key] -= number
    for origin, key in compared.moved:
        counts[origin] -= 1
        counts[key] += 1
    return Baseline(baseline.root, +counts)
