"""Reading the files that an office brings: Excel workbooks of any origin, and CSV (procedure C3)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from cluebook.books import gate
from cluebook.books.confinement import ExhaustionError, UnreadableError, confined
from cluebook.books.problems import problem
from cluebook.books.reading import heard
from cluebook.errors import Place, Problem, RefusedError, UsageError
from cluebook.ledger.book import CellValue, Grid
from cluebook.text import Text, join, same

_MOST_TITLES = 40


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
    content = _content(path)
    if path.suffix.lower() == ".csv":
        return _grid("", _csv_rows(content, path.name), path.name)
    title, rows = _sheet(content, path, sheet)
    return _grid(title, rows, path.name)


def _grid(title: str, rows: Iterable[tuple[CellValue, ...]], file: str) -> Grid:
    numbered = iter(enumerate(rows, start=1))
    top, header = next(((n, row) for n, row in numbered if any(cell is not None for cell in row)), (0, ()))
    if not header:
        raise _refused("source_blank", file, Text("文件里没有内容。", "The file is blank."))
    width = len(header)
    body = tuple((*row, *[None] * width)[:width] for _, row in numbered)
    return Grid(title, tuple("" if cell is None else str(cell) for cell in header), top + 1, body, file)


def _sheet(content: bytes, path: Path, sheet: str | None) -> tuple[str, list[tuple[CellValue, ...]]]:
    """Return the title and the rows of a workbook's sheet, read where its readers can do no harm."""
    allowance = gate.check(content, path.name, foreign=True).allowance(len(content))
    told = _confined("source", content, allowance, path.name, *([] if sheet is None else [sheet]))
    (titles, title), *rows = (json.loads(line) for line in told)
    if title is None and sheet is not None:
        wrong = Text("没有这个工作表。", "There is no such sheet.")
        fix = Text("工作表有：{titles}。", "Its sheets: {titles}.").fill(
            titles=join([same(t) for t in titles[:_MOST_TITLES]])
        )
        raise UsageError(Problem("sheet_missing", Place(file=path.name), wrong, fix))
    return title or path.stem, [tuple(map(heard, row)) for row in rows]


def _csv_rows(content: bytes, file: str) -> list[tuple[CellValue, ...]]:
    return [tuple(json.loads(line)) for line in _confined("csv", content, len(content), file)]


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > gate.MAX_FILE:
            raise RefusedError(problem("file_too_large", Place(file=path.name)))
        return path.read_bytes()
    except OSError:
        raise RefusedError(problem("file_missing", Place(file=path.name))) from None


def _confined(job: str, content: bytes, allowance: int, file: str, *words: str) -> list[bytes]:
    try:
        return confined(job, content, allowance, *words)
    except UnreadableError:
        raise _refused(
            "source_damaged", file, Text("文件已损坏，读不出来。", "The file is damaged and cannot be read.")
        ) from None
    except ExhaustionError:
        raise RefusedError(problem("exhausting", Place(file=file))) from None


def _refused(code: str, file: str, wrong: Text) -> RefusedError:
    fix = Text(
        "请用 Excel 打开并另存为 .xlsx，再导入。", "Open it in Excel, save it as .xlsx, and import that."
    )
    return RefusedError(Problem(code, Place(file=file), wrong, fix))
