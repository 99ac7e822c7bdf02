"""The names of ``typing`` that copydesk uses, without its import, which takes a tenth of the time of a short run.

What only a type checker reads stands for nothing at run time. A NamedTuple is as that of ``typing``, for which a
function is compiled for each class and for each annotation.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any as Any
    from typing import BinaryIO as BinaryIO
    from typing import ClassVar as ClassVar
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import ParamSpec as ParamSpec
    from typing import Protocol as Protocol
    from typing import Self as Self
    from typing import TypeAlias as TypeAlias
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import dataclass_transform as dataclass_transform
    from typing import overload as overload
else:
    from collections import _tuplegetter
    from functools import cache

    class _Form(type):
        """A name that may be subscripted, called as TypeVar is, and stand in a union."""

        def __getitem__(cls, of):
            return cls

    class Any(metaclass=_Form):
        """What TypeVar and the special forms are at run time, too."""

        def __init__(self, *given, **named):
            pass

    BinaryIO = ClassVar = Literal = ParamSpec = Self = TypeAlias = TypeVar = Any
    Protocol = object

    def cast(kind, value):
        """The value as it is."""
        return value

    def overload(function):
        """The function as it is: the one behind it takes its place."""
        return function

    def dataclass_transform(**said):
        """A decorator that changes nothing."""
        return overload

    _new = tuple.__new__

    @cache
    def _maker(count):
        """A function that makes a tuple of so many fields: to compile one for each class takes a twentieth of a run."""
        names = ", ".join(f"f{n}" for n in range(count))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}{',' * bool(count)}))", {"_new": _new})

    class _Record(tuple):
        """What named tuples have in common."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self))  # noqa: B905 - as many

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return type(self).__name__ + self._shown % self

    class _Named(type):
        def __new__(cls, name, bases, space):
            fields = tuple(space["__annotations__"])  # with annotations of the future only
            defaults = {field: space[field] for field in fields if field in space}
            maker = _maker(len(fields))
            code = maker.__code__.replace(co_varnames=("_cls", *fields), co_qualname=f"{name}.__new__")
            new = type(maker)(code, maker.__globals__, "__new__", tuple(defaults.values()))
            getters = {field: _tuplegetter(at, f"Alias for field number {at}") for at, field in enumerate(fields)}
            own = {"__new__": new, "__slots__": (), "_fields": fields, "_field_defaults": defaults}
            own |= {"__match_args__": fields, "_shown": f"({', '.join(f'{field}=%r' for field in fields)})"}
            return type(name, (_Record,), space | own | getters)

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})
