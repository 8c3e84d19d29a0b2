"""A small workbook with a table, for what every kind of book must do with one."""

from datetime import date, datetime

import xlsxwriter

HEADS = ("编号", "标题", "日期", "天数", "确认")
ROWS = (
    ("XS-1", "第一条", date(2026, 1, 5), 3, True),
    ("XS-2", "第二条", datetime(2026, 1, 6, 9, 30), 4.5, False),
    ("XS-3", "R&D <x>", None, None, None),
)


def table_book(path, note):
    """A workbook with a table from B3 on, one blank row at its end, and a note in a cell far below it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("台账")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.add_table("B3:F7", {"name": "Clues", "columns": [{"header": head} for head in HEADS]})
        for at, row in enumerate(ROWS, start=3):
            for column, value in enumerate(row, start=1):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, moment)
                elif value is not None:
                    sheet.write(at, column, value)
        sheet.write(note, "注")
        book.add_worksheet("别的").write("A1", 1)
    return path
