import json
import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats import Fields, articles
from copydesk.formats.proof import prove, verify_map
from copydesk.offsets import Span
from copydesk.source import UnreadableError, read_source

RECORD = {
    "id": 17,
    "title": "Harbour “to stay open”, says Åse",
    "author": [{"name": "R. Lindqvist"}],
    "date": "2024-03-05 06:30:00 +0100",
    "source": {"id": None, "name": "The Pilot"},
    "url": "https://pilot.example/harbour",
    "lang": "en",
    "width": 1.50e3,
    "body": 'The harbour stays open.\n\n"No vessel\twas 😀 harmed," she said \\ wrote.\nA last line',
    "tags": ["body", {"text": "no copy"}],
}


def read(data: str | bytes, name: str = "story.json", fields: Fields | None = None) -> list[Article]:
    source = read_source(name, data.encode() if isinstance(data, str) else data)
    got = list(articles(source, fields or Fields()))
    assert all(isinstance(a, Article) for a in got), got
    return [a for a in got if isinstance(a, Article)]


def one(data: str | bytes) -> Article:
    (article,) = read(data)
    return article


def edited(article: Article, old: str, new: str) -> str:
    start = article.text.index(old)
    edit = article.to_file(Edit(Span(start, start + len(old)), new))
    assert edit is not None
    return splice(article.file.text, [edit])


def test_a_record_is_its_copy_and_what_it_says_of_it() -> None:
    a = one(json.dumps(RECORD))
    assert a.id is None
    assert a.text == f"{RECORD['title']}\n\n{RECORD['body']}"
    assert [b.kind for b in a.blocks] == ["headline", "paragraph", "paragraph", "heading"]
    assert (a.meta.source, a.meta.byline, a.meta.language) == ("The Pilot", "R. Lindqvist", "en")
    assert (a.meta.title, a.meta.date) == (RECORD["title"], "2024-03-05T06:30:00+01:00")
    verify_map(a)


@pytest.mark.parametrize(
    "value",
    [
        [RECORD, RECORD | {"id": "b"}],
        {"status": "ok", "totalResults": 2, "articles": [RECORD, {"id": "b", "text": "x"}]},
        {"response": {"docs": [RECORD, {"id": "b", "text": "x"}]}},
        {"hits": {"hits": [{"_source": RECORD}, {"_source": {"id": "b", "text": "x"}}]}},
        {"title": "The feed", "description": "All news", "url": "/", "items": [RECORD, {"id": "b", "text": "x"}]},
    ],
)
def test_records_are_found_where_files_keep_them(value: Any) -> None:
    assert [a.id for a in read(json.dumps(value, indent=1))] == ["17", "b"]


def test_a_list_inside_an_article_is_not_a_list_of_articles() -> None:
    assert one(json.dumps(RECORD | {"items": [{"title": "More", "url": "/x"}]})).text.startswith("Harbour")


def test_records_without_an_id_are_numbered_and_no_two_are_named_alike() -> None:
    records = [{"text": "a"}, {"no": "copy"}, {"text": "b"}, {"text": "c", "id": "3"}, {"text": "d", "id": "3"}]
    assert [a.id for a in read(json.dumps(records))] == ["1", "3", "3#4", "3#5"]


