"""The command line. A plain ``check`` is read here; click reads all else, and tells what is wrong with it."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from copydesk.endings import ended_by, fail


def _open_streams() -> None:
    """Streams that a caller has closed lead nowhere; what a stream's encoding lacks is spelled out."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(args: list[str]) -> int:
    if args[:1] in (["check"], ["fix"]):
        from copydesk.switches import plain

        given = plain(args)
        if given is not None:
            from copydesk.checking import check

            return check(given)
    from copydesk.commands import run

    return run(args)


def main() -> None:
    """Run the command line; ends the process."""
    _open_streams()
    # facts and articles are many, live as long as the process, and are in no circles worth looking for this often
    gc.set_threshold(200_000, 30, 30)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads that nothing here has work for
    try:
        os.getcwd()  # noqa: PTH109 - pathlib is not imported yet
    except OSError as e:
        sys.exit(fail(f"the working directory cannot be used: {e.strerror}"))
    try:
        sys.exit(_run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as e:
        sys.exit(ended_by(e))
    except Exception:  # Python's own status for it is 1, which means findings
        import traceback

        traceback.print_exc()
        sys.stderr.write("copydesk: internal error; nothing more was checked or written\n")
        sys.exit(2)
    finally:
        gc.freeze()  # at its end the interpreter looks for circles in all there is
