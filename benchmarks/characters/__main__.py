"""``python -m benchmarks.characters``: the family's rules and ftfy on the same generated text, in the same run.

Times are CPU seconds of the article rules with their prefilters, the least of several rounds; reading files is no
part of them. ftfy is asked for ``fix_text`` without uncurling. ``growth`` is the time of 80,000 characters of one
repeated piece of damage over that of 20,000: 4 is linear.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from importlib import import_module

import ftfy

from copydesk import Article, Rule
from copydesk.formats import Fields
from copydesk.formats.text import articles
from copydesk.source import SourceFile

_NAMES = ("mojibake", "stray", "entity", "invisible", "homoglyph", "escape", "form", "lost", "encoding")
_RULES: list[Rule] = [import_module(f"copydesk_rules.characters.{name}").RULE for name in _NAMES]
_SENTENCES = {
    "ASCII": ("The council approved the new harbour plan after a long debate.", "Officials said work begins in May."),
    "English": ("“We don’t know yet,” the mayor said – and left.", "The café’s owner waited; it wasn’t open."),
    "German": ("Der Bürgermeister eröffnete die Straße über den Fluß.", "„Schön“, sagte er – und ging früh."),
    "French": ("La cérémonie a été annulée, dit-il : « c’est décidé ».", "Les élèves étaient déjà là."),
    "Russian": ("Президент объявил о встрече с журналистами.", "В городе открыли новый мост через реку."),
    "Greek": ("Ο πρωθυπουργός μίλησε χθες στη Βουλή.", "Η πόλη απέκτησε νέα γέφυρα."),
}
_WORST = ("Ã", "Â ", "â€", "Ð", "&amp;", "?a", "\\u20", "%C3", "а\u0061", "—√©", "\u0093", "e\u0301")
_ROUNDS, _SIZE = 3, 200_000
_CONFIG = ftfy.TextFixerConfig(uncurl_quotes=False)


def text(kind: str, size: int) -> str:
    """Paragraphs of one language in changing order, about ``size`` characters."""
    rng, out = random.Random(1), ""
    while len(out) < size:
        out += " ".join(rng.choices(_SENTENCES[kind], k=6)) + "\n\n"
    return out[:size]


def check(copy: str) -> float:
    """CPU seconds that the rules take for one article."""
    made: Article = next(iter(articles(SourceFile("a.txt", copy.encode(), copy), Fields())))
    start = time.process_time()
    for rule in _RULES:
        if rule.check and rule.prefilter(made.text):
            list(rule.check(made, rule.options()))
    return time.process_time() - start


def mend(copy: str) -> float:
    """CPU seconds that ftfy takes."""
    start = time.process_time()
    ftfy.fix_text(copy, _CONFIG)
    return time.process_time() - start


def least(measure: Callable[[str], float], copy: str) -> float:
    """The least of several rounds."""
    return min(measure(copy) for _ in range(_ROUNDS))


def main() -> None:
    """Print the table."""
    copies = {kind: text(kind, _SIZE) for kind in _SENTENCES}
    damaged = text("French", _SIZE // 8).replace("\u00a0", " ").encode().decode("cp1252", "replace")
    print(f"{'':10} {'MB/s':>8} {'ftfy MB/s':>10} {'time to ftfy':>13}")
    for kind, copy in (*copies.items(), ("damaged", damaged)):
        ours, theirs, size = least(check, copy), least(mend, copy), len(copy.encode()) / 1e6
        print(f"{kind:10} {size / ours:8.1f} {size / theirs:10.1f} {ours / theirs:12.2f}x")
    print(f"\n{'repeated':10} {'growth':>8}")
    for piece in _WORST:
        one, four = (check(piece * (n * 20_000 // len(piece))) for n in (1, 4))
        print(f"{piece!r:10} {four / one:8.1f}")


if __name__ == "__main__":
    main()
