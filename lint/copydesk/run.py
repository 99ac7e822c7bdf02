"""A run: article rules over files, corpus rules over facts, and one Report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from copydesk.article import Article, Ref
from copydesk.assemble import Locate, distinct
from copydesk.finding import Finding, Hit, Notice
from copydesk.large import Large, check_large
from copydesk.packs import rule_ids
from copydesk.placed import Part, Placed, Placing
from copydesk.pool import Progress, check_all
from copydesk.project import Project
from copydesk.reading import read
from copydesk.report import Error, Report
from copydesk.rule import Compare, Corpus, Facts, Kept
from copydesk.typed import TYPE_CHECKING, cast
from copydesk.work import FileResult, check_file, fact_key, failure

if TYPE_CHECKING:
    from copydesk.baseline import Baseline, Compared
    from copydesk.cache import Cache
    from copydesk.comparisons import Comparisons
    from copydesk.index import Index
    from copydesk.others import Others

_KEPT = 256
"""Files whose articles stay parsed while the corpus rules' hits are placed."""
_ASKING = 256
"""Files beyond which it is quicker to read the whole index than to ask it about each."""


def silent(done: int) -> None:
    """Progress that nobody watches."""


class Run:
    """The files of one run and what is known of each; files can be checked again after a fix.

    ``overlay`` holds bytes that stand in for a file's own; ``index`` knows the rest of the corpus;
    ``baseline`` the findings that are accepted; ``focus`` names the files whose findings alone are wanted of the
    corpus rules, the others being there to compare with; ``alone`` tells that there is one file and no index, so that
    corpus rules need not look at its article; ``cache`` knows files that have not changed; ``jobs`` is the number of
    processes, 0 for one a core.
    """

    def __init__(
        self,
        project: Project,
        overlay: dict[str, bytes] | None = None,
        index: Index | None = None,
        baseline: Baseline | None = None,
        focus: frozenset[str] | None = None,
        alone: bool = False,
        cache: Cache | None = None,
        jobs: int = 0,
        progress: Progress = silent,
    ) -> None:
        self.project, self.overlay = project, overlay or {}
        self.index, self.baseline, self.focus, self.alone = index, baseline, focus, alone
        self.cache, self.jobs, self.progress = cache, jobs, progress
        self.results: dict[str, FileResult] = {}
        self._large: dict[str, Large] = {}
        self._remembered: dict[str, FileResult] = {}
        """Results that came from the cache, whose facts are still there."""

    def check(self, paths: Sequence[str]) -> None:
        """Check files for the first time."""
        large = check_large((p for p in paths if p not in self.overlay), self.project, self.jobs)
        self._large.update(large)
        whole = [p for p in paths if p not in large]
        known = self.cache.known(p for p in whole if p not in self.overlay) if self.cache else {}
        new = [p for p in whole if p not in known]
        done = check_all(new, self.project, self.overlay, self.jobs, self.progress, self.alone)
        if self.cache:
            self.cache.store(done)
        self._remembered.update(known)
        found = known | dict(zip(new, done, strict=True)) | {p: file.result for p, file in large.items()}
        self.results.update((p, found[p]) for p in paths)

    def check_again(self, path: str) -> None:
        """Check one file whose overlay changed."""
        self._remembered.pop(path, None)
        self._large.pop(path, None)
        self.results[path] = check_file(path, self.project.desk_of(path), self.overlay.get(path), self.alone)

    def report(self) -> Report:
        """What is found in the files as they are now."""
        results = self.results.values()
        every, errors = self.found()
        findings, notices = self._suppressed(every)
        known = self._accepted(findings)
        return Report(
            known.new if known else findings,
            errors,
            suppressed=len(every) - len(findings),
            notices=notices,
            baselined=len(known.known) if known else 0,
            compared=known,
            files=len(results),
            articles=sum(r.articles for r in results),
        )

    def _accepted(self, findings: Sequence[Finding]) -> Compared | None:
        """The findings as the baseline splits them, where there is one."""
        if self.baseline is None:
            return None
        from copydesk.baseline import compare

        return compare(self.baseline, findings, self.results, self.project.desk.rules)

    def found(self) -> tuple[list[Finding], tuple[Error, ...]]:
        """Every finding in the files as they are now, suppressed or accepted ones too, and what went wrong."""
        results = self.results.values()
        found, failed = self._compared()
        every = distinct([f for r in results for f in r.findings] + found)
        return every, (*(e for r in results for e in r.errors), *failed)

    def _suppressed(self, findings: list[Finding]) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
        """The findings no suppression speaks of, and what there is to tell of suppressions."""
        orders = {path: result.orders for path, result in self.results.items() if result.orders is not None}
        if not orders:
            return tuple(findings), ()
        from copydesk.suppress import suppress

        desk = self.project.desk
        ran = [i for i, outline in desk.outlines.items() if not outline.compares or i in desk.compares]
        spoken: dict[str, list[Finding]] = {path: [] for path in orders}
        for f in (f for f in findings if f.path in orders):
            spoken[f.path].append(f)
        rules = rule_ids(desk.config.packs)
        sorted_out = [suppress(orders[path], found, rules, ran) for path, found in spoken.items()]
        kept = {id(f) for s in sorted_out for f in s.kept}
        left = tuple(f for f in findings if f.path not in orders or id(f) in kept)
        return left, tuple(n for s in sorted_out for n in (*s.problems, *s.unused))

    def sources(self) -> Counter[str]:
        """How many articles in reach there are of each source."""
        found = [self._sources(kind) for kind in self.project.desk.collectors]
        return max(found, key=Counter.total, default=Counter())

    def _sources(self, kind: str) -> Counter[str]:
        """How many articles in reach there are of each source, of those that have facts of a kind."""
        here = Counter(kept.meta.source for kept in self._kept(kind, few=True))
        return here + self.index.sources(kind, tuple(self.results)) if self.index else here

    def _facts(self, kind: str, few: bool) -> list[Facts]:
        """Facts of a kind of all articles in reach, in path order: this run's files and the index's others.

        Where the index can be asked about those of a few files, its others are not among them.
        ``few``: the values of few will be asked for.
        """
        facts = [kept.facts() for kept in self._kept(kind, few)]
        if self.index and not self._asks(kind):
            facts += self.index.facts(kind, self.results)
        return sorted(facts, key=lambda f: f.ref.path)

    def _kept(self, kind: str, few: bool) -> Iterator[Kept]:
        """The facts of a kind of this run's files; of a file that has not changed out of the cache.

        A file whose facts are lost is checked.
        """
        recalled = self.cache.facts(kind, self._remembered, few) if self.cache and self._remembered else {}
        for path in self._remembered.keys() - recalled.keys():
            self.results[path] = check_file(path, self.project.desk_of(path))
            del self._remembered[path]
        for path, r in self.results.items():
            yield from recalled[path] if path in recalled else self._own(r, kind)

    def _own(self, result: FileResult, kind: str) -> Iterator[Kept]:
        """The facts of a kind that a file gave, by the names they have in the cache."""
        found = (kept for k, kept in result.facts if k == kind)
        return self.cache.with_names(result, kind, found) if self.cache else found

    def _compared(self) -> tuple[list[Finding], list[Error]]:
        """What the corpus rules find, from the cache where nothing they see has changed."""
        kept = self._comparisons()
        if kept is None:
            parts, errors = self._compare(None)
            return _findings(parts), errors
        key = kept.key(self.results.values())
        known = kept.known(key)
        if known is not None:
            return known, []
        parts, errors = self._compare(kept)
        if key == kept.key(self.results.values()) and self.cache and self.cache.unchanged(self.results) and not errors:
            kept.store(key, parts)
        return _findings(parts), errors

    def _comparisons(self) -> Comparisons | None:
        """What was found before; None where the cache does not keep what the corpus rules find."""
        if self.cache is None or self.index is not None or self.focus is not None or self.overlay:
            return None
        if not self.project.desk.compares or any(r.errors for r in self.results.values()):
            return None
        from copydesk.comparisons import Comparisons

        return Comparisons(self.cache, self.project.desk)

    def _compare(self, kept: Comparisons | None) -> tuple[dict[str, Part], list[Error]]:
        """What the corpus rules find over the facts of all files, by kind of facts; ``kept``: what they found before.

        Rules all of whose facts are what they were find what they did.
        """
        desk, found, errors = self.project.desk, dict[str, Part](), list[Error]()
        if self.alone and not any(r.facts for r in self.results.values()):
            return found, errors
        place = Placing(desk, self._locator(), lru_cache(maxsize=None)(self._named))
        kinds: dict[str, list[str]] = {}
        for rule_id in desk.compares:
            kinds.setdefault(fact_key(desk.rules[rule_id]), []).append(rule_id)
        facts = kept.facts(kinds, self.results.values()) if kept else {}
        for kind, sharing in kinds.items():
            last = kept.last(kind) if kept else None
            again = place.again(last) if last is not None and last.facts == facts[kind] else None
            if again is not None:
                found[kind] = again
                continue
            noted = kept.notes(kind) if kept else None
            corpus = self._corpus(kind, dict(noted) if noted is not None else None)
            made, failed = self._placed(corpus, sharing, place, last.by_name if last else {})
            found[kind] = Part(facts.get(kind, b""), made)
            errors += failed
            if kept and corpus.notes and noted is not None and not failed:
                kept.note(kind, {name: note for name, note in corpus.notes.items() if note != noted.get(name)})
        return found, errors

    def _corpus(self, kind: str, notes: dict[str, bytes] | None) -> Corpus:
        """The facts of a kind: those of one kind at a time are more than bytes."""
        facts = self._facts(kind, few=bool(notes))
        return Corpus(facts, self._focus(facts), self._elsewhere(kind), notes)

    def _placed(
        self, corpus: Corpus, sharing: Sequence[str], place: Placing, before: Mapping[bytes, Placed]
    ) -> tuple[list[Placed], list[Error]]:
        """What the rules find that share a kind of facts."""
        desk, found, errors = self.project.desk, list[Placed](), list[Error]()
        for rule_id in sharing if corpus.facts else ():
            try:
                by_article: dict[Ref, list[Hit]] = {}
                for ref, hit in cast(Compare, desk.rules[rule_id].compare)(corpus, desk.options[rule_id]):
                    if corpus.wanted(ref) and rule_id not in self._ignored(ref.path):
                        by_article.setdefault(ref, []).append(hit)
                for ref, hits in by_article.items():
                    found += filter(None, (place(rule_id, ref, hit, before) for hit in hits))
            except Exception as e:  # a bug in one rule must not cost the run
                errors.append(failure("", rule_id, e))
        return found, errors

    def _named(self, path: str) -> bytes:
        """Names a file's content and its desk, for the cache to know a finding again."""
        return self.cache.named(self.results[path]) if self.cache and path in self.results else b""

    def _elsewhere(self, kind: str) -> Others | None:
        """The index, for a rule that asks it."""
        if self.index is None or not self._asks(kind):
            return None
        from copydesk.others import Others

        return Others(self.index, kind, tuple(self.results))

    def _asks(self, kind: str) -> bool:
        return kind in self.project.desk.keyed and len(self.results) <= _ASKING

    def _focus(self, facts: Iterable[Facts]) -> frozenset[Ref] | None:
        if self.focus is None and self.index is None:
            return None
        wanted = self.results.keys() if self.focus is None else self.results.keys() & self.focus
        return frozenset(f.ref for f in facts if f.ref.path in wanted)

    def _ignored(self, path: str) -> frozenset[str]:
        return self.project.desk_of(path).config.ignored_in(path)

    def _locator(self) -> Locate:
        """Finds articles by name, reading each file once while it is wanted."""

        @lru_cache(maxsize=_KEPT)
        def parsed(path: str) -> Mapping[str | None, Article]:
            config = self.project.desk_of(path).config
            return {a.id: a for a in read(path, config, self.overlay.get(path)).articles}

        @lru_cache(maxsize=_KEPT)
        def located(ref: Ref) -> Article | None:
            if ref.path in self._large:
                return self._large[ref.path].article(ref.article, self.project.desk_of(ref.path).config)
            return parsed(ref.path).get(ref.article)

        return located


def _findings(parts: Mapping[str, Part]) -> list[Finding]:
    return [p.finding for part in parts.values() for p in part.placed if p.finding is not None]
