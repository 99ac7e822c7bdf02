"""The language of an article: as declared, else by script and frequent words, else by langdetect on a sample."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

from copydesk.article import Article
from copydesk.compiled import compiled

_SAMPLE = 1500
_FEWEST_LETTERS = 20
_LETTER = compiled(r"[^\W\d_]")
_WORD = compiled(r"[^\W\d_][\w\u0900-\u0963]*")
_NOISE = compiled(r"\w+://\S+|[@#]\w+|\S+@\S+")
_SCRIPTS = {
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff",
    "devanagari": "\u0900-\u097f",
    "cyrillic": "\u0400-\u052f",
    "kana": "\u3040-\u30ff",
    "han": "\u3400-\u9fff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "ko": "\uac00-\ud7a3\u1100-\u11ff",
    "th": "\u0e00-\u0e7f",
    "bn": "\u0980-\u09ff",
    "pa": "\u0a00-\u0a7f",
    "gu": "\u0a80-\u0aff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "si": "\u0d80-\u0dff",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "ka": "\u10a0-\u10ff",
    "am": "\u1200-\u137f",
    "km": "\u1780-\u17ff",
    "hy": "\u0530-\u058f",
}
_ENOUGH = 0.16
_CLEAR = 1.3
_FEWEST_HITS = 4
_SURE = 0.8


def language(article: Article) -> str:
    """ISO 639-1 code of the article's language, or "" where nothing tells it. The same in every run."""
    return article.view(_language)


def _language(article: Article) -> str:
    declared = article.meta.language.replace("_", "-").split("-")[0].strip().lower()
    return declared or told(article.text)


def told(text: str) -> str:
    """The language that the text itself tells: ISO 639-1 code, or ""."""
    sample = _NOISE.sub(" ", text[:_SAMPLE])
    letters = _LETTER.findall(sample)
    if len(letters) < _FEWEST_LETTERS:
        return ""
    script = _script("".join(letters))
    by_script = {"hebrew": _hebrew, "arabic": _arabic}
    if script in by_script:
        return by_script[script](sample)
    if script in ("latin", "cyrillic", "devanagari"):
        return _by_words(sample) or _detected(sample)
    return {"kana": "ja", "han": "zh"}.get(script, script)


def _script(letters: str) -> str:
    """The script of most letters; kana among Chinese characters tells Japanese."""
    counts = {name: len(pattern.findall(letters)) for name, pattern in _patterns().items()}
    if counts["kana"] * 10 > counts["han"] > 0:
        counts["kana"] += counts["han"]
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] * 3 > len(letters) else "latin"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: compiled(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}


def _hebrew(sample: str) -> str:
    return "yi" if len(re.findall("[װױײ]", sample)) > len(sample) / 60 else "he"


def _arabic(sample: str) -> str:
    """Arabic, Persian or Urdu, by the letters that only the latter two have."""
    if len(re.findall("[ٹڈڑےں]", sample)) * 50 > len(sample):
        return "ur"
    return "fa" if len(re.findall("[پچژگی]", sample)) * 40 > len(sample) else "ar"


def _by_words(sample: str) -> str:
    """The language whose frequent words make up enough of the text, clearly more than the next one's."""
    words = _WORD.findall(sample.lower())
    hits: Counter[str] = Counter()
    for word in words:
        hits.update(_frequent().get(word, ()))
    (best, most), (_, second) = [*hits.most_common(2), ("", 0), ("", 0)][:2]
    clear = most >= _FEWEST_HITS and most >= len(words) * _ENOUGH and most >= second * _CLEAR
    return best if clear else ""


@cache
def _frequent() -> dict[str, tuple[str, ...]]:
    """Languages by frequent word, from ``languages.tsv``."""
    out: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("languages.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, words = line.split("\t")
            for word in dict.fromkeys(words.split()):
                out[word] = (*out.get(word, ()), code)
    return out


def _detected(sample: str) -> str:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        best = detect_langs(sample)[0]
    except LangDetectException:
        return ""
    return str(best.lang).split("-")[0] if best.prob >= _SURE else ""
