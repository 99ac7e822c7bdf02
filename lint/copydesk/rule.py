"""What a rule is. A rule module defines one ``RULE``; its id is its path, so it names none."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from copydesk.article import Article, Meta, Ref
from copydesk.finding import Hit, Severity
from copydesk.frozen import Frozen, field
from copydesk.hashing import blake2b
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

T = TypeVar("T")


class NoOptions(Frozen):
    """A rule without options."""


class Style(Frozen):
    """One entry of ``[[styles]]``: the house form of a name, and where it holds."""

    preferred: str
    rejected: tuple[str, ...]
    sources: tuple[str, ...] = ()
    """Sources the entry is limited to; empty: all."""
    sections: tuple[str, ...] = ()
    since: str = ""
    """ISO date from which it holds; empty: always."""
    until: str = ""
    note: str = ""
    """Why: quoted in the finding."""
    exceptions: tuple[str, ...] = ()
    """Longer phrases in which the rejected form is right ("chicken Kiev")."""
    distinct: tuple[str, ...] = ()
    """Names that only look like the preferred one: other people."""


class Facts(Frozen):
    """What a rule's ``collect`` kept of one article: JSON values, and bytes for arrays."""

    ref: Ref
    meta: Meta
    value: Any
    name: bytes = b""
    """Names meta and value for what a rule notes of them: the same name, the same facts. Empty: nothing is noted."""
    load: Callable[[], Any] | None = None
    """What makes the value when it is first asked for, where it is not there yet."""

    @classmethod
    def waiting(cls, kept: Kept) -> Facts:
        """Facts whose value is made when it is first asked for."""
        self = object.__new__(cls)
        self.__dict__.update(ref=kept.ref, meta=kept.meta, name=kept.name, load=kept.load)
        return self

    if not TYPE_CHECKING:  # it would say that there is every attribute

        def __getattr__(self, name: str) -> Any:
            if name != "value" or "load" not in self.__dict__:
                raise AttributeError(f"{type(self).__qualname__} has no {name!r}")
            self.__dict__["value"] = self.__dict__.pop("load")()
            return self.value


class Kept(NamedTuple):
    """Facts that wait to be compared; their value is bytes yet, for its objects take several times as much memory."""

    ref: Ref
    meta: Meta
    load: Callable[[], Any]
    """Makes the value."""
    name: bytes = b""

    def facts(self) -> Facts:
        """The facts, whose value is made when it is asked for."""
        return Facts.waiting(self)


class Marshalled(bytes):
    """A value as the bytes of ``marshal``, which makes it when it is called."""

    __slots__ = ()

    def __call__(self) -> Any:
        return marshal.loads(self)


class Elsewhere(Protocol):
    """The articles of the index that are not of this run, for a rule that is keyed."""

    def told(self, keys: Iterable[str]) -> dict[str, Any] | None:
        """What the rule's ``summarise`` told under some keys when it last saw all articles; None where it never did."""

    def sharing(self, keys: Iterable[int], least: int) -> list[Facts]:
        """The facts of articles that have at least ``least`` of the keys, in path order."""

    def in_order(self, keys: Iterable[int]) -> Iterator[Facts]:
        """The facts of articles that have all of the keys, in path order, loaded one by one."""

    def since(self, most: int) -> tuple[list[Facts], list[Facts]] | None:
        """What brings what was told up to date: facts it was made of that are not elsewhere any more, and those
        that have come since. None where either are more than ``most``, or nothing was ever told."""


class Corpus(Frozen, eq=False):
    """The facts of every article in reach, in path order.

    ``focus``: only hits in these articles are wanted (a commit hook asks for one file); None: in all.
    ``elsewhere``: where ``facts`` are of a few articles only, the index, which is asked for others.
    """

    facts: Sequence[Facts]
    focus: frozenset[Ref] | None = None
    elsewhere: Elsewhere | None = None
    notes: dict[str, bytes] | None = None
    """What the rules of a kind of facts noted when they last compared, by names of theirs; what they put here they
    find the next time. What is found may be of other articles, or nothing. None: nothing is kept."""
    _views: dict[object, Any] = field(default_factory=dict)

    def view(self, compute: Callable[[Corpus], T]) -> T:
        """``compute(corpus)``, worked out once a run and shared by the rules of a family."""
        if compute not in self._views:
            self._views[compute] = compute(self)
        return cast(T, self._views[compute])

    def wanted(self, ref: Ref) -> bool:
        """Whether hits in this article are asked for."""
        return self.focus is None or ref in self.focus


class Keyed(Frozen):
    """How an index finds the articles that have to do with one.

    ``keys(value)``: numbers of 40 bits for what was kept of an article, 8 bytes each, each once.
    ``summarise(facts)``: what the rule must know of all articles, JSON values or bytes under the keys it will ask for;
    made again when a tenth of the index has changed. The facts come one by one in path order, each time they are gone
    through, and are never all in memory unless it keeps them. Either may be left out.
    """

    keys: Callable[[Any], bytes] | None = None
    summarise: Callable[[Iterable[Facts]], Mapping[str, Any]] | None = None
    follows: int = 0
    """For how many changes ``Elsewhere.since`` is asked, if it is: the index then keeps the facts that a summary was
    made of, and makes it again when it takes in more changes than that."""

    @staticmethod
    def key(text: str) -> int:
        """A key for a text."""
        return _key(text)

    @staticmethod
    def packed(keys: Iterable[int]) -> bytes:
        """What ``keys`` returns, from numbers."""
        return array("Q", sorted(set(keys))).tobytes()


@lru_cache(maxsize=1 << 16)
def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest(), "little")


Compare = Callable[[Corpus, Any], Iterable[tuple[Ref, Hit]]]


def always(text: str) -> bool:
    """The prefilter of a rule that must see every text."""
    return True


class Rule(NamedTuple):
    """A check.

    ``check(article, options)`` sees one article. A corpus rule has ``collect(article)``, which keeps small,
    serialisable facts of one article (None: nothing to keep), and ``compare(corpus, options)``, which sees
    only facts. A rule may have both sides. Rules that name the same ``collect`` share its facts.

    ``options`` is a frozen dataclass whose defaults are the rule's defaults; a field ``styles`` is filled
    with the configured ``[[styles]]``.

    A corpus rule that is ``keyed`` is not given the facts of all articles by an index: it asks ``Corpus.elsewhere``.
    Rules that share ``collect`` share it.

    ``needs`` is a regular expression of which something stands in every text in which ``check`` finds anything.
    Written as a literal in the statement ``RULE = Rule(…)``, which ends the module, it is known before the module
    is imported: most copy lacks it, and never pays for the rule. ``anchors``, written so too, are strings with blanks
    between, one of which stands in whatever ``needs`` matches: they are looked for first, many times as fast.
    ``prefilter(text)`` says what a pattern cannot; it must be cheap and may only say False where ``check`` would find
    nothing.

    ``in_quotations``: its fixes mend broken characters, so they may also touch words that stand in a direct quotation.
    """

    summary: str
    check: Callable[[Article, Any], Iterable[Hit]] | None = None
    collect: Callable[[Article], Any] | None = None
    compare: Compare | None = None
    keyed: Keyed | None = None
    options: type[Frozen] = NoOptions
    needs: str = ""
    anchors: str = ""
    prefilter: Callable[[str], bool] = always
    severity: Severity = "warning"
    default: bool = True
    in_quotations: bool = False
    in_code: bool = False
    """Whether hits in code and link targets are wanted."""
