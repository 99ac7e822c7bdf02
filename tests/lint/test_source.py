"""Decoding, lines and columns."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.source import SourceFile, UnreadableError, decode, read_source


@pytest.mark.parametrize(
    ("data", "text", "encoding", "known"),
    [
        (b"", "", "utf-8", "utf-8"),
        ("Köln".encode(), "Köln", "utf-8", "utf-8"),
        (b"\xef\xbb\xbfK\xc3\xb6ln", "Köln", "utf-8", "bom"),
        (b"\xff\xfeK\x00", "K", "utf-16-le", "bom"),
        (b"\xfe\xff\x00K", "K", "utf-16-be", "bom"),
    ],
)
def test_decodes_what_says_its_encoding(data: bytes, text: str, encoding: str, known: str) -> None:
    got = decode(data)
    assert (got.text, got.encoding, got.known, got.problem) == (text, encoding, known, "")


def test_a_declared_codec_is_used_only_where_strict_utf8_fails() -> None:
    assert decode("Köln".encode(), "cp1252").text == "Köln"
    got = decode("Köln".encode("cp1252"), "cp1252")
    assert (got.text, got.known) == ("Köln", "declared")


def test_a_guess_names_the_byte_the_codec_and_the_remedy() -> None:
    got = decode("Die Straße nach Köln ist gesperrt, sagte die Polizei für Köln.".encode("cp1252"))
    assert got.known == "guessed"
    assert "byte 8" in got.problem
    assert "[encodings]" in got.problem


def test_foreign_bytes_in_utf8_are_told_apart_from_another_encoding() -> None:
    got = decode("Die Straße nach Köln ist gesperrt, sagte die Polizei für Köln.\n".encode() * 5 + b"Es sei \x9dso.\n")
    assert got.encoding == "utf-8"
    assert "foreign bytes" in got.problem
    assert "declare" not in got.problem


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff" * 50, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="binary"):
        decode(data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["สภาเมืองเห็นชอบงบประมาณเมื่อวันจันทร์\n" * 3, "Городской совет одобрил бюджет\n" * 3])
def test_utf16_without_a_mark_is_told_though_its_bytes_are_utf8_too(text: str, encoding: str) -> None:
    assert read_source("a.txt", text.encode(encoding)).encoding == encoding


def test_controls_for_quotation_marks_leave_a_text_readable() -> None:
    assert read_source("a.txt", b"\x1cYes,\x1d he said. \x1cNo.\x1d").known == "utf-8"


def test_a_lying_bom_is_refused() -> None:
    with pytest.raises(UnreadableError, match="byte order mark"):
        decode(b"\xef\xbb\xbfK\xf6ln")


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [("ab\ncd", 3, (2, 1)), ("ab\r\ncd", 5, (2, 2)), ("ab\rcd", 3, (2, 1)), ("é😀x", 2, (1, 3)), ("", 0, (1, 1))],
)
def test_places_are_lines_and_code_points(text: str, offset: int, place: tuple[int, int]) -> None:
    assert SourceFile("a.txt", b"", text).place(offset) == place


@given(st.text(alphabet="ab\r\n\u2028é"))
def test_every_line_is_found_again(text: str) -> None:
    """Lines put together with their ends give the text."""
    file = read_source("a.txt", text.encode())
    starts = [*file.line_starts, len(text)]
    for number, (a, b) in enumerate(pairwise(starts), 1):
        assert file.excerpt(a) == (text[a:b].rstrip("\r\n"), 1)
        assert file.place(a) == (number, 1)
