"""Front matter: YAML between ``---``, TOML between ``+++``, or a JSON object, at the head of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecodeError

from copydesk.compiled import compiled
from copydesk.formats import json_string, scalars
from copydesk.formats.json_scan import scan
from copydesk.formats.layers import Shown
from copydesk.formats.paths import Node
from copydesk.formats.records import Found
from copydesk.source import UnreadableError
from copydesk.typed import Any, NamedTuple

_YAML = compiled(r"---[ \t]*(?:\r\n?|\n)(?:(.*?)(?:\r\n?|\n))??(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|$)", re.S)
# what most front matter is made of; anything else is left to PyYAML, whose import alone costs 20 ms
_ENTRY = compiled(
    r"(?:#[^\r\n]*|([A-Za-z_][\w-]*):(?:[ ]+(?:"
    r"'((?:[^'\r\n]|'')*)'|\"([^\"\\\r\n]*)\"|(\[[\w ,./-]*\])"
    r"|([^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^:#\r\n]|:(?=[^\s])|(?<=\S)\#)*)))?[ ]*|([ ]*-[ ]+\w[\w ./-]*))(?:\r\n?|\n|$)"
)
# C1 controls are let pass: YAML forbids them, and they are what a title in the wrong encoding is made of
_UNUSUAL = compiled(r"[^\n\r\x20-\x7e\x80-\x84\x86-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NULL = ("~", "null", "Null", "NULL", "")
_TOML = compiled(r"\+\+\+[ \t]*(?:\r\n?|\n)(?:(.*?)(?:\r\n?|\n))??\+\+\+[ \t]*(?:\r\n?|\n|$)", re.S)
_KEY = compiled(r"^[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=[ \t]*(\"\"\"|'''|\"|')", re.M)
_TABLE = compiled(r"^[ \t]*\[", re.M)


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
    if not m[1]:
        return Head(m.end())
    pairs = _simple_yaml(raw, m.start(1), m.end(1), node)
    if pairs is None:
        pairs = _full_yaml(raw, m, node)
    return Head(m.end(), tuple(f for f, _ in pairs), tuple(s for _, s in pairs))


def _simple_yaml(raw: str, at: int, end: int, node: Node) -> list[tuple[Found, Shown | None]] | None:
    """The values of front matter that has nothing but keys with a string or a list of words; else None."""
    if _UNUSUAL.search(raw, at, end):
        return None
    found: dict[str, list[tuple[Found, Shown | None]]] = {}
    key, empty = "", False
    while at < end:
        m = _ENTRY.match(raw, at, end)
        if m is None or (m[6] and (not empty or key in node.children)) or (m[4] and m[1] in node.children):
            return None
        at = m.end()
        if m[1]:
            group = next((g for g in (2, 3, 5) if m[g] is not None), 0)
            key, empty = m[1], not group and not m[4]
            found[key] = list(_simple_value(raw, m, group, node)) if group and key in node.children else []
    return [pair for pairs in found.values() for pair in pairs]


def _simple_value(raw: str, m: re.Match[str], group: int, node: Node) -> Iterator[tuple[Found, Shown | None]]:
    style = {2: "'", 3: '"', 5: ""}[group]
    text = m[group].rstrip(" ") if not style else m[group]
    if style or text not in _NULL:
        start, value = m.start(group), text.replace("''", "'") if style == "'" else text
        shown = scalars.shown(raw, start, start + len(text), style, value)
        for slot in node.children[m[1]].slots:
            yield Found(slot, value, start, start + len(text)), shown


def _full_yaml(raw: str, m: re.Match[str], node: Node) -> list[tuple[Found, Shown | None]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        tree = yaml.compose(m[1], Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        mark = getattr(e, "problem_mark", None)
        where = f" (line {mark.line + 2}, column {mark.column + 1})" if mark is not None else ""
        raise UnreadableError(f"has front matter that is not YAML: {getattr(e, 'problem', e)}{where}") from None
    return list(_yaml_values(raw, m.start(1), tree, node)) if tree is not None else []


def _yaml_values(raw: str, base: int, tree: Any, node: Node) -> Iterator[tuple[Found, Shown | None]]:
    """The values at the paths of ``node``, walked along with the tree; an anchor's value is not followed twice."""
    if tree.id == "scalar":
        start, end = base + tree.start_mark.index, base + tree.end_mark.index
        style = tree.style or ""
        if not style and tree.value in _NULL:
            return
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
    shown = (json_string.shown(raw, f, markup=False) if f.end > f.start else None for f in found)
    return Head(end, tuple(found), tuple(shown))
