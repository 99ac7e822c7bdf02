"""A longer accident: Windows text read as MacRoman, saved as UTF-8, read as Windows text again (§ shows as ``ÃŸ``)."""

from __future__ import annotations

from copydesk import Span
from copydesk.typed import NamedTuple


class Damage(NamedTuple):
    """One damaged place. ``right`` is what it was, None where it is lost."""

    start: int
    end: int
    right: str | None
    kind: str
    codecs: tuple[str, ...] = ()
    sure: bool = True

    @property
    def span(self) -> Span:
        """The place in the article's text."""
        return Span(self.start, self.end)


def chained(text: str, found: list[Damage]) -> list[Damage]:
    """``found`` with every repair taken one step further, where the text speaks for a trip through MacRoman.

    ``†`` may be a footnote mark or a no-break space that went that way: it is sure only where other places tell which.
    """
    votes = [(d.right, _vote(text, d)) for d in found if _single(d)]
    further, told = sum(v for _, v in votes) > 0, any(v and right != "†" for right, v in votes)
    return [_read(d, further, told) if _single(d) else d for d in found]


def _read(d: Damage, further: bool, told: bool) -> Damage:
    return (_further(d) if further else d)._replace(sure=d.sure and (told or d.right != "†"))


def _single(d: Damage) -> bool:
    return d.codecs == ("windows-1252",) and bool(d.right)


def _further(d: Damage) -> Damage:
    right = windows(d.right or "")
    return d if right is None else d._replace(right=right, codecs=("windows-1252", "macroman"))


def windows(shown: str) -> str | None:
    """The Windows text that MacRoman shows as ``shown``; None where it shows no such thing."""
    try:
        return shown.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return None


def _vote(text: str, d: Damage) -> int:
    """1 where only the longer chain gives sense here, -1 where the plain reading does, else 0."""
    plain, further = d.right or "", windows(d.right or "")
    before, after = text[d.start - 1 : d.start], text[d.end : d.end + 1]
    if further is None or (further.isalpha() and before.islower() and not plain.isalpha()):
        return -1
    if "ß" in plain and set(plain) <= {"ß", "†"}:
        return -1 if before.isalpha() or after.isalpha() else 1
    if plain == "†" and before in tuple(",:;"):
        return 1
    if not (before.isalpha() or after.isalpha()) and plain.isalpha() and further in "“”‘’–—…":
        return 1
    if before.islower() and plain[0].isupper():
        return 1 if further.islower() else 0
    if plain.islower() and further.islower():
        return 0
    return -1 if (before.islower() or after.islower()) and plain.isalpha() and plain.islower() else 0
