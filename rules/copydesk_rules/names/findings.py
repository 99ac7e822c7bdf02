"""From a clash of forms to what is reported: the message, the counts, the fix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from copydesk import Article, Edit, Fix, Hit, Ref, Span, Style
from copydesk import Place as Pointer
from copydesk.typed import Any
from copydesk_rules.names import lexicon
from copydesk_rules.names.across import Sighting, Split
from copydesk_rules.names.counts import Count, Side, count
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


def favoured(count: Count, styles: Iterable[Style]) -> tuple[str, bool]:
    """The form to write across a corpus, and whether anything speaks for it; there articles count before mentions."""
    odd, other = count.odd, count.other
    clear = other.articles >= 2 * odd.articles or (
        other.articles == odd.articles and other.mentions >= 2 * odd.mentions
    )
    return proposal(odd.form, other.form, count.preferred, clear, styles, count.evidence)


def because(evidence: Evidence) -> str:
    """The evidence across a corpus in words."""
    return _WHY[evidence.kind].format(evidence.words)


def across(split: Split, styles: Iterable[Style], wanted: Callable[[Ref], bool]) -> Iterator[tuple[Ref, Hit]]:
    """One hit a place of the odd form in the articles of a corpus."""
    seen = {split.odd: split.odd_seen, split.other: split.other_seen}
    own = {form: [s for s in here if wanted(s.ref)] for form, here in seen.items()}
    return counted(count(split), own, lambda form: seen[form], styles)


def counted(
    count: Count,
    own: Mapping[str, Sequence[Sighting]],
    seen: Callable[[str], Iterable[Sighting]],
    styles: Iterable[Style],
) -> Iterator[tuple[Ref, Hit]]:
    """One hit a place of the odd form in the articles ``own``; ``seen`` are all of a form."""
    preferred, sure = favoured(count, styles)
    odd, kept = (count.other, count.odd) if preferred == count.odd.form else (count.odd, count.other)
    here = {s.ref: s.mentions for s in own[kept.form]}
    told = [s for s in own[odd.form] if not 0 < here.get(s.ref, 0) <= s.mentions]  # both forms: an article's own matter
    if not told:
        return
    places = (Pointer(s.ref, span, kept.form) for s in seen(kept.form) for span in s.spans)
    related = tuple(islice(places, _RELATED))
    data = {
        "form": odd.form,
        "preferred": preferred,
        "counts": {odd.form: dict(odd.sources), kept.form: dict(kept.sources)},
        "evidence": str(count.evidence),
    }
    reason = because(count.evidence)
    text = message(odd.form, _spread(odd), kept.form, _spread(kept), reason, preferred if sure else "")
    for s in told:
        for span in s.spans:
            fix = _written(span, odd.form, preferred, span.start in s.opens) if sure else None
            yield s.ref, Hit(span, text, fix, related, "medium", dict(data))


def _spread(side: Side) -> str:
    articles = "1 article" if side.articles == 1 else f"{side.articles} articles"
    return f"{times(side.mentions)} in {articles}"


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
