"""Whom an article credits for its text: agencies in datelines and closing lines, and papers it was first in."""

from __future__ import annotations

import re

from copydesk import Article, Meta

_AGENCIES = {
    "afp": "AFP|Agence France[- ]Presse",
    "ap": "AP|(?:The )?Associated Press",
    "reuters": "(?:Thomson )?Reuters",
    "upi": "UPI|United Press International",
    "pa": "PA|PA Media|(?:The )?Press Association",
    "dpa": "dpa|DPA|Deutsche Presse-Agentur",
    "ansa": "ANSA",
    "efe": "EFE",
    "tass": "TASS|ITAR-TASS",
    "interfax": "Interfax",
    "ria": "RIA|RIA Novosti",
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
_LIST = rf"{_ANY}(?:\s*[,/&]\s*{_ANY}|\s+and\s+{_ANY})*"
_HEAD, _TAIL = 400, 500
"""Code points from either end in which credits stand."""
_CREDITS = (
    re.compile(rf"\(({_LIST})\)\s*[-–—:]"),  # SEOUL (Reuters) -
    re.compile(rf"(?m)^\s*[-–—]*\s*(?:By\s+)?({_LIST})\s*$"),
    re.compile(rf"(?m)\bBy\s+[^\n,]{{3,60}},\s*({_LIST})\b"),
    re.compile(rf"\(({_LIST})\)\s*[-–—.]?\s*$"),
    re.compile(rf"\b({_LIST})(?:'s|’s)?\s+(?:\w+\s+){{0,6}}contribut(?:ed|ing)"),
    re.compile(
        rf"\b(?:[Mm]aterial|[Rr]eporting|[Ii]nformation|[Tt]ext|[Ss]tory)\s+(?:from|by|provided by)\s+({_LIST})\b"
    ),
    re.compile(rf"\b(?:[Ss]ources?|[Cc]redit|[Aa]gency|[Cc]ontributing)\s*:\s*-?({_LIST})\b"),
    re.compile(rf"\b({_LIST})\s+(?:staff\s+)?(?:[Ww]riters?|[Jj]ournalists?|[Cc]orrespondents?)\b"),
    re.compile(rf"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:\d{{4}}\s*)?({_LIST})\b"),
)
_FIRST_IN = re.compile(
    r"\b(?:originally|first)\s+(?:published|appeared|ran|posted)\s+(?:by|in|on|at)\s+([^\n.;]{2,60})"
    r"|\b(?:re-?published|reprinted|syndicated|re-?posted)\s+(?:with\s+permission\s+)?(?:by|from|courtesy\s+of)\s+([^\n.;]{2,60})"
    r"|\bthis\s+(?:article|story|report|piece)\s+(?:is|was|comes)\s+(?:\w+\s+)?(?:from|by|courtesy\s+of)\s+([^\n.;]{2,60})",
    re.I,
)
_NAMES = {name: re.compile(rf"(?<!\w)(?:{forms})(?!\w)") for name, forms in _AGENCIES.items()}
_OUTER = re.compile(r"^(?:www\.|the\s+)|\.(?:com?|org|net|news|info|eu|[a-z]{2})(?=\.|$)")


def credits(article: Article) -> tuple[str, ...]:  # noqa: A001 - the word newsrooms use
    """Plain names of whom the article credits; agencies by their short name."""
    text, meta = article.text, article.meta
    parts = (text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :])
    stated = [m.group(1) for pattern in _CREDITS for part in parts for m in pattern.finditer(part)]
    named = agencies(" ".join([*stated, meta.byline, meta.credit]))
    first = [next(filter(None, m.groups())) for part in parts for m in _FIRST_IN.finditer(part)]
    return tuple(dict.fromkeys([*named, *map(plain, first)]))


def agencies(text: str) -> list[str]:
    """The agencies named in a text."""
    return [name for name, pattern in _NAMES.items() if pattern.search(text)] if text.strip() else []


def plain(name: str) -> str:
    """A source's name for comparing: lower case, without "the", "www." and what follows the name of a host."""
    return re.sub(r"[\W_]+", "", _OUTER.sub("", name.lower().strip()))


def names(credited: tuple[str, ...], meta: Meta) -> bool:
    """Whether one of the credits is the article of ``meta``'s source."""
    source = plain(meta.source)
    own = {source, source.removesuffix("news"), *agencies(meta.source), *agencies(meta.source.upper())}
    return any(c in own or (len(source) > 3 and c.startswith(source)) for c in credited)
