"""Facts go into the index and come out as they were."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Meta
from copydesk.packed import Unpacking, pack_meta, packed, unpack_meta

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
keys = st.text().filter(lambda key: key != "$bytes")
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)
words = st.text(st.characters(exclude_categories=()))


@given(st.lists(values))
def test_values_come_out_as_they_went_in(many: list[Any]) -> None:
    unpacked = Unpacking()
    assert [unpacked(packed(value)) for value in many] == many


@pytest.mark.parametrize("value", [b"", {"a": b""}, [b"", b"x", {"b": [b"\0\xff"]}], "\ud800", None, {}])
def test_odd_values_too(value: Any) -> None:
    assert Unpacking()(packed(value)) == value


def test_what_is_neither_json_nor_bytes_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        packed({"a": {1}})


@given(st.builds(Meta, *[words] * 8, st.lists(words).map(tuple)))
def test_metadata_comes_out_as_it_went_in(meta: Meta) -> None:
    assert unpack_meta(pack_meta(meta)) == meta
