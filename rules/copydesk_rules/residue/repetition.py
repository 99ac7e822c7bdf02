"""A source's own furniture, learned from its files: lines that stand at the edges of several of them.

A block's key is its text in lower case with digits masked and punctuation gone (CCNet, Wenzek et al. 2020); unbroken
runs at the start and end of a file come first, as in Text::Identify::BoilerPlate (CPAN, 2005). Pages that share most of
their long lines are copies of one story and count once.
"""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from copydesk import Article, Span
from copydesk.compiled import compiled
from copydesk.hashing import blake2b
from copydesk.typed import Any, NamedTuple

from .judgement import KEPT, Judged, judged, page
from .letters import lines, masked

_WORD = compiled(r"(?<!\w)[^\W\d_]\w")
_ROW, _KEPT = struct.Struct("<IIQHB"), struct.Struct("<II8sHB")
_PROSE, _KINDED, _SAFE, _WITNESS, _STORY, _WORDLESS = 1, 2, 4, 8, 16, 32
MIN_FILES = 3
_MIN_PROSE = 4
_TITLE = 4
_OFTEN, _MOST = 0.25, 0.5
"""Share of a source's files in which a line must stand to be removed: one that looks like furniture, and any other."""
_BLOCK = 6
"""Lines at the end of a file that all recur: a column of headlines, none of which need stand in many files."""
_COPIES = 4
"""Long lines that two copies of one story share at least."""


class Row(NamedTuple):
    """One block of an article as facts keep it."""

    start: int
    end: int
    key: int
    words: int
    flags: int

    def has(self, flag: int) -> bool:
        return bool(self.flags & flag)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def collect(article: Article) -> Any:
    """Every block's span, key and look, packed; and the kinds of the judged ones. None for an article of one block.

    None for a web page, too: what its site repeats belongs there.
    """
    if article.page or len(article.blocks) < 2:
        return None
    p = page(article)
    safe = {j.block for j in judged(article) if j.safe}
    packed = bytearray()
    of_blocks = zip(article.blocks, p.lines, lines(article), masked(article), strict=True)
    for n, (block, x, text, key) in enumerate(of_blocks):
        flags = (
            _PROSE * x.prose
            | _KINDED * bool(x.kind)
            | _SAFE * (n in safe)
            | _WITNESS * x.witness
            | _STORY * x.story
            | _WORDLESS * (_WORD.search(text) is None)
        )
        packed += _KEPT.pack(block.span.start, block.span.end, _digest(key), min(x.words, 65535), flags)
    return {"rows": bytes(packed), "kinds": [[j.block, j.kind] for j in judged(article)]}


def _digest(key: bytes) -> bytes:
    return blake2b(key, digest_size=8).digest()


def rows(packed: bytes) -> list[Row]:
    """The blocks of an article, as facts keep them under ``rows``."""
    return list(map(Row._make, _ROW.iter_unpack(packed)))


def keys(packed: bytes) -> list[int]:
    """The keys of an article's blocks."""
    return [key for _, _, key, _, _ in _ROW.iter_unpack(packed)]


class Counts(NamedTuple):
    """In how many stories of a source a key stands: before the story, and after its beginning."""

    head: dict[int, int]
    rest: dict[int, int]

    def in_none_of(self, packed: bytes) -> bool:
        """Whether no block of a page recurs: then nothing is learned of it."""
        found = keys(packed)
        return self.head.keys().isdisjoint(found) and self.rest.keys().isdisjoint(found)


def repeated(pages: Sequence[bytes]) -> tuple[int, Counts]:
    """For the pages of one source: how many stories they are, and how many hold each key that stands in several."""
    several = _several(pages)
    stories = _stories(pages, several)
    head: dict[int, set[int]] = defaultdict(set)
    rest: dict[int, set[int]] = defaultdict(set)
    for story, packed in zip(stories, pages, strict=True):
        here = head
        for _, _, key, _, flags in _ROW.iter_unpack(packed):
            if flags & _STORY:
                here = rest
            if key in several and not flags & _WORDLESS:
                here[key].add(story)
    return len(set(stories)), Counts(_often(head), _often(rest))


def _several(pages: Iterable[bytes]) -> set[int]:
    """The keys that stand in several pages: most stand in one, and tell nothing."""
    seen, several = set[int](), set[int]()
    for packed in pages:
        here = set(keys(packed))
        several |= here & seen
        seen |= here
    return several


def _often(seen: dict[int, set[int]]) -> dict[int, int]:
    return {key: len(found) for key, found in seen.items() if len(found) >= MIN_FILES}


