"""Books, sheets, names, pictures, and the office itself."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from cluebook import libreoffice
from cluebook.errors import BusyError, DiskError, RefusedError

pytestmark = pytest.mark.office


def png(path: Path, width: int, height: int) -> Path:
    """A plain picture of a size, at 96 dots to the inch."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + b"\xc0\x20\x20" * width for _ in range(height)))
    dense = struct.pack(">IIB", 3780, 3780, 1)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"pHYs", dense)
        + part(b"IDAT", body)
        + part(b"IEND", b"")
    )
    return path


def test_sheets_are_added_named_moved_and_deleted(book: xw.Book) -> None:
    book.sheets.add("Clues", after="Sheet1")
    book.sheets.add(before="Clues")
    assert book.sheet_names == ["Sheet1", "Sheet2", "Clues"]
    assert book.sheets.active.name == "Sheet2"
    book.sheets["clues"].move(before=book.sheets[0])
    book.sheets["Sheet2"].delete()
    assert book.sheet_names == ["Clues", "Sheet1"]
    with pytest.raises(KeyError):
        _ = book.sheets["Missing"]
    with pytest.raises(ValueError, match="already present"):
        book.sheets.add("CLUES")


def test_a_sheet_is_copied_within_and_between_books(book: xw.Book) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = "kept"
    assert sheet.copy().name == "Sheet1 (2)"
    other = book.app.books.add()
    assert sheet.copy(after=other.sheets[0], name="Copy")["A1"].value == "kept"
    assert other.sheet_names == ["Sheet1", "Copy"]
    other.close()


def test_a_sheet_is_hidden_and_its_lines_as_well(book: xw.Book) -> None:
    book.sheets.add("Other")
    sheet = book.sheets["Sheet1"]
    sheet.show_gridlines = False
    assert not sheet.show_gridlines
    sheet.visible = False
    assert not sheet.visible
    with pytest.raises(ValueError, match="Sheet1"):
        _ = sheet.show_gridlines


def test_panes_are_frozen_and_pages_set(sheet: xw.Sheet) -> None:
    controller = sheet.book.impl.controller
    sheet.freeze_panes.freeze_at("A1:B3")
    assert (controller.getSplitColumn(), controller.getSplitRow()) == (2, 3)
    sheet.freeze_panes.freeze_at("1:1")
    assert (controller.getSplitColumn(), controller.getSplitRow()) == (0, 1)
    sheet.freeze_panes.unfreeze()
    assert not controller.hasFrozenPanes()
    sheet.page_setup.print_area = "$A$1:$B$4"
    assert sheet.page_setup.print_area == "$A$1:$B$4"
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None


def test_names_of_book_and_sheet(sheet: xw.Sheet) -> None:
    book = sheet.book
    sheet["A1"].name = "first"
    sheet["B2:C3"].name = "Sheet1!local"
    assert [name.name for name in book.names] == ["first", "Sheet1!local"]
    assert (sheet["A1"].name.name, sheet["B2:C3"].name.name, sheet["Z9"].name) == (
        "first",
        "Sheet1!local",
        None,
    )
    assert sheet["local"].address == "$B$2:$C$3"
    assert [name.name for name in sheet.names] == ["Sheet1!local"]
    book.names["first"].refers_to = "=Sheet1!$D$4"
    assert book.names["first"].refers_to_range.address == "$D$4"
    book.names["first"].name = "renamed"
    assert "renamed" in book.names
    assert "first" not in book.names
    assert book.names["RENAMED"].name == "renamed"
    assert [name in sheet.names for name in ("LOCAL", "Sheet1!local", "renamed", "Sheet9!local")] == [
        True,
        True,
        False,
        False,
    ]
    assert ["sheet1!Local" in book.names, "local" in book.names] == [True, False]
    del book.names["renamed"]
    assert len(book.names) == 1
    book.names.add("share", "=0.5")
    assert book.names["share"].refers_to == "=0.5"
    with pytest.raises(RefusedError) as refused:
        _ = book.names["share"].refers_to_range
    assert refused.value.problems[0].code == "no_range"


def test_selections_are_made_and_read(book: xw.Book) -> None:
    sheet = book.sheets[0]
    sheet["B2:C3"].select()
    assert book.selection.address == book.app.selection.address == "$B$2:$C$3"
    sheet.book.sheets.add("Other")
    sheet["A1"].select()
    assert book.sheets.active.name == "Sheet1"


