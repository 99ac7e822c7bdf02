"""What a line looks like, whatever it says: a date, a byline, a credit, a menu, a sentence, a paragraph."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from copydesk.compiled import compiled
from copydesk.typed import NamedTuple

from .letters import Heard
from .witness import TOLD, witness
from .wording import SHORT, Pattern, Wording, candidates, inner_words, kinds, reading, tokens, wording

_END = r"[.!?…。！？][\"'”’»)\]]*$|[:,;]$"
_STOPS = frozenset(".!?…。！？:,;")
_BYLINE = (
    r"(?i)(?:by|von|par|por|di|door|przez|автор|текст|writ{2}en by|posted by|words by|story by|reported by)[:\s]+"
    r"(?=\S*\w)(?P<name>.+)"
)
_BY = ("by", "von", "par", "por", "di", "door", "przez", "автор", "текст", "writ", "posted", "words", "story", "report")
"""How a byline begins: a look before its pattern."""
_JOINS = frozenset(
    {"and", "of", "the", "for", "de", "van", "der", "da", "di", "von", "la", "le", "el", "y", "und", "et", "e", "i"}
    | {"contributor", "by", "in", "at", "with"}
)
_DAY = r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b"
_LABELLED = (
    r"\w \[(?:ANALYSIS|BREAKING|COMMENT|EXCLUSIVE|EXPLAINED?R?|GALLERY|INSIGHT|INTERVIEW|LATEST|LISTEN|LIVE|MAPS?|NEWS"
    r"|OPINION|PHOTOS?|PICTURES?|PICS|POLL|PROFILE|QUIZ|REACTION|REPORT|REVEAL(?:ED)?|REVIEW|SPOTLIGHT|UPDATES?|VIDEOS?"
    r"|WARNING|WATCH)\]\W?$"
)
"""A teaser: "Ferry hits pier [VIDEO]"; a name in brackets is a source."""
_STAMP = frozenset(
    {"published", "updated", "posted", "modified", "ago", "gmt", "est", "edt"}
    | {"utc", "cst", "pst", "pdt", "ist", "aktualisiert", "publié"}
)
"""Words of a date line that no event's date has."""
_BRACKETED = r"\((?:[A-Z][\w.&'’-]*[ /,|]*){2,6}\)"
_COUNT = r"(?i)(?:image|photo|slide|picture|page) \d+ ?(?:of ?/?|/) ?\d+|\d+ ?of/ ?\d+|\d+of\d+"
"""A picture's number among others; "4 of 5" and "4/5" may be a verdict."""
_GLUED = r"\d[\d,.]*[KkMm]?(?:Shares?|Comments?|Tweets?|Likes?)"
"""A button that lost the blank before its label: "195Shares"."""
_BARS = ("|", "•", "·", "›", "»", ">", "/")
_SEPARATORS = r"\s[|•·›»>/]+\s|\s[|•·›»]|[|•·›»]\s"
_LINK = r"(?i)(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+|\w+(?:\.\w+)*\.(?:com|org|net|co\.uk|de|fr|ru|ua)\S*"
_CREDIT = (
    r"(?i).{0,200}[(\[](?:(?:ap|afp|pa|epa|cbc|reuters|getty|file|tass|dpa|ap/file)|(?:photo|image|picture|pic|credit|courtesy|source|illustration|screenshot|foto|bild|crédit|crédito"
    r"|credito|zdj|фото|photograph|video|ap |ap/|afp|reuters|getty|epa|shutterstock)\b[^()\[\]]*"
    r"|[^()\[\]]*(?:[a-z.] ?/ ?[A-Z]|\bvia |getty images|shutterstock|reuters|associated press|\bafp|\bap photo|/ap)"
    r"[^()\[\]]*)[)\]]\.?$"
    r"|.{10,400}(?:Photograph|Photo|Picture|Photography|Image|Illustration) (?:by|courtesy of|credit:)"
    r" [A-Z][^.!?]{2,50}$"
)
_WIDE = 600
"""Code points: a longer line is a paragraph, whatever it looks like."""
_FORMAL = frozenset({"copyright", "legal", "wire-footer", "credit", "author"})
"""Kinds whose lines end with a full stop however short they are."""
_NOTICE = frozenset({"copyright", "©", "all", "this", "no", "any", "for"})
"""First words of a copyright notice, however long."""
_QUOTES = "\"'“‘«„‹"
_ANSWER = 2
_COUNTERS = frozenset({"#", "comment", "comments", "tweet", "submit", "permalink", "flag", "preview"})
"""Words of a row of buttons that are no share button themselves."""
_ROW, _LISTED, _CAPTION, _PARTS = 20, 24, 60, 2
_PROSE, _STORY, _LONG, _PROMPT = 8, 14, 25, 40


