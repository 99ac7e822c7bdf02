"""Front matter: YAML between ``---``, TOML between ``+++``, or a JSON object, at the head of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any, NamedTuple

from copydesk.formats import json_string, scalars
from copydesk.formats.json_scan import scan
from copydesk.formats.layers import Shown
from copydesk.formats.paths import Node
from copydesk.formats.records import Found
from copydesk.source import UnreadableError

_YAML = re.compile(r"---[ \t]*(?:\r\n?|\n)(?:(.*?)(?:\r\n?|\n))??(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)", re.S)
_TOML = re.compile(r"\+\+\+[ \t]*(?:\r\n?|\n)(?:(.*?)(?:\r\n?|\n))??\+\+\+[ \t]*(?:\r\n?|\n|$)", re.S)
_KEY = re.compile(r"^[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=[ \t]*(\"\"\"|'''|\"|')", re.M)
_TABLE = re.compile(r"^[ \t]*\[", re.M)


class Head(NamedTuple):
    """The front matter of a file: where it ends, the values found in it, and what its copy shows."""

    end: int
    found: tuple[Found, ...] = ()
    shown: tuple[Shown | None, ...] = ()
    """For each value found; None where it cannot be shown exactly."""


def read(raw: str, node: Node) -> Head:
    """The front matter of a text, and in it the values at the paths of ``node``.

    Raises UnreadableError where it is broken.
    """
    if raw.startswith("---"):
        m = _YAML.match(raw)
        return _yaml(raw, m, node) if m else Head(0)
    if raw.startswith("+++"):
        m = _TOML.match(raw)
        return _toml(raw, m, node) if m else Head(0)
    if re.match(r"\{\s*[\"}]", raw):
        return _json(raw, node)
    return Head(0)


def _yaml(raw: str, m: re.Match[str], node: Node) -> Head:
    import yaml

    if m[1] is None:
        return Head(m.end())
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        tree = yaml.compose(m[1], Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        mark = getattr(e, "problem_mark", None)
        where = f" (line {mark.line + 2}, column {mark.column + 1})" if mark is not None else ""
        raise UnreadableError(f"has front matter that is not YAML: {getattr(e, 'problem', e)}{where}") from None
    pairs = list(_yaml_values(raw, m.start(1), tree, node)) if tree is not None else []
    return Head(m.end(), tuple(f for f, _ in pairs), tuple(s for _, s in pairs))


def _yaml_values(raw: str, base: int, tree: Any, node: Node) -> Iterator[tuple[Found, Shown | None]]:
    """The values at the paths of ``node``, walked along with the tree; an anchor's value is not followed twice."""
    if tree.id == "scalar":
        start, end = base + tree.start_mark.index, base + tree.end_mark.index
        style = tree.style or ""
        if style in ("|", ">"):
            start, style = raw.find("\n", start) + 1, "|"
        elif style:
            start, end = start + 1, end - 1
        shown = scalars.shown(raw, start, end, style, tree.value) if node.slots and 0 < start <= end else None
        for slot in node.slots:
            yield Found(slot, tree.value, start, end), shown
    elif tree.id == "sequence" and (node.slots or node.each):
        inner = node.elements()
        for child in tree.value:
            yield from _yaml_values(raw, base, child, inner)
    elif tree.id == "mapping" and node.children:
        for key, child in {k.value: v for k, v in tree.value if k.id == "scalar"}.items():
            if key in node.children:
                yield from _yaml_values(raw, base, child, node.children[key])


def _toml(raw: str, m: re.Match[str], node: Node) -> Head:
    import tomllib

    if m[1] is None:
        return Head(m.end())
    try:
        table = tomllib.loads(m[1].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as e:
        raise UnreadableError(f"has front matter that is not TOML: {e}") from None
    stop = _TABLE.search(raw, m.start(1), m.end(1))
    places = _toml_strings(raw, m.start(1), stop.start() if stop else m.end(1))
    pairs = list(_toml_values(raw, table, node, places))
    return Head(m.end(), tuple(f for f, _ in pairs), tuple(s for _, s in pairs))


def _toml_strings(raw: str, start: int, end: int) -> dict[str, tuple[int, int, str]]:
    """Where the strings of the keys before the first table stand, and their quotes."""
    out: dict[str, tuple[int, int, str]] = {}
    for m in _KEY.finditer(raw, start, end):
        quote = m[2]
        inner = r"(?:[^\\]|\\.)*?" if quote[0] == '"' else r".*?"
        string = re.compile(rf"({inner}){quote}", re.S).match(raw, m.end(), end)
        if string:
            first = string.start(1)
            if len(quote) == 3:
                first += len(re.match(r"(?:\r\n|\n)?", raw[first : first + 2]).group())  # type: ignore[union-attr]
            out.setdefault(m[1].strip("\"'"), (first, string.end(1), f"toml{quote[0]}"))
    return out


def _toml_values(
    raw: str, value: Any, node: Node, places: dict[str, tuple[int, int, str]], key: str = ""
) -> Iterator[tuple[Found, Shown | None]]:
    if isinstance(value, dict):
        for name, child in value.items():
            if name in node.children:
                yield from _toml_values(raw, child, node.children[name], places if not key else {}, name)
    elif isinstance(value, list):
        for child in value:
            yield from _toml_values(raw, child, node.elements(), {}, key)
    elif not isinstance(value, bool):
        shown, text = None, str(value)
        start, end, style = places.get(key, (0, 0, ""))
        if isinstance(value, str) and style:
            shown = scalars.shown(raw, start, end, style, value)
        for slot in node.slots:
            yield Found(slot, text, start, end), shown


def _json(raw: str, node: Node) -> Head:
    found: list[Found] = []
    try:
        end = scan(raw, 0, node, found)
    except (JSONDecodeError, RecursionError):
        return Head(0)
    if raw[end:].strip() and not re.match(r"[ \t]*(?:\r\n?|\n)", raw[end:]):
        return Head(0)
    shown = (json_string.shown(raw, f.value, f.start, f.end) if f.end > f.start else None for f in found)
    return Head(end, tuple(found), tuple(shown))
