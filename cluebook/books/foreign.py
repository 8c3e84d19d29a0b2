"""Reading the files that an office brings: Excel workbooks of any origin, and CSV (procedure C3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cluebook.books import gate
from cluebook.errors import Place, Problem, RefusedError, UsageError
from cluebook.ledger.book import CellValue, Grid
from cluebook.text import Text, join, same


def read_source(path: Path, sheet: str | None = None) -> Grid:
    """Return the cells of a file whose first row that is not blank is its header.

    Args:
        path: an .xlsx, .xlsm or .csv file.
        sheet: the sheet to read; without it the first.

    Raises:
        UsageError: there is no such file or sheet.
        RefusedError: the file is damaged, hostile, of another kind, or blank.
    """
    if not path.is_file():
        wrong = Text("找不到这个文件。", "There is no such file.")
        raise UsageError(
            Problem("source_missing", Place(file=path.name), wrong, Text("请核对路径。", "Check the path."))
        )
    if path.suffix.lower() == ".csv":
        return _grid(path.stem, _csv_rows(path), path.name)
    gate.check(path)
    title, rows = _workbook_rows(path, sheet)
    return _grid(title, rows, path.name)


def _grid(title: str, rows: Iterable[tuple[CellValue, ...]], file: str) -> Grid:
    numbered = iter(enumerate(rows, start=1))
    top, header = next(((n, row) for n, row in numbered if any(cell is not None for cell in row)), (0, ()))
    if not header:
        raise _refused("source_blank", file, Text("文件里没有内容。", "The file is blank."))
    width = len(header)
    body = tuple((*row, *[None] * width)[:width] for _, row in numbered)
    return Grid(title, tuple("" if cell is None else str(cell) for cell in header), top + 1, body)


def _csv_rows(path: Path) -> list[tuple[CellValue, ...]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            return [
                tuple(cell or None for cell in row)
                for row in csv.reader(io.StringIO(text, newline=""), strict=True)
            ]
        except (UnicodeDecodeError, csv.Error):
            continue
    raise _refused(
        "source_damaged", path.name, Text("不是可读的 CSV 文件。", "This is not a CSV file that can be read.")
    )


def _workbook_rows(path: Path, sheet: str | None) -> tuple[str, list[tuple[CellValue, ...]]]:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        titles = [ws.title for ws in workbook.worksheets]
        chosen = next((ws for ws in workbook.worksheets if sheet in {None, ws.title}), None)
        rows = [] if chosen is None else [tuple(_value(cell) for cell in row) for row in _values(chosen)]
        workbook.close()
    except Exception:  # noqa: BLE001 - the library fails in many ways on odd files; none may quote their text
        raise _refused(
            "source_damaged",
            path.name,
            Text("文件已损坏，读不出来。", "The file is damaged and cannot be read."),
        ) from None
    if chosen is None:
        wrong = Text("没有这个工作表。", "There is no such sheet.")
        fix = Text("工作表有：{titles}。", "Its sheets: {titles}.").fill(
            titles=join([same(t) for t in titles])
        )
        raise UsageError(Problem("sheet_missing", Place(file=path.name), wrong, fix))
    return chosen.title, rows


def _values(worksheet: Any) -> Iterable[tuple[object, ...]]:  # noqa: ANN401 - the library is not typed
    worksheet.reset_dimensions()  # some programs write a wrong one
    rows: Iterable[tuple[object, ...]] = worksheet.iter_rows(values_only=True)
    return rows


def _value(cell: object) -> CellValue:
    from openpyxl.utils.escape import unescape

    if isinstance(cell, str):
        return unescape(cell) or None
    return cell if isinstance(cell, bool | int | float | date | datetime) else None


def _refused(code: str, file: str, wrong: Text) -> RefusedError:
    fix = Text(
        "请用 Excel 打开并另存为 .xlsx，再导入。", "Open it in Excel, save it as .xlsx, and import that."
    )
    return RefusedError(Problem(code, Place(file=file), wrong, fix))