@pytest.mark.parametrize(
    "data",
    ["{}", "[]", "3", '"text"', "null", '{"name": "x", "description": "A package"}', '[["text"]]', '{"text": 3}',
     '{"$schema": "https://json-schema.org/x", "title": "T", "description": "D"}', '{"text": ""}',
     '{"a": {"text": "t"}}'],
)  # fmt: skip
def test_json_without_articles_is_no_error(data: str) -> None:
    assert read(data) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "is empty"),
        ('{"text": "abc', "line 1, column 10"),
        ('{"a": 1,\n "text": ["b"', "is cut short"),
        ('{"a": 1,\n "text" 3}', "line 2, column 9"),
        ('[{"text": "a"},]', "line 1, column 16"),
        ('{"text": "a"} {', "extra data"),
        ('{"text": "a\nb"}', "control character"),
        ('{"text": "\\x"}', "escape"),
        ("[" * 200_000, "nested too deeply"),
        ('{"text": ' * 200_000, "nested too deeply"),
        ('{"text": ' + "[" * 200_000, "nested too deeply"),
        ('{"data": ' * 200_000, "nested too deeply"),
    ],
)
def test_a_broken_file_is_unreadable_with_line_and_column(data: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        read(data)


def test_lines_of_json_in_a_json_file_are_records() -> None:
    lines = "\n".join(json.dumps(r) for r in (RECORD, {"text": "x"}))
    assert [a.id for a in read(lines)] == ["17", "2"]


def test_paths_lead_into_objects_and_lists() -> None:
    fields = Fields(text=("article.body", "bodies[].value"), headline=("heads[].value",), caption=())
    value = {"bodies": [{"value": "c"}, {"x": 1}, {"value": "d"}], "heads": [{"value": "a"}], "article": {"body": "b"}}
    (a,) = read(json.dumps(value), fields=fields)
    assert a.text == "a\n\nb\n\nc\n\nd"


def test_a_list_of_strings_is_a_list_of_paragraphs() -> None:
    assert one('{"headline": "H", "body": ["One.", "Two."]}').text == "H\n\nOne.\n\nTwo."


def test_of_alternatives_the_first_that_is_filled_in_is_read() -> None:
    assert one('{"content": "c", "text": "", "title": "t", "headline": "h"}').text == "t\n\nc"


def test_the_last_of_two_equal_keys_counts() -> None:
    data = '{"text": "first", "title": "T", "text": "last", "articles": [{"text": "x"}], "articles": [{"text": "y"}]}'
    assert one(data).text == "T\n\nlast"
    assert edited(one(data), "last", "new") == data.replace("last", "new")
    assert [a.text for a in read('{"articles": [{"text": "x"}], "articles": [{"text": "y"}]}')] == ["y"]


@pytest.mark.parametrize("ignore", ['"names/spelling residue"', '["names/spelling", "residue"]'])
def test_the_key_that_switches_rules_off(ignore: str) -> None:
    assert one(f'{{"text": "x", "copydesk-ignore": {ignore}}}').meta.ignore == ("names/spelling", "residue")


@pytest.mark.parametrize(
    ("raw", "old", "new", "written"),
    [
        ('{"text": "caf\\u00e9s"}', "s", "’ü", '{"text": "caf\\u00e9\\u2019\\u00fc"}'),
        ('{"text": "caf\\u00E9s"}', "s", "ü😀", '{"text": "caf\\u00E9\\u00FC\\uD83D\\uDE00"}'),
        ('{"text": "cafés"}', "s", "ü", '{"text": "caféü"}'),
        ('{"text": "a\\u0022b c é"}', "c", "ü", '{"text": "a\\u0022b ü é"}'),
        ('{"text": "plain"}', "plain", "’", '{"text": "\\u2019"}'),
        ('{"x": "é", "text": "plain"}', "plain", "’", '{"x": "é", "text": "’"}'),
        ('{"text": "a\\/b c"}', "c", "/", '{"text": "a\\/b /"}'),
        ('{"text": "abc"}', "b", '"\\\n\t\x07', '{"text": "a\\"\\\\\\n\\t\\u0007c"}'),
        ('{"text": "a\\r\\nb"}', "b", "c\nd", '{"text": "a\\r\\nc\\r\\nd"}'),
        ('{"text": "a\\ud83d\\ude00b"}', "😀", "x", '{"text": "axb"}'),
    ],
)
def test_new_text_is_written_as_its_string_is(raw: str, old: str, new: str, written: str) -> None:
    assert edited(one(raw), old, new) == written


def test_what_the_files_encoding_lacks_is_escaped() -> None:
    source = read_source("a.json", '{"text": "café b"}'.encode("latin-1"), "latin-1")
    (article,) = articles(source, Fields())
    assert isinstance(article, Article)
    assert edited(article, "b", "’ü") == '{"text": "café \\u2019ü"}'


def test_half_a_surrogate_pair_is_shown_as_a_lost_character() -> None:
    a = one('{"text": "a\\ud83d b"}')
    assert a.text == "a\ufffd b"
    assert a.raw(Span(1, 2)) == "\\ud83d"


HTML = {
    "title": "R&amp;D",
    "body": '<p>It&#39;s “the”\r\n<b class="x">ferry</b></p><ul><li>3 < 4 &amp; café</ul><img alt="A \'q\' é" src=x>',
}


def test_a_string_that_is_html_is_read_as_a_browser_shows_it() -> None:
    a = one(json.dumps(HTML))
    assert a.text == "R&amp;D\n\nIt's “the” ferry\n\n3 < 4 & café\n\nA 'q' é"
    assert [b.kind for b in a.blocks] == ["headline", "paragraph", "item", "alternative"]
    assert a.raw(Span(a.text.index("'"), a.text.index("'") + 1)) == "&#39;"
    verify_map(a)


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("ferry", 'a "b" <c> é', 'a \\"b\\" &lt;c&gt; \\u00e9'),
        ("A 'q'", '"', "&quot;"),
        ("3 <", "1\n&", "1<br>&amp;"),
        ("R&amp;D", "R&D", "R&D"),
    ],
)
def test_both_layers_spell_new_text(old: str, new: str, written: str) -> None:
    data = json.dumps(HTML)
    a = one(data)
    raw = a.raw(Span(a.text.index(old), a.text.index(old) + len(old)))
    assert edited(a, old, new) == data.replace(raw, written)


