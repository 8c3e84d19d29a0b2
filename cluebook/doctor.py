"""Answering "is this machine ready, and the ledger in order on it": what is looked at, and what to put right."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cluebook import config, connection
from cluebook.books.conflicts import conflict_copies
from cluebook.books.file import FileBook
from cluebook.books.find import WITH_MACROS, find
from cluebook.books.macros import held_version, installed_version
from cluebook.books.problems import problem
from cluebook.books.synced import problems_of
from cluebook.drafts import drafts_of, faults
from cluebook.errors import CluebookError, Place, Problem
from cluebook.libreoffice import bridge
from cluebook.mail import letters
from cluebook.text import Text, same
from cluebook.trust import policy_problems
from cluebook.verification import verified

_MARK = ":Zone.Identifier"
_ABROAD = ("ZoneId=3", "ZoneId=4")
"""The internet, and sites that are not trusted."""

_UNTIED = Text("Excel 的按钮还找不到本程序。", "Excel's buttons do not find this program yet.")
_UNTIED_FIX = Text("请运行 cluebook install。", "Run cluebook install.")
_NO_PYTHON = Text(
    "xlwings.conf 指定的 Python 不存在，按钮不起作用。",
    "The Python that xlwings.conf names is not there; the buttons do nothing.",
)
_OTHER_PYTHON = Text("xlwings.conf 指定的是另一个 Python。", "xlwings.conf names another Python than this.")
_OTHER_PYTHON_FIX = Text(
    "请删去 xlwings.conf 中的这一行，再运行 cluebook install。",
    "Delete that line of xlwings.conf and run cluebook install.",
)
_OTHER_VERSION = Text(
    "台账中的 xlwings 宏模块版本为 {held}，本机的 xlwings 为 {here}。",
    "The ledger's xlwings module is of version {held}, the xlwings on this machine of version {here}.",
)
_OTHER_VERSION_FIX = Text(
    "请在本机按 requirements.lock 安装与台账一致的 xlwings，或运行 cluebook upgrade 更新台账的宏模块。",
    "Install the xlwings of the ledger's version here, or renew the ledger's module with cluebook upgrade.",
)
_NO_MACROS = Text("台账中没有按钮所用的宏。", "The ledger lacks the macros of the buttons.")
_NO_MACROS_FIX = Text(
    "请用 cluebook addin 生成加载项，或从备份恢复台账。",
    "Make the add-in with cluebook addin, or restore the ledger from a backup.",
)
_UNWRITABLE = Text("文件夹不能写入。", "The folder cannot be written.")
_UNWRITABLE_FIX = Text("请检查磁盘空间和文件夹权限。", "Check the disk space and the folder's permissions.")
_MARKED = Text(
    "文件带有“来自网络”的标记，Excel 会禁止其中的宏。",
    "The file is marked as coming from the internet, so Excel blocks its macros.",
)
_MARKED_FIX = Text(
    "请在资源管理器中右击该文件，选“属性”，勾选“解除锁定”。",
    "In Explorer right-click the file, choose Properties, and tick Unblock.",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is and how it stands, and what is wrong with it."""

    text: Text
    problems: tuple[Problem, ...] = ()


def examined(ledger: Path | None, cwd: Path, machine: connection.Machine) -> list[Check]:
    """Return every check of the machine, then those of the ledger named, or else in the folder."""
    checks = [_python(), _excel(machine), _libreoffice()]
    try:
        book = find(ledger, cwd)
    except CluebookError as error:
        return [*checks, Check(Text("台账", "Ledger"), error.problems)]
    return [*checks, *_of_ledger(book, machine)]


