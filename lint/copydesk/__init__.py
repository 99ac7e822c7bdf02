"""copydesk: a linter for news copy. These are the names that rules may use; each is imported when it is first used."""

from importlib import import_module

from copydesk.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.article import Article as Article
    from copydesk.article import Block as Block
    from copydesk.article import Edit as Edit
    from copydesk.article import Meta as Meta
    from copydesk.article import Ref as Ref
    from copydesk.finding import Fix as Fix
    from copydesk.finding import Hit as Hit
    from copydesk.finding import Match as Match
    from copydesk.finding import Place as Place
    from copydesk.frozen import Frozen as Frozen
    from copydesk.offsets import Span as Span
    from copydesk.patterns import UserPattern as UserPattern
    from copydesk.rule import Corpus as Corpus
    from copydesk.rule import Facts as Facts
    from copydesk.rule import Keyed as Keyed
    from copydesk.rule import NoOptions as NoOptions
    from copydesk.rule import Rule as Rule
    from copydesk.rule import Style as Style

__version__ = "0.1.0"

_HOMES = {
    "article": ("Article", "Block", "Edit", "Meta", "Ref"),
    "finding": ("Fix", "Hit", "Match", "Place"),
    "frozen": ("Frozen",),
    "offsets": ("Span",),
    "patterns": ("UserPattern",),
    "rule": ("Corpus", "Facts", "Keyed", "NoOptions", "Rule", "Style"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
