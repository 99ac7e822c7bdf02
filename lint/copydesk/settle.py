"""Fixing files in memory until nothing is left to fix, and only then on the disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from copydesk.article import Article
from copydesk.finding import Finding
from copydesk.fix import applicable, choose, rewritten
from copydesk.home import HOME
from copydesk.reading import Read, load, read
from copydesk.report import Error, Fixed, Report
from copydesk.run import Run
from copydesk.source import UnreadableError, digest
from copydesk.undo import log
from copydesk.write import StaleError, write

_PASSES = 20
_STALE = "was changed since it was read; its fixes were not written"


@dataclass
class _Patient:
    """A file that is being fixed: every state it was in, the first as read, and the fixes made."""

    states: list[bytes]
    made: Counter[str] = field(default_factory=Counter)


@dataclass
class Settling:
    """Applies fixes in a run's overlay until no file changes.

    A file whose fixes come back to an earlier state, never end, or leave it unreadable is put back as it was
    and reported; so is one that changed on the disk after it was checked.
    """

    run: Run
    unsafe: bool
    _patients: dict[str, _Patient] = field(default_factory=dict)
    _refused: dict[str, Error] = field(default_factory=dict)

    def settle(self) -> Report:
        """The report of the settled files, with the changed ones listed in ``fixed``."""
        report = self.run.report()
        for _ in range(_PASSES):
            if not self._pass(report):
                break
            report = self.run.report()
        else:
            for path, found in self._fixable(report).items():
                self._refuse(path, found, "do not settle")
            report = self.run.report()
        return report._replace(errors=(*report.errors, *self._refused.values()), fixed=tuple(self._fixed()))

    def _fixable(self, report: Report) -> dict[str, list[Finding]]:
        by_path: dict[str, list[Finding]] = {}
        for f in report.findings:
            if f.path not in self._refused and applicable(f, self.unsafe):
                by_path.setdefault(f.path, []).append(f)
        return by_path

    def _pass(self, report: Report) -> bool:
        """One round over all files; whether any changed."""
        changed = [path for path, found in self._fixable(report).items() if self._fix(path, found)]
        return bool(changed)

    def _fix(self, path: str, found: list[Finding]) -> bool:
        """Make the fixes of one file that go together; whether its state changed."""
        data = self._now(path)
        if data is None:
            return False
        before = self._read(path, data)
        chosen = choose(found, self.unsafe)
        after = rewritten(before.file, chosen) if before.file is not None else None
        if after is None or after == data:
            return False
        patient = self._patients.setdefault(path, _Patient([data]))
        if _broken(before, self._read(path, after)):
            self._refuse(path, chosen, "would break the file")
        elif after in patient.states:
            self._refuse(path, chosen, "do not settle")
        else:
            patient.states.append(after)
            patient.made.update(f.rule for f in chosen)
            self._become(path, after)
        return True

    def _now(self, path: str) -> bytes | None:
        """The bytes the findings were made on; None, and the file refused, where the disk has others."""
        if path in self.run.overlay:
            return self.run.overlay[path]
        try:
            data = load(path, self.run.project.desk_of(path).config)
        except UnreadableError as e:
            self._refused[path] = Error(path, f"cannot be fixed, which needs all of it in memory: {e}")
            return None
        except OSError as e:
            self._refused[path] = Error(path, f"cannot be fixed: {e}")
            return None
        if digest(data) != self.run.results[path].digest:
            self._refused[path] = Error(path, _STALE)
            return None
        return data

    def _read(self, path: str, data: bytes) -> Read:
        return read(path, self.run.project.desk_of(path).config, data)

    def _become(self, path: str, data: bytes) -> None:
        self.run.overlay[path] = data
        self.run.check_again(path)

    def _refuse(self, path: str, found: list[Finding], why: str) -> None:
        rules = ", ".join(sorted({f.rule for f in found}))
        self._refused[path] = Error(path, f"fixes of {rules} {why}; nothing was written")
        self._become(path, self._patients[path].states[0])

    def _fixed(self) -> list[Fixed]:
        out = []
        for path, patient in sorted(self._patients.items()):
            before, after = patient.states[0], self.run.overlay[path]
            if path not in self._refused and before != after:
                file = self._read(path, before).file
                encoding = file.encoding if file is not None else "utf-8"
                out.append(Fixed(path, tuple(sorted(patient.made.items())), before, after, encoding))
        return out


def _broken(before: Read, after: Read) -> bool:
    """Whether a fix made records unreadable, made some come or go, or turned markup into other markup."""
    same = [a.id for a in before.articles] == [a.id for a in after.articles]
    if not same or len(after.errors) > len(before.errors):
        return True
    return any(_reshaped(a, b) for a, b in zip(before.articles, after.articles, strict=True))


def _reshaped(before: Article, after: Article) -> bool:
    """Whether blocks of an article with markup are others than before; some may have been taken out."""
    if not any(b.outer for b in before.blocks):
        return False
    left = iter(b.kind for b in before.blocks)
    return not all(b.kind in left for b in after.blocks)


def write_all(run: Run, report: Report) -> Report:
    """Log the report's fixes and write them; a file that changed meanwhile is left alone and named."""
    if not report.fixed:
        return report
    root = run.project.desk.config.root
    try:
        log(root, report.fixed)
    except OSError as e:
        failed = Error(str(root / HOME), f"the log for undo cannot be written: {e.strerror}; nothing was fixed")
        return report._replace(fixed=(), errors=(*report.errors, failed))
    written: list[Fixed] = []
    errors: list[Error] = []
    for fixed in report.fixed:
        try:
            write(fixed.path, fixed.after, fixed.before)
            written.append(fixed)
        except StaleError:
            errors.append(Error(fixed.path, _STALE))
        except OSError as e:
            errors.append(Error(fixed.path, f"cannot be written: {e.strerror}; it is as it was"))
    return report._replace(fixed=tuple(written), errors=(*report.errors, *errors))
