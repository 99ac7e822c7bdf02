"""copydesk: a linter for news copy. These are the names that rules may use."""

from copydesk.article import Article, Block, Edit, Meta, Ref
from copydesk.finding import Fix, Hit, Match, Place
from copydesk.offsets import Span
from copydesk.patterns import UserPattern
from copydesk.rule import Corpus, Facts, Keyed, NoOptions, Rule, Style

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "Corpus",
    "Edit",
    "Facts",
    "Fix",
    "Hit",
    "Keyed",
    "Match",
    "Meta",
    "NoOptions",
    "Place",
    "Ref",
    "Rule",
    "Span",
    "Style",
    "UserPattern",
    "__version__",
]
