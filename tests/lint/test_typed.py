"""A NamedTuple without ``typing`` is the one that ``typing`` makes."""

from __future__ import annotations

import pickle
import subprocess
import sys
import typing

import pytest

from copydesk.typed import NamedTuple


class Place(NamedTuple):
    """Two fields and a default."""

    path: str
    line: int
    column: int = 1

    @property
    def shown(self) -> str:
        return f"{self.path}:{self.line}"

    @classmethod
    def top(cls, path: str) -> Place:
        return cls(path, 1)


class Typed(typing.NamedTuple):
    """Two fields and a default."""

    path: str
    line: int
    column: int = 1


def test_it_has_what_that_of_typing_has() -> None:
    for name in ("_fields", "_field_defaults", "__match_args__", "__doc__", "__slots__", "__module__"):
        assert getattr(Place, name) == getattr(Typed, name)
    assert typing.get_type_hints(Place) == typing.get_type_hints(Typed)
    assert tuple(Place("a", 2)) == tuple(Typed("a", 2)) == ("a", 2, 1)
    assert repr(Place("a", column=3, line=2)) == "Place(path='a', line=2, column=3)"
    assert Place("a", 2)._replace(line=3).shown == "a:3"
    assert Place.top("a") == ("a", 1, 1)
    assert Place("a", 2)._asdict() == Typed("a", 2)._asdict()
    assert Place._make(["a", 2, 3]) == Place("a", 2, 3)
    assert pickle.loads(pickle.dumps(Place("a", 2))) == Place("a", 2)


def test_it_is_frozen_and_wants_its_fields() -> None:
    with pytest.raises(AttributeError):
        Place("a", 2).line = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Place("a", 2).other = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"Place\.__new__\(\) missing .*'line'"):
        Place("a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="got 1"):
        Place._make(["a"])
    with pytest.raises(ValueError, match="row"):
        Place("a", 2)._replace(row=3)  # type: ignore[call-arg]


def test_it_imports_no_typing() -> None:
    code = "import sys, copydesk.typed; assert 'typing' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
