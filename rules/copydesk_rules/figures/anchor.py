"""A number as it is written, and the words around it."""

from __future__ import annotations

import re
from functools import cached_property

from copydesk import Frozen
from copydesk_rules.figures.language import Language
from copydesk_rules.figures.nouns import counted, words_after

DIGITS = re.compile(r"\d(?:[\d.,]*\d)?")


class Anchor(Frozen):
    """A number as written, before it has a kind. ``start``/``end`` take in currency sign and magnitude."""

    text: str
    lower: str
    start: int
    end: int
    digits: str
    value: float
    scaled: bool
    money: bool
    before: tuple[str, ...]
    """The three words before it, lower case, nearest last."""

    language: Language

    @cached_property
    def following(self) -> list[str]:
        """The words behind it up to the next mark, as written."""
        return words_after(self.text, self.end)

    @cached_property
    def noun(self) -> str:
        """What it counts, lower case, or empty."""
        return counted(self.following, self.language)

    @property
    def glued(self) -> str:
        """The character right before, or empty at the start."""
        return self.text[self.start - 1] if self.start else ""

    @property
    def previous(self) -> str:
        """The word before, as written; empty where something else stands there."""
        return self.before[-1] if self.before else ""