def test_a_paragraph_of_a_string_is_taken_out_with_its_tags() -> None:
    a = one(json.dumps({"body": '<p class="a">One.</p>\n<p>Two.</p>\n<p>Three.</p>'}))
    edit = a.to_file(a.removal(1))
    assert edit is not None
    assert json.loads(splice(a.file.text, [edit])) == {"body": '<p class="a">One.</p>\n\n<p>Three.</p>'}


@pytest.mark.parametrize("key", ["contenttype", "contentType"])
@pytest.mark.parametrize("first", [True, False])
def test_the_content_type_of_ninjs_chooses_the_layer(key: str, first: bool) -> None:
    def body(kind: str, value: str) -> dict[str, str]:
        return {key: kind, "value": value} if first else {"value": value, key: kind}

    bodies = [body("text/plain", "1 <br> &amp;"), body("application/xhtml+xml", "R&amp;D"), {"value": "<p>x</p> &amp;"}]
    a = one(json.dumps({"headlines": [body("text/plain", "A &lt; B")], "bodies": bodies}))
    assert a.text == "A &lt; B\n\n1 <br> &amp;\n\nR&D\n\nx\n\n&"


def test_ninjs_of_the_first_version_names_its_bodies_freely() -> None:
    record = {
        "headline": "H",
        "body_main": "<p>One.</p>",
        "bodylike": "x",
        "body_extra": "Two.",
        "description_short": "S",
    }
    assert one(json.dumps(record)).text == "H\n\nS\n\nOne.\n\nTwo."


def test_an_edit_over_two_fields_is_refused() -> None:
    a = one('{"title": "one", "text": "two"}')
    assert a.to_file(Edit(Span(1, 7), "x")) is None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
COPY = st.text(st.characters(codec="utf-8") | st.sampled_from('\n\t"\\/😀é'), min_size=1, max_size=40).filter(
    lambda text: not re.search("<[a-zA-Z/!?]", text)  # a string with a tag is HTML
)


@given(COPY.filter(str.strip), COPY, st.dictionaries(st.sampled_from(["a", "x", "tags"]), VALUES), st.booleans())
def test_the_text_is_what_another_reader_reads(text: str, title: str, more: dict[str, Any], ascii_only: bool) -> None:
    value = {"title": title, **more, "text": text}
    a = one(json.dumps(value, ensure_ascii=ascii_only, indent=2 if more else None))
    shown = [s.replace("\r\n", "\n").replace("\r", "\n") for s in (title, text)]
    assert a.text == "\n\n".join(shown if title.strip() else shown[1:])
    verify_map(a)


SAMPLES = [
    json.dumps(RECORD),
    json.dumps(RECORD, ensure_ascii=False, indent=2).replace("\n", "\r\n"),
    json.dumps([RECORD, RECORD | {"body": "Line\r\nends\r\n\r\nhere, “twice”.", "description": "A\rB"}], indent=1),
    "\ufeff" + json.dumps({"articles": [RECORD, RECORD]}, ensure_ascii=False),
    json.dumps(HTML),
    json.dumps([HTML, RECORD], ensure_ascii=False).replace("\\r\\n", "\\n"),
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_random_edits_come_back(sample: str) -> None:
    proven = prove("story.json", sample.encode(), Random(5), 700)
    assert proven.made > 400, proven


@pytest.mark.parametrize("sample", SAMPLES[:3])
def test_another_reader_sees_the_edit_and_nothing_else_changed(sample: str) -> None:
    random = Random(11)
    for a in read(sample):
        for block in a.blocks:
            word = random.choice(a[block.span].split())
            after = json.dumps(json.loads(edited(a, word, "»\"'\\«")), ensure_ascii=False)
            undone = after.replace("»\\\"'\\\\«", json.dumps(word, ensure_ascii=False)[1:-1])
            assert json.loads(undone) == json.loads(sample)
