"""names/style: a form of a name that the house style rejects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from copydesk import Article, Edit, Fix, Frozen, Hit, Meta, Rule, Span, Style
from copydesk.compiled import compiled
from copydesk.text import urls
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import UPPER, opens_at

_BEFORE = rf"(?<![\w’'-])([{UPPER}][^\W\d_]*(?:[-.][^\W\d_]+)*)(?: &)?[ \u00a0-]$"
_AFTER = rf"[ \u00a0-](?:& )?([{UPPER}][^\W\d_]*|\d)"
_PATH = compiled(r"(?:~|\w:)?[/\\]\S*|\S+[/\\]\S+[/\\]\S*")
"""A path in running text; words on either side of one stroke are none."""
_REACH = 80
"""Characters around a form that are looked at for a path."""


class Options(Frozen):
    """The house style; ``[[styles]]`` and the style files named in ``extends`` are added to it."""

    styles: tuple[Style, ...] = ()


class Entry(NamedTuple):
    """A style entry as one written form meets it: the form as rejected, and what to write in its place."""

    style: Style
    rejected: str
    instead: str


def check(article: Article, options: Options) -> Iterator[Hit]:
    """One hit a place of a rejected form, outside URLs, addresses and handles."""
    entries = {
        written: entry
        for written, entry in _entries(options.styles).items()
        if written in article.text and holds(entry.style, article.meta)
    }
    if not entries:
        return
    forms = "|".join(re.escape(form) for form in sorted(entries, key=len, reverse=True))
    for m in re.finditer(rf"(?<![\w@#$])(?:{forms})(?!\w)", article.text):
        entry, span = entries[m.group()], Span(*m.span())
        if not _is_right(article.text, span, entry.style) and not _in_address(article, span):
            instead = _instead(article, span, entry)
            if instead != m.group():
                yield _hit(article, span, entry, instead)


def holds(style: Style, meta: Meta) -> bool:
    """Whether an entry holds for the source, section and date of an article; an undated one counts as recent."""
    return (
        (not style.sources or meta.source in style.sources)
        and (not style.sections or meta.section in style.sections)
        and (not style.since or not meta.date or meta.date >= style.since)
        and (not style.until or (bool(meta.date) and meta.date[: len(style.until)] <= style.until))
    )


@lru_cache(maxsize=16)
def _entries(styles: tuple[Style, ...]) -> Mapping[str, Entry]:
    """Every way a rejected form may be written, with its entry; of two entries for one form the later wins."""
    out: dict[str, Entry] = {}
    for style in styles:
        for form in style.rejected:
            out[form] = Entry(style, form, style.preferred)
            out.setdefault(_capital(form), Entry(style, form, _capital(style.preferred)))
            if len(form) > 3:
                out.setdefault(form.upper(), Entry(style, form, style.preferred.upper()))
    return {written: entry for written, entry in out.items() if written != entry.instead}


def _in_address(article: Article, span: Span) -> bool:
    """Whether a form stands in a URL, an address, a handle, a tag, a file name or a path."""
    if any(u.touches(span) for u in urls(article)):
        return True
    text, first, last = article.text, max(0, span.start - _REACH), span.end + _REACH
    if text.find("/", first, last) < 0 and text.find("\\", first, last) < 0:
        return False
    start = max(first, *(text.rfind(blank, first, span.start) + 1 for blank in " \n\t\u00a0"))
    return _PATH.match(text, start, last) is not None


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]


def _is_right(text: str, span: Span, style: Style) -> bool:
    """Whether the form stands within the preferred form or a phrase in which it is right (chicken Kiev)."""
    for phrase in (style.preferred, *style.exceptions):
        start, end = max(0, span.start - len(phrase)), span.end + len(phrase)
        at = text.find(phrase, start, end)
        if 0 <= at <= span.start and span.end <= at + len(phrase):
            return True
    return False


def _instead(article: Article, span: Span, entry: Entry) -> str:
    """What to write: with a capital where a sentence opens."""
    if article[span][:1].isupper() and entry.instead[:1].islower() and opens_at(article.text, span.start):
        return _capital(entry.instead)
    return entry.instead


def _in_longer_name(text: str, span: Span) -> bool:
    """Whether a capitalised word stands directly beside a form, so that both may be one name with its own spelling.

    Dynamo Kiev, Kiev Opera, New Bombay; not President Zelensky, Anna Torvalsky, In Kiev Monday.
    """
    after = re.match(_AFTER, text[span.end : span.end + 40])
    if after and not lexicon.is_calendar(fold(after[1])):
        return True
    at = max(0, span.start - 40)
    before = re.search(_BEFORE, text[at : span.start])
    if not before:
        return False
    word = fold(before[1])
    if lexicon.is_function(word):
        return not opens_at(text, at + before.start(1))
    kinds = lexicon.is_title, lexicon.is_courtesy, lexicon.is_given, lexicon.is_calendar
    return not any(is_kind(word) for is_kind in kinds)


def _hit(article: Article, span: Span, entry: Entry, instead: str) -> Hit:
    written = article[span]
    longer = _in_longer_name(article.text, span)
    reason = f" ({entry.style.note})" if entry.style.note else ""
    counts = {form: article.text.count(form) for form in (written, instead)}
    return Hit(
        span,
        f"House style is “{instead}”, not “{written}”{reason}",
        Fix(f"Write “{instead}”", (Edit(span, instead),), "unsafe" if longer else "safe"),
        data={"form": written, "preferred": instead, "counts": counts, "evidence": "house style"},
    )


RULE = Rule(summary="A name stands in a form that the house style rejects", check=check, options=Options)
