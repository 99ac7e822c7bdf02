"""The language of an article: as declared, else by a cheap test, else by langdetect on a bounded sample."""

from __future__ import annotations

from copydesk.article import Article

_SAMPLE = 1000


def language(article: Article) -> str:
    """ISO 639-1 code of the article's language, or "" where nothing tells it."""
    return article.view(_language)


def _language(article: Article) -> str:
    if article.meta.language:
        return article.meta.language.split("-")[0].lower()
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0
    try:
        return str(detect(article.text[:_SAMPLE]))
    except LangDetectException:
        return ""
