"""Views of an article that rules share, each computed once and on demand."""

from copydesk.text.beyond import beyond_ascii
from copydesk.text.everywhere import everywhere
from copydesk.text.language import language
from copydesk.text.paragraphs import paragraphs
from copydesk.text.quotations import Quotation, quotations, quotations_around, quoted, quoted_in
from copydesk.text.sentences import sentences
from copydesk.text.tokens import Token, tokens, urls

__all__ = [
    "Quotation",
    "Token",
    "beyond_ascii",
    "everywhere",
    "language",
    "paragraphs",
    "quotations",
    "quotations_around",
    "quoted",
    "quoted_in",
    "sentences",
    "tokens",
    "urls",
]
