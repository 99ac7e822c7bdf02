"""Rule packs: packages named in configuration, whose folders are families and whose file trios are rules."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.finding import Severity
from copydesk.rule import Rule


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
    severity: Severity = "warning"
    default: bool = True


@cache
def outline(rule_id: str, packs: tuple[str, ...]) -> Outline:
    """The outline of a rule, read from the statement ``RULE = Rule(…)`` that ends its module; else the rule is loaded.

    To import a rule costs more than most rules do on clean copy. Raises PackError.
    """
    said = _keywords(_beside(rule_id, packs, ".py"))
    if said is None:
        rule = load(rule_id, packs)
        said = {name: getattr(rule, name) for name in ("check", "collect", "compare", *_PLAIN)}
    checks, collects, compares = (said.get(side) is not None for side in ("check", "collect", "compare"))
    return Outline(checks, collects, compares, **{name: said[name] for name in _PLAIN if name in said})


_PLAIN = ("needs", "severity", "default")
_STATEMENT = "\nRULE = Rule("


def _keywords(module: Path) -> dict[str, Any] | None:
    """The keywords of the statement, literals as their values; None where that does not tell the rule."""
    try:
        text = module.read_text(encoding="utf-8")
        at = text.rindex(_STATEMENT) + 1
        [statement] = ast.parse(text[at:]).body
        call = statement.value if isinstance(statement, ast.Assign) else None
        if not isinstance(call, ast.Call) or len(call.args) > 1 or not all(k.arg for k in call.keywords):
            return None
        said = {str(k.arg): k.value.value if isinstance(k.value, ast.Constant) else k.value for k in call.keywords}
        return None if any(isinstance(said.get(name), ast.AST) for name in _PLAIN) else said
    except (OSError, ValueError, SyntaxError):
        return None


def manual(rule_id: str, packs: tuple[str, ...]) -> str:
    """The text of a rule's manual page."""
    return _beside(rule_id, packs, ".md").read_text(encoding="utf-8")


def cases_file(rule_id: str, packs: tuple[str, ...]) -> Path:
    """The file of a rule's cases."""
    return _beside(rule_id, packs, ".toml")


def _beside(rule_id: str, packs: tuple[str, ...], suffix: str) -> Path:
    pack, family, stem = rule_ids(packs)[rule_id].rsplit(".", 2)
    return folder(pack) / family / f"{stem}{suffix}"
