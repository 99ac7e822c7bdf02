"""What a draft or a template left unfilled: TK, lorem ipsum, variables, "[INSERT NAME]", cut-off endings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk import Article, Frozen, Hit, Rule, Span
from copydesk.compiled import compiled
from copydesk.text import quotations_around

_UNIT = (
    r"(?:%|per ?cent\b|(?:hundred|thousand|million|billion|people|years?|days|points|votes|deaths|jobs)\b|-year-old)"
)
_FIELD = r"(?:names?|titles?|headline|date|place|city|location|company|organi[sz]ation|link|url|number|figure|quote"
_FIELD += r"|caption|credit|byline|author|email|phone|address)"
_PATTERNS: dict[str, tuple[str, str]] = {
    "tk": (
        r"\bTK(?:TK)+\b|\bTK(?:,? TK)+\b|[\[(](?:[A-Z ]+ )?TK(?: [^\])\n]{1,40})?[\])]"
        r"|(?<=[a-z$€£,] )TK(?=[ ][a-z]|[.,;:]?\s|[.,;:]?$)"
        rf"|[$€£]XX+\b|\bX(?:X?X?,XXX)+\b|\bXX+(?= ?{_UNIT})",
        "“{}” marks something that was still to come; fill it in",
    ),
    "lorem-ipsum": (
        r"(?i)\blorem ipsum dolor\b[^\n]*|\bdolor sit amet,? consectetur\b[^\n]*",
        "“{}” is dummy text from a layout; put the copy in or take it out",
    ),
    "variable": (
        r"\{\{[^{}\n]{1,80}\}\}|\{%[^%{}\n]{1,120}%\}|<%[^%<>\n]{1,120}%>|\$\{[A-Za-z_][\w.]{0,60}\}"
        r"|%%[A-Za-z_][\w .:-]{0,60}%%|\*\|[A-Z_:]{2,60}\|\*|\{[a-z]+_[a-z_]+\}|\[object Object\]"
        r"|\[/?(?:caption|gallery|embed|button|video|audio|playlist|shortcode)(?: [^\[\]\n]{1,300})?/?\]"
        r"|(?m:^By (?:undefined|null|None|NaN)$)|\bInvalid [Dd]ate\b",
        "“{}” is a template's variable that was never filled; put in what it stands for",
    ),
    "field": (
        rf"[\[<](?i:(?:insert|add|fill in|enter|type)\b[^\[\]<>\n]{{0,60}}|your {_FIELD})[\]>]"
        rf"|\[(?:[A-Z]+ )?{_FIELD.upper()}(?: [A-Z]+)?\]"
        r"|\[(?:TODO|CHECK|VERIFY|FIX ?ME|CONFIRM|CITATION NEEDED|citation needed)"
        r"(?:[:, ][^\[\]\n]{0,60})?\]|(?m:^(?:TODO|FIXME)\b[^\n]*)",
        "“{}” is a field nobody filled in; write what belongs there",
    ),
    "cut": (
        r"(?:…|\.\.\.)?\s?\[\+\d+ chars\]|(?:\[(?:…|\.\.\.)\]|\(more(?:…|\.\.\.)\))(?=\s*\Z)"
        r"|(?:…|\.\.\.)\s?(?i:(?:continue reading|read more|read the full story|read the full article|keep reading)"
        r"(?: (?:at|on|here|in)\b[^\n]{0,60})?)\W{0,3}(?=\s*\Z)",
        "The text ends in “{}”: it was cut off here; fetch the whole article",
    ),
}
_SIGNS: dict[str, tuple[str, ...]] = {
    "tk": ("TK", "XX"),
    "lorem-ipsum": ("psum", "PSUM", "olor sit", "OLOR SIT", "olor Sit"),
    "variable": ("{", "<%", "%%", "*|", "nvalid "),
    "field": ("TODO", "FIXME"),
    "cut": ("[+",),
}
"""What a text must hold for each kind: a look before the patterns."""
_NOBODY = ("By undefined", "By null", "By None", "By NaN")
_OPEN = r"\[(?:[A-Z]{2}|(?i:insert|add|fill in|enter|type|your|citation))|<(?i:insert|add|fill|enter|type|your)"
_CALL = r"\[(?:object|/|caption|gallery|embed|button|video|audio|playlist|shortcode)"
_ENDS = ("(more", "[…]", "[...]", "ontinue ", "ead more", "ead the full", "eep reading")
_END = 200
"""Code points at the end of a text, blanks aside, in which a sentence that was cut off shows it."""
_NAME = r"\bT\.?K\.? ?-?[A-Z0-9]"
_QUOTED = r"[\"“”‘’'«»`]"


class Options(Frozen):
    """Kinds to report."""

    tk: bool = True
    lorem_ipsum: bool = True
    variable: bool = True
    field: bool = True
    cut: bool = True


def prefilter(text: str) -> bool:
    """Whether anything in the text looks like a placeholder."""
    return any(_may(kind, text) for kind in _SIGNS)


def _may(kind: str, text: str) -> bool:
    # one character is looked for faster than two, and most of these are in few texts
    if any([sign[0] in text and sign in text for sign in _SIGNS[kind]]):  # noqa: C419 - faster
        return True
    if kind == "variable" and (text.startswith("By ") or "\nBy " in text) and any(sign in text for sign in _NOBODY):
        return True
    if kind == "cut":
        tail = text[_end(text) :]
        return any([sign in tail for sign in _ENDS])  # noqa: C419 - faster
    opened = {"field": _OPEN, "variable": _CALL}.get(kind)
    return opened is not None and ("[" in text or "<" in text) and compiled(opened).search(text) is not None


def _end(text: str) -> int:
    return max(0, len(text.rstrip()) - _END)


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every placeholder; nothing is offered as a fix, since only the writer knows what belongs there."""
    text = article.text
    for kind, (pattern, _) in _PATTERNS.items():
        if getattr(options, kind.replace("-", "_")) and _may(kind, text):
            begin = _end(text) if kind == "cut" and "chars]" not in text else 0
            for m in compiled(pattern).finditer(text, begin):
                if not _meant(article, kind, Span(*m.span())):
                    yield _hit(kind, m)


def _hit(kind: str, m: re.Match[str]) -> Hit:
    shown = m.group() if len(m.group()) <= 60 else m.group()[:59].rstrip() + "…"
    data = {"kind": kind, "evidence": ["wording"]}
    return Hit(Span(*m.span()), _PATTERNS[kind][1].format(shown.strip()), data=data)


def _meant(article: Article, kind: str, span: Span) -> bool:
    """Whether the writer meant the words: quoted ones, initials and shop names, a site's own template calls."""
    text = article.text
    if kind == "tk" and article.view(_named_tk):
        return True
    if (
        kind == "variable"
        and article.format == "markdown"
        and text[span.start : span.start + 3] in ("{{<", "{{%", "{% ")
    ):
        return True
    if kind == "field" and any(q.closed and q.inner.covers(span) for q in quotations_around(article, span)):
        return True
    before, after = text[max(0, span.start - 1) : span.start], text[span.start + 1 : span.end + 1]
    return kind != "cut" and bool(compiled(_QUOTED).fullmatch(before) and compiled(_QUOTED).search(after))


def _named_tk(article: Article) -> bool:
    """Whether the article knows a TK by name: a shop, a person, a model."""
    return compiled(_NAME).search(article.text.replace("TKTK", "").replace("TK TK", "")) is not None


RULE = Rule(
    summary="Draft marks and template variables that nobody filled in",
    check=check,
    options=Options,
    prefilter=prefilter,
)
