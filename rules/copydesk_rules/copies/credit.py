"""Whom an article credits for its text: agencies in datelines and closing lines, and papers it was first in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copydesk import Article, Meta
from copydesk.compiled import compiled

_AGENCIES = {
    "afp": "AFP|Agence France[- ]Presse",
    "ap": "AP|(?:The )?Associated Press",
    "reuters": "(?:Thomson )?Reuters",
    "upi": "UPI|United Press International",
    "pa": "PA(?: Media)?|(?:The )?Press Association",
    "dpa": "dpa|DPA|Deutsche Presse-Agentur",
    "ansa": "ANSA",
    "efe": "EFE",
    "tass": "TASS|ITAR-TASS",
    "interfax": "Interfax",
    "ria": "RIA(?: Novosti)?",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo(?: News)?",
    "yonhap": "Yonhap",
    "anadolu": "Anadolu(?: Agency)?|AA",
    "ukrinform": "Ukrinform",
    "bloomberg": "Bloomberg(?: News)?",
    "canadianpress": "(?:The )?Canadian Press|CP",
    "aap": "AAP|Australian Associated Press",
    "pti": "PTI|Press Trust of India",
    "ians": "IANS",
    "ani": "ANI",
    "cns": "City News Service",
}
"""Agencies and how they are credited; compiled by us."""
_ANY = "(?:" + "|".join(_AGENCIES.values()) + ")"
_LIST = compiled(rf"(?<!\w){_ANY}(?:(?:\s*[,/&]\s*|,?\s+and\s+){_ANY})*(?!\w)")
_HEAD, _TAIL = 400, 500
"""Code points from either end in which credits stand."""
_AROUND = (
    (r"\(", r"\)\s*[-–—:]"),  # SEOUL (Reuters) - Samsung
    (r"\(", r"\)\s*[-–—.]*\s*\Z"),
    (r"(?:\A|\n)[-–—\s]*(?:By\s+)?", r"\s*(?:\n|\Z)"),
    (r"\bBy\s+[^\n,]{3,60},\s*", ""),
    ("", r"(?:['’]s)?\b[^.\n]{0,200}\bcontribut(?:ed|ing)\b"),
    (r"\b(?i:material|reporting|information|text|story)\s+(?:from|by|provided\s+by)\s+", ""),
    (r"\b(?i:sources?|credit|agency|contributing)\s*:[-\s]*", ""),
    (r"(?:©|\(c\)|\b(?i:copyright))\s*(?:\d{4}\s*)?(?:by\s+)?", ""),
)
_CONTEXTS = tuple((compiled(rf"(?:{before})\Z"), compiled(after)) for before, after in _AROUND)
_FIRST_IN = compiled(
    r"\b(?:originally|first)\s+(?:published|appeared|ran|posted)\s+(?:by|in|on|at)\s+(?!\w+\.?\s+\d)([^\n.;]{2,60})"
    r"|\b(?:re-?published|reprinted|syndicated|re-?posted)\s+(?:with\s+permission\s+)?(?:by|from|courtesy\s+of)\s+([^\n.;]{2,60})"
    r"|\bthis\s+(?:article|story|report|piece)\s+(?:is|was|comes)\s+(?:\w+\s+)?(?:from|by|courtesy\s+of)\s+([^\n.;]{2,60})",
    re.I,
)
_AGENCY_SIGN = compiled(
    "AFP|AP|Press|Reuters|UPI|PA|dpa|ANSA|EFE|TASS|Interfax|RIA|Xinhua|Kyodo|Yonhap|Anadolu|AA|Ukrinform|Bloomberg|CP"
    "|PTI|IANS|ANI|City News"
)
"""Every way of crediting an agency holds one of these: looked for first, as it costs next to nothing."""
_REPRINT_SIGNS = ("published", "appeared", " ran ", "posted", "printed", "syndicated", "courtesy")
_NAMES = {name: compiled(rf"(?<!\w)(?:{forms})(?!\w)") for name, forms in _AGENCIES.items()}
_OUTER = compiled(r"^(?:www\.|the\s+)|\.(?:com?|org|net|news|info|eu|[a-z]{2})(?=\.|$)")


def credited(article: Article) -> tuple[str, ...]:
    """Plain names of whom the article credits; agencies by their short name."""
    text, meta = article.text, article.meta
    parts = (text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :])
    ends = "\n".join(parts)
    stated = [m for part in parts for m in _stated(part)] if _AGENCY_SIGN.search(ends) else []
    first: list[str] = []
    lower = ends.lower()
    if any(map(lower.__contains__, _REPRINT_SIGNS)):
        first = [next(filter(None, m.groups())) for part in parts for m in _FIRST_IN.finditer(part)]
    return tuple(dict.fromkeys([*agencies(" ".join([*stated, meta.byline, meta.credit])), *map(plain, first)]))


def _stated(part: str) -> Iterator[str]:
    """Agencies that stand where a credit stands: a dateline, a closing line, "contributed to this report"."""
    for m in _LIST.finditer(part):
        before = part[max(0, m.start() - 80) : m.start()]
        if any(b.search(before) and a.match(part, m.end()) for b, a in _CONTEXTS):
            yield m.group()


def agencies(text: str) -> list[str]:
    """The agencies named in a text."""
    return [name for name, pattern in _NAMES.items() if pattern.search(text)] if text.strip() else []


def plain(name: str) -> str:
    """A source's name for comparing: lower case, without "the", "www." and what follows the name of a host."""
    return re.sub(r"[\W_]+", "", _OUTER.sub("", name.lower().strip()))


def names(credited: tuple[str, ...], meta: Meta) -> bool:
    """Whether one of the credits is the article of ``meta``'s source."""
    if not credited:
        return False
    source, own = _names_of(meta.source)
    return any(c in own or (len(source) > 3 and c.startswith(source)) for c in credited)


@lru_cache(4096)
def _names_of(source: str) -> tuple[str, frozenset[str]]:
    """A source's plain name, and all names by which it may be credited."""
    name = plain(source)
    return name, frozenset((name, name.removesuffix("news"), *agencies(source), *agencies(source.upper())))
