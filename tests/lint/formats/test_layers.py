import re

from hypothesis import given
from hypothesis import strategies as st

from copydesk.formats.layers import GAP, Part, Shown, compose, joined, stacked
from copydesk.offsets import OffsetMap, Segment, Span, identity

_UNIT = re.compile(r"&(amp|lt|gt);|\\u([0-9a-f]{4})")


def references(raw: str) -> Shown:
    """A layer for the tests: &amp; &lt; &gt; are units, <…> is hidden, new text has references."""
    return _layer(raw, {"&amp;": "&", "&lt;": "<", "&gt;": ">"}, r"<[^>]*>", lambda t: t.replace("&", "&amp;"))


def escapes(raw: str) -> Shown:
    """A layer for the tests: ``%26`` stands for ``&``."""
    return _layer(raw, {"%26": "&"}, r"$^", lambda t: t.replace("&", "%26"))


def _layer(raw: str, units: dict[str, str], hidden: str, writer: object) -> Shown:
    out: list[str] = []
    segments: list[Segment] = []
    at = 0
    for m in re.finditer("|".join([*map(re.escape, units), hidden, r".", r"\n"]), raw):
        if not m.group() or (len(m.group()) > 1 and m.group() not in units):
            continue
        segments.append(Segment(at, at + 1, m.start(), m.end(), len(m.group()) == 1))
        out.append(units.get(m.group(), m.group()))
        at += 1
    return Shown("".join(out), OffsetMap(tuple(segments) or (Segment(0, 0, 0, 0, True),)), (writer,))  # type: ignore[arg-type]


def test_a_unit_of_either_layer_is_one_unit_in_the_stack() -> None:
    outer = escapes("a%26amp;b<i>c</i>")
    inner = references(outer.text)
    both = stacked(outer, inner)
    assert both.text == "a&bc"
    assert [both.map.span(Span(i, i + 1)) for i in range(4)] == [(0, 1), (1, 8), (8, 9), (12, 13)]
    assert both.writers[0]("x & y") == "x %26amp; y"


@given(st.text("ab&;<>/i%26ampltg", max_size=60))
def test_a_stack_leads_where_its_layers_lead_one_after_the_other(raw: str) -> None:
    outer = escapes(raw)
    inner = references(outer.text)
    both = stacked(outer, inner)
    for i in range(len(both.text)):
        span = Span(i, i + 1)
        assert both.map.span(span) == outer.map.span(inner.map.span(span))


@given(st.text("ab&", max_size=40))
def test_identity_changes_nothing(raw: str) -> None:
    outer = escapes(raw)
    for made in (compose(outer.map, identity(len(outer.text))), compose(identity(len(raw)), outer.map)):
        stack = OffsetMap(made or (Segment(0, 0, 0, 0, True),))
        for i in range(len(outer.text)):
            assert stack.span(Span(i, i + 1)) == outer.map.span(Span(i, i + 1))


def test_fields_are_joined_with_a_gap_that_stands_nowhere() -> None:
    first, second = references("a&lt;b"), references("cd")
    both = joined([Part(first, 10), Part(second, 30)])
    assert both.text == f"a<b{GAP}cd"
    assert both.map.span(Span(0, 3)) == (10, 16)
    assert both.map.span(Span(5, 7)) == (30, 32)
    assert both.map.start(3) == 16
    assert both.map.end(4) == 16
    assert both.map.start(4) == 30
    assert [s.writer for s in both.map.segments][-1] == 1


def test_a_span_over_fields_in_another_order_is_its_longest_stretch() -> None:
    both = joined([Part(references("head"), 100), Part(references("the body"), 10)])
    assert both.map.span(Span(2, 14)) == (10, 18)
    assert both.map.span(Span(0, 7)) == (100, 104)
