"""The peer: what an engineer writes in an afternoon with ftfy, langdetect, simhash and a few patterns."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import ftfy
from langdetect import DetectorFactory, detect
from simhash import Simhash, SimhashIndex

_FOOTER = re.compile(r"^(copyright|subscribe|share this|related articles|read more)\b", re.I | re.M)
_FIGURE = re.compile(r"\d[\d,.]*")


def main(folder: str) -> None:
    """Fix, tell the language, match patterns and look for near-duplicates in every file."""
    DetectorFactory.seed = 0
    prints = []
    for path in sorted(Path(folder).rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        ftfy.fix_text(text)
        detect(text)
        _FOOTER.findall(text)
        _FIGURE.findall(text)
        prints.append((str(path), Simhash(text.split())))
    index = SimhashIndex(prints, k=3)
    for _, fingerprint in prints:
        index.get_near_dups(fingerprint)


if __name__ == "__main__":
    main(sys.argv[1])
