"""A number as it is written, and the words around it."""

from __future__ import annotations

from copydesk.compiled import compiled
from copydesk_rules.figures.language import Language
from copydesk_rules.figures.nouns import counted, words_after

DIGITS = compiled(r"[0-9](?:[0-9.,]*[0-9])?")


class Anchor:
    """A number as written, before it has a kind. ``start``/``end`` take in currency sign and magnitude.

    ``before`` holds the three words before it, lower case, nearest last; ``previous`` is the nearest, or empty where
    something else stands there. ``glued`` is the character right before, empty at the start.
    """

    __slots__ = (
        *("text", "lower", "start", "end", "digits", "value", "scaled", "money", "before", "language"),
        *("previous", "glued", "_following", "_noun"),
    )

    def __init__(
        self,
        text: str,
        lower: str,
        start: int,
        end: int,
        digits: str,
        value: float,
        scaled: bool,
        money: bool,
        before: tuple[str, ...],
        language: Language,
    ) -> None:
        self.text, self.lower, self.start, self.end = text, lower, start, end
        self.digits, self.value, self.scaled, self.money = digits, value, scaled, money
        self.before, self.language = before, language
        self.previous = before[-1] if before else ""
        self.glued = text[start - 1] if start else ""
        self._following: list[str] | None = None
        self._noun: str | None = None

    @property
    def following(self) -> list[str]:
        """The words behind it up to the next mark, as written."""
        if self._following is None:
            self._following = words_after(self.text, self.end)
        return self._following

    @property
    def noun(self) -> str:
        """What it counts, lower case, or empty."""
        if self._noun is None:
            self._noun = counted(self.following, self.language)
        return self._noun

    @property
    def behind(self) -> str:
        """The character right behind; empty where that is a mark which ends its phrase, or the end."""
        c = self.text[self.end : self.end + 1]
        return "" if c in self.language.closing else c
