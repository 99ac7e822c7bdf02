"""Fails on an article that says "boom"."""

from collections.abc import Iterator

from copydesk import Article, Hit, NoOptions, Rule


def check(article: Article, options: NoOptions) -> Iterator[Hit]:
    """Nothing, or an error."""
    if "boom" in article.text:
        raise RuntimeError("boom")
    yield from ()


RULE = Rule(summary="a rule with a bug", check=check)
