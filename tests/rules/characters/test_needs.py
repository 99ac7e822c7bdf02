"""What a rule says it needs: on copy that lacks it, its check finds nothing."""

import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import read_source
from copydesk.work import Need

SOUND = "“”‘’–—…"
"""The marks that nearly all English copy holds."""
ASCII = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@pytest.mark.parametrize("name", ["mojibake", "stray", "homoglyph", "invisible"])
@given(
    st.text(
        st.sampled_from([*SOUND, *"aeiost uU20x\\=%&;?.,\n"]) | st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        min_size=1,
    )
)
def test_common_marks_alone_are_never_damage(name: str, text: str) -> None:
    rule = import_module(f"copydesk_rules.characters.{name}").RULE
    for article in articles(read_source("a.txt", text.encode()), Fields()):
        if not re.search(rule.needs, article.text):
            assert list(rule.check(article, rule.options())) == []


@pytest.mark.parametrize("name", ["entity", "escape", "lost"])
@given(st.data())
def test_what_a_rule_needs_holds_an_anchor(name: str, data: st.DataObject) -> None:
    rule = import_module(f"copydesk_rules.characters.{name}").RULE
    text = data.draw(st.from_regex(rule.needs))
    assert Need(rule.needs, tuple(rule.anchors.split())).met(text)


@given(st.text(st.sampled_from([*"uUx0123489abcefABCEF\\=% ts"]), min_size=1))
def test_no_escape_without_what_begins_one(text: str) -> None:
    rule = import_module("copydesk_rules.characters.escape").RULE
    for article in articles(read_source("a.txt", text.encode()), Fields()):
        if list(rule.check(article, rule.options())):
            assert re.search(rule.needs, article.text)