class Line(NamedTuple):
    """A block as the rule sees it. ``kind`` is what its wording or shape says it is, or empty."""

    words: int
    kind: str
    sure: bool
    evidence: str
    sentence: bool
    """Ends as a sentence does."""
    open: bool = False
    """A wildcard of the wording took words: a headline that begins alike would match too."""
    witness: bool = False
    """Tells of the story: who wrote it, where it comes from, what was corrected."""
    stop: bool = False
    """Its wording is likely, and it ends with a full stop: somebody may say so."""
    prose: bool = False
    """Running text: a sentence, or long."""
    story: bool = False
    """Running text as long as a paragraph of a story, and nothing says it is anything else."""


@lru_cache(maxsize=4096)
def _silent(words: int, sentence: bool, told: bool) -> Line:
    """A line that nothing is known of but its length and its end: most lines."""
    prose = words >= (_PROSE if sentence else _LONG)
    return Line(words, "", False, "", sentence, witness=told, prose=prose, story=prose and words >= _STORY)


def line(heard: Heard) -> Line:
    """The look of a block's text."""
    text, words = heard.text, heard.length
    sentence, telling = _ends(text), not _telling().isdisjoint(heard.words)
    told = (telling or "@" in text) and witness(heard)
    silent = _silent(words, sentence, told)
    found = candidates(heard, SHORT if words > _LISTED else 0, telling)
    if not found and words > _LISTED:
        if len(text) > _WIDE or words > _CAPTION or not (_credited(heard) or (not sentence and _menu(text))):
            return silent
        found = candidates(heard)
    return _told(heard, found, silent)


def _told(heard: Heard, found: list[Pattern], silent: Line) -> Line:
    """A line by the patterns it may match and by its shape; ``silent`` where neither tells anything."""
    text, words, sentence = heard.text, heard.length, silent.sentence
    said = reading(text, found) if found else None
    if said is not None and _spoken(text, words, said):
        said = None
    stop = said is not None and _full_stop(text)
    if said is not None and said.sure and not (said.open and stop) and not _too_long(said, words, text):
        return silent._replace(
            kind=said.kind, sure=True, evidence=f"wording ({said.language})", open=said.open, story=False
        )
    shape = _shape(heard, words, sentence, said)
    if shape:
        return silent._replace(kind=shape[0], sure=shape[1], evidence="shape", story=False)
    if said is not None and not (sentence and words >= _STORY) and not (words == 1 and text[0] in "[("):
        evidence = f"wording ({said.language})"
        return silent._replace(kind=said.kind, evidence=evidence, open=said.open, stop=stop, story=False)
    return silent


@cache
def _telling() -> frozenset[str]:
    """Words that say something wherever they stand in a line."""
    return TOLD | inner_words()


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence or its part does."""
    last = text[-1:]
    return last in _STOPS or (not last.isalnum() and bool(compiled(_END).search(text[-8:])))


def _spoken(text: str, words: int, said: Wording) -> bool:
    """Whether a line is somebody's words: quoted, or an answer or order of a word or two ("No.", "I agree.")."""
    return said.kind not in _FORMAL and (
        text[0] in _QUOTES or (words <= _ANSWER and text[-1] in ".?" and text[-2:] != "..")
    )


def _too_long(said: Wording, words: int, text: str) -> bool:
    """Whether a line is as long as a paragraph that may speak of newsletters, or as a caption that ends in a notice."""
    if said.kind == "copyright":
        return words > _LONG and tokens(text)[0] not in _NOTICE
    return said.kind in ("author", "subscribe") and words > _PROMPT


def _full_stop(text: str) -> bool:
    """Whether a line ends as running text does; a colon or dots after a few words are a label's."""
    return text[-1] not in ":…" and not text.endswith("...") and bool(compiled(_END).search(text[-8:]))


def _shape(heard: Heard, words: int, sentence: bool, said: Wording | None) -> tuple[str, bool] | None:
    """Kind of a line by its shape, and whether it is sure."""
    text = heard.text
    if not heard.words or len(text) > _WIDE:
        return None
    label = _label(heard, words, sentence) if words <= _ROW else None
    if label:
        return label
    if words <= _CAPTION and _credited(heard) and compiled(_CREDIT).fullmatch(text):
        return "caption" if words > 6 else "credit", False
    if said is None and words <= 40 and not sentence and text[0] != "|" and _menu(text):
        return "navigation", False
    return None


