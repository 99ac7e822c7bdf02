"""What files say of their own encoding, and what becomes of those that are in another one."""

import pytest

from copydesk.source import SourceFile, read_source

COPY = "Ünter den Linden, “né” – €"


def xml(label: str, text: str = COPY) -> str:
    return f'<?xml version="1.0" encoding="{label}"?>\n<p>{text}</p>'


def html(label: str, text: str = COPY) -> str:
    return f'<!doctype html><!-- <meta charset="koi8-r"> -->\n<meta name="x"><META charset={label}><p>{text}</p>'


def read(path: str, data: bytes, configured: str | None = None) -> SourceFile:
    return read_source(path, data, configured)


@pytest.mark.parametrize(
    ("path", "text", "codec", "known"),
    [
        ("a.xml", xml("windows-1252"), "cp1252", "declared"),
        ("a.xml", xml("ISO-8859-15", "Köln €"), "iso8859-15", "declared"),
        ("a.rss", xml("iso-8859-2", "Łódź"), "iso8859-2", "declared"),
        ("a.xml", xml("windows-1251", "Город"), "cp1251", "declared"),
        ("a.xml", xml("shift_jis", "市議会"), "shift_jis", "declared"),
        ("a.xml", xml("utf-8"), "utf-8", "utf-8"),
        ("a.xml", xml("UTF-16"), "utf-16-le", "declared"),
        ("a.xml", xml("UTF-16"), "utf-16-be", "declared"),
        ("a.html", html("windows-1252"), "cp1252", "declared"),
        ("a.htm", html('"iso-8859-1"'), "cp1252", "declared"),
        ("a.html", html("gb2312", "朱镕基"), "gbk", "declared"),
        ("a.html", html("utf-8"), "utf-8", "utf-8"),
        ("a.html", '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">Город', "koi8-r", "declared"),
    ],
)  # fmt: skip
def test_a_file_is_read_as_it_declares(path: str, text: str, codec: str, known: str) -> None:
    file = read(path, text.encode(codec))
    assert (file.text, file.encoding, file.known, file.problem) == (text, codec, known, "")
    assert file.rewritable


def test_a_mark_outdoes_what_a_page_states() -> None:
    file = read("a.html", html("utf-8").encode("utf-16"))
    assert (file.encoding, file.known, file.rewritable) == ("utf-16-le", "bom", True)
    assert read("a.html", html("utf-16", "Koln").encode()).known == "utf-8"


def test_ascii_is_in_the_declared_encoding_too() -> None:
    """New text must be written in it."""
    assert read("a.xml", xml("iso-8859-1", "Koln").encode()).encoding == "iso8859-1"


@pytest.mark.parametrize(
    ("path", "data", "encoding", "said"),
    [
        ("a.xml", xml("utf-8").encode("cp1252"), "windows-1252", "utf-8, but byte 42 is not valid in it"),
        ("a.xml", xml("iso-8859-1").encode(), "utf-8", "iso-8859-1, but it is UTF-8"),
        ("a.html", html("windows-1252").encode(), "utf-8", "windows-1252, but it is UTF-8"),
        ("a.xml", b"\xef\xbb\xbf" + xml("iso-8859-1").encode(), "utf-8", "iso-8859-1, but it starts with a UTF-8 byte"),
        ("a.xml", b"\xff\xfe" + xml("utf-8").encode("utf-16-le"), "utf-16-le", "utf-8, but it starts with a UTF-16-LE"),
        ("a.xml", xml("utf-16", "Koln").encode(), "utf-8", "utf-16, but it is in another"),
        ("a.xml", xml("klingon", "Koln").encode(), "utf-8", "klingon, but it is in another"),
        ("a.xml", xml("us-ascii").encode("cp1252"), "windows-1252", "us-ascii, but byte 45"),
        ("a.xml", xml("unicode_escape", "Koln").encode(), "utf-8", "unicode_escape, but it is in another"),
    ],
)
def test_a_contradiction_is_told_and_nothing_is_written(path: str, data: bytes, encoding: str, said: str) -> None:
    file = read(path, data)
    assert (file.encoding, file.known) == (encoding, "disputed")
    assert said in file.problem
    assert COPY in file.text or "Koln" in file.text
    assert not file.rewritable


def test_configuration_decides_a_dispute() -> None:
    file = read("a.xml", xml("utf-8").encode("cp1252"), "cp1252")
    assert (file.known, file.encoding, file.problem) == ("declared", "cp1252", "")
    file = read("a.xml", xml("iso-8859-1").encode(), "utf-8")
    assert (file.known, file.encoding, file.problem) == ("utf-8", "utf-8", "")


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.json"])
def test_copy_about_encodings_declares_none(path: str) -> None:
    file = read(path, b'He wrote <meta charset="iso-8859-1"> and <?xml version="1.0" encoding="koi8-r"?>')
    assert file.known == "utf-8"


def test_bytes_that_a_codec_writes_otherwise_are_not_rewritten() -> None:
    """A shift sequence that says nothing would be lost."""
    data = xml("iso-2022-jp", "x").encode() + b"\x1b(B"
    file = read("a.xml", data)
    assert file.known == "declared"
    assert not file.rewritable
