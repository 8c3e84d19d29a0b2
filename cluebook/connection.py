"""How Excel's buttons find this Python on this machine: a line in the user's own file of xlwings."""

from __future__ import annotations

import importlib
import locale
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from cluebook.books.macros import apple_script
from cluebook.errors import DiskError, Place, Problem, UsageError
from cluebook.text import Text
from cluebook.trust import Registry

_SETTINGS = {
    "win32": (Path(".xlwings", "xlwings.conf"), "INTERPRETER_WIN"),
    "darwin": (
        Path("Library", "Containers", "com.microsoft.Excel", "Data", "xlwings.conf"),
        "INTERPRETER_MAC",
    ),
}
"""Where xlwings' macros look, below the user's home, and the key under which they look."""
_SCRIPTS = Path("Library", "Application Scripts", "com.microsoft.Excel")

_NO_EXCEL = Text("这台计算机上没有可用按钮的 Excel。", "This machine has no Excel whose buttons could work.")
_NO_EXCEL_FIX = Text(
    "按钮用于 Windows 和 macOS 的 Excel；其他系统请用命令。",
    "Buttons are for Excel on Windows and macOS; use the commands elsewhere.",
)
_OTHER = Text("文件中已指定另一个 Python。", "The file names another Python already.")
_OTHER_FIX = Text(
    "如要改用本程序，请删去 {key} 一行后重试。",
    "To use this program instead, delete the line {key} and try again.",
)
_UNWRITABLE = Text("文件不能写入。", "The file cannot be written.")
_UNWRITABLE_FIX = Text("请检查磁盘空间和文件夹权限。", "Check the disk space and the folder's permissions.")


@dataclass(frozen=True, slots=True)
class Machine:
    """What matters of a machine.

    Attributes:
        system: what Python calls it.
        home: the user's home.
        python: this Python.
        registry: what Windows keeps settings in; ``None`` elsewhere.
    """

    system: str
    home: Path
    python: str
    registry: Registry | None = None

    @classmethod
    def this(cls) -> Machine:
        """Return the machine this runs on."""
        registry = Registry(importlib.import_module("winreg")) if sys.platform == "win32" else None
        return cls(sys.platform, Path.home(), sys.executable, registry)


def connect(machine: Machine) -> Path:
    """Let Excel's buttons find this Python, and return the file that says so.

    Raises:
        UsageError: there is no Excel for this system, or the file names another Python.
        DiskError: the file cannot be written.
    """
    if machine.system not in _SETTINGS:
        raise UsageError(Problem("no_excel", Place(), _NO_EXCEL, _NO_EXCEL_FIX))
    if machine.system == "darwin":
        name, script = apple_script()
        _write(machine.home / _SCRIPTS / name, script)
    place, key = _SETTINGS[machine.system]
    return _named(machine, machine.home / place, key)


def disconnect(machine: Machine) -> list[Path]:
    """Take back what `connect` did, and return the files that were changed or removed; other settings stay.

    Raises:
        DiskError: a file cannot be written.
    """
    changed = []
    if machine.system == "darwin":
        script = machine.home / _SCRIPTS / apple_script()[0]
        if script.exists():
            script.unlink()
            changed.append(script)
    if is_connected(machine):
        place, key = _SETTINGS[machine.system]
        path = machine.home / place
        kept = [line for line in _lines(path) if line != _line(machine, key)]
        _write(path, "\n".join([*kept, ""]))
        changed.append(path)
    return changed


def is_connected(machine: Machine) -> bool | None:
    """Return whether Excel's buttons find this Python, ``None`` where there is no Excel for this system."""
    if machine.system not in _SETTINGS:
        return None
    place, key = _SETTINGS[machine.system]
    return _line(machine, key) in _lines(machine.home / place)


def python_named(machine: Machine) -> str | None:
    """Return the Python that the user's file names for Excel's buttons, ``None`` where it names none."""
    place, key = _SETTINGS[machine.system]
    named = (
        re.fullmatch(rf'"?{key}"?\s*,\s*"?(.*?)"?', line, re.IGNORECASE)
        for line in _lines(machine.home / place)
    )
    return next((found[1].replace("%USERPROFILE%", str(machine.home)) for found in named if found), None)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(locale.getencoding()).splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _named(machine: Machine, path: Path, key: str) -> Path:
    line = _line(machine, key)
    try:
        held = path.read_text(locale.getencoding()).splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError):
        raise DiskError(
            Problem("settings_unwritable", Place(file=path.name), _UNWRITABLE, _UNWRITABLE_FIX)
        ) from None
    if any(re.match(rf'"?{key}"?\s*,', other, re.IGNORECASE) for other in held if other != line):
        raise UsageError(Problem("other_python", Place(file=str(path)), _OTHER, _OTHER_FIX.fill(key=key)))
    if line not in held:
        _write(path, "\n".join([*held, line, ""]))
    return path


def _line(machine: Machine, key: str) -> str:
    return f'"{key}","{_portable(machine)}"'


def _portable(machine: Machine) -> str:
    """Return the path of this Python; on Windows without the user's name, which VBA might not be able to read."""
    home = f"{machine.home}\\"
    if machine.system == "win32" and machine.python.startswith(home):
        return "%USERPROFILE%\\" + machine.python.removeprefix(home)
    return machine.python


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, locale.getencoding())
    except (OSError, UnicodeEncodeError):
        raise DiskError(
            Problem("settings_unwritable", Place(file=path.name), _UNWRITABLE, _UNWRITABLE_FIX)
        ) from None
