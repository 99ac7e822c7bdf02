"""What a wrong codec leaves behind where whole sequences are gone."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule

from .chain import Damage
from .torn import strays

_WHY = {
    "stray": "what is left of a no-break space whose UTF-8 was read as Windows-1252",
    "bom": "a byte order mark, read as text",
    "torn": "the rest of a character whose UTF-8 was read as Windows-1252 and then lost a byte",
}


class Options(Frozen):
    """Which left-overs are reported."""

    circumflex: bool = True
    """A lone ``Â``."""
    bom: bool = True
    """A byte order mark shown as text (``ï»¿``)."""
    torn: bool = True
    """Sequences that lost a byte, in texts where whole ones stand too."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every left-over of a kind that is switched on."""
    on = {"stray": options.circumflex, "bom": options.bom, "torn": options.torn}
    return (_hit(article, d) for d in strays(article) if on[d.kind])


def _hit(article: Article, d: Damage) -> Hit:
    advice = "delete it" if not d.right else f"write “{d.right}”" if d.right.strip() else "write a space"
    fix = None
    if d.right is None:
        advice = "look up what stood here"
    else:
        fix = Fix(advice[0].upper() + advice[1:], (Edit(d.span, d.right),), "safe" if d.sure else "unsafe")
    bad = article[d.span].strip()
    return Hit(
        d.span,
        f"“{bad}” is {_WHY[d.kind]}; {advice}",
        fix,
        confidence="high" if d.sure else "medium",
        data={"damage": d.kind, "codecs": list(d.codecs)},
    )


RULE = Rule(
    summary="left-over characters of a wrong codec, such as a lone Â",
    check=check,
    options=Options,
    needs=r"[^\t\n\r\x20-\x7e“”‘’–—…]",
    severity="error",
    in_quotations=True,
)
