"""Whether a document can be put together as text, and needs no look at its XML once values are in it.

What is asked is the sketch of a story: its XML with every block in it once, and marks for its actions. If it passes,
then whatever is printed, chosen or repeated: the XML stays well formed, docxtpl repairs no table and renumbers no
drawing, its line breaks stay inside one run, and lxml would write each piece as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cluebook.rendering.stories import Element, W

_XML_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_DRAWN = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",
    "{http://schemas.openxmlformats.org/drawingml/2006/main}graphic",
)
_HOLDERS_OF_BLOCKS = frozenset({f"{W}body", f"{W}tbl", f"{W}tc", f"{W}sdtContent", f"{W}hdr", f"{W}ftr"})


def is_text(sketch: str) -> bool:
    """Return whether values can be put straight into the text of a story."""
    from docx.opc.oxml import parse_xml  # elements whose text is only their text

    try:
        root = parse_xml(sketch)
    except SyntaxError:  # lxml's XML errors are Python SyntaxErrors
        return False
    walk = _Walk()
    if root.nsmap.get("w") != W[1:-1] or not all(walk.passes(element) for element in root.iter()):
        return False
    return all(_keeps_something(parent) for parent in walk.parents) and all(
        _needs_no_repair(table, walk.depths) for table in root.iter(f"{W}tbl")
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk through a sketch in reading order.

    Attributes:
        open: parents of the blocks that are open.
        parents: parents of all blocks, a text's aside.
        depths: how many blocks each element is in.
    """

    open: list[Element] = field(default_factory=list)
    parents: list[Element] = field(default_factory=list)
    depths: dict[Element, int] = field(default_factory=dict)

    def passes(self, element: Element) -> bool:
        """Return whether an element, comment or mark is in a place where it does no harm."""
        if _is_split(element):
            return False
        if not isinstance(element.tag, str):
            return self._marks(element)
        self.depths[element] = len(self.open)
        if self.open and element.tag in _DRAWN:
            return False
        if element.tag == f"{W}r" and element.attrib and not len(element):
            return False  # docxtpl would take the next run's properties for its own
        return element.tag not in {f"{W}p", f"{W}r"} or next(element.iterancestors(element.tag), None) is None

    def _marks(self, mark: Element) -> bool:
        role, parent = _role(mark), mark.getparent()
        if role == "v":
            return _takes_text(parent)
        if role == "{":
            self.open.append(parent)
            if parent.tag in _HOLDERS_OF_BLOCKS:
                self.parents.append(parent)
                return True
            return _takes_text(parent)
        if role in {"|", "}"}:
            return bool(self.open) and (self.open.pop() if role == "}" else self.open[-1]) is parent
        return True


def _role(mark: Element) -> str | None:
    """Return what a mark of a sketch stands for; ``None`` for what is not one."""
    return mark.text[-1:] if getattr(mark, "target", None) == "cluebook" and mark.text else None


def _is_split(element: Element) -> bool:
    """Return whether there are tabs or line ends where docxtpl would make elements of them."""
    return any(sign in text for text in (element.text, element.tail) if text for sign in "\t\n")


def _takes_text(parent: Element) -> bool:
    """Return whether an element is the text of a run of a paragraph, spaces kept."""
    run = parent.getparent()
    return bool(
        parent.tag == f"{W}t"
        and parent.prefix == "w"
        and parent.attrib == _XML_SPACE
        and run is not None
        and run.tag == f"{W}r"
        and next(run.iterancestors(f"{W}p"), None) is not None
    )


def _keeps_something(parent: Element) -> bool:
    """Return whether an element holds more than blocks, so that it is never written as an empty one."""
    depth = 0
    for child in parent:
        role = None if isinstance(child.tag, str) else _role(child)
        depth += {"{": 1, "}": -1}.get(role or "", 0)
        if role is None and not depth:
            return True
    return False


def _needs_no_repair(table: Element, depths: dict[Element, int]) -> bool:
    """Return whether a table has as many columns as its widest row, and that row is always there.

    Raises:
        ValueError: a width is no number; docxtpl would fail too.
    """
    grid = table.find(f"{W}tblGrid")
    columns = 0 if grid is None else len(grid.findall(f"{W}gridCol"))
    is_filled = False
    for row in table.iter(f"{W}tr"):
        cells = row.findall(f"{W}tc")
        if len(cells) > columns:
            return False
        if depths[row] == depths[table] and sum(_spans(cells)) >= columns:
            is_filled = True
    return grid is not None and is_filled


def _spans(cells: list[Element]) -> Iterator[int]:
    for cell in cells:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        yield 1 if span is None else int(span.get(f"{W}val"))
