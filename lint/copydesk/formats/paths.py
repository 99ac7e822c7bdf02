"""Paths of fields (``title``, ``article.body``, ``bodies[].value``), compiled for a scanner to walk along."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from copydesk.formats import Fields
from copydesk.typed import NamedTuple

COPY = ("headline", "standfirst", "text", "caption")
"""The groups of fields that are copy, in reading order."""

TYPE = "contenttype"
"""The group of what gives the content type of the values beside it."""


class Slot(NamedTuple):
    """What a path is for: the name of its group in Fields, its entry there, its place among alternatives."""

    group: str
    entry: int
    choice: int


@dataclass(slots=True)
class Node:
    """A place in a record: what stands here, and where paths go on."""

    slots: list[Slot] = field(default_factory=list)
    children: dict[str, Node] = field(default_factory=dict)
    each: Node | None = None
    """Where paths go on in every element of a list."""
    records: bool = False
    starts: dict[str, Node] = field(default_factory=dict)
    """Where paths go on in keys that start so (``body_*``)."""
    typed: bool = False
    """Whether a key here gives the content type of the others."""

    def child(self, key: str) -> Node | None:
        """Where paths go on in a key."""
        found = self.children.get(key)
        if found is None and self.starts:
            return next((node for start, node in self.starts.items() if key.startswith(start)), None)
        return found

    def elements(self) -> Node:
        """What an element of a list here stands for: a list of strings at a path is that path's text."""
        if self.each is None:
            return Node(self.slots)
        return replace(self.each, slots=[*self.slots, *self.each.slots])

    def add(self, path: str) -> Node:
        """The node a path leads to, made where it is new."""
        node = self
        for step in path.split("."):
            name = step.rstrip("[]")
            if name.endswith("*"):
                node = node.starts.setdefault(name[:-1], Node())
            elif name:
                node = node.children.setdefault(name, Node())
            for _ in range(step.count("[]")):
                node.each = node.each or Node()
                node = node.each
        return node


@lru_cache(maxsize=8)
def record_paths(chosen: Fields) -> Node:
    """All paths of a record; ``copydesk-ignore`` is one."""
    root = Node()
    for name in chosen._fields:
        if name == "records":
            continue
        for entry, paths in enumerate(getattr(chosen, name)):
            for choice, path in enumerate(paths.split("|")):
                root.add(path.strip()).slots.append(Slot(name, entry, choice))
                if name in COPY and "." in path:
                    _typed(root.add(path.strip().rpartition(".")[0]))
    root.add("copydesk-ignore").slots.append(Slot("ignore", 0, 0))
    root.add("$schema").slots.append(Slot("schema", 0, 0))
    return root


def _typed(node: Node) -> None:
    """Have the content type of an object's copy read, as ninjs gives it."""
    node.typed = True
    for key in ("contenttype", "contentType"):
        slots = node.children.setdefault(key, Node()).slots
        if not slots:
            slots.append(Slot(TYPE, 0, 0))


@lru_cache(maxsize=8)
def file_paths(chosen: Fields) -> Node:
    """The paths of a record, and those where a file that is not one keeps its records."""
    root = _copy(record_paths(chosen))
    for path in chosen.records:
        root.add(path.strip()).records = True
    return root


def _copy(node: Node) -> Node:
    return replace(
        node,
        slots=list(node.slots),
        children={name: _copy(child) for name, child in node.children.items()},
        each=_copy(node.each) if node.each else None,
        starts={start: _copy(child) for start, child in node.starts.items()},
    )