def test_pictures_are_put_named_and_taken_off(sheet: xw.Sheet, tmp_path: Path) -> None:
    file = png(tmp_path / "seal.png", 96, 48)
    picture = sheet.pictures.add(file, name="seal", anchor=sheet["B2"])
    assert (picture.width, picture.height) == (pytest.approx(72, abs=1), pytest.approx(36, abs=1))
    assert (picture.left, picture.top) == (
        pytest.approx(sheet["B2"].left, abs=1),
        pytest.approx(sheet["B2"].top, abs=1),
    )
    other = sheet.pictures.add(file, width=36)
    assert (other.width, other.height) == (pytest.approx(36, abs=0.5), pytest.approx(18, abs=0.5))
    assert [item.name for item in sheet.pictures] == ["seal", other.name]
    assert sheet.shapes["seal"].type == "picture"
    with pytest.raises(xw.ShapeAlreadyExists):
        sheet.pictures.add(file, name="seal")
    sheet.pictures.add(file, name="seal", update=True)
    picture.delete()
    assert len(sheet.pictures) == 1


def test_a_saved_book_holds_what_was_put_in(book: xw.Book, tmp_path: Path) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = [["线索编号", "金额"], ["'007", 12.5], ["2026-03-04", True]]
    sheet["A1"].font.bold = True
    sheet["B4"].formula = "=SUM(B2:B3)"
    sheet.tables.add(sheet["A1:B3"], name="Clues")
    book.save(tmp_path / "saved.xlsx")
    assert (book.name, book.fullname) == ("saved.xlsx", str(tmp_path / "saved.xlsx"))
    read = openpyxl.load_workbook(tmp_path / "saved.xlsx")["Sheet1"]
    assert [[cell.value for cell in row] for row in read["A1:B2"]] == [["线索编号", "金额"], ["007", 12.5]]
    assert (read["A3"].value.date().isoformat(), read["B4"].value, read["A1"].font.bold) == (
        "2026-03-04",
        "=SUM(B2:B3)",
        True,
    )
    assert read.tables["Clues"].ref == "A1:B3"


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xls", "ods", "csv"])
def test_a_book_is_saved_in_many_forms_and_opened_again(book: xw.Book, tmp_path: Path, ending: str) -> None:
    book.sheets[0]["A1"].value = "留存"
    book.save(tmp_path / f"saved.{ending}")
    book.close()
    again = xw.Book(tmp_path / f"saved.{ending}")
    assert again.sheets[0]["A1"].value == "留存"
    again.close()


def test_a_password_keeps_a_book(book: xw.Book, tmp_path: Path) -> None:
    path = tmp_path / "kept.xlsx"
    book.save(path, password="secret")
    app = book.app
    book.close()
    assert app.books.open(path, password="secret").name == "kept.xlsx"
    app.books["kept.xlsx"].close()


def test_a_form_the_office_does_not_write_is_not_pretended(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError):
        book.save(tmp_path / "saved.xlsb")


def test_a_folder_that_is_missing_is_said(book: xw.Book, tmp_path: Path) -> None:
    with pytest.raises(DiskError) as refused:
        book.save(tmp_path / "missing" / "saved.xlsx")
    assert refused.value.problems[0].code == "not_saved"
    assert str(tmp_path) not in str(refused.value)


