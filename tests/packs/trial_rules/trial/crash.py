"""Fails on an article that says "boom" or, in its prefilter, "bang"; its process dies of "sigkill"."""

import os
import signal
from collections.abc import Iterator

from copydesk import Article, Hit, NoOptions, Rule


def prefilter(text: str) -> bool:
    """True, or an error."""
    if "bang" in text:
        raise RuntimeError("bang")
    return True


def check(article: Article, options: NoOptions) -> Iterator[Hit]:
    """Nothing, or an error."""
    if "sigkill" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "boom" in article.text:
        raise RuntimeError("boom")
    yield from ()


RULE = Rule(summary="a rule with a bug", check=check, prefilter=prefilter)
