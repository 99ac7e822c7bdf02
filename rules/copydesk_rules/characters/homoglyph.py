"""Letters of another alphabet inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled

from .context import odd, protected, script, utf8
from .damage import misread
from .singlebyte import mixed_up
from .torn import strays

_TO_CYRILLIC = dict(zip("AaBEeKMHOoPpCcTyXxIiJjSs", "АаВЕеКМНОоРрСсТуХхІіЈјЅѕ", strict=True))
_TO_GREEK = dict(zip("ABEZHIKMNOoPTYXv", "ΑΒΕΖΗΙΚΜΝΟοΡΤΥΧν", strict=True))
_TO_LATIN = {v: k for table in (_TO_CYRILLIC, _TO_GREEK) for k, v in table.items()}
_WORD = compiled(r"[^\W\d_]+")
_NO_LETTER = " \n.,;:!?()\"'“”‘’«»„–—-/0123456789…"
_LATIN = compiled("[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ]*")
_OTHER = compiled("[\u0370-\u052f][\u0370-\u052f]*")
_LETTERS = frozenset(map(chr, range(0x370, 0x530)))
_KINDS = bytes(
    ord(
        "L"
        if 0xCD <= b <= 0xD4
        else "l"
        if 0xC3 <= b <= 0xC9
        else "c"
        if 0x80 <= b <= 0xBF
        else "a"
        if chr(b).isalpha()
        else " "
    )
    for b in range(256)
)
"""Bytes of UTF-8 by what they are: the first of a Greek or Cyrillic letter (L), of an accented Latin one (l), the
second of either (c), an ASCII letter (a)."""

_BESIDE_LATIN = re.compile(b"a(?:(?=L)|(?<=Lca))"), re.compile(b"l(?:(?=cL)|(?<=Lcl))")
_BESIDE_OTHER = (re.compile(b"L(?:(?<=aL)|(?<=lcL)|(?=ca)|(?=cl))"),)


class Options(Frozen):
    """When a word is reported."""

    letters: int = 2
    """Shortest word, in letters."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every letter that only looks like the one its word needs."""
    if not _touching(article.text):
        return
    owned = {i for d in (*misread(article), *mixed_up(article), *strays(article)) for i in range(d.start, d.end)}
    for word in _mixed_words(article.text):
        letters = article[word]
        if (
            len(letters) < options.letters
            or _misread(article.text, word)
            or word in protected(article)
            or not owned.isdisjoint(range(*word))
        ):
            continue
        found = look_alikes(letters)
        for at, right in found:
            yield _hit(article, Span(word.start + at, word.start + at + 1), right, word, len(found) * 2 < len(letters))


def _misread(text: str, word: Span) -> bool:
    """Whether the word ends in В and a sign follows, as Windows-1251 shows ®, © and their like."""
    return text[word.end - 1] == "В" and text[word.end : word.end + 1] in tuple("®©°§«»")


def _touching(text: str) -> bool:
    """Whether a Latin letter stands beside a Greek or Cyrillic one: seen in the bytes, from the rarer kind."""
    kinds = utf8(text).translate(_KINDS)
    from_latin = kinds.count(b"a") < kinds.count(b"L")
    return any(p.search(kinds) for p in (_BESIDE_LATIN if from_latin else _BESIDE_OTHER))


def _mixed_words(text: str) -> Iterator[Span]:
    """Words that hold Latin and other letters. The search goes by whichever are fewer."""
    rare = _LATIN if sum(map(text.count, "аоοα")) * 20 > len(text) else _OTHER
    done = -1
    for m in rare.finditer(text):
        start, end = m.span()
        if start < done or not (text[start - 1 : start] + text[end : end + 1]).strip(_NO_LETTER):
            continue
        while start and text[start - 1].isalpha():
            start -= 1
        word = _WORD.match(text, start)
        if word and word.end() > done:
            done = word.end()
            if len(word.group()) > end - m.start():
                yield Span(*word.span())


def look_alikes(word: str) -> list[tuple[int, str]]:
    """Offsets of foreign letters in a word with the letters it needs; empty where the mixture may be meant."""
    scripts = [script(c) for c in word]
    kinds = set(scripts)
    if kinds not in ({"LATIN", "CYRILLIC"}, {"LATIN", "GREEK"}):
        return []
    other = (kinds - {"LATIN"}).pop()
    to_other = _TO_CYRILLIC if other == "CYRILLIC" else _TO_GREEK
    latin = [(i, to_other.get(c)) for i, c in enumerate(word) if scripts[i] == "LATIN"]
    foreign = [(i, _TO_LATIN.get(c)) for i, c in enumerate(word) if scripts[i] == other]
    firm_latin = sum(right is None for _, right in latin)
    firm_other = sum(right is None for _, right in foreign)
    if firm_latin and not firm_other and len(foreign) <= 2 * len(latin):
        return [(i, r) for i, r in foreign if r]
    if firm_other and not firm_latin and len(latin) <= 2 * len(foreign):
        return [(i, r) for i, r in latin if r]
    return []


def _hit(article: Article, span: Span, right: str, word: Span, few: bool) -> Hit:
    bad = article[span]
    fix = Fix(
        f"Write {script(right).capitalize()} “{right}”",
        (Edit(span, right),),
        "safe" if (few or script(bad) == "CYRILLIC") and script(right) != "GREEK" else "unsafe",
    )
    return Hit(
        span,
        f"the “{bad}” in “{article[word]}” is a {script(bad).capitalize()} letter; "
        f"the word needs {script(right).capitalize()} “{right}”, or searches miss it",
        fix,
        data={"damage": "homoglyph", "codecs": []},
    )


def _may_mix(text: str) -> bool:
    """Whether Cyrillic or Greek letters stand in the text; the commonest ones tell where they are in bulk."""
    return not text.isascii() and (any(c in text for c in "аоο") or not odd(text).isdisjoint(_LETTERS))


RULE = Rule(
    summary="letters of another alphabet inside a word",
    check=check,
    options=Options,
    needs=r"[^\t\n\r\x20-\x7e“”‘’–—…]",
    prefilter=_may_mix,
    in_quotations=True,
)
