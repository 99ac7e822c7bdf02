"""The guess at the encoding of bytes that are not UTF-8."""

from __future__ import annotations

import pytest

from copydesk.encoding import guess

GERMAN = "Der Bürgermeister eröffnete am Dienstag das Café – „endlich“, sagte er über die Brücke.\n" * 5
RUSSIAN = "Городской совет утвердил бюджет на следующий год, сообщила пресс-служба мэрии.\n" * 5
JAPANESE = "市議会は来年度の予算案を可決した。市長は「市民の声を聞く」と述べた。\n" * 5
POLISH = "Prezydent Łodzi otworzył wczoraj nową ścieżkę wzdłuż rzeki; mieszkańcy są zadowoleni.\n" * 8


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (GERMAN, "cp1252"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16-le"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (JAPANESE, "utf-16-be"),
        (POLISH, "cp1250"),
    ],
)
def test_the_text_is_recovered(text: str, codec: str) -> None:
    """Decoding with the guess gives the text that was encoded."""
    data = text.encode(codec)
    guessed = guess(data)
    assert guessed is not None
    assert data.decode(guessed) == text


def test_utf_8_with_one_foreign_line_is_utf_8() -> None:
    """A pasted Windows line does not make the file a Windows file."""
    data = GERMAN.encode() + "Die Straße ist gesperrt.\n".encode("cp1252") + GERMAN.encode()
    assert guess(data) == "utf-8"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), b"\0" * 64, b"\xff\xd8\xff\0\x10JFIF"]
)
def test_binary_data_has_no_encoding(data: bytes) -> None:
    """Pictures are not text."""
    assert guess(data) is None
