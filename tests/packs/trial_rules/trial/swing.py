"""Turns "ping" into "pong" and back: fixes that never settle."""

from collections.abc import Iterator

from copydesk import Article, Edit, Fix, Hit, NoOptions, Rule, Span


def check(article: Article, options: NoOptions) -> Iterator[Hit]:
    """The first ping or pong."""
    for word, other in (("ping", "pong"), ("pong", "ping")):
        at = article.text.find(word)
        if at >= 0:
            yield Hit(Span(at, at + 4), f"{word} again", Fix("swing", (Edit(Span(at, at + 4), other),), "safe"))
            return


RULE = Rule(summary="fixes that do not settle", check=check)
