"""Direct quotations of an article."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.article import Article, Span

_CURLY = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"|«[^»\n]*»?|„[^“”\n]*[“”]?")


class Quotation(NamedTuple):
    """Words between quotation marks. ``span`` includes the marks, ``inner`` does not."""

    span: Span
    inner: Span
    closed: bool
    """Whether the closing mark stands; an open quotation ends with its paragraph and may go on in the next."""
    scare: bool
    """Three words or fewer: a term or a title more often than speech."""
    speaker: str = ""


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The article's quotations in order, nested ones left out."""
    return article.view(_quotations)


def _quotations(article: Article) -> tuple[Quotation, ...]:
    out = []
    for m in _CURLY.finditer(article.text):
        closed = len(m.group()) > 1 and m.group()[-1] in '”"»“'
        inner = Span(m.start() + 1, m.end() - closed)
        out.append(Quotation(Span(m.start(), m.end()), inner, closed, len(article[inner].split()) <= 3))
    return tuple(out)
