"""Which elements of HTML make blocks, which of them is open where, and what stands in none of them.

After the tree construction of WHATWG HTML (13.2.6), as far as it decides where a block begins and ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from copydesk.article import BlockKind
from copydesk.typed import Literal, NamedTuple

Shows = BlockKind | Literal[""]
"""The kind of the blocks within an element; empty where its content is not shown as copy."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLAIN = _names(
    "address article aside body center details dialog dir div dl fieldset figure footer form header hgroup hr html"
    " main menu nav ol optgroup option p search section summary table tbody tfoot thead tr ul"
)
_KINDS: dict[str, Shows] = {
    **{f"h{n}": "heading" for n in range(1, 7)},
    "li": "item", "dd": "item", "dt": "item", "blockquote": "quotation", "figcaption": "caption", "caption": "caption",
    "td": "table", "th": "table", "pre": "code", "listing": "code", "legend": "caption",
    **dict.fromkeys(_names("head template svg math select datalist object audio video canvas map applet frameset"), ""),
}  # fmt: skip
FURNITURE = _names("nav footer aside form dialog menu search")
"""What stands around the copy of a page, or is set into it."""
BLOCKS: dict[str, Shows | None] = {**dict.fromkeys(_PLAIN), **_KINDS}
"""The kind an element gives its content; None where that depends on what it stands in."""
_FRESH = _names("article section main aside nav header footer body table figure form")
"""In these, what an element outside of them gives does not hold."""
VOID = _names("area base br col embed hr img input link meta param source track wbr")
MEDIA = _names("img embed iframe input object video audio canvas svg picture source map button")
"""What a reader sees that is no text: a block that holds it is not taken out whole."""
WHOLE = _names("p h1 h2 h3 h4 h5 h6 li dd dt blockquote figcaption pre ul ol dl address caption")
"""Elements that go with the only block in them."""
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_INLINE_PARENTS = _HEADINGS | {"p"}
_NO_PARAGRAPH_END = _names("td th tr tbody thead tfoot caption option optgroup legend select map svg math")
_CLOSED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "td", "th"})),
    "dd": (frozenset({"dd", "dt"}), frozenset({"dl", "td", "th"})),
    "dt": (frozenset({"dd", "dt"}), frozenset({"dl", "td", "th"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""By a start tag: the open elements it closes, and those it does not reach beyond."""
_SCOPE = _names("table td th caption html template object")
_TABLE = _names("table td th tr tbody thead tfoot caption html body")
_DEEPEST = 250


class Open(NamedTuple):
    """An open element: its start tag's range, what its content is, its depth in lists, blocks made before it."""

    name: str
    start: int
    end: int
    shows: Shows
    level: int
    blocks: int


@dataclass(slots=True)
class Stack:
    """The open elements that make blocks."""

    open: list[Open] = field(default_factory=lambda: [Open("", 0, 0, "paragraph", 0, 0)])

    def closed_by(self, name: str) -> int:
        """How many elements from the innermost the start tag of ``name`` closes."""
        open_ = self.open
        last = open_[-1].name
        count = 0
        if last in _INLINE_PARENTS and name not in _NO_PARAGRAPH_END:
            count = int(last == "p" or name in _HEADINGS)
        elif last == "head" and name != "template":
            return 1
        if name in _CLOSED_BY:
            closes, limit = _CLOSED_BY[name]
            for n in range(len(open_) - 1, 0, -1):
                if open_[n].name in limit:
                    break
                if open_[n].name in closes:
                    return len(open_) - n
        return count

    def ended_by(self, name: str) -> int:
        """How many elements the end tag of ``name`` closes; 0 where it ends none that is open."""
        open_ = self.open
        if open_[-1].name == name:
            return 1
        ends = _HEADINGS if name in _HEADINGS else (name,)
        for n in range(len(open_) - 1, 0, -1):
            other = open_[n].name
            if other in ends:
                return len(open_) - n
            if other in _SCOPE and name not in _TABLE:
                return 0
        return 0

    def push(self, name: str, start: int, end: int, blocks: int, skipped: bool) -> None:
        """Open an element; one nested deeper than any page is passed over."""
        if len(self.open) > _DEEPEST:
            return
        around = self.open[-1]
        level = around.level + (name in ("ul", "ol"))
        shows = BLOCKS[name]
        if skipped or not around.shows:
            shows = ""
        elif shows is None:
            inherits = name not in _FRESH and around.shows not in ("table", "code")
            shows = around.shows if inherits else "paragraph"
        self.open.append(Open(name, start, end, shows, level, blocks))
