"""Which articles of an index to look at beside those of a run, and what must be known of all of them for that."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from copydesk import Corpus, Facts, Keyed
from copydesk_rules.copies.candidates import HITS, stock_prints
from copydesk_rules.copies.forward import digest
from copydesk_rules.copies.groups import groups
from copydesk_rules.copies.holdings import firsts, order
from copydesk_rules.copies.prints import joined, keys, prints_of
from copydesk_rules.copies.shared import shared

_STOCK = "stock"


def nearby(corpus: Corpus) -> Corpus:
    """The corpus with the articles of the index that share enough prints with one that is wanted."""
    if corpus.elsewhere is None:
        return corpus
    wanted = [f for f in corpus.facts if corpus.wanted(f.ref)]
    stock = array("Q", known_stock(corpus) or b"")
    found = {f.ref: f for f in corpus.facts}
    for facts in wanted:
        telling = _without(array("Q", keys(facts.value)), stock)
        found |= {f.ref: f for f in corpus.elsewhere.sharing(telling, HITS)}
    return corpus._replace(facts=sorted(found.values(), key=_order))


def _without(wanted: Iterable[int], stock: Sequence[int]) -> list[int]:
    """The keys that are not among the sorted ``stock``."""
    return [key for key in wanted if not _holds(stock, key)]


def _holds(stock: Sequence[int], key: int) -> bool:
    at = bisect_left(stock, key)
    return at < len(stock) and stock[at] == key


def known_stock(corpus: Corpus) -> bytes | None:
    """The prints of furniture that the index knows of, 8 bytes each, sorted; None where there is none to ask."""
    told = corpus.elsewhere.told([_STOCK]) if corpus.elsewhere is not None else None
    return told.get(_STOCK) if told else None


def stock(facts: Iterable[Facts]) -> dict[str, bytes]:
    """The prints of furniture in all articles, 8 bytes each, sorted. Keeps no more of an article than its prints."""
    kept = sorted(((order(f), digest(f), prints_of(f.value)) for f in facts), key=itemgetter(0))
    if not kept:
        return {_STOCK: b""}
    same, found = firsts(words for _, words, _ in kept), joined([own for *_, own in kept])
    source = firsts(which[0] for which, *_ in kept)
    del kept
    return {_STOCK: stock_prints(source, groups(same, found), *shared(found, len(same))).tobytes()}


def _order(facts: Facts) -> tuple[str, str]:
    return facts.ref.path, facts.ref.article or ""


KEYED = Keyed(keys, stock)
