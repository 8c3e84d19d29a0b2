"""The macros of the master workbook and of the add-in, built from text on any machine, without Excel.

The VBA project holds xlwings' own module and its dictionary class, taken from the installed package so that
both sides of a call are of one version, and two small texts of ours. What is equal in is equal out.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.books.build import CREATED, ledger_bytes, put, refuse_existing
from cluebook.ribbon import ribbon_xml
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Parts = dict[str, bytes]
"""The parts of a package by name."""

RIBBON = "customUI/customUI14.xml"
PROJECT = "xl/vbaProject.bin"
_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"

_PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_LEDGER_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADD_IN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_RELATION = (
    b'<Relationship Id="rIdRibbon"'
    b' Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    b' Target="customUI/customUI14.xml"/></Relationships>'
)

_NO_CACHE = bytes.fromhex("cc61ffff000000")
"""The whole of the stream ``_VBA_PROJECT`` as it must be written ([MS-OVBA] 2.3.4.1): no compiled code."""

_SETTINGS = {"ADD_WORKBOOK_TO_PYTHONPATH": "False"}
"""What xlwings' module is to do on every machine. By default it would let Python look for modules in the
office's folder first, and whatever lay there would run. Where Python is stands in each user's own file.
"""

_PURPOSE = Text("线索台账的功能区按钮", "Buttons for the clue ledger")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def build_macro_ledger(path: Path, lang: Lang, rows: Mapping[type, Sequence[object]]) -> None:
    """Write a new ledger with its macros and its ribbon to `path`; see `build_ledger`."""
    refuse_existing(path)
    put(path, _with_macros(ledger_bytes(lang, rows, _add_settings), _LEDGER_TYPE, lang))


def build_add_in(path: Path, lang: Lang) -> None:
    """Write the add-in to `path`: the same macros and ribbon, for ledgers without macros.

    Raises:
        UsageError: the file exists already.
        DiskError: it cannot be written there.
    """
    from xlsxwriter import Workbook

    refuse_existing(path)
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_vba_name("ThisWorkbook")
        book.set_properties({"title": _PURPOSE.in_(lang), "created": CREATED})
        book.add_worksheet("cluebook").set_vba_name("shCluebook")
        _add_settings(book)
    put(path, _with_macros(content.getvalue(), _ADD_IN_TYPE, lang))


def sources() -> dict[str, str]:
    """Return the text of each VBA module by its name."""
    ours, theirs = resources.files("cluebook.books") / "vba", resources.files("xlwings")
    files = {
        "xlwings": theirs / "xlwings.bas",
        "Dictionary": theirs / "addin" / "Dictionary.cls",
        "Cluebook": ours / "Cluebook.bas",
        "ThisWorkbook": ours / "ThisWorkbook.cls",
    }
    return {name: file.read_text("ascii").replace("\n", "\r\n") for name, file in files.items()}


def held_version(ledger: Path) -> str | None:
    """Return the version of xlwings' module in a workbook, ``None`` where it has none."""
    from pyopenvba import ExcelFile

    try:
        with ExcelFile(ledger) as file:
            return _version(file.get_module("xlwings")) if "xlwings" in file.module_names() else None
    except Exception:  # noqa: BLE001 - whatever the library says of a project that is damaged
        return None


def installed_version() -> str:
    """Return the version of xlwings' module in the installed package."""
    return _version(sources()["xlwings"]) or ""


def _version(source: str) -> str | None:
    told = re.search(r"^'Version: (\S+)", source, re.MULTILINE)
    return told[1] if told else None


def apple_script() -> tuple[str, str]:
    """Return name and text of the script through which xlwings' module starts Python on a Mac."""
    file = next(f for f in resources.files("xlwings").iterdir() if f.name.endswith(".applescript"))
    return file.name, file.read_text("utf-8")


def _add_settings(book: Workbook) -> None:
    sheet = book.add_worksheet("xlwings.conf")
    sheet.set_vba_name("shXlwings")
    for row, setting in enumerate(_SETTINGS.items()):
        for column, word in enumerate(setting):
            sheet.write_string(row, column, word)
    sheet.very_hidden()


def _with_macros(workbook: bytes, kind: bytes, lang: Lang) -> bytes:
    parts = _parts(workbook)
    parts[_TYPES] = _replaced(parts[_TYPES], _PLAIN_TYPE, _LEDGER_TYPE)
    parts = _parts(_with_project(_packed(parts)))
    parts[_TYPES] = _replaced(parts[_TYPES], _LEDGER_TYPE, kind)
    parts[PROJECT] = without_cache(parts[PROJECT])
    parts[RIBBON] = ribbon_xml(lang)
    parts[_RELATIONS] = _replaced(parts[_RELATIONS], b"</Relationships>", _RIBBON_RELATION)
    return _packed(parts)


def _with_project(workbook: bytes) -> bytes:
    """Return a macro-enabled workbook with our VBA project; its document modules follow the code names."""
    from pyopenvba import ExcelFile, VBAModuleKind

    texts = sources()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsm"
        path.write_bytes(workbook)
        with ExcelFile(path) as file:
            project = file.add_vba_project()
            events = project.get_module("ThisWorkbook")
            events.source += texts["ThisWorkbook"]
            events.dirty = True
            project.add_module("xlwings", texts["xlwings"])
            project.add_module("Dictionary", texts["Dictionary"], kind=VBAModuleKind.other)
            project.add_module("Cluebook", texts["Cluebook"])
            file.save()
        return path.read_bytes()


def without_cache(project: bytes) -> bytes:
    """Return a VBA project without compiled code: Office compiles its texts anew."""
    from pyopenvba.cfb import CFB

    storage = CFB.from_bytes(project)
    storage.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    content: bytes = storage.to_bytes()
    return content


def _replaced(part: bytes, old: bytes, new: bytes) -> bytes:
    """Return a part with what stands in it exactly once replaced.

    Raises:
        ValueError: it does not; the library that wrote the part writes it otherwise now.
    """
    if part.count(old) != 1:
        raise ValueError(old)
    return part.replace(old, new)


def _parts(package: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _packed(parts: Parts) -> bytes:
    """Return the package of the parts, the same for the same parts on every day and system."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in sorted(parts, key=lambda n: (n != _TYPES, n != _RELATIONS, n)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return content.getvalue()
