"""The options of ``check``, and the reading of plain command lines: what nearly every run needs of click, at no cost.

:func:`plain` understands a command line or leaves it to click, which also tells what is wrong with one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from copydesk.typed import Any, Literal, NamedTuple

Kind = Literal["flag", "pair", "number", "word", "words"]

FORMATS = ("full", "concise", "json", "jsonl", "github", "sarif", "gitlab", "junit", "rdjson")
LEVELS = ("error", "warning", "info")


class Switch(NamedTuple):
    """An option: ``words`` may be given more than once, a ``pair`` is on, off (``--no-…``) or not said."""

    names: tuple[str, ...]
    help: str
    kind: Kind = "flag"
    default: Any = None
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    shows_default: bool = False

    @property
    def key(self) -> str:
        """The name its value goes by."""
        return self.names[0].removeprefix("--").replace("-", "_")

    @property
    def unsaid(self) -> Any:
        """Its value where it is not given."""
        return {"flag": False, "words": ()}.get(self.kind, self.default)


_RULES = "Rule ids or families, comma-separated; may be given more than once."

SELECTION = (
    Switch(("--select", "-s"), f"Run these only. {_RULES}", "words", metavar="RULES"),
    Switch(("--extend-select",), "Run these, too.", "words", metavar="RULES"),
    Switch(("--ignore", "-i"), "Do not run these.", "words", metavar="RULES"),
    Switch(
        ("--config",),
        "A configuration file to use instead of the nearest one, or one TOML setting to lay over it.",
        "words",
        metavar="FILE|KEY=VALUE",
    ),
    Switch(("--isolated",), "Read no configuration file."),
)
FIX = Switch(("--fix",), "Make the safe fixes.")
CHECK = (
    Switch(("--unsafe-fixes",), "Also make fixes that need an editor's eye."),
    Switch(("--fix-only",), "Make the safe fixes, and report nothing that is left."),
    Switch(("--output",), "Write the fixed copy of one Parquet file to this new file.", "word", metavar="FILE"),
    Switch(("--diff",), "Show what the fixes would change, and write nothing."),
    Switch(("--show-fixes",), "List the fixes that were made."),
    Switch(("--output-format",), "", "word", "full", choices=FORMATS, shows_default=True),
    *SELECTION,
    Switch(("--no-corpus",), "Judge each article alone."),
    Switch(
        ("--index",),
        "Judge the given files against the project's index, made up to date first."
        " [default: if there is one, and a rule that compares articles is enabled]",
        "pair",
    ),
    Switch(("--no-cache",), "Use nothing that an earlier run kept, and keep nothing: no results, no index."),
    Switch(("--no-baseline",), "Report accepted findings, too."),
    Switch(("--jobs", "-j"), "Processes; 0: one a core.", "number", 0),
    Switch(("--statistics",), "Count findings by rule instead of listing them."),
    Switch(
        ("--profile",),
        "Tell on standard error where the time goes, by stage and rule. Uses one process, and no cache or index.",
    ),
    Switch(("--exit-zero",), "Exit with 0 even if findings are left."),
    Switch(("--fail-on",), "The mildest severity that makes the exit status 1.", "word", choices=LEVELS),
    Switch(("--stdin-filename",), "Check standard input in the name of this file.", "word", metavar="NAME"),
    Switch(("--force-exclude",), "Hold exclusions against files named outright, too."),
)


def plain(args: Sequence[str]) -> dict[str, Any] | None:
    """The values of a plain ``check`` or ``fix`` command line by key, ``fix`` and ``paths`` among them; else None."""
    if os.name == "nt" or not args or args[0] not in ("check", "fix"):  # on Windows click expands patterns
        return None
    switches = CHECK if args[0] == "fix" else (FIX, *CHECK)
    given: dict[str, Any] = {s.key: s.unsaid for s in switches}
    paths: list[str] = []
    by_name = {name: s for s in switches for name in s.names} | {"--no-index": _NO_INDEX}
    left = iter(args[1:])
    for arg in left:
        if not arg.startswith("-") or arg == "-":
            paths.append(arg)
        elif not _take(arg, left, by_name, given):
            return None
    return {**given, "fix": given.get("fix", True), "paths": tuple(paths)}


_NO_INDEX = Switch(("--index",), "", "pair", default=False)


def _take(arg: str, left: Iterator[str], by_name: Mapping[str, Switch], given: dict[str, Any]) -> bool:
    """Note one option and its value; whether it could be understood."""
    name, equals, value = arg.partition("=")
    switch = by_name.get(name)
    if switch is None or (equals and (switch.kind in ("flag", "pair") or not name.startswith("--"))):
        return False
    if switch.kind in ("flag", "pair"):
        given[switch.key] = switch is not _NO_INDEX
        return True
    value = value if equals else next(left, "-")
    if (value.startswith("-") and not equals) or (switch.choices and value not in switch.choices):
        return False
    if switch.kind == "number" and not (value.isascii() and value.isdigit()):
        return False
    many = (*given[switch.key], value) if switch.kind == "words" else value
    given[switch.key] = int(value) if switch.kind == "number" else many
    return True
