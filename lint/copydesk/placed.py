"""Hits of corpus rules that were placed in their articles before: while the files are the same, none is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from copydesk.article import Article, Ref
from copydesk.assemble import Locate
from copydesk.finding import Finding, Hit
from copydesk.source import digest
from copydesk.typed import NamedTuple
from copydesk.work import Desk, assembled

Named = Callable[[str], bytes]
"""Names what a file's findings depend on beside the hit: its content and its desk; empty where that is not known."""


class Placed(NamedTuple):
    """A finding, and what names the hit it was made of; empty for one that cannot be known again."""

    name: bytes
    finding: Finding


class Placing:
    """Makes findings of hits, but for those that are ``known`` by the name of their hit."""

    def __init__(self, desk: Desk, locate: Locate, named: Named, known: Mapping[bytes, Finding]) -> None:
        self.desk, self.locate, self.named, self.known = desk, locate, named, known

    def __call__(self, rule_id: str, ref: Ref, hits: Iterable[Hit]) -> list[Placed]:
        """The findings of a rule's hits in one article."""
        out: list[Placed] = []
        for hit in hits:
            name = self._name(rule_id, ref, hit)
            if name in self.known:
                out.append(Placed(name, self.known[name]))
            elif article := self.locate(ref):
                out += self._made(name, rule_id, article, hit)
        return out

    def _made(self, name: bytes, rule_id: str, article: Article, hit: Hit) -> list[Placed]:
        return [Placed(name, f) for f in assembled(article, rule_id, self.desk, [hit], self.locate)]

    def _name(self, rule_id: str, ref: Ref, hit: Hit) -> bytes:
        """Names a hit with the files it points to, 16 bytes; nothing where one of them is not known."""
        pointed = {ref.path, *(p.ref.path for p in hit.related), *(m.ref.path for m in hit.matches)}
        files = [self.named(path) for path in sorted(pointed)]
        if not all(files):
            return b""
        told = repr((rule_id, ref, hit)).encode("utf-8", "surrogatepass")
        return digest(b"\0".join((*files, told)))
