"""Hits of corpus rules that were placed in their articles before: while the files are the same, none is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from copydesk.article import Ref
from copydesk.assemble import Locate
from copydesk.finding import Finding, Hit
from copydesk.frozen import Frozen
from copydesk.source import digest
from copydesk.typed import NamedTuple
from copydesk.work import Desk, assembled

Named = Callable[[str], bytes]
"""Names what a file's findings depend on beside the hit: its content and its desk; empty where that is not known."""


class Placed(NamedTuple):
    """A hit of a rule in an article, packed, and the finding that was made of it; None where the place is protected.

    ``name`` is that of the hit and the files it points to; empty for one that cannot be known again.
    """

    name: bytes
    told: bytes
    finding: Finding | None


class Part(Frozen, eq=False):
    """What the rules of a kind found in some facts; ``key`` is its name in the cache, empty where it is not there."""

    facts: bytes
    placed: list[Placed]
    key: bytes = b""

    @property
    def known_by(self) -> bytes:
        """The name of the facts, where the hits can be placed anew for the same facts; else nothing."""
        return self.facts if all(p.told for p in self.placed) else b""

    @property
    def by_name(self) -> dict[bytes, Placed]:
        """What was found by the name of its hit."""
        return {p.name: p for p in self.placed if p.name}


class Placing:
    """Makes findings of hits, but for those that were made of the same before."""

    def __init__(self, desk: Desk, locate: Locate, named: Named) -> None:
        self.desk, self.locate, self.named = desk, locate, named

    def __call__(self, rule_id: str, ref: Ref, hit: Hit, known: Mapping[bytes, Placed]) -> Placed | None:
        """The finding of a rule's hit in an article; None where the article is gone."""
        told = _told(rule_id, ref, hit) if self.named(ref.path) else b""
        name = self._name(told)
        return known.get(name) or self._made(name, told, rule_id, ref, hit)

    def again(self, part: Part) -> Part | None:
        """What was found before and is again, placed anew where files have changed; None where that goes wrong."""
        try:
            made = list(self._again(part.placed))
        except Exception:  # the rule is asked, and the report tells what is wrong with it
            return None
        return part if made == part.placed else Part(part.facts, made)

    def _again(self, placed: Iterable[Placed]) -> Iterator[Placed]:
        from copydesk.kept import unpack_hit

        for p in placed:
            name = self._name(p.told)
            made = p if name == p.name else self._made(name, p.told, *unpack_hit(p.told))
            if made is not None:
                yield made

    def _made(self, name: bytes, told: bytes, rule_id: str, ref: Ref, hit: Hit) -> Placed | None:
        article = self.locate(ref)
        if article is None:
            return None
        return Placed(name, told, next(iter(assembled(article, rule_id, self.desk, [hit], self.locate)), None))

    def _name(self, told: bytes) -> bytes:
        """Names a packed hit with the files it points to, 16 bytes; nothing where one of them is not known."""
        from copydesk.kept import pointed  # a run without a cache needs none of it

        files = [self.named(path) for path in sorted(pointed(told))] if told else []
        return digest(b"\0".join((*files, told))) if files and all(files) else b""


def _told(rule_id: str, ref: Ref, hit: Hit) -> bytes:
    """The hit, packed; nothing where its data are no JSON values."""
    from copydesk.kept import pack_hit

    try:
        return pack_hit(rule_id, ref, hit)
    except (TypeError, ValueError):
        return b""
