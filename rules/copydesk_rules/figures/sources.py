"""The words that name a figure's source: "South Korea's intelligence service", "a poll by Ipsos", "reportedly"."""

from __future__ import annotations

from copydesk import Article
from copydesk.compiled import compiled
from copydesk_rules.figures.attribution import Judged
from copydesk_rules.figures.language import Language, language_of

_LONGEST = 70
_BREAK = compiled(r"(?<!\d),|,(?!\d)|[;:“”\"()—–]|\.(?=\s|$)|\s-\s")
_ASIDE = compiled(r"\s*\([^()]*\)\s*$")


def source_of(article: Article, j: Judged) -> str:
    """Who or what stands behind a figure, in the article's words; empty where nobody does."""
    language = language_of(article)
    if j.source is None or language is None:
        return ""
    if j.sourceless:
        return article[j.source]
    sentence = j.carried or j.sentence
    behind = _after(article.text, j.source.end, sentence.end)
    before = _before(article.text, sentence.start, j.source.start, language)
    if j.reason == "phrase":
        return behind or before
    if j.reason in ("data", "unnamed"):
        return _joined(before, article[j.source], "")
    inverted = article.text[sentence.start : j.source.start].rstrip()[-1:] in tuple(',”"') and behind[:1].isupper()
    return behind if inverted else before


def _after(text: str, start: int, end: int) -> str:
    m = _BREAK.search(text, start, end)
    return _short(text[start : m.start() if m else end])


def _before(text: str, start: int, end: int, language: Language) -> str:
    """The subject before a verb: back to the last mark or "that", without auxiliaries."""
    piece = _ASIDE.sub("", text[start:end].rstrip(" ,"))
    while piece and piece.split()[-1].lower() in language.auxiliaries:
        piece = _ASIDE.sub("", piece.rpartition(piece.split()[-1])[0].rstrip(" ,"))
    marks = list(_BREAK.finditer(piece))
    words = piece[marks[-1].end() if marks else 0 :].split()
    for i in range(len(words) - 1, -1, -1):
        if words[i].lower() in language.clause or words[i].lower() in ("that", "as"):
            words = words[i + 1 :]
            break
    return _short(" ".join(_noun_phrase(words, language)))


def _noun_phrase(words: list[str], language: Language) -> list[str]:
    """The subject at the end of some words: "over the weekend a clerk of the town" is "a clerk of the town"."""
    for i in range(len(words) - 1, 0, -1):
        if words[i].lower() in language.determiners and words[i - 1].lower() not in language.stop:
            return words[i:]
    nouns = language.bodies | language.plurals
    plain = words and words[0].islower() and words[0] not in language.determiners
    told = any(w[:1].isupper() or w.endswith("s") or w in nouns for w in words)
    return [] if plain and not told else words


def _joined(*parts: str) -> str:
    return " ".join(p for p in parts if p)


def _short(text: str) -> str:
    """At most about seventy characters, cut at a word."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"
