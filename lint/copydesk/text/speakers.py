"""Who says a quotation, where a plain pattern beside it tells."""

from __future__ import annotations

import re

from copydesk.compiled import compiled
from copydesk.offsets import Span

_WINDOW = 160
_VERB = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|warned|warns|stated|states|explained|explains|insisted"
    r"|argued|argues|replied|noted|notes|remarked|commented|claimed|recalled|tweeted|posted|announced|declared|continued"
    r"|asserted|admitted|acknowledged|concluded|testified|joked|vowed|urged|observed|predicted"
    r"|sagte|sagt|erklärte|dit|déclaré|affirmé|expliqué|dijo|dice|afirmó|señaló|declaró|disse|afirmou|ha detto|zei|zegt"
    r"|sa|sade|säger|sier|siger)"
)
_SOURCE = r"(?:[Aa]ccording to|[Ll]aut|[Ss]elon|[Ss]egún|[Ss]econdo|[Ss]egundo|[Vv]olgens|[Ee]nligt)"
_SAYS = compiled(rf"\b(?:{_VERB}|{_SOURCE})\b")
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_TITLE = r"(?:Mrs?|Ms|Drs?|Gens?|Sens?|Reps?|Govs?|Lt|Col|Maj|Capt|Sgt|Adm|Rev|Prof|St|Jr|Sr)"
_PART = rf"(?:(?:{_TITLE}|{_UPPER})\.|{_UPPER}[\w’'\-]*)"
_JOINT = r"(?:(?:of|de|da|di|del|van|von|der|den|bin|al|el|la|le|du|dos|y)\s+){0,2}"
_NAME = rf"(?P<name>{_PART}(?:\s+{_JOINT}{_PART}){{0,5}}?)"
_ROLE = r"(?:(?!(?:on|in|at|to|that|as|after|during|of|when|before|from|by|while|it|he|she|they)\b)[a-z\-]+\s+){0,4}?"
_PLACE = r"(?:on|in|at|to|of|from|after|as|during|when|while|who|about|before|by|last|this|am|à|le|en|el)"
_ASIDE = r"(?:,\s(?:[^,.:“”\"]|(?<=[A-Z])\.|\.(?!\s)){2,90},)?"
_AFTER = (
    compiled(rf"\s*,?\s*(?:a |ha |has |had )?{_VERB}\s+{_ROLE}{_NAME}(?=[,.;:!?—–]|\s+{_PLACE}\b|\s*\Z)"),
    compiled(rf"\s*,?\s*{_ROLE}{_NAME}{_ASIDE}\s+(?:has |had |a |ha |later |also )?{_VERB}\b"),
)
_BEFORE = (
    compiled(rf"{_NAME}{_ASIDE}\s+(?:has |had |a |ha |later |also )?{_VERB}\b[^.!?:;“”\"]{{0,60}}[,:]?\s*\Z"),
    compiled(rf"\b{_SOURCE}\s+{_NAME}[,:]?\s*\Z"),
)
_WORDS = """He She They It I We You This That The A An Who One Mr His Her Their
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
January February March April May June July August September October November December"""
_NOBODY = frozenset(_WORDS.split())


def speaker(text: str, paragraph: Span, quotation: Span) -> str:
    """The name of the speaker of a quotation with its marks, or "" where no name stands beside it."""
    after = text[quotation.end : min(paragraph.end, quotation.end + _WINDOW)]
    if text[quotation.end - 2 : quotation.end - 1] in ",?!—–" or after.startswith(","):
        for pattern in _AFTER:
            m = pattern.match(after)
            if m and _named(m["name"]):
                return _plain(m["name"])
    before = text[max(paragraph.start, quotation.start - _WINDOW) : quotation.start]
    before = before[max(before.rfind(mark) for mark in '”“»«"') + 1 :]
    if not _SAYS.search(before):
        return ""
    for pattern in _BEFORE:
        m = pattern.search(before)
        if m and _named(m["name"]):
            return _plain(m["name"])
    return ""


def _named(name: str) -> bool:
    return name[0].isupper() and name.split()[0].rstrip(".") not in _NOBODY


def _plain(name: str) -> str:
    """The name without a stop or an owner's mark at its end."""
    return re.sub(r"['’]s?$", "", name.rstrip(".") if not re.search(r"\b(?:\w|Jr|Sr)\.$", name) else name)
