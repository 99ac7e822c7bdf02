"""Rule packs: packages named in configuration, whose folders are families and whose file trios are rules."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from copydesk.compiled import kept
from copydesk.finding import Severity
from copydesk.rule import Rule
from copydesk.typed import Any, NamedTuple


class PackError(Exception):
    """A pack or one of its rules cannot be loaded; the message names it."""


@cache
def folder(pack: str) -> Path:
    """The folder of a pack. Raises PackError where no such package is installed."""
    try:
        spec = find_spec(pack)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise PackError(f"rule pack {pack!r} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def rule_ids(packs: tuple[str, ...]) -> dict[str, str]:
    """Every rule id of the packs with its module, in order. Imports no rule: a manual beside a module makes it one."""
    found: dict[str, str] = {}
    for pack in packs:
        for manual in sorted(folder(pack).glob("*/*.md")):
            family, stem = manual.parent.name, manual.stem
            if manual.with_suffix(".py").exists():
                rule_id = f"{family}/{stem.replace('_', '-')}"
                if rule_id in found:
                    raise PackError(f"rule {rule_id!r} is defined by {found[rule_id]!r} and by pack {pack!r}")
                found[rule_id] = f"{pack}.{family}.{stem}"
    return found


@cache
def load(rule_id: str, packs: tuple[str, ...]) -> Rule:
    """The rule of that id. Raises PackError where its module has none."""
    module = import_module(rule_ids(packs)[rule_id])
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise PackError(f"{module.__name__} defines no RULE")
    return rule


class Outline(NamedTuple):
    """What can be told of a rule without running its module."""

    checks: bool
    collects: bool
    compares: bool
    needs: str = ""
    anchors: str = ""
    severity: Severity = "warning"
    default: bool = True


@cache
def outline(rule_id: str, packs: tuple[str, ...]) -> Outline:
    """The outline of a rule, read from the statement ``RULE = Rule(…)`` that ends its module; else the rule is loaded.

    To import a rule costs more than most rules do on clean copy. Raises PackError.
    """
    said = _told(_beside(rule_id, packs, ".py"))
    if not said:
        rule = load(rule_id, packs)
        said = {side: getattr(rule, side) is not None for side in _SIDES} | {n: getattr(rule, n) for n in _PLAIN}
    checks, collects, compares = (said.get(side, False) for side in _SIDES)
    return Outline(checks, collects, compares, **{name: said[name] for name in _PLAIN if name in said})


_SIDES = ("check", "collect", "compare")
_PLAIN = ("needs", "anchors", "severity", "default")
_STATEMENT = "\nRULE = Rule("


def _told(module: Path) -> dict[str, Any]:
    """Which sides the statement names, and the values of the plain keywords in it; empty where it does not tell."""
    try:
        text = module.read_text(encoding="utf-8")
        return kept(text[text.rindex(_STATEMENT) + 1 :], "outline", _read)  # type: ignore[no-any-return]
    except (OSError, ValueError, SyntaxError):
        return {}


def _read(statement: str) -> dict[str, Any]:
    import ast  # takes longer than all rules to be read

    [node] = ast.parse(statement).body
    call = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(call, ast.Call) or len(call.args) > 1 or not all(k.arg for k in call.keywords):
        return {}
    said = {str(k.arg): k.value.value if isinstance(k.value, ast.Constant) else k.value for k in call.keywords}
    plain = {name: said[name] for name in _PLAIN if name in said}
    if any(isinstance(value, ast.AST) for value in plain.values()):
        return {}
    return {side: said.get(side) is not None for side in _SIDES} | plain


def manual(rule_id: str, packs: tuple[str, ...]) -> str:
    """The text of a rule's manual page."""
    return _beside(rule_id, packs, ".md").read_text(encoding="utf-8")


def cases_file(rule_id: str, packs: tuple[str, ...]) -> Path:
    """The file of a rule's cases."""
    return _beside(rule_id, packs, ".toml")


def _beside(rule_id: str, packs: tuple[str, ...], suffix: str) -> Path:
    pack, family, stem = rule_ids(packs)[rule_id].rsplit(".", 2)
    return folder(pack) / family / f"{stem}{suffix}"
