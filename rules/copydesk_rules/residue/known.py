"""The furniture of all sources, as an index keeps it: in how many stories of a source each line stands."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from copydesk import Corpus, Facts

from .repetition import MIN_FILES, Counts, repeated

Known = tuple[int, Counts]
"""How many stories a source has, and in how many of them a key stands."""
_LINE = struct.Struct("<QII")
"""Key of a line, stories in which it stands before the story, and stories in which it stands after its beginning."""


def furniture(corpus: Corpus) -> Iterator[tuple[list[Facts], Known]]:
    """The articles of each source that has enough, with what is known of it: by the index, or by these pages."""
    sources = _by_source(corpus.facts)
    told = corpus.elsewhere.told(sources) if corpus.elsewhere is not None else None
    for source, facts in sources.items():
        if told and source in told:
            yield facts, _unpacked(*told[source])
        elif len(facts) >= MIN_FILES:
            yield facts, repeated([f.value["rows"] for f in facts])


def _by_source(facts: Iterable[Facts]) -> dict[str, list[Facts]]:
    sources: dict[str, list[Facts]] = {}
    for f in facts:
        sources.setdefault(f.meta.source, []).append(f)
    return sources


def summary(facts: Iterable[Facts]) -> dict[str, list[int | bytes]]:
    """How many stories each source has, and in how many of them each line stands."""
    return {pages[0].meta.source: _packed(*known) for pages, known in furniture(Corpus(tuple(facts)))}


def _packed(files: int, counts: Counts) -> list[int | bytes]:
    keys = sorted({*counts.head, *counts.rest})
    return [files, b"".join(_LINE.pack(key, counts.head.get(key, 0), counts.rest.get(key, 0)) for key in keys)]


def _unpacked(files: int, lines: bytes) -> Known:
    found = list(_LINE.iter_unpack(lines))
    return files, Counts({key: n for key, n, _ in found if n}, {key: n for key, _, n in found if n})
