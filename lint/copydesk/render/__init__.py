"""From a Report to what is printed: one function a format, none of which changes what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from copydesk.render.options import Options, RuleInfo
from copydesk.report import Report

__all__ = ["FORMATS", "Options", "RuleInfo", "render"]

Format = Callable[[Report, Options], Iterator[str]]

FORMATS = {
    "full": "full:full",
    "concise": "concise:concise",
    "json": "as_json:full_json",
    "jsonl": "as_json:jsonl",
    "github": "github:github",
    "sarif": "sarif:sarif",
    "gitlab": "gitlab:gitlab",
    "junit": "junit:junit",
    "rdjson": "rdjson:rdjson",
    "diff": "diff:diff",
    "statistics": "statistics:statistics",
}
"""Name of each format, and the module and function here that write it."""


def render(name: str, report: Report, options: Options) -> Iterator[str]:
    """The report in a format, in pieces. Raises KeyError for an unknown format."""
    module, function = FORMATS[name].split(":")
    format_: Format = getattr(import_module(f"{__name__}.{module}"), function)
    return format_(report, options)
