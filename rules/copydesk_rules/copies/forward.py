"""The forward index of a corpus: what each article's fingerprints are, noted so that only new articles are read.

The prints of an article are a function of its facts, and most of the work; what follows of all of them is made anew.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from struct import Struct

from copydesk import Facts
from copydesk.hashing import blake2b
from copydesk.typed import TYPE_CHECKING, NamedTuple
from copydesk_rules.copies.prints import Prints, winnowed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from copydesk_rules.copies.words import U4, U8, Ints

_DIGEST = 16
"""Bytes that articles with the very same words have in common."""
_KINDS = ("i8", f"V{_DIGEST}", "i8", "u8", "u4")
"""What the arrays of the index hold, as numpy spells it."""
_NOTE = "forward"
_EDGES = Struct("<6Q")
"""Where the arrays begin in the note, and the last one ends."""
_STALE = 50
"""Notes are made anew when one in so many of the articles is not in them, or no more there."""


class Forward(NamedTuple):
    """Of each article in turn the number of its words, what names them, and the number of its prints; then all prints
    (40 bits) and the words of their articles that they start at."""

    sizes: Ints
    digests: npt.NDArray[np.void]
    counts: Ints
    keys: U8
    at: U4

    @property
    def bounds(self) -> Ints:
        """Where the words of each article begin, and where the last one's end."""
        import numpy as np

        return np.append(0, np.cumsum(self.sizes))

    @property
    def prints(self) -> Prints:
        """The prints by their place among all words."""
        import numpy as np

        article = np.repeat(np.arange(len(self.counts)), self.counts)
        return Prints(self.keys, self.bounds[article] + self.at, article)

    def taken(self, which: Sequence[int]) -> Forward:
        """Some of the articles, in another order."""
        import numpy as np

        chosen = np.array(which, np.int64)
        counts = self.counts[chosen]
        first = (np.cumsum(self.counts) - self.counts)[chosen]
        place = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return Forward(self.sizes[chosen], self.digests[chosen], counts, self.keys[place], self.at[place])

    def joined(self, more: Forward) -> Forward:
        """These articles and more."""
        import numpy as np

        return Forward._make(np.concatenate([own, others]) for own, others in zip(self, more, strict=True))


def digest(facts: Facts) -> bytes:
    """What articles with the very same words have in common."""
    return blake2b(facts.value["words"], digest_size=_DIGEST).digest()


def forward(facts: Sequence[Facts], notes: dict[str, bytes] | None) -> Forward:
    """The index of some articles; ``notes`` are read, and made anew where they no longer fit."""
    names, known = _noted(notes or {})
    numbers = {name: n for n, name in enumerate(names)}
    new = [f for f in facts if f.name not in numbers]
    if len(new) == len(facts):
        made = _made(new)
    else:
        fresh = iter(range(len(names), len(names) + len(new)))
        made = known.joined(_made(new)).taken([numbers[f.name] if f.name in numbers else next(fresh) for f in facts])
    gone = len(names) - (len(facts) - len(new))
    if notes is not None and (len(new) + gone) * _STALE > len(facts) and all(f.name for f in facts):
        notes[_NOTE] = _packed([f.name for f in facts], made)
    return made


def _made(facts: Sequence[Facts]) -> Forward:
    import numpy as np

    sizes = np.array([len(f.value["kinds"]) for f in facts], np.int64)
    keys, at, counts = winnowed([f.value for f in facts], sizes)
    return Forward(sizes, np.frombuffer(b"".join(map(digest, facts)), f"V{_DIGEST}"), counts, keys, at)


def _noted(notes: Mapping[str, bytes]) -> tuple[list[bytes], Forward]:
    """The names of the articles that are noted, and their index; none where nothing is."""
    import numpy as np

    note = notes.get(_NOTE)
    if not note:
        return [], _made([])
    *starts, end = _EDGES.unpack_from(note)
    arrays = (memoryview(note)[at:to] for at, to in itertools.pairwise((*starts, end)))
    made = Forward._make(np.frombuffer(array, kind) for array, kind in zip(arrays, _KINDS, strict=True))
    width = (len(note) - end) // len(made.sizes) if len(made.sizes) else 1
    return [note[at : at + width] for at in range(end, len(note), width)], made


def _packed(names: Iterable[bytes], made: Forward) -> bytes:
    """The index with its names, each of which is as long as the others, in one piece: its parts are of one moment."""
    arrays = [array.tobytes() for array in made]
    edges = itertools.accumulate(map(len, arrays), initial=_EDGES.size)
    return b"".join((_EDGES.pack(*edges), *arrays, *names))
