"""Configuration: ``copydesk.toml`` or ``[tool.copydesk]``, as it holds for a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from copydesk import packs as rule_packs
from copydesk.configfile import ConfigError
from copydesk.finding import Severity
from copydesk.formats import SUFFIXES, Fields
from copydesk.frozen import Frozen, field
from copydesk.globs import globs
from copydesk.options import build, close_to
from copydesk.rule import Style
from copydesk.typed import Any, Literal, TypeVar, cast

T = TypeVar("T")

INCLUDE = tuple(f"*{suffix}" for suffix in SUFFIXES)
_EXCLUDE = (
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".copydesk",
    "README*", "CHANGELOG*", "CONTRIBUTING*", "LICENSE*", "CODE_OF_CONDUCT*",
    "package.json", "package-lock.json", "tsconfig*.json", "copydesk-baseline.json",
)  # fmt: skip


class CorpusConfig(Frozen):
    """``[corpus]``: how the source of an article is told, and which articles make the corpus."""

    source: tuple[Literal["metadata", "url", "folder"], ...] = ("metadata", "url", "folder")
    paths: tuple[str, ...] = (".",)
    """What the index holds, relative to the configuration file."""


class Config(Frozen):
    """Everything a run wants to know, with defaults filled in. Keys are those of the file, in snake case."""

    root: Path
    file: Path | None = None
    packs: tuple[str, ...] = ("copydesk_rules",)
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    include: tuple[str, ...] = INCLUDE
    exclude: tuple[str, ...] = _EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    fail_on: Severity = "info"
    max_file_size: int = 64_000_000
    """Bytes; a larger file is an error entry."""
    baseline: str = "copydesk-baseline.json"
    """The baseline file, used where it exists."""
    extends: tuple[str, ...] = ()
    """Style files whose ``[[styles]]`` come before this file's own."""
    severity: Mapping[str, str] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    """The format of files by their suffix: a name, or the module of a third party's."""
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    fields: Fields = field(default_factory=Fields)
    styles: tuple[Style, ...] = ()

    @property
    def baseline_file(self) -> Path:
        """Where the baseline is or would be."""
        return self.root / self.baseline

    def enabled(self) -> tuple[str, ...]:
        """Ids of the rules that run: selected (else the defaults), plus extended, minus ignored."""
        ids = rule_packs.rule_ids(self.packs)
        # a rule that is off by default runs when its own id, or ALL, is selected
        chosen = {
            i
            for s in (*(self.select or _families(ids)), *self.extend_select)
            for i in expand((s,), ids)
            if s in (i, "ALL") or rule_packs.outline(i, self.packs).default
        }
        # a rule that is selected by its full id beats a family that is ignored
        named = set(self.select) | set(self.extend_select)
        dropped = {i for sel in self.ignore for i in expand((sel,), ids) if sel == i or i not in named}
        return tuple(i for i in ids if i in chosen - dropped)

    def severity_of(self, rule_id: str) -> Severity:
        """The configured severity of a rule, its family's, else its own."""
        family = rule_id.split("/")[0]
        own = rule_packs.outline(rule_id, self.packs).severity
        return cast(Severity, self.severity.get(rule_id) or self.severity.get(family) or own)

    def options_of(self, rule_id: str) -> Any:
        """The rule's options object, with configured values and the house styles filled in."""
        kind = rule_packs.load(rule_id, self.packs).options
        options = build(kind, self.rules.get(rule_id, {}))
        if "styles" in kind._fields:
            options = options._replace(styles=(*options.styles, *self.styles))
        return options

    def ignored_in(self, path: str | Path) -> frozenset[str]:
        """Ids of the rules that ``per-file-ignores`` switches off for a file."""
        ids = rule_packs.rule_ids(self.packs)
        return frozenset(i for selectors in self._matching(self.per_file_ignores, path) for i in expand(selectors, ids))

    def encoding_of(self, path: str | Path) -> str | None:
        """The codec declared for a file in ``[encodings]``; the last matching pattern wins."""
        return next(reversed(self._matching(self.encodings, path)), None)

    def _matching(self, table: Mapping[str, T], path: str | Path) -> list[T]:
        """The values of a table whose patterns match a file."""
        if not table:
            return []
        file = Path(path).absolute()
        return [value for pattern, value in table.items() if globs((pattern,)).match(file, self.root)]


def expand(selectors: Iterable[str], ids: Mapping[str, str]) -> list[str]:
    """Rule ids that selectors (ids, families, ``ALL``) stand for. Raises ConfigError for an unknown one."""
    out: list[str] = []
    for s in selectors:
        hit = list(ids) if s == "ALL" else [i for i in ids if i == s or i.split("/")[0] == s]
        if not hit:
            raise ConfigError(f"unknown rule {s!r}{close_to(s, [*ids, *_families(ids)])}; `copydesk rule` lists them")
        out += hit
    return out


def _families(ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.split("/")[0] for i in ids))
