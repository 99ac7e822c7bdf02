"""Writing a file so that a kill at any moment leaves the old or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


class StaleError(Exception):
    """The file is no longer what was read."""


def write(path: str, data: bytes, expected: bytes) -> None:
    """Replace a file's content by ``data``.

    A temporary file in the same folder, flushed to the disk, takes the file's mode and then its name; a link is
    written through. Raises StaleError where the file no longer holds ``expected``, OSError where it cannot be
    written: a file that is read-only stays as it is, even in a folder that is not.
    """
    target = Path(os.path.realpath(path))
    if not os.access(target, os.W_OK) and target.exists():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    if target.read_bytes() != expected:
        raise StaleError(path)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".copydesk", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            _keep_owner(f.fileno(), target)
            os.fsync(f.fileno())
        if target.read_bytes() != expected:
            raise StaleError(path)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def create(path: str, data: bytes) -> None:
    """Write a new file, whole or not at all. Raises OSError, FileExistsError where there is one of that name."""
    target = Path(path)
    if target.exists() or target.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".copydesk", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _keep_owner(handle: int, target: Path) -> None:
    was = target.stat()
    if os.name == "posix":
        with contextlib.suppress(OSError):  # not ours to give away: the mode still holds
            os.fchown(handle, was.st_uid, was.st_gid)
        os.fchmod(handle, was.st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
