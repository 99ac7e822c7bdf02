"""Finds "teh"; safe fix."""

from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Frozen, Hit, Rule, Span


class Options(Frozen):
    """Options of every kind that configuration knows."""

    wrong: str = "teh"
    right: str = "the"
    limit: int = 1000
    kinds: tuple[str, ...] = ("all",)
    strict: bool = False


def check(article: Article, options: Options) -> Iterator[Hit]:
    """Every place of the wrong word."""
    at = article.text.find(options.wrong)
    while at >= 0:
        span = Span(at, at + len(options.wrong))
        fix = Fix(f"write {options.right}", (Edit(span, options.right),), "safe")
        yield Hit(span, f"“{options.wrong}” for “{options.right}”", fix)
        at = article.text.find(options.wrong, span.end)


RULE = Rule(summary="a wrong word", check=check, options=Options, prefilter=lambda text: True)