def test_a_book_is_printed(book: xw.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = "seen"
    book.to_pdf(tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")


def test_unsaved_books_are_numbered_and_the_active_one_known(app: xw.App) -> None:
    first, second = app.books.add(), app.books.add()
    assert first.name != second.name
    assert first.name.startswith("Book")
    assert app.books.active == second
    first.activate()
    assert app.books.active == first
    assert app.books[first.name] == first
    first.close()
    second.close()


def test_calculation_waits_when_told_to(sheet: xw.Sheet) -> None:
    app = sheet.book.app
    sheet["A1"].value = [2, "=A1*2"]
    app.calculation = "manual"
    sheet["A1"].value = 5
    assert sheet["B1"].value == 4.0
    app.calculate()
    assert sheet["B1"].value == 10.0
    app.calculation = "automatic"


def test_what_the_office_refuses_is_said_without_its_words(app: xw.App) -> None:
    closed = app.books.add()
    cell = closed.sheets[0]["A1"]
    closed.close()
    for use in (lambda: closed.name, lambda: setattr(cell, "value", 1), closed.sheets.add):
        with pytest.raises(RefusedError) as refused, app.properties(display_alerts=False):
            use()
        assert refused.value.problems[0].code == "office_refused"
        assert "cxx" not in str(refused.value)


def test_names_that_cannot_be_are_refused(book: xw.Book) -> None:
    sheet = book.sheets.add("Other")
    with pytest.raises(RefusedError) as refused:
        sheet.name = "Sheet1"
    assert refused.value.problems[0].code == "sheet_not_renamed"
    for word in ("a b", "A1", "1st", ""):
        with pytest.raises(RefusedError) as refused:
            sheet["A1"].name = word
        assert refused.value.problems[0].code == "bad_name"


def test_alerts_are_kept_and_answered(app: xw.App) -> None:
    libreoffice.answer(app, "no", "cancel")
    assert app.alert("Saved.", title="cluebook") == "ok"
    assert app.alert("Sure?", buttons="yes_no") == "no"
    assert app.alert("Go on?", buttons="ok_cancel") == "cancel"
    assert [(alert.prompt, alert.answer) for alert in libreoffice.shown(app)] == [
        ("Saved.", "ok"),
        ("Sure?", "no"),
        ("Go on?", "cancel"),
    ]


@pytest.mark.parametrize("answers", [(), ("cancel",)])
def test_a_question_without_a_fitting_answer_is_refused(app: xw.App, answers: tuple[str, ...]) -> None:
    libreoffice.answer(app, *answers)
    with pytest.raises(RefusedError) as refused:
        app.alert("Secret?", buttons="yes_no")
    assert refused.value.problems[0].code == "alert_unanswered"
    assert "Secret" not in str(refused.value)


def test_macros_are_off_until_they_are_allowed(book: xw.Book) -> None:
    libraries = book.api.BasicLibraries
    libraries.createLibrary("Standard") if not libraries.hasByName("Standard") else None
    source = "Function Twice(x)\nTwice = x * 2\nEnd Function\nSub Fill\nThisComponent.Sheets(0).getCellByPosition(0, 0).Value = 7\nEnd Sub"
    libraries.getByName("Standard").insertByName("Module1", source)
    with pytest.raises(RefusedError) as refused:
        book.macro("Module1.Twice")(21)
    assert refused.value.problems[0].code == "macros_off"
    book.app.impl.macros_allowed = True
    try:
        assert book.macro("Module1.Twice")(21) == 42
        assert book.macro("Fill")() == ""
        assert book.sheets[0]["A1"].value == 7
        with pytest.raises(RefusedError) as missing:
            book.macro("Nothing")()
        assert missing.value.problems[0].code == "macro_missing"
    finally:
        book.app.impl.macros_allowed = False


CALLER = """
import sys
import xlwings as xw
from cluebook import libreoffice
libreoffice.join(sys.argv.pop(1))
book = xw.Book.caller()
cell = book.app.selection
book.sheets[0]["A1"].value = f"{book.name} {cell.address}"
"""


def test_another_process_finds_the_book_that_called_it(book: xw.Book) -> None:
    book.sheets[0]["C3"].select()
    called = [sys.executable, "-c", CALLER, libreoffice.address(book.app), f"--wb={book.name}", "--from_xl=1"]
    answer = subprocess.run(called, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    assert book.sheets[0]["A1"].value == f"{book.name} $C$3"


def test_an_address_where_no_office_answers_is_refused(app: xw.App) -> None:
    count = len(xw.apps)
    with pytest.raises(RefusedError) as refused:
        libreoffice.join("pipe,name=nobody")
    assert refused.value.problems[0].code == "office_missing"
    assert (len(xw.apps), app.pid in xw.apps.keys()) == (count, True)  # noqa: SIM118 - a method of xlwings


def test_an_office_that_was_killed_says_so(app: xw.App, tmp_path: Path) -> None:
    other = xw.App()
    sheet = other.books[0].sheets[0]
    other.books[0].save(tmp_path / "held.xlsx")
    sheet["A1"].value = 1
    assert xw.apps.active == other
    profile = other.impl.office.profile
    os.killpg(other.pid, signal.SIGKILL)
    other.impl.office.process.wait()
    for use in (
        lambda: sheet["A1"].value,
        lambda: setattr(sheet["A1"], "value", 2),
        lambda: sheet.name,
        other.books.add,
    ):
        with pytest.raises(RefusedError) as refused:
            use()
        assert refused.value.problems[0].code == "office_gone"
    assert xw.apps.active == app
    other.kill()
    assert not profile.exists()
    with pytest.raises(BusyError) as held:  # the lock of the one that was killed is still there
        app.books.open(tmp_path / "held.xlsx")
    assert held.value.problems[0].code == "book_locked"


def test_an_office_that_is_quit_leaves_nothing_behind(app: xw.App) -> None:
    with xw.App() as other:
        profile, process = other.impl.office.profile, other.impl.office.process
        assert profile.exists()
    assert process.poll() is not None
    assert not profile.exists()
    assert app in list(xw.apps)


def test_the_office_says_what_it_is(app: xw.App) -> None:
    assert app.engine.name == "libreoffice"
    assert app.version.major >= 15
    assert int(app.impl.office.version.split(".")[0]) >= 7
    with app.properties(screen_updating=False, status_bar="busy"):
        assert (app.screen_updating, app.status_bar) == (False, "busy")
    assert app.screen_updating
