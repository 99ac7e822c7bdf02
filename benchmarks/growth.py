"""``python -m benchmarks.growth``: what each rule takes on the worst of texts, and on twice as much of it.

Twice the text should take twice the time; a rule that takes three times as long, and long enough to tell, is named
and makes the exit status 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from copydesk.config import Config
from copydesk.packs import rule_ids
from copydesk.project import Project
from copydesk.run import Run
from copydesk.work import Desk

WORST = {
    "one word": "a",
    "blanks": " ",
    "line ends": "\n",
    "opening marks": "“",
    "straight marks": 'a" ',
    "brackets": "([{<",
    "ampersands": "&amp;",
    "digits": "1,000,",
    "stops": "A. ",
    "names": "Anna Kovac ",
    "mojibake": "â€™Ã©",
    "escapes": "\\u00e9=E2%80",
    "combining marks": "e\u0301",
    "urls": "http://a.b/c?d=e&",
    "short lines": "Share this\n\n",
    "figures": "about 12 million people said, ",
}
_TELLING = 0.05
"""Seconds below which a ratio is noise."""
_TOO_MUCH = 3.0


def seconds(rule_id: str, text: str) -> float:
    """Processor time of one rule on one article, the lesser of two runs."""
    desk = Desk(Config(root=Path.cwd(), select=(rule_id,)))
    least = float("inf")
    for _ in range(2):
        start = time.process_time()
        run = Run(Project.of(desk), {"a.txt": text.encode()}, jobs=1)
        run.check(["a.txt"])
        least = min(least, time.process_time() - start)
    return least


def rows(size: int, only: str | None) -> Iterator[tuple[str, str, float, float]]:
    """Rule, text, seconds on half the size and on all of it."""
    for rule_id in (i for i in rule_ids(("copydesk_rules",)) if only in (None, i)):
        seconds(rule_id, "Loaded.")
        for name, unit in WORST.items():
            text = unit * (size // len(unit.encode()))
            yield rule_id, name, seconds(rule_id, text[: len(text) // 2]), seconds(rule_id, text)


def main() -> None:
    """Print what each rule takes on each text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_000_000)
    parser.add_argument("--rule", help="this rule only")
    given = parser.parse_args()
    failed = False
    for rule_id, name, half, whole in rows(given.bytes, given.rule):
        grows = half > _TELLING and whole > half * _TOO_MUCH
        failed |= grows
        print(f"{rule_id:26} {name:18} {half:8.2f} s {whole:8.2f} s {'  GROWS' if grows else ''}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
