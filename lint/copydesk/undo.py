"""The log of what fixes changed, and the way back.

A run that fixes writes one log before it touches a file, ``.copydesk/undo/NAME.jsonl``: a line a file with the
hashes of both contents and the bytes that were replaced.
"""

from __future__ import annotations

import base64
import json
import os
import time
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from copydesk.frozen import Frozen
from copydesk.home import HOME, home
from copydesk.report import Error, Fixed
from copydesk.source import digest
from copydesk.typed import Any
from copydesk.write import StaleError, write


def log(root: Path, fixed: Sequence[Fixed]) -> Path:
    """Write the log of fixes that are about to be made; it is on the disk when this returns."""
    folder = home(root) / "undo"
    folder.mkdir(exist_ok=True)
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    number = sum(1 for _ in folder.glob("*.jsonl"))
    path = folder / f"{stamp}-{number:06d}-{os.getpid()}.jsonl"
    unfinished = path.with_suffix(".part")  # a kill before it has its name leaves no log, and no file was touched
    try:
        with unfinished.open("x", encoding="utf-8") as f:
            for entry in fixed:
                f.write(json.dumps(_entry(root, entry)) + "\n")
            f.flush()
            os.fsync(f.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return path


def _entry(root: Path, fixed: Fixed) -> dict[str, Any]:
    before, after = fixed.before, fixed.after
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    return {
        "path": os.path.relpath(Path(fixed.path).absolute(), root),
        "rules": dict(fixed.rules),
        "before": _digest(before),
        "after": _digest(after),
        "at": head,
        "length": len(after) - head - tail,
        "old": base64.b64encode(zlib.compress(before[head : len(before) - tail])).decode(),
    }


def _shared(a: bytes, b: bytes) -> int:
    """Length of the common prefix, by bisection: the comparing is left to C."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[:middle] == b[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _digest(data: bytes) -> str:
    return digest(data).hex()


class Undone(Frozen):
    """What an undo did: the files it took back, and those it could not."""

    files: tuple[str, ...]
    errors: tuple[Error, ...]


def last(*roots: Path) -> Path:
    """The folder of these whose log is the latest: a run may have been told to use another configuration, or none."""
    return max(roots, key=lambda root: max((log.name for log in (root / HOME / "undo").glob("*.jsonl")), default=""))


def undo(root: Path) -> Undone | None:
    """Take back the last logged run of fixes; None where there is none.

    A file that was changed since is left alone and named. The log goes when every file of it is back.
    """
    logs = sorted((root / HOME / "undo").glob("*.jsonl"))
    if not logs:
        return None
    entries = [json.loads(line) for line in logs[-1].read_text(encoding="utf-8").splitlines()]
    done = _take_back(root, entries)
    if not done.errors:
        logs[-1].unlink()
    return done


def _take_back(root: Path, entries: Iterable[dict[str, Any]]) -> Undone:
    files: list[str] = []
    errors: list[Error] = []
    for entry in entries:
        path = os.path.relpath(root / entry["path"])
        try:
            if _restore(path, entry):
                files.append(path)
        except StaleError:
            errors.append(Error(path, "was changed after it was fixed; left as it is"))
        except OSError as e:
            errors.append(Error(path, f"cannot be taken back: {e.strerror}"))
    return Undone(tuple(files), tuple(errors))


def _restore(path: str, entry: dict[str, Any]) -> bool:
    """Put one file's old bytes back; False where they are there already."""
    now = Path(path).read_bytes()
    if _digest(now) == entry["before"]:
        return False
    at, length = entry["at"], entry["length"]
    old = now[:at] + zlib.decompress(base64.b64decode(entry["old"])) + now[at + length :]
    if _digest(now) != entry["after"] or _digest(old) != entry["before"]:
        raise StaleError(path)
    write(path, old, now)
    return True
