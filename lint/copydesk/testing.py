"""A rule's cases: the examples beside it that prove what it flags, what it leaves alone, and what it misses.

A case file is TOML with three arrays of tables: ``[[flag]]`` must be found, ``[[leave]]`` must not, ``[[miss]]``
should be found and is not yet. Keys of a case:

``name``      what the case shows
``text``      the article; or ``articles``, a table of file name to text, for a corpus (``folder/name.txt``:
              the folder is the source unless the text says otherwise)
``file``      file name of ``text``, which decides its format (default ``story.txt``)
``marks``     the marked texts in order of place; for ``articles`` a table of file name to list
``fixed``     the text after all fixes, unsafe ones too; for ``articles`` a table; absent: no fix is offered
``safe``      true where every fix must be safe, false where none may be (default: not looked at)
``message``   a part of the first finding's message
``options``   the rule's options, as in configuration
``styles``    the ``[[styles]]`` of the house, as in configuration
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from copydesk import packs as rule_packs
from copydesk.configtable import parse
from copydesk.finding import Finding
from copydesk.fix import choose, rewritten
from copydesk.frozen import Frozen
from copydesk.project import Project
from copydesk.reading import read
from copydesk.report import Report
from copydesk.run import Run
from copydesk.typed import Any, Literal
from copydesk.work import Desk

Kind = Literal["flag", "leave", "miss"]
_PASSES = 10


class Case(Frozen):
    """One example of a rule's case file."""

    rule: str
    kind: Kind
    name: str
    files: Mapping[str, str]
    marks: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, str]
    table: Mapping[str, Any]
    packs: tuple[str, ...] = ("copydesk_rules",)

    def __str__(self) -> str:
        return f"{self.rule}-{self.kind}-{self.name}"


def load_cases(rule_id: str, packs: tuple[str, ...] = ("copydesk_rules",)) -> list[Case]:
    """The cases beside a rule. Raises ValueError for a case that lacks its text or, to be flagged, its marks."""
    path = rule_packs.cases_file(rule_id, packs)
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds: tuple[Kind, ...] = ("flag", "leave", "miss")
    unknown = set(table) - set(kinds)
    if unknown:
        raise ValueError(f"{path.name}: unknown table {sorted(unknown)[0]!r}; it holds [[flag]], [[leave]], [[miss]]")
    return [_case(rule_id, kind, entry, packs) for kind in kinds for entry in table.get(kind, [])]


def _case(rule_id: str, kind: Kind, entry: Mapping[str, Any], packs: tuple[str, ...]) -> Case:
    name = entry.get("name") or str(entry.get("text", ""))[:40]
    alone = entry.get("file", "story.txt")
    files = entry.get("articles") or {alone: entry["text"]}
    marks = entry.get("marks", [])
    if kind != "leave" and not marks:
        raise ValueError(f"{rule_id}: case {name!r} has no marks")
    by_file = marks if isinstance(marks, dict) else {alone: marks}
    fixed = entry.get("fixed", {})
    after = fixed if isinstance(fixed, dict) else {alone: fixed}
    return Case(rule_id, kind, name, files, {k: tuple(v) for k, v in by_file.items()}, after, entry, packs)


def findings(case: Case, files: Mapping[str, bytes] | None = None) -> list[Finding]:
    """What the case's rule finds in its articles."""
    overlay = files if files is not None else {k: v.encode() for k, v in case.files.items()}
    return list(_checked(case, overlay).findings)


def _checked(case: Case, overlay: Mapping[str, bytes]) -> Report:
    run = Run(Project.of(_desk(case)), dict(overlay), jobs=1)
    run.check(sorted(overlay))
    report = run.report()
    failed = [e for e in report.errors if e.rule]
    assert not failed, failed
    return report


def _desk(case: Case) -> Desk:
    options = case.table.get("options", {})
    table: dict[str, Any] = {"packs": list(case.packs), "select": [case.rule], "rules": {case.rule: options}}
    table["styles"] = case.table.get("styles", [])
    return Desk(parse(table, Path.cwd()))


def verify(case: Case) -> None:
    """Raise AssertionError where the rule does not do what the case says."""
    overlay = {k: v.encode() for k, v in case.files.items()}
    found = findings(case)
    got = {name: _marked(found, name, overlay) for name in overlay}
    want = {name: case.marks.get(name, ()) if case.kind != "leave" else () for name in overlay}
    assert got == want, f"marked {got}, expected {want}"
    if case.kind == "leave":
        return
    _verify_messages(case, found)
    after = fixed(case, overlay)
    changed = {name: data.decode() for name, data in after.items() if data != overlay[name]}
    expected = {name: text for name, text in case.fixed.items() if text != case.files[name]}
    assert changed == expected, f"fixed to {changed}, expected {expected}"


def _verify_messages(case: Case, found: list[Finding]) -> None:
    if "message" in case.table:
        assert case.table["message"] in found[0].message, found[0].message
    if "safe" in case.table:
        safeties = {f.fix.safety for f in found if f.fix}
        assert (safeties == {"safe"}) if case.table["safe"] else ("safe" not in safeties), safeties


def _marked(found: Iterable[Finding], name: str, overlay: Mapping[str, bytes]) -> tuple[str, ...]:
    text = overlay[name].decode().removeprefix("\ufeff")
    return tuple(text[f.start : f.end] for f in found if f.path == name)


def fixed(case: Case, overlay: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files after fixes, unsafe ones too, until nothing changes. Raises AssertionError if that never comes."""
    desk, now = _desk(case), dict(overlay)
    for _ in range(_PASSES):
        found = findings(case, now)
        before = dict(now)
        for path in now:
            chosen = choose((f for f in found if f.path == path), unsafe=True)
            file = read(path, desk.config, now[path]).file
            new = rewritten(file, chosen) if file is not None and chosen else None
            now[path] = now[path] if new is None else new
        if now == before:
            return now
    raise AssertionError(f"the fixes of {case.rule} do not settle")
