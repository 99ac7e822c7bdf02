"""From a clash of forms to what is reported: the message, the counts, the fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from copydesk import Article, Edit, Fix, Hit, Span, Style
from copydesk import Place as Pointer

from copydesk_rules.names.mentions import names
from copydesk_rules.names.within import Clash

_WHY = {
    "listed": "both are known spellings of one name",
    "given": "both follow “{}”",
    "next": "both stand before “{}”",
    "title": "both are introduced as {}",
    "same letters": "only accents, capitals or hyphens differ",
    "orphan": "“{full}” is introduced as {}, “{short}” never is",
    "transliteration": "they are two ways to spell one foreign name in English",
    "unknown word": "“{odd}” is no known name",
}


def hits(article: Article, clash: Clash, styles: Iterable[Style] = ()) -> Iterator[Hit]:
    """One hit a place of the odd form."""
    found = names(article)
    preferred, sure = proposal(clash, styles)
    odd, kept = (clash.odd_places, clash.other_places)
    form, other = clash.odd, clash.other
    if preferred == clash.odd.form:
        odd, kept, form, other = kept, odd, other, form
    related = tuple(Pointer(article.ref, found.span(p), other.form) for p in kept)
    data: dict[str, Any] = {
        "form": form.form,
        "preferred": preferred,
        "counts": {form.form: form.count, other.form: other.count},
        "evidence": str(clash.evidence),
    }
    text = message(form.form, form.count, other.form, other.count, why(clash), preferred if sure else "")
    for place in odd:
        span = found.span(place)
        fix = correction(article, span, preferred) if sure else None
        yield Hit(span, text, fix, related, "high" if clash.likeness in ("listed", "form") else "medium", data)


def proposal(clash: Clash, styles: Iterable[Style]) -> tuple[str, bool]:
    """The form to write, and whether anything speaks for it: the house, the list, or a clear majority."""
    pair = {clash.odd.form, clash.other.form}
    for style in styles:
        if style.preferred in pair and pair & set(style.rejected):
            return style.preferred, True
    if clash.preferred in pair:
        return clash.preferred, True
    return clash.other.form, clash.other.count >= 2 * clash.odd.count


def why(clash: Clash) -> str:
    """The evidence in words."""
    full, short = (clash.other, clash.odd) if clash.other.givens else (clash.odd, clash.other)
    word = clash.evidence.words.title() if clash.evidence.kind != "title" else clash.evidence.words
    if clash.evidence.kind == "orphan":
        word = f"“{word} {full.form}”"
    return _WHY[clash.evidence.kind].format(word, full=full.form, short=short.form, odd=clash.odd.form)


def message(form: str, count: int, other: str, other_count: int, reason: str, preferred: str) -> str:
    """What the copy chief reads."""
    advice = f"; write “{preferred}”" if preferred else "; settle on one form"
    return f"“{form}” ({times(count)}) and “{other}” ({times(other_count)}) look like one name: {reason}{advice}"


def times(count: int) -> str:
    """``once``, ``twice``, ``5 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def correction(article: Article, span: Span, preferred: str) -> Fix | None:
    """The fix that writes the preferred form, in capitals where the place is in capitals."""
    written = article[span]
    new = shaped(written, preferred)
    return Fix(f"Write “{new}”", (Edit(span, new),)) if new != written else None


def shaped(written: str, preferred: str) -> str:
    """The preferred form with the capitals of the place it goes to."""
    if written.isupper() and len(written) > 3:
        return preferred.upper()
    if written[0].isupper() and preferred[0].islower():
        return preferred[0].upper() + preferred[1:]
    return preferred
