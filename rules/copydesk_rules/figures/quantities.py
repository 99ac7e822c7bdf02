"""A counted figure as something that can be compared: value and interval, noun, entity, status, source."""

from __future__ import annotations

from collections import Counter

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.typed import Any, NamedTuple
from copydesk_rules.figures.attribution import Judged, judged
from copydesk_rules.figures.cues import Sentence, sentence_at
from copydesk_rules.figures.language import Language, language_of
from copydesk_rules.figures.nouns import words_after
from copydesk_rules.figures.numbers import Figure
from copydesk_rules.figures.report import written
from copydesk_rules.figures.sources import source_of

_NAME = compiled(r"[A-Z][\w-]*[^\W\d_](?:[’']s?)?")
_STEM = 5
_STORY_NAMES = 40
_REACH = {"at-least": (1.0, 1.5), "at-most": (0.5, 1.0), "below": (0.85, 1.0), "about": (0.9, 1.1)}
_APOSTROPHES = ("’", "'")
_CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "-", "--", "“", "”", '"'})


class Mention(NamedTuple):
    """One place where a quantity is given. Plain values, so that it can be stored."""

    start: int
    end: int
    written: str
    value: float
    low: float
    high: float
    noun: str
    """Name of the noun's synonym set, or the noun."""
    entity: str
    """Stem of the proper name in the noun phrase ("North Korean soldiers"), or empty."""
    group: str
    status: str
    source: str
    modifier: str
    names: tuple[str, ...]
    """Stems of the proper names of the sentence."""

    def agrees(self, other: Mention) -> bool:
        """Whether one true value could be behind both."""
        return self.low <= other.high and other.low <= self.high


def mentions(article: Article) -> dict[str, Any] | None:
    """The comparable figures of an article, with the names that tell its story; None where it has none."""
    language = language_of(article)
    if language is None:
        return None
    found: list[Mention] = []
    before: Mention | None = None
    for j in judged(article):
        if j.figure.kind == "count":
            before = mention(article, j, language, before)
            found += [before] if before else []
    return {"names": _story(article.text, language), "mentions": [tuple(m) for m in found]} if found else None


def mention(article: Article, j: Judged, language: Language, before: Mention | None) -> Mention | None:
    """One figure made comparable; None where it says too little of what it counts, of whom, and in what state."""
    figure = j.figure
    noun = language.same.get(figure.noun, figure.noun)
    if not noun and before is None:
        return None
    sentence = sentence_at(article, j.sentence, language)
    state = _state(sentence, figure, language)
    if state is None and noun:
        return None
    names = names_in(article[j.sentence], language)
    entity = _entity(article, figure, language)
    if not noun and before is not None and "number" in sentence.words and before.end > j.sentence.start - 400:
        noun, entity, state = before.noun, before.entity, (before.group, (state or ("", "expected"))[1])
    if not noun or state is None or not (entity or names) or _partial(article, figure, language):
        return None
    if _of_another_year(article, sentence):
        return None
    low, high = interval(figure)
    return Mention(
        figure.span.start, figure.span.end, written(article, j), figure.value, low, high, noun, entity, *state,
        "" if j.sourceless else source_of(article, j), figure.modifier, tuple(sorted(names)),
    )  # fmt: skip


def interval(figure: Figure) -> tuple[float, float]:
    """The values a figure leaves open: by its modifier, else by its written precision, five per cent at most."""
    if figure.modifier in _REACH:
        down, up = _REACH[figure.modifier]
        return figure.value * down, figure.value * up
    digits = str(int(figure.value))
    slack = min(10 ** (len(digits) - len(digits.rstrip("0"))) / 2, figure.value * 0.05)
    return figure.value - slack, figure.value + slack


def names_in(text: str, language: Language) -> set[str]:
    """Stems of the capitalised words of a text, and of each two that stand together."""
    found, last, last_end = set(), "", -2
    for m in _NAME.finditer(text):
        word = _bare(m.group()).lower()
        if word in language.function_words or word in language.starters or len(word) < 3:
            last = ""
            continue
        found.add(word[:_STEM])
        if last and m.start() == last_end + 1:
            found.add(f"{last} {word[:_STEM]}")
        last, last_end = word, m.start() + len(m.group())
    return found


def _bare(word: str) -> str:
    """A word without the ending of a genitive."""
    if word[-1] == "s" and word[-2:-1] in _APOSTROPHES:
        return word[:-2]
    return word[:-1] if word[-1] in _APOSTROPHES else word


def _story(text: str, language: Language) -> list[str]:
    known = language.function_words | language.starters
    counts = Counter(map(str.lower, map(_bare, _NAME.findall(text))))
    stems: Counter[str] = Counter()
    for word, count in counts.items():
        if word not in known and len(word) > 2:
            stems[word[:_STEM]] += count
    return sorted(w for w, _ in stems.most_common(_STORY_NAMES))


def _entity(article: Article, figure: Figure, language: Language) -> str:
    """The stem of the name between number and noun, or of the noun itself where it is one ("Koreans")."""
    name: list[str] = []
    for word in words_after(article.text, figure.span.end):
        plain = _bare(word)
        if word[:1].isupper():
            name.append(plain.lower())
        if plain.lower() == figure.noun or (name and not word[:1].isupper()):
            break
    return " ".join([*name[:-1], name[-1][:_STEM]]) if name else ""


def _of_another_year(article: Article, sentence: Sentence) -> bool:
    """Whether the sentence speaks of another year than the article's: what it counts happened then."""
    if sentence.language.past.search(sentence.text.lower()):
        return True
    words = (w.rstrip(".,") for w in sentence.words if w[:2] in ("19", "20"))
    years = {w for w in words if len(w) == 4 and w.isdigit()}
    return bool(years - {article.meta.date[:4]})


def _partial(article: Article, figure: Figure, language: Language) -> bool:
    """Whether it counts a part or a difference: "another 170", "12 others", "75,000 fewer jobs"."""
    before = article.text[max(0, figure.span.start - 30) : figure.span.start].lower().split()[-3:]
    near = [w.lower() for w in words_after(article.text, figure.span.end)[:3]]
    return not language.partial.isdisjoint(near) or (bool(before) and before[-1] in language.partial)


def _state(sentence: Sentence, figure: Figure, language: Language) -> tuple[str, str] | None:
    """Group and status from the nearest status word of the figure's clause; (group, "expected") after a modal."""
    words = sentence.words
    at = sentence.token_at(figure.span.start)
    start = max((i for i in range(at) if words[i] in _CLAUSE_MARKS), default=-1) + 1
    end = next((i for i in range(at, len(words)) if words[i] in _CLAUSE_MARKS), len(words))
    near = sorted((i for i in range(start, end) if words[i] in language.statuses), key=lambda i: abs(i - at))
    if not near:
        return None
    group, status = language.statuses[words[near[0]]]
    return group, "expected" if language.expected & set(words[start:end]) else status


def span_of(m: Mention) -> Span:
    """Where the mention stands in its article."""
    return Span(m.start, m.end)
