"""UTF-8 read through a double-byte page of China, Japan or Korea: runs of rare characters that encode back to UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article
from copydesk.compiled import compiled

from .chain import Damage
from .context import EAST_ASIAN

_WIDE = compiled("[^\x00-\x7f][^\x00-\x2f:-@\\[-`{-\x7f]*")


def misread_wide(article: Article, odd: frozenset[str]) -> Iterator[Damage]:
    """Runs that one of the pages turns back into longer-than-one-byte UTF-8, wholly and strictly."""
    text, done = article.text, 0
    for codec, signs in EAST_ASIAN.items():
        if odd.isdisjoint(signs):
            continue
        for sign in re.finditer("[" + "".join(signs) + "]", text):
            if sign.start() < done:
                continue
            start = sign.start()
            while start > done and text[start - 1] > "\x7f":
                start -= 1
            m = _WIDE.match(text, start)
            done = m.end() if m else sign.end()
            got = _restored(m.group(), codec) if m else None
            if got is not None:
                yield Damage(start, start + got[0], got[1], "misread", (codec,), "\ufffd" not in got[1])


def _restored(run: str, codec: str) -> tuple[int, str] | None:
    """How much of a run reads as UTF-8, and what it reads; the last byte of a run may lean on an ASCII one."""
    for end in range(len(run), max(0, len(run) - 3), -1):
        try:
            right = run[:end].encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        wide = sum(c > "\x7f" for c in right)
        if (
            wide
            and all(c.isprintable() or c == "\u200d" for c in right)
            and wide < sum(c > "\x7f" for c in run[:end]) * 2
        ):
            return (end, right) if wide > 1 or right[0] in "’‘“”–—…" else None
    return None
