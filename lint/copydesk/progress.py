"""A line of progress on a terminal, for work that takes longer than a second; nothing anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_PATIENCE = 1.0
_EVERY = 0.1


class Progress:
    """Counts done things on standard error. Used as a context; called with the number done."""

    def __init__(self, label: str, total: int | None = None) -> None:
        self._label = label
        self._of = f"/{total:,}" if total else ""
        self._shown = False
        self._next = time.monotonic() + _PATIENCE

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if now >= self._next and sys.stderr.isatty():
            sys.stderr.write(f"\r{self._label} {done:,}{self._of}")
            sys.stderr.flush()
            self._shown, self._next = True, now + _EVERY

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
