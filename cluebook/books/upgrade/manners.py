"""Widths, rules and colours of columns, taken over from another worksheet with the same columns."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cluebook.books.patch.area import Area, read_area
from cluebook.books.patch.parts import tag
from cluebook.books.upgrade.borrowing import Borrowed
from cluebook.books.upgrade.revision import child
from cluebook.books.upgrade.transplant import adapt_rules

if TYPE_CHECKING:
    from lxml import etree

_RULES_AFTER = ("conditionalFormatting", "phoneticPr", "mergeCells", "customSheetViews", "dataConsolidate",
                "sortState", "autoFilter", "scenarios", "protectedRanges", "sheetProtection", "sheetCalcPr", "sheetData")  # fmt: skip
"""What rules of a worksheet may stand behind, the last of it first."""
_ROW = re.compile(r"(?<![\w.$])(\$?[A-Z]{1,3}\$?)([0-9]+)\b(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")


def set_widths(root: etree._Element, like: etree._Element, columns: range, borrowed: Borrowed) -> None:
    """Give the new columns their widths, formats and outlines; of a run that reaches over them the rest stays."""
    new: dict[int, etree._Element] = {}
    for entry in like.iterfind("{*}cols/{*}col"):
        for column in range(int(entry.get("min", "0")), int(entry.get("max", "0")) + 1):
            new[column] = entry
    entries = root.find("{*}cols")
    if entries is None:
        entries = root.makeelement(tag(root, "cols"))
        child(root, "sheetData").addprevious(entries)
    runs = list(_without(list(entries), columns))
    for column in columns:
        if column in new:
            entry = copy.deepcopy(new[column])
            entry.set("style", str(borrowed.format(int(entry.get("style", "0")))))
            runs.append(_spanning(entry, column, column))
    runs.sort(key=lambda entry: int(entry.get("min", "0")))
    for entry in list(entries):
        entries.remove(entry)
    entries.extend(runs)
    deepest = max((int(entry.get("outlineLevel", "0")) for entry in runs), default=0)
    for form in root.iterfind("{*}sheetFormatPr"):
        if deepest > int(form.get("outlineLevelCol", "0")):
            form.set("outlineLevelCol", str(deepest))


def _without(entries: list[etree._Element], columns: range) -> Iterator[etree._Element]:
    """Return runs of columns with some columns taken out of them."""
    for entry in entries:
        first, last = int(entry.get("min", "0")), int(entry.get("max", "0"))
        for begin, end in ((first, min(last, columns.start - 1)), (max(first, columns.stop), last)):
            if begin <= end:
                yield _spanning(copy.deepcopy(entry), begin, end)


def _spanning(entry: etree._Element, first: int, last: int) -> etree._Element:
    entry.set("min", str(first))
    entry.set("max", str(last))
    return entry


def add_rules(
    root: etree._Element, like: etree._Element, columns: range, shift: int, borrowed: Borrowed
) -> None:
    """Add what may be typed in the new columns, and their colours, behind the rules that the sheet has."""
    used = [int(rule.get("priority", "0")) for rule in root.iter("{*}cfRule")]
    priority = max(used, default=0)
    for colours in like.iterfind("{*}conditionalFormatting"):
        if (new := _limited(colours, columns, shift)) is not None:
            adapt_rules(new, borrowed)
            for rule in new.iterfind("{*}cfRule"):
                priority += 1
                rule.set("priority", str(priority))
            _behind(root, _RULES_AFTER).addnext(new)
    for rule in like.iterfind("{*}dataValidations/{*}dataValidation"):
        if (new := _limited(rule, columns, shift)) is not None:
            held = root.find("{*}dataValidations")
            if held is None:
                held = root.makeelement(tag(root, "dataValidations"))
                _behind(root, _RULES_AFTER).addnext(held)
            held.append(new)
            held.set("count", str(len(held)))


def _limited(rule: etree._Element, columns: range, shift: int) -> etree._Element | None:
    """Return a rule as it holds for some columns alone, so many rows lower; ``None`` when it holds for none of them."""
    areas = [
        area for ref in rule.get("sqref", "").split() if (area := read_area(ref)) and area.left in columns
    ]
    if not areas:
        return None
    new = copy.deepcopy(rule)
    lower = (Area(a.left, a.top + shift, a.right, a.bottom) for a in areas)
    new.set("sqref", " ".join(area.ref() for area in lower))
    for formula in new.iter("{*}formula", "{*}formula1", "{*}formula2"):
        formula.text = _ROW.sub(lambda ref: f"{ref[1]}{int(ref[2]) + shift}", formula.text or "")
    return new


def _behind(root: etree._Element, names: Sequence[str]) -> etree._Element:
    """Return the last element of a worksheet that has one of these names, of the first name that there is."""
    found = (root.findall(f"{{*}}{name}") for name in names)
    return next(elements[-1] for elements in found if elements)
