"""The names of ``typing`` that copydesk uses, without its import, which takes a tenth of the time of a short run.

What only a type checker reads stands for nothing at run time. A NamedTuple is that of ``collections``; that of
``typing`` also compiles each annotation, which takes as long again.
"""

from __future__ import annotations

from collections import namedtuple

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

    class _Named(type):
        def __new__(cls, name, bases, space):
            fields = tuple(space["__annotations__"])  # with annotations of the future only
            defaults = [space[field] for field in fields if field in space]
            made = namedtuple(name, fields, defaults=defaults, module=space["__module__"])
            for key in space.keys() - {*fields, "__module__", "__qualname__"}:
                setattr(made, key, space[key])
            return made

    NamedTuple = type.__new__(_Named, "NamedTuple", (), {})
