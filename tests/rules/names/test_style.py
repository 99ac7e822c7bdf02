"""What the cases of names/style cannot say."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk_rules.names
from copydesk import Hit, Meta, Style
from copydesk.configtable import parse, style_file
from copydesk.reading import read
from copydesk_rules.names.style import Options, check, holds

STARTER = Path(copydesk_rules.names.__file__).parent / "styles" / "starter.toml"
STYLE = Style("Kyiv", ("Kiev",), sources=("wire",), sections=("world",), since="2019-08-14", until="2030-01-01")


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (Meta(source="wire", section="world", date="2020-01-01"), True),
        (Meta(source="wire", section="world", date="2019-08-13"), False),
        (Meta(source="wire", section="world", date="2019-08-14T06:00"), True),
        (Meta(source="wire", section="world", date="2030-01-01T06:00"), True),
        (Meta(source="wire", section="world", date="2030-01-02"), False),
        (Meta(source="wire", section="food", date="2020-01-01"), False),
        (Meta(source="blog", section="world", date="2020-01-01"), False),
    ],
)
def test_an_entry_holds_within_its_scope(meta: Meta, expected: bool) -> None:
    assert holds(STYLE, meta) is expected


def test_an_undated_article_counts_as_recent() -> None:
    assert holds(Style("Kyiv", ("Kiev",), since="2019-08-14"), Meta())
    assert not holds(Style("Kiev", ("Kyiv",), until="2019-08-13"), Meta())


def test_the_starter_style_is_sound() -> None:
    styles = style_file(STARTER)
    assert len(styles) > 30
    assert all(s.note for s in styles), "an entry without a reason"
    rejected = [form for s in styles for form in s.rejected]
    assert len(rejected) == len(set(rejected))
    assert not {s.preferred for s in styles} & set(rejected)
    assert list(tomllib.loads(STARTER.read_text(encoding="utf-8"))) == ["styles"]


def fixes(text: str, options: Options) -> list[Hit]:
    articles = read("a.txt", parse({}, Path.cwd()), text.encode()).articles
    return [hit for article in articles for hit in check(article, options)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Kiev", "KIEV", "Kyiv", "chicken Kiev", "Kievan", "’s", "@Kiev", ". ", " ", "\n", "“", "”"])
    )
)
def test_fixing_leaves_nothing_to_fix(parts: list[str]) -> None:
    options = Options((Style("Kyiv", ("Kiev",), exceptions=("chicken Kiev",)),))
    text = "".join(parts)
    hits = fixes(text, options)
    for hit in reversed(hits):
        assert hit.fix is not None
        (edit,) = hit.fix.edits
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert not fixes(text, options)
