"""Frozen data: what a frozen dataclass promises."""

import pickle
from functools import cached_property

import pytest

from copydesk.frozen import Frozen, field


class Place(Frozen):
    """Two fields and a default."""

    path: str
    line: int
    column: int = 1


class Desk(Frozen, eq=False):
    """Equal to itself only."""

    places: list[Place] = field(default_factory=list)

    @cached_property
    def count(self) -> int:
        return len(self.places)


class Corner(Desk):
    """Fields of its own behind those of its base."""

    name: str = "east"


def test_fields_are_given_in_order_or_by_name() -> None:
    assert Place("a", 2) == Place(line=2, path="a", column=1)
    assert (Place("a", 2, 3).column, Place("a", 2).column) == (3, 1)
    assert repr(Place("a", 2)) == "Place(path='a', line=2, column=1)"
    assert {Place("a", 2)} == {Place("a", 2, 1)}
    assert Corner(name="west")._fields == ("places", "name")


@pytest.mark.parametrize(
    ("given", "named", "message"),
    [
        (("a",), {}, "Place lacks line"),
        (("a", 1, 2, 3), {}, "Place takes 3 values, not 4"),
        (("a", 1), {"path": "b"}, "Place got path twice"),
        (("a", 1), {"row": 1}, "Place has no row"),
        ((), {"line": 1, "row": 1}, "Place has no row"),
    ],
)
def test_wrong_arguments_are_named(given: tuple[object, ...], named: dict[str, object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Place(*given, **named)  # type: ignore[arg-type]


def test_a_field_cannot_be_set_or_deleted() -> None:
    place = Place("a", 2)
    with pytest.raises(AttributeError, match="cannot set 'line': Place is frozen"):
        place.line = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot delete 'line': Place is frozen"):
        del place.line
    assert place == Place("a", 2)


def test_equality_is_of_one_type_and_can_be_identity() -> None:
    assert Place("a", 2) != ("a", 2, 1)
    assert Desk() != Desk()
    assert Corner() != Corner()
    assert len({Desk(), Desk()}) == 2


def test_a_default_of_one_is_not_that_of_another() -> None:
    one, other = Desk(), Desk()
    one.places.append(Place("a", 2))
    assert (one.count, other.count) == (1, 0)


def test_replacing_leaves_what_was_worked_out_behind() -> None:
    desk = Desk([Place("a", 2)])
    assert desk.count == 1
    assert desk._replace(places=[]).count == 0
    assert Place("a", 2)._replace(line=5) == Place("a", 5)
    with pytest.raises(TypeError, match="Place has no row"):
        Place("a", 2)._replace(row=5)


def test_it_goes_through_pickle() -> None:
    assert pickle.loads(pickle.dumps(Place("a", 2))) == Place("a", 2)
