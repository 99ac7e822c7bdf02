"""Text decoded with the wrong codec, one or more times."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule

from .chain import Damage
from .damage import misread
from .singlebyte import mixed_up

_LOST, _BOM = "\ufffd", "\ufeff"
_SHOWN = 40
"""Characters of the damage that a message quotes."""


class Options(Frozen):
    """Which kinds of damage are reported."""

    utf8: bool = True
    """UTF-8 read through a single-byte or East Asian code page."""
    single_byte: bool = True
    """One single-byte page read as another (``\\x92`` for ’)."""


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every place whose characters another codec explains."""
    if options.utf8:
        yield from (_hit(article, d) for d in misread(article) if d.right and d.right.strip(_LOST + _BOM))
    if options.single_byte:
        yield from (_hit(article, d) for d in mixed_up(article))


def _hit(article: Article, d: Damage) -> Hit:
    at, right = d.span, (d.right or "").replace(_BOM, "")
    safety = "safe" if d.sure and _LOST not in right else "unsafe" if _LOST not in right else "display"
    times = {1: "", 2: " twice", 3: " three times"}.get(len(d.codecs), f" {len(d.codecs)} times")
    was = "UTF-8" if d.kind == "misread" else d.codecs[-1]
    read = d.codecs[0]
    shown = article[at] if d.end - d.start <= _SHOWN else article[at][:_SHOWN] + "…"
    message = f"“{shown}” was written in {was} and read as {read}{times if was == 'UTF-8' else ''}; write “{right}”"
    fix = Fix(f"Restore “{right}”", (Edit(at, right),), safety)  # type: ignore[arg-type]
    return Hit(
        at,
        message,
        fix,
        confidence="high" if d.sure else "medium",
        data={"damage": d.kind, "codecs": list(d.codecs)},
    )


RULE = Rule(
    summary="text decoded with the wrong codec",
    check=check,
    options=Options,
    needs=r"[^\t\n\r\x20-\x7e“”‘’–—…]",
    severity="error",
    in_quotations=True,
)
