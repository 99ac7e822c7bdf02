"""A corpus rule: two articles that start with the same word."""

from collections.abc import Iterator
from typing import Any

from copydesk import Article, Corpus, Edit, Fix, Hit, NoOptions, Place, Ref, Rule, Span


def collect(article: Article) -> dict[str, Any]:
    """The first word, as bytes and as text, and where it ends."""
    word = article.text.split()[0]
    return {"word": word, "bytes": word.encode(), "end": len(word)}


def compare(corpus: Corpus, options: NoOptions) -> Iterator[tuple[Ref, Hit]]:
    """A hit in every article but the first of each word."""
    first: dict[bytes, tuple[Ref, int]] = {}
    for facts in corpus.facts:
        key, end = facts.value["bytes"], facts.value["end"]
        if key not in first:
            first[key] = (facts.ref, end)
        ref, far = first[key]
        if ref != facts.ref:
            fix = Fix("shout", (Edit(Span(0, end), facts.value["word"].upper()),), "unsafe")
            related = (Place(ref, Span(0, far), "first here"),)
            yield facts.ref, Hit(Span(0, end), f"starts like {ref.path}", fix, related)


RULE = Rule(summary="articles that start alike", collect=collect, compare=compare, default=False)
