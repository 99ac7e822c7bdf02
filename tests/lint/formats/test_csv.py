"""CSV and TSV: dialects, headers, broken rows, and the quotes that an edit needs."""

import contextlib
import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article import Article, Edit
from copydesk.fix import splice
from copydesk.formats import BrokenRecord, Fields, articles
from copydesk.formats.csv_scan import Dialect, rows
from copydesk.formats.proof import verify_map
from copydesk.offsets import Span
from copydesk.source import read_source


def read(text: str, name: str = "a.csv", fields: Fields | None = None) -> list[Article | BrokenRecord]:
    return list(articles(read_source(name, text.encode()), fields or Fields()))


def texts(text: str, name: str = "a.csv") -> list[str]:
    return [a.text if isinstance(a, Article) else a.message for a in read(text, name)]


def edited(text: str, old: str, new: str, name: str = "a.csv") -> str | None:
    for article in read(text, name):
        assert isinstance(article, Article)
        verify_map(article)
        if old in article.text:
            start = article.text.index(old)
            edit = article.to_file(Edit(Span(start, start + len(old)), new))
            return splice(text, [edit]) if edit else None
    raise AssertionError(old)


@pytest.mark.parametrize(
    ("text", "name", "got"),
    [
        ("title,text\na,b\n", "a.csv", ["a\n\nb"]),
        ("title;text\r\na, b;c,d\r\n", "a.csv", ["a, b\n\nc,d"]),
        ("title\ttext\na, b\tc;d", "a.tsv", ["a, b\n\nc;d"]),
        ("title\ttext\na\tb", "a.csv", ["a\n\nb"]),
        ("title|text\na|b\n\n\n", "a.csv", ["a\n\nb"]),
        ("sep=;\nTitle;TEXT\na;b\n", "a.csv", ["a\n\nb"]),
        ('"title","text"\n"a ""b""","c\r\n\r\nd, e"\n', "a.csv", ['a "b"\n\nc\n\nd, e']),
        ("text\nHello, world; so\n", "a.csv", ["Hello, world; so"]),
        ("\ufeffid,Text\n7,b\n", "a.csv", ["b"]),
        ('text,title\nb "c" d,x\n', "a.csv", ['x\n\nb "c" d']),
        ('title\ttext\n"So" he said\tb\n', "a.tsv", ['"So" he said\n\nb']),
        ('title\ttext\n"a\tb"\tc\n', "a.tsv", ["a\tb\n\nc"]),
        ("id,text\n1,<p>One</p><p>R&amp;D</p>\n", "a.csv", ["One\n\nR&D"]),
        ("name,age\nx,3\n", "a.csv", []),
        ("", "a.csv", []),
        ("title,text\n", "a.csv", []),
    ],
)
def test_rows_are_articles(text: str, name: str, got: list[str]) -> None:
    assert texts(text, name) == got


def test_a_row_says_what_its_article_is() -> None:
    text = "ID,Headline,Body,Source,Published,URL,Lang\n7,H,B,The Pilot,2024-03-05,https://p.example/7,en\n,H,B,,,,\n"
    first, second = read(text)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.id, second.id) == ("7", "2")
    assert (first.meta.title, first.meta.source, first.meta.date) == ("H", "The Pilot", "2024-03-05")
    assert (first.meta.url, first.meta.language) == ("https://p.example/7", "en")
    assert [b.kind for b in first.blocks] == ["headline", "paragraph"]


def test_columns_are_named_in_fields() -> None:
    got = read("Kop,Tekst\na,b\n", fields=Fields(headline=("kop",), text=("tekst",)))
    assert [a.text for a in got if isinstance(a, Article)] == ["a\n\nb"]


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("title,text\na,b,c\nd,e\n", ["record 1 has 3 cells, the header 2", "d\n\ne"]),
        ("title,text\na,b,,\nd\n", ["a\n\nb"]),
        ('title,text\na,b\n"c" d,e\nf,g\n', ["a\n\nb", "record 2 has a quotation mark"]),
        ('title,text\na,"b\nc,d\n', ["record 1 has a quotation mark"]),
    ],
)
def test_a_broken_row_costs_itself(text: str, got: list[str]) -> None:
    assert [t[: len(w)] for t, w in zip(texts(text), got, strict=True)] == got


@pytest.mark.parametrize(
    ("text", "old", "new", "written"),
    [
        ("title,text\na,b c\n", "c", "d", "title,text\na,b d\n"),
        ("title,text\na,b c\n", "c", "d, e", 'title,text\na,"b d, e"\n'),
        ("title,text\na,b c\n", "b", '"x"', 'title,text\na,"""x"" c"\n'),
        ("title,text\r\na,b c\r\n", "c", "d\n\ne", 'title,text\r\na,"b d\n\ne"\r\n'),
        ('title,text\na,"b, c"\n', "c", '"d"', 'title,text\na,"b, ""d"""\n'),
        ('title,text\na,"b\r\nc"\n', "c", "d\ne", 'title,text\na,"b\r\nd\r\ne"\n'),
        ("title;text\na;b c\n", "c", "d, e", 'title;text\na;"b d, e"\n'),
        ("id,text\n1,<p>One two</p>\n", "two", "R&D, <x>", 'id,text\n1,"<p>One R&amp;D, &lt;x&gt;</p>"\n'),
        ('title\ttext\n"So" he said\tb c\n', "c", "d, e", 'title\ttext\n"So" he said\tb d, e\n'),
    ],
)
def test_an_edit_quotes_the_cell_that_needs_it_and_no_other(text: str, old: str, new: str, written: str) -> None:
    name = "a.tsv" if "\t" in text else "a.csv"
    assert edited(text, old, new, name) == written


@pytest.mark.parametrize("new", ["d\te", "d\ne", '"d"'])
def test_a_table_without_quotes_holds_no_cell_that_needs_them(new: str) -> None:
    with contextlib.suppress(ValueError):
        assert edited('title\ttext\n"So" he said\tb c\n', "c", new, "a.tsv") is None


CELL = st.text(st.sampled_from("ab \",;\t|\n\r'é"), max_size=8)


@given(
    st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
    st.sampled_from(("\n", "\r\n")),
    st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
)
def test_cells_are_those_of_another_parser(
    table: list[tuple[str, str]], delimiter: str, end: str, quoting: Literal[0, 1]
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
    text = out.getvalue()
    wanted = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    got = [
        [_value(text[c.start : c.end]) for c in row.cells] for row in rows(text, Dialect(delimiter)) if row.broken < 0
    ]
    assert got == wanted


def _value(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw
