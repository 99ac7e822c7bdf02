"""The checking of one file: what a worker process does. Nothing here knows of other files."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path

from copydesk import packs as rule_packs
from copydesk.article import Article
from copydesk.assemble import Locate, assemble
from copydesk.compiled import compiled
from copydesk.config import Config
from copydesk.finding import Finding, Hit, Severity
from copydesk.frozen import Frozen
from copydesk.patterns import PatternTimeoutError
from copydesk.ranges import Range
from copydesk.reading import Read, read, read_range
from copydesk.report import Error
from copydesk.rule import Facts, Kept, Keyed, Marshalled, Rule
from copydesk.source import digest
from copydesk.typed import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from copydesk.suppress import Orders

T = TypeVar("T")


class Need(NamedTuple):
    """What a text must hold for a rule to find anything: a match of ``pattern``, in which one of the anchors stands."""

    pattern: str
    anchors: tuple[str, ...]

    def met(self, text: str) -> bool:
        """Whether the text holds it."""
        if self.anchors and not any([anchor in text for anchor in self.anchors]):  # noqa: C419 - faster
            return False
        return compiled(self.pattern).search(text) is not None


class Desk(Frozen, eq=False):
    """The rules of one configuration, loaded, with their options and severities."""

    config: Config
    corpus: bool = True

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The enabled rules by id, each imported when it is first asked for."""
        return Loading(self.config.enabled(), lambda rule_id: rule_packs.load(rule_id, self.config.packs))

    @cached_property
    def options(self) -> Mapping[str, Any]:
        """Every enabled rule's options object."""
        return Loading(self.config.enabled(), self.config.options_of)

    @cached_property
    def outlines(self) -> Mapping[str, rule_packs.Outline]:
        """The outlines of the enabled rules by id."""
        return {i: rule_packs.outline(i, self.config.packs) for i in self.config.enabled()}

    @cached_property
    def checks(self) -> tuple[tuple[str, Need], ...]:
        """The enabled rules that see one article, with what they need."""
        return tuple((i, Need(o.needs, tuple(o.anchors.split()))) for i, o in self.outlines.items() if o.checks)

    @cached_property
    def compares(self) -> tuple[str, ...]:
        """The enabled rules that see the facts of a corpus; none where each article is judged alone."""
        return tuple(i for i, outline in self.outlines.items() if outline.compares and self.corpus)

    @cached_property
    def collectors(self) -> dict[str, Callable[[Article], Any]]:
        """The collect functions of the enabled corpus rules, each once, by name."""
        if not self.corpus:
            return {}
        rules = [self.rules[i] for i, outline in self.outlines.items() if outline.collects]
        return {fact_key(r): r.collect for r in rules if r.collect is not None}

    @cached_property
    def keyed(self) -> dict[str, Keyed]:
        """How the index finds articles by their facts, by name of the collect function, where a rule tells."""
        rules = [self.rules[i] for i, outline in self.outlines.items() if outline.collects and self.corpus]
        return {fact_key(r): r.keyed for r in rules if r.keyed is not None}

    @cached_property
    def whole(self) -> Desk:
        """This desk with every rule enabled."""
        return Desk(self.config._replace(select=("ALL",), ignore=()))

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Marks a stage of the work for those who count its time."""
        return nullcontext()

    def severity(self, rule_id: str, hit: Hit) -> Severity:
        """A hit's own severity where the rule tells kinds apart and configuration is silent."""
        configured = self.config.severity
        if hit.severity and rule_id not in configured and rule_id.split("/")[0] not in configured:
            return hit.severity
        return self.config.severity_of(rule_id)


class Loading(Mapping[str, T]):
    """Values by name in a fixed order, each worked out when it is first asked for."""

    def __init__(self, names: Iterable[str], load: Callable[[str], T]) -> None:
        self._names, self._load, self._loaded = dict.fromkeys(names), load, dict[str, T]()

    def __getitem__(self, name: str) -> T:
        if name not in self._loaded:
            if name not in self._names:
                raise KeyError(name)
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def fact_key(rule: Rule) -> str:
    """Names a rule's collect function; rules that share it share facts."""
    collect = rule.collect
    return f"{collect.__module__}:{collect.__qualname__}" if collect is not None else ""


class FileResult(Frozen):
    """What one file gave: article rules' findings, facts for the corpus rules, errors."""

    path: str
    digest: bytes = b""
    findings: tuple[Finding, ...] = ()
    errors: tuple[Error, ...] = ()
    facts: tuple[tuple[str, Kept], ...] = ()
    articles: int = 0
    orders: Orders | None = None
    """The suppressions in the file, where there are any."""


class Collected(Frozen):
    """What one file gave the index: facts of all kinds, errors."""

    path: str
    digest: bytes
    errors: tuple[Error, ...]
    facts: tuple[tuple[str, Facts], ...]
    articles: int


def check_file(path: str, desk: Desk, data: bytes | None = None, alone: bool = False) -> FileResult:
    """Read one file and run the article rules and collectors of a desk on its articles.

    ``alone``: the file will not be compared with others, so that of one article nothing need be kept.
    """
    with desk.stage("read"):
        got = read(path, desk.config, data)
    return _checked(path, got, desk, alone)._replace(digest=_digest(got))


