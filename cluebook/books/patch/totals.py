"""The totals row of a table, moved down when rows are appended, as Excel moves it.

Excel knows every reference to the cells it moves and changes it; the patch does not. So it moves them only where nothing
in the workbook names a place from the totals row on, by its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from cluebook.books.patch.archive import Archive
from cluebook.books.patch.area import Area, read_area
from cluebook.books.patch.growth import Growth
from cluebook.books.patch.references import grown_formula
from cluebook.books.patch.rewriting import inherited
from cluebook.books.patch.rows import Cell, Row, Rows
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?(?:f|formula[12]?|definedName)(?:\s[^>]*)?>([^<]+)<")
_PLACED = re.compile(
    rb"<(?:[\w.-]+:)?(?:comment|threadedComment|hyperlink|mergeCell)\s[^>]*?\bref=\"([^\"]+)\""
)
_WORDS = re.compile(r'"[^"]*"|\[[^\[\]]*\]')
_TITLE = r"(?:('(?:[^']|'')+'|[^\s!'\"(),;:&<>=+*/^{}-]+)!|(?<![\w.$!]))"
_NAMED = (
    re.compile(_TITLE + r"\$?[A-Z]{1,3}\$?([0-9]{1,7})(?::\$?[A-Z]{1,3}\$?([0-9]{1,7}))?(?![\w.(])"),
    re.compile(_TITLE + r"\$?([0-9]{1,7}):\$?([0-9]{1,7})(?![\w.(])"),
)
_REF = re.compile(r'(\sr=")([A-Z]{1,3})\d+"')
_SPANS = re.compile(r'\sspans="[^"]*"')
_SHARED = re.compile(r"<(?:[\w.-]+:)?f\s")
_OWN = re.compile(r"<(?:[\w.-]+:)?f>([^<]*)<")
_RESULT = re.compile(r"<(?:[\w.-]+:)?v>[^<]*</(?:[\w.-]+:)?v>")


def with_totals_moved(rows: Rows, growth: Growth, title: str) -> Rows:
    """Return the rows of a sheet with a table's totals where they stand when it has grown.

    Raises:
        RefusedError: something stands in the way, or they are computed from cells that are named one by one.
    """
    table, number = growth.table, growth.area.bottom
    if not growth.moves_totals:
        return rows
    old = rows.row(table.area.bottom) or Row("", 0, {})
    below = rows.row(number) or Row(f' r="{number}"{inherited(old)}', 0, {})
    columns = range(table.area.left, table.area.right + 1)
    if any(below.cells[column].inside.strip() for column in columns if column in below.cells):
        raise RefusedError(problem("rows_below_taken", Place(title, number)))
    moving = {column: _moved(old.cells[column], number) for column in columns if column in old.cells}
    if any(_is_bound(cell.inside) for cell in moving.values()):
        raise RefusedError(problem("table_has_totals", Place(title)))
    staying = {column: cell for column, cell in old.cells.items() if column not in moving}
    found = {
        **rows.found,
        table.area.bottom: _xml(old.attributes, staying, rows.prefix),
        number: _xml(below.attributes, {**below.cells, **moving}, rows.prefix),
    }
    return replace(rows, found=found)


def _is_bound(inside: str) -> bool:
    """Return whether a cell holds a formula that others share, or that names cells by their place."""
    formula = _OWN.search(inside)
    return _SHARED.search(inside) is not None or (
        formula is not None and any(pattern.search(_plain(formula[1])) for pattern in _NAMED)
    )


def _moved(cell: Cell, number: int) -> Cell:
    """Return a cell for another row, without the result of its formula."""
    xml = _REF.sub(rf'\g<1>\g<2>{number}"', cell.xml, count=1)
    return cell._replace(xml=_RESULT.sub("", xml) if "f>" in cell.inside else xml)


def _xml(attributes: str, cells: dict[int, Cell], prefix: str) -> bytes:
    inside = "".join(cells[column].xml for column in sorted(cells))
    return f"<{prefix}row{_SPANS.sub('', attributes)}>{inside}</{prefix}row>".encode()


def refuse_named_totals(archive: Archive, growth: Growth) -> None:
    """Refuse to move a table's totals where anything names them, or what stands below, by its row."""
    table = growth.table
    if not growth.moves_totals:
        return
    below = Area(table.area.left, table.area.bottom, table.area.right, growth.area.bottom)
    for name in archive.index:
        if not name.endswith(".xml"):
            continue
        xml = archive.read(name)
        formulas = (unescape(text.decode()) for text in _FORMULA.findall(xml))
        own = name == table.sheet.part.lower()
        if any(_names(formula, growth, own=own) for formula in formulas) or any(
            area.meets(below) for area in _placed(xml)
        ):
            raise RefusedError(problem("table_has_totals", Place(table.sheet.title)))


def _plain(formula: str) -> str:
    """Return a formula without its quoted words and what stands in square brackets."""
    return _WORDS.sub("", _WORDS.sub("", formula))


def _placed(xml: bytes) -> Iterator[Area]:
    """Return where comments, links and merged ranges are; those of other sheets count, too, to be safe."""
    for ref in _PLACED.findall(xml):
        if area := read_area(ref.decode()):
            yield area


def _names(formula: str, growth: Growth, *, own: bool) -> bool:
    """Return whether a formula names a row of the table's sheet from the totals on, and does not just grow."""
    if not own and grown_formula(formula, [growth]) != formula:
        return False
    plain = _plain(formula)
    for pattern in _NAMED:
        for title, *numbers in pattern.findall(plain):
            here = title.strip("'").replace("''", "'") == growth.table.sheet.title if title else own
            if here and max(int(number) for number in numbers if number) >= growth.table.area.bottom:
                return True
    return False
