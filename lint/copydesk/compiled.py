"""``re.compile``, whose work is kept beside the compiled modules, in ``__pycache__``, and the like for other work.

To compile the hundred patterns that one plain article needs takes a third of the time of checking it. What is kept of
one is what ``re`` hands to its C half, which checks it; nothing of this is public, so whatever fails is done anew.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import import_module

from copydesk import __version__
from copydesk.hashing import blake2b
from copydesk.typed import Any, TypeVar

AnyStr = TypeVar("AnyStr", str, bytes)

_FILE = __spec__.cached and f"{__spec__.cached.removesuffix('.pyc')}.kept"
_STATE = f"{__version__} {sys.version}"
_MOST = 2000
"""Entries that are kept; who edits rules leaves old ones behind, and from then on all are kept anew."""
_LEAKS = sys.version_info < (3, 11, 5)
"""Whether a possessive repeat of a group goes on behind what its last round read in vain (CPython's issue 106052)."""
_new: dict[bytes, Callable[[], Any]] = {}
"""What is to be kept, made at the end."""
_kept: dict[bytes, bytes] | None = None


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, as ``re.compile`` gives it. Raises re.error."""
    return _compiled(pattern, int(flags))


@cache
def compiled_bytes(pattern: bytes) -> re.Pattern[bytes]:
    """The same of a pattern for bytes."""
    return _compiled(pattern, 0)


def _compiled(pattern: AnyStr, flags: int) -> re.Pattern[AnyStr]:
    key = _key(pattern, flags)
    try:
        if (old := _kept_of(key)) is not None:
            return _made(pattern, *old)
    except Exception:  # another C half, or a damaged file
        del _loaded()[key]
    made = _made(pattern, *_taken_apart(pattern, flags)) if _LEAKS else re.compile(pattern, flags)
    _new[key] = partial(_taken_apart, pattern, flags)
    return made


def kept(text: str, how: str, make: Callable[[str], Any]) -> Any:
    """``make(text)``: numbers, strings, and lists, tuples, frozen sets and dicts of them.

    ``how`` names ``make`` and its version. For what comes with copydesk and its packs, not for anybody's copy or
    settings.
    """
    key = _key(text, how)
    try:
        if (old := _kept_of(key)) is not None:
            return old
    except (ValueError, EOFError, TypeError):  # a damaged file
        pass
    made = make(text)
    _new[key] = lambda: made
    return made


def _key(text: str | bytes, how: object) -> bytes:
    return blake2b(f"{how} {text!r}".encode(), digest_size=16).digest()


def _kept_of(key: bytes) -> Any:
    return marshal.loads(_loaded()[key]) if key in _loaded() else None


def _loaded() -> dict[bytes, bytes]:
    global _kept
    if _kept is None:
        _kept = _read()
        atexit.register(_write)
    return _kept


def _made(
    pattern: AnyStr, flags: int, code: bytes, groups: int, names: dict[str, int], by: tuple[Any, ...]
) -> re.Pattern[AnyStr]:
    sre: Any = import_module("_sre")
    made: re.Pattern[AnyStr] = sre.compile(pattern, flags, array("I", code).tolist(), groups, names, by)
    return made


def _taken_apart(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """What ``re._compiler.compile`` of CPython 3.11 to 3.14 hands to the C half."""
    compiler: Any = import_module("re._compiler")
    tree: Any = import_module("re._parser").parse(pattern, flags)
    if _LEAKS:
        _mend(tree)
    code = array("I", compiler._code(tree, flags)).tobytes()
    names = tree.state.groupdict
    by: list[str | None] = [None] * tree.state.groups
    for name, number in names.items():
        by[number] = name
    return int(flags | tree.state.flags), code, tree.state.groups - 1, dict(names), tuple(by)


def _mend(tree: Any) -> None:
    """Make the possessive repeats of groups in a parsed pattern atomic groups of greedy ones, which match the same."""
    compiler: Any = import_module("re._compiler")
    for n, (op, value) in enumerate(tree.data):
        for inner in _subpatterns(value, type(tree)):
            _mend(inner)
        if op is compiler.POSSESSIVE_REPEAT and not compiler._simple(value[2]):
            greedy = type(tree)(tree.state, [(compiler.MAX_REPEAT, value)])
            tree.data[n] = (compiler.ATOMIC_GROUP, greedy)


def _subpatterns(value: Any, kind: type) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _subpatterns(part, kind)


def _read() -> dict[bytes, bytes]:
    """What is kept, by key, each marshalled by itself: a run asks for little of it."""
    try:
        with open(_FILE or "", "rb") as f:  # noqa: PTH123 - a path object costs more than the file
            state, kept = marshal.loads(f.read())  # from a file it reads every number by itself
        return dict(kept) if state == _STATE else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _write() -> None:
    """Keep what is new, as the interpreter keeps compiled modules: not where it is told not to, or may not write."""
    if not _new or not _FILE or sys.dont_write_bytecode:
        return
    kept = _read()
    kept = kept if len(kept) + len(_new) <= _MOST else {}
    part = f"{_FILE}.{os.getpid()}"
    try:
        kept.update((key, marshal.dumps(make())) for key, make in _new.items())
        with open(part, "wb") as f:  # noqa: PTH123 - as above
            marshal.dump((_STATE, kept), f)
        os.replace(part, _FILE)  # noqa: PTH105 - as above
    except Exception:  # it is a matter of speed only
        with suppress(OSError):
            os.remove(part)  # noqa: PTH107 - as above