def check_range(path: str, desk: Desk, lines: Range) -> tuple[FileResult, dict[str, int]]:
    """Check a range of a file's lines as if it were the file; and the names of its records, with their numbers."""
    with desk.stage("read"):
        got, names = read_range(path, desk.config, lines)
    return _checked(path, got, desk), names


def _checked(path: str, got: Read, desk: Desk, alone: bool = False) -> FileResult:
    ignored = desk.config.ignored_in(path)
    findings: list[Finding] = []
    facts, errors = _collected(got, desk) if not alone or len(got.articles) > 1 else ([], list(got.errors))
    for article in got.articles:
        for rule_id in _wanted(article, desk, ignored):
            made, failed = run_rule(article, rule_id, desk)
            findings += made
            errors += failed
    kept, failed = _kept(facts)
    errors += failed
    orders = _orders(got, desk)
    _let_go(got)
    return FileResult(path, b"", tuple(findings), tuple(errors), kept, len(got.articles), orders)


def _let_go(got: Read) -> None:
    for article in got.articles:
        article.let_go()


def _kept(facts: Iterable[tuple[str, Facts]]) -> tuple[tuple[tuple[str, Kept], ...], list[Error]]:
    """Facts as they wait to be compared; those that are neither JSON values nor bytes are the rule's fault."""
    kept: list[tuple[str, Kept]] = []
    errors: list[Error] = []
    for kind, f in facts:
        try:
            kept.append((kind, Kept(f.ref, f.meta, Marshalled(marshal.dumps(f.value)))))
        except ValueError as e:
            errors.append(failure(f.ref.path, kind.split(":")[0], e))
    return tuple(kept), errors


def _wanted(article: Article, desk: Desk, ignored: Container[str]) -> Iterator[str]:
    """The rules to run on an article: those it has what they need for. Rules of one need share the search."""
    met: dict[Need, bool] = {}
    for rule_id, need in desk.checks:
        if rule_id in ignored:
            continue
        if need not in met:
            met[need] = need.met(article.text)
        if met[need]:
            yield rule_id


def _orders(got: Read, desk: Desk) -> Orders | None:
    """The suppressions in a file; most files have none, and do not even name us."""
    if got.file is None or ("copydesk" not in got.file.text and not any(a.meta.ignore for a in got.articles)):
        return None
    from copydesk.suppress import orders_in

    return orders_in(got.articles, rule_packs.rule_ids(desk.config.packs))


def collect_file(path: str, desk: Desk) -> Collected:
    """Read one file and run the collectors of all rules, enabled or not, for the index."""
    desk = desk.whole
    got = read(path, desk.config)
    facts, errors = _collected(got, desk)
    _let_go(got)
    return Collected(path, _digest(got), tuple(errors), tuple(facts), len(got.articles))


def _collected(got: Read, desk: Desk) -> tuple[list[tuple[str, Facts]], list[Error]]:
    """What the corpus rules keep of a file's articles, and everything that went wrong in reading and collecting."""
    facts: list[tuple[str, Facts]] = []
    errors = list(got.errors)
    for article in got.articles:
        kept, failed = collect(article, desk)
        facts += kept
        errors += failed
    return facts, errors


def _digest(got: Read) -> bytes:
    return digest(got.file.data) if got.file else b""


def run_rule(article: Article, rule_id: str, desk: Desk) -> tuple[list[Finding], list[Error]]:
    """The findings of one article rule; a rule that fails costs one error entry."""
    rule = desk.rules[rule_id]
    try:
        if rule.check is None or not rule.prefilter(article.text):
            return [], []
        hits = list(rule.check(article, desk.options[rule_id]))
        return assembled(article, rule_id, desk, hits, lambda ref: article if ref == article.ref else None), []
    except Exception as e:  # a bug in one rule must not cost the run
        return [], [failure(article.file.path, rule_id, e)]


def assembled(article: Article, rule_id: str, desk: Desk, hits: Iterable[Hit], locate: Locate) -> list[Finding]:
    """The findings of a rule's hits in one article."""
    rule = desk.rules[rule_id]
    made = (assemble(article, rule_id, rule, h, desk.severity(rule_id, h), locate) for h in hits)
    return [f for f in made if f is not None]


def collect(article: Article, desk: Desk) -> tuple[list[tuple[str, Facts]], list[Error]]:
    """What the corpus rules keep of an article, by fact key."""
    kept: list[tuple[str, Facts]] = []
    errors: list[Error] = []
    for key, function in desk.collectors.items():
        try:
            value = function(article)
        except Exception as e:
            errors.append(failure(article.file.path, key.split(":")[0], e))
            continue
        if value is not None:
            kept.append((key, Facts(article.ref, article.meta, value)))
    return kept, errors


def failure(path: str, rule_id: str, error: Exception) -> Error:
    """The error entry of a rule that failed, with the innermost place for the bug report."""
    if isinstance(error, PatternTimeoutError):
        return Error(path, str(error), rule=rule_id)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return Error(path, f"internal error in {rule_id}: {type(error).__name__}: {error}{where}", rule=rule_id)
