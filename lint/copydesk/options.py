"""Typed options from TOML tables: a Frozen is the schema, its defaults are the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import UnionType

from copydesk.frozen import Frozen, required
from copydesk.patterns import PatternError, UserPattern, user_pattern
from copydesk.typed import Any


class OptionError(Exception):
    """An option is unknown, of the wrong type, or not a valid pattern; the message names it."""


def build(kind: type[Frozen], table: Mapping[str, Any], where: str = "") -> Any:
    """An instance of ``kind`` from a table with keys in kebab case. Raises OptionError."""
    prefix = f"{where}." if where else ""
    hints = _hints(kind) if table else {}
    known = {name.replace("_", "-"): name for name in kind._fields}
    values = {}
    for key, value in table.items():
        if key not in known:
            raise OptionError(f"unknown key {prefix + key!r}{close_to(key, known)}")
        values[known[key]] = convert(prefix + key, value, hints[known[key]])
    for key, name in known.items():
        if name in required(kind) and name not in values:
            raise OptionError(f"missing key {prefix + key!r}")
    return kind(**values)


def _hints(kind: type[Frozen]) -> dict[str, Any]:
    """The annotations of a schema, as ``typing`` knows them."""
    import typing  # only where options are set

    return typing.get_type_hints(kind, localns={"Any": typing.Any, "Literal": typing.Literal})


def convert(key: str, value: Any, hint: Any) -> Any:
    """``value`` as the annotated type, or OptionError that says what was expected."""
    from typing import Literal, get_args, get_origin

    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value not in args:
            raise OptionError(
                f"{key!r}: {value!r} is not one of {', '.join(map(str, args))}{close_to(str(value), args)}"
            )
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise wrong_type(key, value, "a list")
        inner = args[:1] * len(value) if args[-1] is Ellipsis else args
        if len(inner) != len(value):
            raise wrong_type(key, value, f"a list of {len(inner)}")
        return tuple(convert(f"{key}[{n}]", v, t) for n, (v, t) in enumerate(zip(value, inner, strict=True)))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise wrong_type(key, value, "a table")
        return {k: convert(f"{key}.{k}", v, args[1]) for k, v in value.items()}
    if origin is UnionType:
        return convert(key, value, next(a for a in args if a is not type(None)))
    return _scalar(key, value, hint)


def _scalar(key: str, value: Any, hint: Any) -> Any:
    if hint is UserPattern:
        return _pattern(key, value)
    if isinstance(hint, type) and issubclass(hint, Frozen):
        if not isinstance(value, dict):
            raise wrong_type(key, value, "a table")
        return build(hint, value, key)
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
    accepted = (int, float) if hint is float else hint
    if hint is Any or (isinstance(value, accepted) and (hint is bool or not isinstance(value, bool))):
        return value
    raise wrong_type(key, value, names.get(hint, getattr(hint, "__name__", str(hint))))


def _pattern(key: str, value: Any) -> UserPattern:
    if not isinstance(value, str):
        raise wrong_type(key, value, "a pattern")
    try:
        return user_pattern(value)
    except PatternError as e:
        raise OptionError(f"{key!r}: {value!r} is not a valid pattern: {e}") from None


def wrong_type(key: str, value: Any, expected: str) -> OptionError:
    """The error for a value of the wrong type."""
    return OptionError(f"{key!r} must be {expected}, not {value!r}")


def close_to(word: str, known: Iterable[Any]) -> str:
    """``; did you mean 'x'?`` for the nearest known spelling, or nothing."""
    import difflib

    near = difflib.get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
