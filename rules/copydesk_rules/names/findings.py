"""From a clash of forms to what is reported: the message, the counts, the fix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from copydesk import Article, Edit, Fix, Hit, Ref, Span, Style
from copydesk import Place as Pointer
from copydesk_rules.names import lexicon
from copydesk_rules.names.across import Sighting, Split, mentions
from copydesk_rules.names.evidence import Evidence, Use
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import Names, opens_at
from copydesk_rules.names.within import Clash

_RELATED = 50
"""Places of the other form that a finding points to."""

_WHY = {
    "listed": "both are known spellings of one name",
    "given": "both follow “{}”",
    "next": "both stand before “{}”",
    "title": "both are introduced as {}",
    "same letters": "only accents, capitals or hyphens differ",
    "orphan": "“{}” is introduced in full, “{short}” never is",
    "transliteration": "they are two ways to spell one foreign name in English",
    "unknown word": "one is no known name",
}


def hits(article: Article, found: Names, clash: Clash, styles: Iterable[Style] = ()) -> Iterator[Hit]:
    """One hit a place of the odd form."""
    clear = clash.other.count >= 2 * clash.odd.count
    preferred, sure = proposal(clash.odd.form, clash.other.form, clash.preferred, clear, styles, clash.evidence)
    odd, kept = (clash.odd_places, clash.other_places)
    form, other = clash.odd, clash.other
    if preferred == clash.odd.form:
        odd, kept, form, other = kept, odd, other, form
    related = tuple(Pointer(article.ref, found.span(p), other.form) for p in kept[:_RELATED])
    data: dict[str, Any] = {
        "form": form.form,
        "preferred": preferred,
        "counts": {form.form: form.count, other.form: other.count},
        "evidence": str(clash.evidence),
    }
    reason = why(clash.evidence, *((clash.other, clash.odd) if clash.other.givens else (clash.odd, clash.other)))
    text = message(form.form, times(form.count), other.form, times(other.count), reason, preferred if sure else "")
    for place in odd:
        span = found.span(place)
        fix = correction(article, span, preferred) if sure else None
        yield Hit(span, text, fix, related, "high" if clash.likeness in ("listed", "form") else "medium", data)


def proposal(
    odd: str, other: str, listed: str, clear: bool, styles: Iterable[Style], evidence: Evidence
) -> tuple[str, bool]:
    """The form to write, and whether anything speaks for it: the house, the list, or a clear majority."""
    full = {in_full(form, evidence): form for form in (odd, other)}
    for style in styles:
        for forms in ({odd: odd, other: other}, full):
            if style.preferred in forms and forms.keys() & set(style.rejected):
                return forms[style.preferred], True
    if listed in (odd, other):
        return listed, True
    return other, clear


def in_full(form: str, evidence: Evidence) -> str:
    """A form with the name beside it that speaks for its being one.

    Empty where that name is not known, and for a given name alone: many bear it.
    """
    if evidence.kind not in ("given", "next"):
        return "" if lexicon.is_given(fold(form)) else form
    pair = (evidence.words, form) if evidence.kind == "given" else (form, evidence.words)
    return " ".join(pair) if evidence.words else ""


def favoured(split: Split, styles: Iterable[Style]) -> tuple[str, bool]:
    """The form to write across a corpus, and whether anything speaks for it; there articles count before mentions."""
    clear = len(split.other_seen) >= 2 * len(split.odd_seen) or (
        len(split.other_seen) == len(split.odd_seen) and mentions(split.other_seen) >= 2 * mentions(split.odd_seen)
    )
    return proposal(split.odd, split.other, split.preferred, clear, styles, split.evidence)


def because(evidence: Evidence) -> str:
    """The evidence across a corpus in words."""
    return _WHY[evidence.kind].format(evidence.words)


def across(split: Split, styles: Iterable[Style], wanted: Callable[[Ref], bool]) -> Iterator[tuple[Ref, Hit]]:
    """One hit a place of the odd form in the articles of a corpus."""
    preferred, sure = favoured(split, styles)
    odd, kept, form, other = split.odd_seen, split.other_seen, split.odd, split.other
    if preferred == form:
        odd, kept, form, other = kept, odd, other, form
    here = {s.ref: s.mentions for s in kept}
    places = (Pointer(s.ref, span, other) for s in kept for span in s.spans)
    related = tuple(islice(places, _RELATED))
    data = {"form": form, "preferred": preferred, "counts": {form: _by_source(odd), other: _by_source(kept)}}
    reason = because(split.evidence)
    text = message(form, _spread(odd), other, _spread(kept), reason, preferred if sure else "")
    for s in odd:
        if not wanted(s.ref) or 0 < here.get(s.ref, 0) <= s.mentions:
            continue  # an article with both forms is its own matter
        for span in s.spans:
            fix = _written(span, form, preferred, span.start in s.opens) if sure else None
            yield s.ref, Hit(span, text, fix, related, "medium", {**data, "evidence": str(split.evidence)})


def _by_source(seen: Iterable[Sighting]) -> dict[str, int]:
    """Mentions by source."""
    out: dict[str, int] = {}
    for s in seen:
        out[s.source] = out.get(s.source, 0) + s.mentions
    return out


def _spread(seen: Sequence[Sighting]) -> str:
    articles = "1 article" if len(seen) == 1 else f"{len(seen)} articles"
    return f"{times(mentions(seen))} in {articles}"


def why(evidence: Evidence, full: Use, short: Use) -> str:
    """The evidence in words; ``full`` is the form that is introduced with a given name."""
    word = f"{evidence.words} {full.form}" if evidence.kind == "orphan" else evidence.words
    return _WHY[evidence.kind].format(word, short=short.form)


def message(form: str, seen: str, other: str, other_seen: str, reason: str, preferred: str) -> str:
    """What the copy chief reads."""
    advice = f"; write “{preferred}”" if preferred else "; settle on one form"
    return f"“{form}” ({seen}) is also spelled “{other}” ({other_seen}): {reason}{advice}"


def times(count: int) -> str:
    """``once``, ``twice``, ``5 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def correction(article: Article, span: Span, preferred: str) -> Fix | None:
    """The fix that writes the preferred form, with the capitals that the place asks for."""
    return _written(span, article[span], preferred, opens_at(article.text, span.start))


def _written(span: Span, form: str, preferred: str, opens: bool) -> Fix | None:
    new = shaped(form, preferred, opens)
    return Fix(f"Write “{new}”", (Edit(span, new),)) if new != form else None


def shaped(form: str, preferred: str, opens: bool) -> str:
    """The preferred form in place of another: in capitals where that is, with a capital where a sentence opens."""
    if form.isupper() and len(form) > 3:
        return preferred.upper()
    return preferred[0].upper() + preferred[1:] if opens else preferred
