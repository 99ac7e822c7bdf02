"""Where two texts run alike: exact runs of words, tiled greedily and joined across small changes.

Greedy string tiling after Wise (1993), as METER and the PAN text alignment tasks use it, on hashed words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from copydesk.typed import NamedTuple
from copydesk_rules.copies.runs import SEED, Tile

_GAP = 12
"""Changed words over which two runs are still one passage."""
_DRIFT = 3
"""Words by which equal words of a gap may have moved."""
_RUNS = 3000
"""Runs looked at, the longest first: only two texts of refrains have more."""


class Passage(NamedTuple):
    """Tiles that follow each other closely in both texts."""

    tiles: tuple[Tile, ...]

    @property
    def words(self) -> int:
        """Matched words."""
        return sum(t.size for t in self.tiles)

    @property
    def here(self) -> tuple[int, int]:
        """First and last word in the one text."""
        return self.tiles[0].here, self.tiles[-1].here + self.tiles[-1].size - 1

    @property
    def there(self) -> tuple[int, int]:
        """First and last word in the other."""
        return self.tiles[0].there, self.tiles[-1].there + self.tiles[-1].size - 1


class Text(NamedTuple):
    """One side of a pair: the hash and the kind of each of its words."""

    hashes: list[int]
    kinds: bytes


def align(here: Text, there: Text, common: Iterable[Tile], fewest: int) -> list[Passage]:
    """The passages of at least ``fewest`` matched words, in order of the first text.

    ``common``: the runs of equal words, as :func:`runs` gives them.
    """
    chains = _joined(_tiles(_whole(here, there, common)))
    filled = (Passage(tuple(_filled(c, here, there))) for c in chains)
    return sorted(p for p in filled if p.words >= fewest)


def _whole(here: Text, there: Text, common: Iterable[Tile]) -> list[Tile]:
    """Maximal runs of equal words, the longest first: a refrain inside does not part them."""
    found: list[Tile] = []
    reached: dict[int, int] = {}  # by how far the texts are apart: where the last run so far apart ends
    for i, j, size in common:
        if reached.get(i - j, 0) < i + SEED:
            most = min(len(here.hashes) - i, len(there.hashes) - j)
            while size < most and here.hashes[i + size] == there.hashes[j + size]:
                size += 1
            reached[i - j] = i + size
            found.append(Tile(i, j, size))
    return sorted(found, key=lambda t: (-t.size, t.here - t.there, t.here))[:_RUNS]


def _tiles(runs: Sequence[Tile]) -> list[Tile]:
    """Runs without overlap in either text, the longer having its way, in order of the first text."""
    mine = bytearray(max((t.here + t.size for t in runs), default=0))
    theirs = bytearray(max((t.there + t.size for t in runs), default=0))
    tiles = []
    for i, j, size in runs:
        while size and (mine[i] or theirs[j]):
            i, j, size = i + 1, j + 1, size - 1
        while size and (mine[i + size - 1] or theirs[j + size - 1]):
            size -= 1
        if size < SEED or 1 in mine[i : i + size] or 1 in theirs[j : j + size]:
            continue
        mine[i : i + size] = theirs[j : j + size] = b"\1" * size
        tiles.append(Tile(i, j, size))
    return sorted(tiles)


def _joined(tiles: list[Tile]) -> list[list[Tile]]:
    """Tiles gathered where the next follows within the gap in both texts."""
    chains: list[list[Tile]] = []
    for tile in tiles:
        for chain in chains[:-4:-1]:
            end = chain[-1]
            if 0 <= tile.here - end.here - end.size <= _GAP and 0 <= tile.there - end.there - end.size <= _GAP:
                chain.append(tile)
                break
        else:
            chains.append([tile])
    return chains


def _filled(chain: list[Tile], here: Text, there: Text) -> Iterator[Tile]:
    """The chain with the equal words between its tiles, in order and near the same place of the gap."""
    yield chain[0]
    for last, tile in itertools.pairwise(chain):
        i, j = last.here + last.size, last.there + last.size
        theirs = there.hashes[j : tile.there]
        at = 0
        for n, word in enumerate(here.hashes[i : tile.here] if theirs else ()):
            near = theirs[max(at, n - _DRIFT) : n + _DRIFT + 1]
            if word in near:
                at = max(at, n - _DRIFT) + near.index(word) + 1
                yield Tile(i + n, j + at - 1, 1)
        yield tile
