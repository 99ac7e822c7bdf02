"""Frozen data with named fields: ``class Meta(Frozen)`` declares them as a frozen dataclass would.

A dataclass compiles its methods anew at every start, which takes more than a millisecond each. Those of Frozen are
written once, here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from copydesk.typed import Any, ClassVar, TypeVar, dataclass_transform

R = TypeVar("R", bound="Frozen")


class _Made:
    """Stands for a default that each instance makes anew."""

    def __init__(self, factory: Callable[[], Any]) -> None:
        self.factory = factory


def field(*, default_factory: Callable[[], Any]) -> Any:
    """The default of a field that no two instances share."""
    return _Made(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """The fields are the annotations of the class, their defaults its attributes.

    Instances are equal and hashed by type and values; with ``eq=False`` each equals only itself. Setting or deleting a
    field raises AttributeError; a value worked out later can be kept by functools.cached_property.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()
    _made: ClassVar[tuple[tuple[str, Callable[[], Any]], ...]] = ()

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        own = (n for n, kind in cls.__annotations__.items() if "ClassVar" not in str(kind))
        cls._fields = tuple(dict.fromkeys((*cls._fields, *own)))
        defaults = {n: getattr(cls, n) for n in cls._fields if hasattr(cls, n)}
        cls._known = frozenset(cls._fields)
        cls._required = cls._known - defaults.keys()
        cls._made = tuple((n, d.factory) for n, d in defaults.items() if isinstance(d, _Made))
        if not eq:
            cls.__eq__ = object.__eq__  # type: ignore[method-assign]
            cls.__hash__ = object.__hash__  # type: ignore[method-assign]

    def __init__(self, *given: Any, **named: Any) -> None:
        own = self.__dict__
        own.update(zip(self._fields, given), **named)  # noqa: B905 - one too many is told below
        if len(own) != len(given) + len(named) or not self._required <= own.keys() <= self._known:
            raise TypeError(_wrong(self, len(given), named))
        for name, factory in self._made:
            if name not in own:
                own[name] = factory()

    @classmethod
    def _of(cls: type[R], values: Iterable[Any]) -> R:
        """An instance of the values of all fields, in order, that is not looked over: many are made at once."""
        made = object.__new__(cls)
        made.__dict__.update(zip(cls._fields, values, strict=True))
        return made

    def _replace(self: R, **changes: Any) -> R:
        """The instance with some fields changed. Raises TypeError for a field it does not have."""
        if not changes.keys() <= self._known:
            raise TypeError(_wrong(self, 0, changes))
        made = object.__new__(type(self))
        own = self.__dict__
        made.__dict__.update({n: own[n] for n in self._fields if n in own}, **changes)
        return made

    def __eq__(self, other: object) -> bool:
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(values(self))

    def __repr__(self) -> str:
        shown = ", ".join(f"{n}={getattr(self, n)!r}" for n in self._fields)
        return f"{type(self).__qualname__}({shown})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot set {name!r}: {type(self).__qualname__} is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete {name!r}: {type(self).__qualname__} is frozen")


def _wrong(record: Frozen, given: int, named: dict[str, Any]) -> str:
    """What is wrong with the arguments."""
    name, fields = type(record).__qualname__, record._fields
    if given > len(fields):
        return f"{name} takes {len(fields)} values, not {given}"
    if twice := [n for n in fields[:given] if n in named]:
        return f"{name} got {', '.join(twice)} twice"
    if unknown := named.keys() - record._known:
        return f"{name} has no {', '.join(sorted(unknown))}"
    return f"{name} lacks {', '.join(n for n in fields if n in record._required and n not in record.__dict__)}"


def required(kind: type[Frozen]) -> frozenset[str]:
    """The names of the fields that have no default."""
    return kind._required


def values(record: Frozen) -> tuple[Any, ...]:
    """The values of the fields, in order; those that are Frozen stay so."""
    return tuple(getattr(record, n) for n in record._fields)
