"""A run: files, article rules, corpus rules, and one Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from time import perf_counter

from copydesk.article import Article, Ref
from copydesk.assemble import Locate, distinct
from copydesk.finding import Finding, Hit
from copydesk.reading import read
from copydesk.report import Error, Report
from copydesk.rule import Corpus, Facts
from copydesk.work import Desk, FileResult, assembled, check_file, fact_key, failure

_KEPT = 256
"""Files whose articles stay parsed while the corpus rules' hits are placed."""


def check(paths: Sequence[str], desk: Desk, overlay: Mapping[str, bytes] | None = None) -> Report:
    """Check files with one desk's rules; ``overlay`` holds bytes that stand in for a file's own."""
    began = perf_counter()
    data = overlay or {}
    results = [check_file(p, desk, data.get(p)) for p in paths]
    found, failed = compare(results, desk, data)
    findings = distinct([f for r in results for f in r.findings] + found)
    errors = [e for r in results for e in r.errors] + failed
    return Report(
        tuple(findings),
        tuple(errors),
        files=len(results),
        articles=sum(r.articles for r in results),
        seconds=perf_counter() - began,
    )


def compare(
    results: Iterable[FileResult], desk: Desk, overlay: Mapping[str, bytes]
) -> tuple[list[Finding], list[Error]]:
    """What the corpus rules find over the facts of all files."""
    by_key: dict[str, list[Facts]] = {}
    for r in results:
        for key, facts in r.facts:
            by_key.setdefault(key, []).append(facts)
    corpora = {key: Corpus(tuple(facts)) for key, facts in by_key.items()}
    locate = _locator(desk, overlay)
    found: list[Finding] = []
    errors: list[Error] = []
    for rule_id, rule in desk.rules.items():
        corpus = corpora.get(fact_key(rule))
        if rule.compare is None or corpus is None:
            continue
        try:
            hits: dict[Ref, list[Hit]] = {}
            for ref, hit in rule.compare(corpus, desk.options[rule_id]):
                hits.setdefault(ref, []).append(hit)
            for ref in sorted(hits, key=lambda r: (r.path, r.article or "")):
                article = locate(ref)
                if article is not None and corpus.wanted(ref):
                    found += assembled(article, rule_id, desk, hits[ref], locate)
        except Exception as e:
            errors.append(failure("", rule_id, e))
    return found, errors


def _locator(desk: Desk, overlay: Mapping[str, bytes]) -> Locate:
    @lru_cache(maxsize=_KEPT)
    def parsed(path: str) -> dict[str | None, Article]:
        return {a.id: a for a in read(path, desk.config, overlay.get(path)).articles}

    return lambda ref: parsed(ref.path).get(ref.article)
