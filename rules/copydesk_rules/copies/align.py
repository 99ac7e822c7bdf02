"""Where two texts run alike: exact runs of words, tiled greedily and joined across small changes.

Greedy string tiling after Wise (1993), as METER and the PAN text alignment tasks use it, on hashed words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from copydesk_rules.copies.words import grams

if TYPE_CHECKING:
    from copydesk_rules.copies.words import U4, U8, Ints

SEED = 4
"""Words of the shortest run that is looked for."""
_SAME_SEED = 6
"""Places of one seed in a text beyond which it is a refrain and starts no run."""
_GAP = 12
"""Changed words over which two runs are still one passage."""
_DRIFT = 3
"""Words by which equal words of a gap may have moved."""
_RUNS = 3000
"""Runs looked at, the longest first: only two texts of refrains have more."""


class Tile(NamedTuple):
    """``size`` equal words, from word ``here`` of one text and ``there`` of the other."""

    here: int
    there: int
    size: int


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


class Seeds(NamedTuple):
    """Hashes of a text's runs of SEED words: in order of place, sorted, and the place of each sorted one."""

    words: U4
    keys: U8
    ordered: U8
    at: Ints


def seeds(words: U4) -> Seeds:
    """The seeds of a text."""
    import numpy as np

    keys = grams(words, SEED)
    at = np.argsort(keys, kind="stable")
    return Seeds(words, keys, keys[at], at)


def align(here: Seeds, there: Seeds, fewest: int) -> list[Passage]:
    """The passages of at least ``fewest`` matched words, in order of the first text."""
    chains = _joined(_tiles(_runs(here, there)))
    filled = (Passage(tuple(_filled(c, here.words, there.words))) for c in chains)
    return sorted(p for p in filled if p.words >= fewest)


def _runs(here: Seeds, there: Seeds) -> Ints:
    """Maximal runs of equal words as rows of (here, there, size), the longest first."""
    import numpy as np

    low = np.searchsorted(there.ordered, here.keys, "left")
    count = np.searchsorted(there.ordered, here.keys, "right") - low
    count[count > _SAME_SEED] = 0
    i = np.repeat(np.arange(len(count)), count)
    if not len(i):
        return np.zeros((0, 3), np.int64)
    nth = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count)
    j = there.at[low[i] + nth]
    key = np.sort(((i - j + len(there.keys)) << 32) | i)
    first = np.flatnonzero(np.diff(key, prepend=-2) != 1)
    size = np.diff(first, append=len(key)) + SEED - 1
    i = key[first] & 0xFFFFFFFF
    j = i - ((key[first] >> 32) - len(there.keys))
    longest = np.argsort(-size, kind="stable")[:_RUNS]
    return np.stack([i, j, size], axis=1)[longest]


def _tiles(runs: Ints) -> list[Tile]:
    """Runs without overlap in either text, the longer having its way, in order of the first text."""
    if not len(runs):
        return []
    mine = bytearray(int((runs[:, 0] + runs[:, 2]).max()))
    theirs = bytearray(int((runs[:, 1] + runs[:, 2]).max()))
    tiles = []
    for i, j, size in runs.tolist():
        while size and (mine[i] or theirs[j]):
            i, j, size = i + 1, j + 1, size - 1
        while size and (mine[i + size - 1] or theirs[j + size - 1]):
            size -= 1
        if size < SEED or any(mine[i : i + size]) or any(theirs[j : j + size]):
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


def _filled(chain: list[Tile], here: U4, there: U4) -> Iterator[Tile]:
    """The chain with the equal words between its tiles, in order and near the same place of the gap."""
    yield chain[0]
    for last, tile in itertools.pairwise(chain):
        i, j = last.here + last.size, last.there + last.size
        mine, theirs = here[i : tile.here].tolist(), there[j : tile.there].tolist()
        at = 0
        for n, word in enumerate(mine):
            for m in range(max(at, n - _DRIFT), min(len(theirs), n + _DRIFT + 1)):
                if theirs[m] == word:
                    yield Tile(i + n, j + m, 1)
                    at = m + 1
                    break
        yield tile
