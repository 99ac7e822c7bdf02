"""Characters that are gone for good: a replacement character or a question mark stands in their place."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled

from .context import marks, protected
from .damage import misread
from .torn import strays

_REPLACED = compiled("(?:�|ï¿½|пїЅ|ÔøΩ|∩┐╜|´┐¢|锟斤拷|锟斤|Ã¯Â¿Â½)+")
_SMALL = "a-zß-ɏά-ώа-яё-ӿ"
_INSIDE = compiled(rf"\?(?=[{_SMALL}](?!\w*=))")
_BEFORE = compiled(f"[{_SMALL}]")
_OPENING = compiled(r"\?(?=[^\W\d_])")


class Options(Frozen):
    """Which losses are reported."""

    question_marks: bool = True
    """``?`` inside a word, where an apostrophe or a letter was."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every place where a character was destroyed."""
    owned = {
        i
        for d in (*misread(article), *strays(article))
        if d.right is None or "\ufffd" not in d.right
        for i in range(d.start, d.end)
    }
    if not marks(article).isdisjoint("�½Ѕ╜¢Ω锟"):
        for m in _REPLACED.finditer(article.text):
            span = Span(*m.span())
            if owned.isdisjoint(range(*span)) and span not in protected(article):
                yield _hit(span, "a character was lost here in conversion; look it up in the original", "replacement")
    if options.question_marks and "?" in article.text:
        yield from _question_marks(article, owned)


def _question_marks(article: Article, owned: set[int]) -> Iterator[Hit]:
    text = article.text
    inside = [m.start() for m in _INSIDE.finditer(text) if _BEFORE.match(text, m.start() - 1)]
    if len(inside) > 1:
        inside += (m.start() for m in _OPENING.finditer(text) if not text[m.start() - 1 : m.start()].strip())
    for at in sorted(set(inside)):
        span = Span(at, at + 1)
        if at and not owned & {at, at + 1} and span not in protected(article):
            message = "this “?” stands for a character that was lost in conversion; look it up in the original"
            yield _hit(span, message, "question mark")


def _hit(span: Span, message: str, kind: str) -> Hit:
    return Hit(
        span, message, confidence="high" if kind == "replacement" else "medium", data={"damage": kind, "codecs": []}
    )


RULE = Rule(
    summary="characters destroyed in conversion",
    check=check,
    options=Options,
    anchors="? � ½ Ѕ ╜ ¢ Ω 锟",
    needs=r"\?[a-zß-ɏά-ώа-яё-ӿ]|�|½|Ѕ|╜|¢|Ω|锟",
    severity="error",
)
