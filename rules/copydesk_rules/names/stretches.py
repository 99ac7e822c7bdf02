"""Where the names of an article stand: stretches of capitalised words, each read once however often it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.text import beyond_ascii, everywhere, urls
from copydesk.typed import NamedTuple
from copydesk_rules.names import lexicon
from copydesk_rules.names.language import words
from copydesk_rules.names.letters import fold
from copydesk_rules.names.mentions import ARTICLES, JOINING, UPPER, Mention, Names, is_plain, run

_LONGEST = 31
"""Words that one stretch goes on for, at most."""

_JOINTS = frozenset({"& ", *(article[1:] for article in ARTICLES)})
"""What stands before a stretch that may begin further ahead."""
_GENITIVE = ("’s", "'s")
_NOTICE = (
    r"(?i)\bcorrect(?:s|ed|ion|ing)?\b[^\n]{0,80}\b(?:spell|name|to read)|misspell|misspelt|\b(?:spelled|spelt)\b"
    r"|\b(?:earlier|previous|original) version\b|\btransliterat"
)
_NOTICE_WORDS = ("orrect", "spel", "Spel", "version", "literat")


def _dotted(upper: str) -> str:
    """A pattern for the full stop behind an initial or a shortened title, which joins it to the name."""
    lengths: dict[int, list[str]] = {}
    for word in sorted(words("en", "abbreviated")):
        lengths.setdefault(len(word), []).append(word)
    behind = [rf"(?<=\b(?i:{'|'.join(group)})\.)" for group in lengths.values()]
    return rf"\.(?:(?<=\b[{upper}]\.)|{'|'.join(behind)})[ \u00a0]?"


@cache
def _stretch(upper: str) -> re.Pattern[str]:
    """``upper``: the capitals of the text, as a class; ASCII's alone are found several times as fast.

    Group 1: a word that goes on from something that is no name (@Name, 5G, C/Name). Group 2: a word is before it.
    """
    rest = r"(?>[^\W\d_]*(?:[-’'][^\W\d_]+)*)"
    name = rf"{rest}(?!\d|-\d|\ufffd|[._@](?![{upper}])[^\W\d_])"
    joins = "".join(sorted({particle[0] for particle in JOINING.split("|")} | {"u"}))
    gap = rf"(?:[ \u00a0](?=[{upper}{joins}])(?:(?:{JOINING}) )?|{_dotted(upper)})(?:[aeu]l[-’']|a[dsr]-)?"
    before = rf"(?:(?<=[\w@#/&].)({rest})|(?:(?<=[^\W\d_] .)())?"
    return compiled(rf"[{upper}]{before}{name}(?:{gap}[{upper}]{name}){{0,{_LONGEST}}})")


class Run(NamedTuple):
    """Linked words within a stretch: where they start in it, and their text."""

    start: int
    text: str
    single: bool


class Stretch(NamedTuple):
    """Capitalised words that stand together, read once for every place where they stand so.

    A word that belongs to no name is none, alone; with ``runs``, no word is that says nothing of a name.
    """

    text: str
    forms: tuple[str, ...]
    runs: tuple[Run, ...]


Found = tuple[int, Stretch, bool]
"""Where a stretch starts in an article, the stretch, and whether a word before it shows that its capital is its own."""


def names(article: Article) -> Names:
    """The article's names, worked out once."""
    return article.view(_names)


def _names(article: Article) -> Names:
    words: list[Mention] = []
    linked: list[bool] = []
    new = tuple.__new__  # a third of what it costs to call the class
    for at, stretch, _ in stretches(article):
        if stretch.text.startswith(" ".join(stretch.forms)):
            for form in stretch.forms:
                words.append(new(Mention, (at, at + len(form), form)))
                at += len(form) + 1
            linked += [True] * (len(stretch.forms) - 1) + [False]
        else:
            here = run(stretch.text)
            linked += here.linked
            words += [new(Mention, (at + start, at + end, form)) for start, end, form in here.words]
    return Names(article.text, words, linked, headlines(article))


def headlines(article: Article) -> tuple[Span, ...]:
    """Headlines and headings, where a capital says little."""
    return tuple(b.span for b in article.blocks if b.kind in ("headline", "heading"))


def stretches(article: Article) -> list[Found]:
    """The stretches of capitalised words in order, outside URLs, code and notices on spelling."""
    return article.view(_stretches)


def _stretches(article: Article) -> list[Found]:
    text = article.text
    marks = any(map(text.__contains__, ("://", "www.", "@", "#")))
    holes = [*(urls(article) if marks else ()), *article.code, *_notices(article)]
    return list(_found(_blanked(text, holes) if holes else text))


def _found(text: str) -> Iterator[Found]:
    for m in _stretch(_capitals(text)).finditer(text):
        group, start, written = m.lastindex, m.start(), m[0]
        if group == 1:
            continue
        at = start
        if text[start - 2 : start] in _JOINTS:
            at, written = _joined(text, start, written)
        stretch = stretch_of(written)
        if stretch.forms:
            yield at, stretch, group == 2 and at == start


def _joined(text: str, start: int, written: str) -> tuple[int, str]:
    """A stretch with the Arabic article and the ``&`` before it."""
    before = text[start - 3 : start]
    if before in ARTICLES and not text[start - 4 : start - 3].isalnum():
        start, written = start - 3, before + written
    elif is_function(written):
        return start, written
    return (start - 2, "& " + written) if text[start - 2 : start] == "& " else (start, written)


def _capitals(text: str) -> str:
    return UPPER if any(map(str.isupper, beyond_ascii(text))) else "A-Z"


@lru_cache(maxsize=1 << 16)
def is_function(form: str) -> bool:
    """Whether a form as written is a word that belongs to no name."""
    return form.isalpha() and lexicon.is_function(fold(form))


def _blanked(text: str, holes: Iterable[Span]) -> str:
    """A text with low lines, which no name touches, in place of everything in the holes."""
    out, at = [], 0
    for hole in sorted(holes):
        if hole.end > at:
            start = max(hole.start, at)
            out += [text[at:start], "_" * (hole.end - start)]
            at = hole.end
    return "".join([*out, text[at:]])


@lru_cache(maxsize=1 << 16)
def stretch_of(text: str) -> Stretch:
    """The words of a stretch and the runs they make."""
    form = text[:-2] if text.endswith(_GENITIVE) else text
    if form.isalpha():
        return Stretch(text, () if is_function(text) else (form,), _single(0, form))
    if is_plain(form):
        return Stretch(text, tuple(form.split(" ")), (Run(0, form, False),))
    found = run(text)
    return Stretch(text, tuple([w.form for w in found.words]), tuple(_runs(found)))


def _runs(found: Names) -> Iterator[Run]:
    first = 0
    for i, goes_on in enumerate(found.linked):
        if not goes_on:
            start = found.words[first].start
            form = found.text[start : found.words[i].end]
            yield from (Run(start, form, False),) if first < i else _single(start, form)
            first = i + 1


def _single(start: int, form: str) -> tuple[Run, ...]:
    folded = fold(form)
    return (Run(start, form, True),) if len(folded) > 2 and not lexicon.is_function(folded) else ()


def _notices(article: Article) -> list[Span]:
    """Paragraphs that talk about how a name is spelled: they quote wrong forms on purpose."""
    hinted = {article.block_at(at) for at in everywhere(article.text, _NOTICE_WORDS)}
    spans = [article.blocks[n].span for n in hinted if n >= 0]
    return [span for span in spans if compiled(_NOTICE).search(article[span])]
