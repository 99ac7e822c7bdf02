"""How a run ends that the world stopped: a reader that went away, a full disk, a folder that cannot be written."""

from __future__ import annotations

import os
import sys


def fail(message: str) -> int:
    """Tell an error of usage or configuration in one line; the exit status."""
    sys.stderr.write(f"Error: {message}\n")
    sys.stderr.flush()
    return 2


def ended_by(error: OSError) -> int:
    """Tell what stopped the run, where there is anybody to tell; the exit status."""
    if isinstance(error, BrokenPipeError):
        import signal

        _drop_output()
        return 128 + getattr(signal, "SIGPIPE", 13)
    if error.filename is None:
        _drop_output()
        return fail(f"output cannot be written: {error.strerror}")
    from copydesk.render.visible import visible

    return fail(f"{visible(str(error.filename))}: {error.strerror}")


def _drop_output() -> None:
    """What is still to be written goes nowhere: Python would try again at its end, and change the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
