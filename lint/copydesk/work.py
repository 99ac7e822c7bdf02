"""The checking of one file: what a worker process does. Nothing here knows of other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from copydesk import packs as rule_packs
from copydesk.article import Article
from copydesk.assemble import Locate, assemble
from copydesk.config import Config
from copydesk.finding import Finding, Hit, Severity
from copydesk.patterns import PatternTimeoutError
from copydesk.reading import Read, read
from copydesk.report import Error
from copydesk.rule import Facts, Keyed, Rule
from copydesk.source import digest
from copydesk.suppress import Orders, orders_in


@dataclass(frozen=True)
class Desk:
    """The rules of one configuration, loaded, with their options and severities."""

    config: Config
    corpus: bool = True

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The enabled rules by id."""
        return {i: rule_packs.load(i, self.config.packs) for i in self.config.enabled()}

    @cached_property
    def options(self) -> dict[str, Any]:
        """Every enabled rule's options object."""
        return {i: self.config.options_of(i) for i in self.rules}

    @cached_property
    def collectors(self) -> dict[str, Callable[[Article], Any]]:
        """The collect functions of the enabled corpus rules, each once, by name."""
        if not self.corpus:
            return {}
        return {fact_key(r): r.collect for r in self.rules.values() if r.collect is not None}

    @cached_property
    def keyed(self) -> dict[str, Keyed]:
        """How the index finds articles by their facts, by name of the collect function, where a rule tells."""
        rules = [r for r in map(self.rules.__getitem__, self.rules) if self.corpus and r.keyed is not None]
        return {fact_key(r): r.keyed for r in rules if r.keyed is not None}

    @cached_property
    def whole(self) -> Desk:
        """This desk with every rule enabled."""
        return Desk(replace(self.config, select=("ALL",), ignore=()))

    def severity(self, rule_id: str, hit: Hit) -> Severity:
        """A hit's own severity where the rule tells kinds apart and configuration is silent."""
        configured = self.config.severity
        if hit.severity and rule_id not in configured and rule_id.split("/")[0] not in configured:
            return hit.severity
        return self.config.severity_of(rule_id)


def fact_key(rule: Rule) -> str:
    """Names a rule's collect function; rules that share it share facts."""
    collect = rule.collect
    return f"{collect.__module__}:{collect.__qualname__}" if collect is not None else ""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file gave: article rules' findings, facts for the corpus rules, errors."""

    path: str
    digest: bytes = b""
    findings: tuple[Finding, ...] = ()
    errors: tuple[Error, ...] = ()
    facts: tuple[tuple[str, Facts], ...] = ()
    articles: int = 0
    orders: Orders = field(default_factory=lambda: Orders(""))
    """The suppressions in the file."""


def check_file(path: str, desk: Desk, data: bytes | None = None) -> FileResult:
    """Read one file and run the article rules and collectors of a desk on its articles."""
    got = read(path, desk.config, data)
    ignored = desk.config.ignored_in(Path(path).absolute())
    findings: list[Finding] = []
    facts, errors = _collected(got, desk)
    for article in got.articles:
        for rule_id in desk.rules:
            if rule_id not in ignored:
                made, failed = run_rule(article, rule_id, desk)
                findings += made
                errors += failed
    orders = orders_in(got.articles, rule_packs.rule_ids(desk.config.packs))
    return FileResult(path, _digest(got), tuple(findings), tuple(errors), tuple(facts), len(got.articles), orders)


def collect_file(path: str, desk: Desk) -> FileResult:
    """Read one file and run the collectors of all rules, enabled or not, for the index."""
    desk = desk.whole
    got = read(path, desk.config)
    facts, errors = _collected(got, desk)
    return FileResult(path, _digest(got), (), tuple(errors), tuple(facts), len(got.articles))


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
