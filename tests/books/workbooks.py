"""Workbooks to change: made by XlsxWriter, then altered member by member where no program would go."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter

from cluebook.books.file import FileBook
from cluebook.books.patch.workbook import Patched
from cluebook.ledger.book import CellEdit, CellValue, NewRow

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
HEADS = ("编号", "标题", "日期", "天数", "确认")
ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("XS-1", "第一条", date(2026, 1, 5), 3, True),
    ("XS-2", "第二条", date(2026, 1, 6), 4.5, False),
    ("XS-3", "R&D <x>", None, None, None),
)
Member = bytes | Callable[[bytes], bytes] | None


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def simple(rows: Sequence[Sequence[CellValue]] = ROWS, **options: object) -> bytes:
    """A workbook with the table "Clues" from B3 on sheet 台账, its dates formatted."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("台账")
        day = book.add_format({"num_format": "yyyy/m/d", "bold": True})
        columns = [{"header": head} for head in HEADS]
        sheet.add_table(2, 1, 2 + max(len(rows), 1), 5, {"name": "Clues", "columns": columns, **options})
        for at, row in enumerate(rows, start=3):
            write_row(sheet, at, 1, row, day)

    return made(fill)


def write_row(sheet: object, at: int, left: int, row: Sequence[CellValue], day: object) -> None:
    for column, value in enumerate(row, start=left):
        if isinstance(value, date):
            sheet.write_datetime(at, column, value, day)
        elif value is not None:
            sheet.write(at, column, value)


def altered(content: bytes, members: Mapping[str, Member], **options: object) -> bytes:
    """The same file with members replaced, changed, added, or (``None``) left out."""
    out = io.BytesIO()
    left = dict(members)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            change = left.pop(info.filename, b"")
            data = old.read(info)
            if change is not None:
                new.writestr(info, change(data) if callable(change) else change or data, **options)
        for name, change in left.items():
            if isinstance(change, bytes):
                new.writestr(name, change, **options)
    return out.getvalue()


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """Replace a text that must be there."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return change


def book(folder: Path, content: bytes, name: str = "ledger.xlsx") -> FileBook:
    path = folder / name
    path.write_bytes(content)
    return FileBook(path)


def written(patched: Patched) -> bytes:
    """The file that a patch makes."""
    out = io.BytesIO()
    patched.write(out)
    return out.getvalue()


def edit(book: FileBook, row: int, column: str, after: CellValue, table: str = "Clues") -> CellEdit:
    """An edit of the nth data row, counted from 0, whose `before` is what the book holds."""
    grid = book.grid(table)
    return CellEdit(table, grid.first + row, column, grid.rows[row][grid.header.index(column)], after)


def new(values: Sequence[CellValue] = ("XS-9", "新"), table: str = "Clues") -> NewRow:
    return NewRow(table, dict(zip(HEADS, values, strict=False)))


def append(folder: Path, content: bytes, *rows: NewRow) -> FileBook:
    """Append rows (one, if none is named) to a workbook; return its book."""
    opened = book(folder, content)
    opened.write([], rows or (new(),))
    return opened


def members(content: bytes | Path) -> dict[str, bytes]:
    if isinstance(content, Path):
        content = content.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


def opened(book: FileBook, *, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings(action="ignore"):  # it says what it would lose
        return openpyxl.load_workbook(book.path, data_only=values)


def sheet(book: FileBook, *, values: bool = False) -> object:
    return opened(book, values=values).worksheets[0]
