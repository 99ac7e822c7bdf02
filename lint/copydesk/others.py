"""The index as the rules of a run see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.frozen import Frozen
from copydesk.index import Index
from copydesk.rule import Facts
from copydesk.typed import Any


class Others(Frozen):
    """The articles of an index that are not in the files of a run, for one rule."""

    index: Index
    kind: str
    without: Sequence[str]

    def told(self, keys: Iterable[str]) -> dict[str, Any] | None:
        """See ``copydesk.rule.Elsewhere``."""
        return self.index.told(self.kind, keys)

    def sharing(self, keys: Iterable[int], least: int) -> list[Facts]:
        """See ``copydesk.rule.Elsewhere``."""
        return self.index.sharing(self.kind, keys, least, self.without)

    def in_order(self, keys: Iterable[int]) -> Iterator[Facts]:
        """See ``copydesk.rule.Elsewhere``."""
        return self.index.in_order(self.kind, keys, self.without)

    def since(self, most: int) -> tuple[list[Facts], list[Facts]] | None:
        """See ``copydesk.rule.Elsewhere``."""
        return self.index.since(self.kind, self.without, most)
