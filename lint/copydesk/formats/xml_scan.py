"""XML as elements with their exact ranges in the decoded text. Expat judges; a scan over the tags finds the places.

Nothing outside the file is ever read, and no entity of a DTD is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat

from copydesk.compiled import compiled
from copydesk.source import SourceFile, UnreadableError
from copydesk.typed import Any

_DEEPEST = 200
_MOST = 1_000_000
"""Elements a file may have: each costs about 300 bytes of memory."""
_TAG = compiled(
    r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
    r"|(/?)([^\s/>]++)([^\"'>]*+(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*+)*+)>)",
    re.S,
)
_ATTRIBUTE = compiled(r"([^\s=/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = compiled(r"&(?:#x[0-9a-fA-F]+|#[0-9]+|[^;\s&<]+);")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
_PREFIXES = {
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    **{f"http://wordpress.org/export/1.{n}/": "wp" for n in range(4)},
    **{f"http://wordpress.org/export/1.{n}/excerpt/": "excerpt" for n in range(4)},
}
"""Names of vocabularies that are read by prefix, whatever prefix a file gives them."""


@dataclass(slots=True)
class Element:
    """An element: its name (with the usual prefix, in the namespaces we know) and where it stands in the text.

    ``start`` is that of its first tag, ``inner`` to ``close`` what it holds, ``end`` behind its last tag.
    """

    name: str
    text: str = field(repr=False)
    """The text of the whole file."""
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes as they are spelled, their references read."""
        raw = self.text[self.start : self.inner]
        return {m[1]: unescaped(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(raw)}

    @property
    def raw(self) -> str:
        """What stands between its tags."""
        return self.text[self.inner : self.close]

    def all(self, path: str) -> Iterator[Element]:
        """The elements a path of names leads to, in order."""
        first, _, rest = path.partition("/")
        for child in self.children:
            if child.name == first:
                yield from child.all(rest) if rest else (child,)

    def first(self, path: str) -> Element | None:
        """The first element a path of names leads to."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name and (found := child.first(rest) if rest else child):
                return found
        return None


def scan(file: SourceFile) -> Element:
    """The root element of a file.

    Raises UnreadableError for what is not well-formed, with line and column; for a DTD with entities of its own;
    and for what is nested too deeply or holds too many elements.
    """
    text = file.text
    start = _judged(file)
    scope = _Scope({})
    stack: list[tuple[Element, _Scope]] = []
    number = 0
    for m in _TAG.finditer(text, start):
        closing, name, rest = m.groups()
        if name is None:
            continue
        if closing:
            element, scope = stack.pop()
            element.close, element.end = m.span()
        else:
            outer = scope
            if "xmlns" in rest:
                scope = _Scope(scope.bound, rest)
            element = Element(scope.name(name), text, m.start(), m.end())
            number += 1
            if stack:
                stack[-1][0].children.append(element)
            if rest.endswith("/"):
                element.close = element.end = m.end()
                scope = outer
            else:
                stack.append((element, outer))
            if len(stack) > _DEEPEST or number > _MOST:
                raise UnreadableError(_too_much(file, m.start(), number))
        if not stack:
            return element
    raise UnreadableError("is not XML: it has no root element")


def _too_much(file: SourceFile, offset: int, number: int) -> str:
    line, column = file.place(offset)
    what = f"has more than {_MOST:,} elements" if number > _MOST else "is nested too deeply to be read"
    return f"{what} (line {line}, column {column})"


class _Scope:
    """The namespaces that are bound at a place, and the names they make of those in the file."""

    def __init__(self, bound: dict[str, str], attributes: str = "") -> None:
        self.bound = dict(bound)
        for m in _ATTRIBUTE.finditer(attributes):
            head, _, prefix = m[1].partition(":")
            if head == "xmlns":
                self.bound[prefix] = _PREFIXES.get(unescaped(m[2] or m[3] or ""), prefix)
        self._names: dict[str, str] = {}

    def name(self, written: str) -> str:
        """A name with its usual prefix; a name without one, in a namespace we do not know, stays as it is."""
        if written not in self._names:
            prefix, _, local = written.rpartition(":")
            prefix = self.bound.get(prefix, prefix)
            self._names[written] = f"{prefix}:{local}" if prefix else local
        return self._names[written]


def unescaped(raw: str) -> str:
    """Text with its references read."""
    return _REFERENCE.sub(lambda m: reference(m.group()), raw) if "&" in raw else raw


def reference(written: str) -> str:
    """What a reference stands for; one that a DTD outside the file defines, as in HTML, or as it is spelled.

    Raises ValueError or OverflowError for a number that is no character's.
    """
    if written in _NAMED:
        return _NAMED[written]
    name = written[1:-1]
    if name[0] == "#":
        return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
    return html5.get(f"{name};", written)


class _RefusedError(Exception):
    """What is wrong with a text that expat would take, and the byte it stands at."""


def _judged(file: SourceFile) -> int:
    """The offset of the root element of what is well-formed."""
    parser = expat.ParserCreate("utf-8")
    parser.UseForeignDTD(True)  # names that no DTD defines are skipped: feeds are full of &nbsp;
    found: list[int] = []
    doctypes: list[str] = []

    def root(name: str, attributes: Any) -> None:
        found.append(parser.CurrentByteIndex)
        parser.StartElementHandler = None

    def doctype(name: str, *rest: Any) -> None:
        doctypes.append(name)

    def entity(*declared: Any) -> None:
        raise _RefusedError("has a DTD with entities of its own", parser.CurrentByteIndex)

    def skipped(name: str, is_parameter: bool) -> None:
        if not doctypes and f"{name};" not in html5:
            raise _RefusedError("is not well-formed XML: undefined entity", parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EntityDeclHandler = root, entity
    parser.StartDoctypeDeclHandler, parser.SkippedEntityHandler = doctype, skipped
    data = file.text.encode("utf-8", "surrogatepass")
    try:
        parser.Parse(data, True)
    except _RefusedError as e:
        raise UnreadableError(_said(file, data, e.args[1], e.args[0])) from None
    except expat.ExpatError as e:
        said = f"is not well-formed XML: {expat.ErrorString(e.code)}"
        raise UnreadableError(_said(file, data, parser.ErrorByteIndex, said)) from None
    return len(data[: found[0]].decode("utf-8"))


def _said(file: SourceFile, data: bytes, at: int, what: str) -> str:
    line, column = file.place(len(data[:at].decode("utf-8", "ignore")))
    return f"{what} (line {line}, column {column})"
