"""The house stands as it was drawn: which module may import which, and what belongs to a rule."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = ROOT / "lint" / "copydesk"
RULES = ROOT / "rules" / "copydesk_rules"
FLOORS = (
    ("hashing", "typed"),
    ("compiled", "frozen", "home", "offsets", "progress", "switches"),
    ("declaration", "encoding", "globs", "configfile"),
    ("patterns", "source"),
    ("options",),
    ("article", "ranges"),
    ("finding", "packed", "postings", "text"),
    ("fix", "summaries"),
    ("rule", "formats", "baseline"),
    ("packs", "report", "suppress"),
    ("config", "write"),
    ("configtable",),
    ("undo",),
    ("assemble", "reading", "trace"),
    ("work",),
    ("project", "indexfile", "entries", "kept", "fingerprint", "profile", "cachefile"),
    ("index", "placed"),
    ("others",),
    ("discover", "pool", "render", "cache"),
    ("large", "comparisons"),
    ("corpus", "run", "endings"),
    ("settle", "testing", "output"),
    ("checking",),
    ("commands",),
    ("cli",),
)
"""From the ground up: a module imports only from floors below its own, or from its own folder."""


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = ".".join(path.relative_to(ENGINE.parent if ENGINE in path.parents else RULES.parent).parts[:-1])
            assert node.level in (0, 1), f"{path}: import from a parent package"
            module = node.module if node.level == 0 else ".".join(filter(None, (home, node.module)))
            yield from (f"{module}.{a.name}" for a in node.names)


def room(dotted: str) -> str:
    """The engine's room a dotted name is in: ``copydesk.text.quotations.Quotation`` is in ``text``."""
    return dotted.split(".")[1]


def engine_files() -> list[Path]:
    """Every module of the engine but the package's own front door."""
    doors = {ENGINE / "__init__.py", ENGINE / "__main__.py"}
    return [p for p in sorted(ENGINE.rglob("*.py")) if p not in doors]


@pytest.mark.parametrize("path", engine_files(), ids=lambda p: str(p.relative_to(ENGINE)))
def test_engine_imports_point_down(path: Path) -> None:
    here = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    assert here in floor, f"{here} has no floor"
    for name in imports(path):
        assert not name.startswith("copydesk_rules"), f"{path} imports rules"
        if name.startswith("copydesk.") and room(name) in floor and room(name) != here:
            assert floor[room(name)] < floor[here], f"{here} imports {room(name)}"


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.py")), ids=lambda p: str(p.relative_to(RULES)))
def test_rules_use_public_names_and_their_own_family(path: Path) -> None:
    family = path.relative_to(RULES).parts[0]
    for name in imports(path):
        if name.startswith("copydesk."):
            public = re.fullmatch(r"copydesk\.[A-Z]\w+", name) or name.startswith(
                ("copydesk.text.", "copydesk.hashing.", "copydesk.compiled.", "copydesk.typed.")
            )
            assert public, f"{path} imports {name}, which is not public"
        if name.startswith("copydesk_rules."):
            assert name.split(".")[1] == family, f"{path} imports family {name.split('.')[1]}"


def test_no_module_imports_itself_in_a_circle() -> None:
    files = {
        ".".join(p.relative_to(root.parent).with_suffix("").parts): p
        for root in (ENGINE, RULES)
        for p in root.rglob("*.py")
    }
    below = {name: {_module(i, files) for i in imports(p)} - {name, ""} for name, p in files.items()}
    while leaves := {name for name, needs in below.items() if not needs & below.keys()}:
        below = {name: needs for name, needs in below.items() if name not in leaves}
    assert not below, f"circles among {sorted(below)}"


def _module(dotted: str, files: Mapping[str, Path]) -> str:
    """The module a dotted name is in, of ours; empty for others' and for packages' front doors."""
    parts = dotted.split(".")
    return next((m for n in range(len(parts), 0, -1) if (m := ".".join(parts[:n])) in files), "")


@pytest.mark.parametrize("manual", sorted(RULES.glob("*/*.md")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_rule_is_three_files(manual: Path) -> None:
    assert manual.with_suffix(".py").is_file()
    assert manual.with_suffix(".toml").is_file()
    rule_id = f"{manual.parent.name}/{manual.stem.replace('_', '-')}"
    text = manual.read_text(encoding="utf-8")
    assert text.startswith(f"# {rule_id}\n")
    assert "## Measured" in text


def test_the_readme_names_every_rule() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for manual in RULES.glob("*/*.md"):
        assert f"`{manual.parent.name}/{manual.stem.replace('_', '-')}`" in readme


def test_source_roots_are_no_packages() -> None:
    """``lint`` and ``rules`` as import packages would overwrite other people's files."""
    assert not (ROOT / "lint" / "__init__.py").exists()
    assert not (ROOT / "rules" / "__init__.py").exists()


@pytest.mark.parametrize(
    "path", [*sorted(ENGINE.rglob("*.py")), *sorted(RULES.rglob("*.py"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_module_has_one_subject(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
