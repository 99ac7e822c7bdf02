"""Paths of fields (``title``, ``article.body``, ``bodies[].value``), compiled for a scanner to walk along."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import NamedTuple

from copydesk.formats import Fields

COPY = ("headline", "standfirst", "text", "caption")
"""The groups of fields that are copy, in reading order."""


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

    def elements(self) -> Node:
        """What an element of a list here stands for: a list of strings at a path is that path's text."""
        if self.each is None:
            return Node(self.slots)
        return Node([*self.slots, *self.each.slots], self.each.children, self.each.each, self.each.records)

    def add(self, path: str) -> Node:
        """The node a path leads to, made where it is new."""
        node = self
        for step in path.split("."):
            name = step.rstrip("[]")
            if name:
                node = node.children.setdefault(name, Node())
            for _ in range(step.count("[]")):
                node.each = node.each or Node()
                node = node.each
        return node


@lru_cache(maxsize=8)
def record_paths(chosen: Fields) -> Node:
    """All paths of a record; ``copydesk-ignore`` is one."""
    root = Node()
    for f in fields(chosen):
        if f.name == "records":
            continue
        for entry, paths in enumerate(getattr(chosen, f.name)):
            for choice, path in enumerate(paths.split("|")):
                root.add(path.strip()).slots.append(Slot(f.name, entry, choice))
    root.add("copydesk-ignore").slots.append(Slot("ignore", 0, 0))
    root.add("$schema").slots.append(Slot("schema", 0, 0))
    return root


@lru_cache(maxsize=8)
def file_paths(chosen: Fields) -> Node:
    """The paths of a record, and those where a file that is not one keeps its records."""
    root = _copy(record_paths(chosen))
    for path in chosen.records:
        root.add(path.strip()).records = True
    return root


def _copy(node: Node) -> Node:
    children = {name: _copy(child) for name, child in node.children.items()}
    return Node(list(node.slots), children, _copy(node.each) if node.each else None, node.records)