def template_problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the templates in use in a folder."""
    return [
        *(problem for draft in drafts_of((), folder) for problem in faults(draft)),
        *letters.template_problems(folder),
    ]


def _python() -> Check:
    """Tell which Python this is; one that is too old could not have come so far."""
    return Check(same(f"Python {platform.python_version()} {sys.executable}"))


def _excel(machine: connection.Machine) -> Check:
    connected = connection.is_connected(machine)
    if connected is None:
        return Check(Text("Excel 的按钮：本系统不用", "Excel's buttons: not on this system"))
    text = Text("Excel 的按钮", "Excel's buttons")
    if connected:
        return Check(text)
    named = connection.python_named(machine)
    if named is None:
        return Check(text, (Problem("excel_untied", Place(), _UNTIED, _UNTIED_FIX),))
    code, wrong = ("python_other", _OTHER_PYTHON) if Path(named).exists() else ("python_missing", _NO_PYTHON)
    return Check(text, (Problem(code, Place(file=named), wrong, _OTHER_PYTHON_FIX),))


def _libreoffice() -> Check:
    """Tell whether LibreOffice is here; without it only what is done in it cannot be done."""
    if bridge.program() is None:
        return Check(Text("LibreOffice：未安装（可不装）", "LibreOffice: not installed (and need not be)"))
    try:
        bridge.uno()
    except CluebookError:
        return Check(
            Text(
                "LibreOffice：已安装，本 Python 不能操作它",
                "LibreOffice: installed; this Python cannot use it",
            )
        )
    return Check(Text("LibreOffice：已安装", "LibreOffice: installed"))


def _of_ledger(book: FileBook, machine: connection.Machine) -> Iterator[Check]:
    sound = _tried(lambda: verified(book).trail)
    yield Check(Text("台账的表格、密钥和流转记录", "Tables, key and trail of the ledger"), sound)
    if book.path.suffix == Path(WITH_MACROS).suffix and not sound:
        yield Check(Text("台账的宏模块", "Macros of the ledger"), _macros(book))
    if machine.registry is not None and book.path.suffix == Path(WITH_MACROS).suffix:
        path = book.path.resolve()
        off = policy_problems(machine.registry, path, marked=bool(_marked(path)))
        yield Check(Text("宏的安全设置", "Settings for macros"), off)
    if machine.system == "win32":
        yield Check(Text("来自网络的标记", "Mark of the internet"), _marked(book.path))
    yield Check(Text("同步文件夹和冲突副本", "Synchronised folders and conflict copies"), _synced(book.path))
    try:
        folder = config.read(book.path.parent)
    except CluebookError as error:
        yield Check(same(config.FILE), error.problems)
        return
    yield Check(Text("Word 模板", "Word templates"), tuple(template_problems(folder.templates)))
    places = (folder.root, folder.documents, folder.log, folder.root / "backups", folder.queue)
    closed = tuple(_unwritable(place) for place in places if place.exists() and not _is_writable(place))
    yield Check(Text("文件夹可写", "Folders that are written"), closed)


def _tried(look: Callable[[], tuple[Problem, ...]]) -> tuple[Problem, ...]:
    try:
        return look()
    except CluebookError as error:
        return error.problems


def _macros(book: FileBook) -> tuple[Problem, ...]:
    held, here = held_version(book.path), installed_version()
    if held is None:
        return (Problem("macros_missing", Place(file=book.name), _NO_MACROS, _NO_MACROS_FIX),)
    wrong = _OTHER_VERSION.fill(held=same(held), here=same(here))
    other = Problem("macros_other_version", Place(file=book.name), wrong, _OTHER_VERSION_FIX)
    return () if held == here else (other,)


def _marked(ledger: Path) -> tuple[Problem, ...]:
    """Return the mark that Windows keeps beside a file that a browser or a mail program saved."""
    try:
        mark = ledger.with_name(ledger.name + _MARK).read_text("ascii", "replace")
    except OSError:  # there is none
        return ()
    marked = Problem("marked_as_foreign", Place(file=ledger.name), _MARKED, _MARKED_FIX)
    return (marked,) if any(zone in mark for zone in _ABROAD) else ()


def _synced(ledger: Path) -> tuple[Problem, ...]:
    copies = (problem("conflict_copy", Place(file=copy.name)) for copy in conflict_copies(ledger))
    return (*problems_of(ledger), *copies)


def _is_writable(folder: Path) -> bool:
    """Return whether a file can be made there; what the system says of permissions is not always so."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _unwritable(folder: Path) -> Problem:
    return Problem("folder_unwritable", Place(file=folder.name), _UNWRITABLE, _UNWRITABLE_FIX)
