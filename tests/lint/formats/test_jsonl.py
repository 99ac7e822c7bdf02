import json
from random import Random

import pytest

from copydesk.article import Article
from copydesk.formats import BrokenRecord, Fields, articles
from copydesk.formats.proof import prove, verify_map
from copydesk.source import read_source

RECORDS = [
    {"id": "a/1", "title": "Ferry “late”", "text": "The ferry was late.\n\nIt said \\ nothing\t😀."},
    {"title": "No id", "body": "Åland’s ferry\u2028 was early.", "date": "5 March 2024"},
    {"title": "Nothing but a title"},
    {"id": 4, "content": ["One\r\nline.", "Two."]},
]


def read(data: str) -> list[Article | BrokenRecord]:
    return list(articles(read_source("wire.jsonl", data.encode()), Fields()))


def lines(end: str = "\n", ascii_only: bool = True) -> str:
    return end.join(json.dumps(r, ensure_ascii=ascii_only) for r in RECORDS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n  \n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_record_a_line(end: str, last: str) -> None:
    got = [a for a in read(lines(end, ascii_only=False) + last) if isinstance(a, Article)]
    assert [a.id for a in got] == ["a/1", "2", "4"]
    assert got[1].text == "No id\n\nÅland’s ferry\u2028 was early."
    assert got[1].meta.date == "2024-03-05"
    assert got[2].text == "One\nline.\n\nTwo."
    for a in got:
        verify_map(a)


@pytest.mark.parametrize(
    ("broken", "said"),
    [('{"text": "x', "cut short"), ('{"text": 1,', "cut short"), ("nonsense", "expecting value"),
     ('{"text": "x"} {', "extra data"), ('{"text": "\\q"}', "escape"), ("[" * 100_000, "nested too deeply")],
)  # fmt: skip
def test_a_broken_line_costs_itself(broken: str, said: str) -> None:
    data = "\n".join(['{"text": "one"}', "", broken, '{"text": "two"}'])
    first, second, third = read(data)
    assert isinstance(first, Article)
    assert isinstance(second, BrokenRecord)
    assert isinstance(third, Article)
    assert said in second.message
    assert "record 2" in second.message
    assert data.index(broken) <= second.offset <= data.index(broken) + len(broken)
    assert (first.id, third.id, third.text) == ("1", "3", "two")


def test_lines_that_are_no_records_hold_no_articles() -> None:
    assert read('3\n"text"\n[1]\nnull\n{}\n') == []
    assert read("") == []


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_random_edits_come_back(end: str, ascii_only: bool) -> None:
    proven = prove("wire.jsonl", lines(end, ascii_only).encode(), Random(3), 700)
    assert proven.made > 550, proven