def _begin(page_rows: list[Row]) -> int:
    """Index of the first block of story, or of the end."""
    return next((n for n, r in enumerate(page_rows) if r.has(_STORY)), len(page_rows))


def _stories(pages: Sequence[bytes], several: Container[int]) -> list[int]:
    """A number for each page, the same for copies of one story; ``several``: the keys that pages may have in common."""
    holders: dict[int, list[int]] = defaultdict(list)
    for n, packed in enumerate(pages):
        for key in {key: 0 for _, _, key, _, flags in _ROW.iter_unpack(packed) if flags & _STORY and key in several}:
            holders[key].append(n)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for found in holders.values():
        for a, b in pairwise(found):
            shared[a, b] += 1
    story = list(range(len(pages)))
    for (a, b), count in sorted(shared.items()):
        if count >= _COPIES and _alike(_longs(pages[a]), _longs(pages[b])):
            story[b] = story[a]
    return story


def _longs(packed: bytes) -> dict[int, int]:
    """The long lines of a page, with the words of each."""
    return {key: words for _, _, key, words, flags in _ROW.iter_unpack(packed) if flags & _STORY}


def _alike(a: dict[int, int], b: dict[int, int]) -> bool:
    """Whether two pages share most of their long lines."""
    shared = sum(words for key, words in a.items() if key in b)
    return 2 * shared >= min(sum(a.values()), sum(b.values()))


def learned(page_rows: list[Row], counts: Counts, files: int, kinds: dict[int, str]) -> list[Judged]:
    """The blocks of a page that repetition shows to be furniture; ``kinds``: what the article alone showed."""
    begin = _begin(page_rows)
    often = [(counts.head if n < begin else counts.rest).get(r.key, 0) for n, r in enumerate(page_rows)]
    # a line that stands twice on the page may be its own headline among "most read"
    keys = Counter(r.key for r in page_rows if r.words >= _TITLE)
    often = [0 if keys[r.key] > 1 and not r.has(_KINDED) else count for r, count in zip(page_rows, often, strict=True)]
    if not any(often):
        return []
    tail = _edge(range(len(page_rows) - 1, begin - 1, -1), page_rows, often, files)
    head = _edge(range(begin), page_rows, often, files)
    _spare_headline(head, begin)
    block = sum(often[n] > 0 for n in tail) >= _BLOCK
    out = []
    for n in sorted({n for n, count in enumerate(often) if count} | tail | head):
        r = page_rows[n]
        edge = "tail" if n in tail else "head" if n in head else ""
        inner = often[n] and not r.has(_PROSE) and r.has(_KINDED) and n >= begin
        if r.has(_SAFE) or not (edge or (inner and n not in kinds)):
            continue
        kind = kinds.get(n) or _near(n, kinds)
        seen = (f"repetition ({often[n]} of {files} files)",) if often[n] else ()
        safe = kind not in KEPT and _common(r, n, edge, often[n] / files, block)
        out.append(Judged(n, kind, safe, (*seen, f"place ({edge})" if edge else "wording")))
    return out


def _common(r: Row, n: int, edge: str, share: float, block: bool) -> bool:
    """Whether a line that recurs is the page's for certain; a reporter's name or a column's subhead recurs as well."""
    if r.has(_WITNESS) or (n == 0 and r.words >= _TITLE and not r.has(_KINDED)):
        return False
    if r.has(_KINDED) and not r.has(_PROSE):
        return share >= _OFTEN or (edge == "tail" and not share)
    return edge == "tail" and (share >= _MOST or block or r.has(_WORDLESS))


def _edge(order: range, page_rows: list[Row], often: list[int], files: int) -> set[int]:
    """Blocks of the unbroken run of furniture at one end of a page; ``order`` goes inward."""
    run: list[int] = []
    proven = 0
    for n in order:
        r = page_rows[n]
        if often[n] and (not r.has(_PROSE) or (often[n] >= _MIN_PROSE and (proven or 2 * often[n] >= files))):
            run.append(n)
            proven = len(run)
        elif (r.has(_KINDED) and not r.has(_PROSE)) or r.has(_WORDLESS):
            run.append(n)
        else:
            break
    return set(run[:proven])


def _spare_headline(head: set[int], begin: int) -> None:
    """Leave a page its headline: between head run and story a line must stand that is not taken."""
    if head and len(head) == begin:
        head.discard(begin - 1)


def _near(n: int, kinds: dict[int, str]) -> str:
    """The kind of the nearest judged block, two away at most."""
    return next((kinds[m] for m in (n - 1, n + 1, n - 2, n + 2) if m in kinds), "navigation")