def _label(heard: Heard, words: int, sentence: bool) -> tuple[str, bool] | None:
    """Kind of a line that is short enough for a button, a date or a byline, and whether it is sure."""
    text = heard.text
    if text[0].isdigit() and compiled(_GLUED).fullmatch(text):
        return "share", True
    if text[-1].isdigit() and compiled(_COUNT).fullmatch(text):
        return "media", True
    numbered = words <= 16 and compiled(r"\d").search(text) is not None
    if words <= 14 and numbered and _is_date(text):
        return "date", any(w.strip(".") in _STAMP for w in tokens(text))
    if heard.words == ["by"]:
        return "byline", False
    if text.isdigit():
        return "share", False
    if "," not in text and _opens(heard.words[0]) and _is_row(tokens(text)):
        return "share", True
    if words <= 16 and not sentence and (_is_byline(heard) or (numbered and _is_dated(text))):
        return "byline", False
    if "[" in text and compiled(_LABELLED).search(text):
        return "related", False
    if words <= 4 and any(mark in text for mark in ".@#:") and _is_link(text):
        return ("author" if "@" in text else "navigation"), False
    if 2 <= words <= 6 and text[0] == "(" and compiled(_BRACKETED).fullmatch(text):
        return "credit", False
    return None


def _credited(heard: Heard) -> bool:
    """Whether a line may end in a credit: a look before the pattern."""
    text, lower = heard.text, heard.lower
    if text[-1] in ".!?":
        return text[-2:] in (").", "].")
    return text[-1] in ")]" or any([noun in lower for noun in ("photo", "image", "picture", "illustration")])  # noqa: C419 - faster


def _menu(text: str) -> bool:
    """Whether a line is cut into parts as a menu is."""
    return any([mark in text for mark in _BARS]) and len(compiled(_SEPARATORS).findall(text)) >= _PARTS  # noqa: C419 - faster


class _DateWords(NamedTuple):
    all: frozenset[str]
    months: frozenset[str]


@cache
def _date_words() -> _DateWords:
    """Compiled for copydesk, language after language: words of date lines; the first letters of the months' names."""
    words, months = Path(__file__).with_name("dates.txt").read_text(encoding="utf-8").split("\n\n")
    return _DateWords(frozenset(words.split()), frozenset(months.split()))


def _is_date(text: str) -> bool:
    found = tokens(text)
    if "#" not in found or not (len(found) > found.count("#") or compiled(_DAY).search(text)):
        return False
    return all(w == "#" or w.strip(".") in _date_words().all for w in found)


def _is_dated(text: str) -> bool:
    """Names and a full date: "Ann Lee - Nov 19, 2025, 10:31 pm"."""
    found = tokens(text)
    if found.count("#") < 2:
        return False
    words = _date_words()
    if not any(w in words.all and w[:3] in words.months for w in found) and not compiled(_DAY).search(text):
        return False
    rest = [w.strip("(),.;:|/-–—•") for w in text.split()]
    return all(not w or not w[0].islower() or w.casefold() in words.all or w in _JOINS for w in rest)


def _is_link(text: str) -> bool:
    return all(compiled(_LINK).fullmatch(w.strip("()[]:,;<>")) for w in text.split())


def _is_row(found: tuple[str, ...]) -> bool:
    """Whether a line is a row of share buttons."""
    return len(set(found) - {"#"}) > 1 and all(map(_is_button, found))


@cache
def _opens(word: str) -> bool:
    """Whether a row of buttons may begin with such a word: a look before its tokens are told apart."""
    return word[0].isdigit() or word in _COUNTERS or "share" in kinds(word)


@cache
def _is_button(word: str) -> bool:
    """Whether a word alone is a share or comment button: a network's name, "print", a count."""
    said: Wording | None = wording(word)
    return word in _COUNTERS or (said is not None and said.kind == "share")


def _is_byline(heard: Heard) -> bool:
    m = compiled(_BYLINE).match(heard.text) if heard.lower.startswith(_BY) else None
    if m is None:
        return False
    names = [w.strip("(),.;:|/-–—•") for w in m.group("name").split()]
    return all(not w or w[0].isupper() or w[0].isdigit() or w in _JOINS or "@" in w for w in names)
