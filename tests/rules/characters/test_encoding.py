"""The rule on files whose encoding was guessed: cases beside the rule hold UTF-8 only."""

from __future__ import annotations

from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import read_source
from copydesk_rules.characters.encoding import RULE, Options

TEXT = "Der Bürgermeister eröffnete am Dienstag das Café – „endlich“, sagte er.\n" * 4


def found(data: bytes) -> list[str]:
    """Messages of the rule for a file with these bytes."""
    assert RULE.check is not None
    return [h.message for a in articles(read_source("story.txt", data), Fields()) for h in RULE.check(a, Options())]


def test_a_guessed_encoding_is_named_once() -> None:
    """One hit a file, with the codec that reads it and without a fix."""
    messages = found(TEXT.encode("cp1252"))
    assert len(messages) == 1
    assert "1252" in messages[0]


def test_utf_8_is_silent() -> None:
    """The expected encoding is no news."""
    assert found(TEXT.encode()) == []
