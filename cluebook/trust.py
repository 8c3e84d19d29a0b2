"""What Excel on Windows lets macros do, as its registry says: trusted folders, and the policies of an office.

A folder is trusted for the user alone, without what lies below it. A share counts only where the office allows
trusted folders on the network, which is not for this program to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluebook.errors import DiskError, Place, Problem
from cluebook.text import Text

_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICIES = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_LOCATIONS = rf"{_SECURITY}\Trusted Locations"
_MARK = "cluebook"
"""The description by which the locations this program added are known again."""
_MOST = 100
"""Locations that Excel looks at; more than an office has."""

_CLOSED = Text("不能修改 Excel 的受信任位置。", "Excel's trusted locations cannot be changed.")
_CLOSED_FIX = Text(
    "请由管理员添加，或以本人账户重试。", "Have the administrator add the folder, or try again as yourself."
)
_ALL_OFF = Text(
    "单位的策略禁用了全部宏，按钮不起作用。", "A policy disables all macros; the buttons do nothing."
)
_SIGNED_ONLY = Text("只允许有签名的宏。", "Only signed macros are allowed.")
_SIGNED_FIX = Text(
    "请由管理员把台账所在文件夹设为受信任位置，或给宏签名（见安装手册）；也可改用命令。",
    "Have the administrator trust the ledger's folder, or sign the macros (see the page on installing), or use the commands.",
)
_NO_LOCATIONS = Text("单位的策略不承认受信任位置。", "A policy makes trusted locations count for nothing.")
_FROM_NET = Text("单位的策略禁止来自网络的文件运行宏，而该文件带有此标记。",
                 "A policy blocks macros of files from the internet, and this file is marked as one.")  # fmt: skip
_FROM_NET_FIX = Text(
    "请在资源管理器中右击该文件，选“属性”，勾选“解除锁定”；仍不行的，请找管理员。",
    "In Explorer right-click the file, choose Properties, and tick Unblock; if that does not help, ask the administrator.",
)


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry: `api` is Python's module ``winreg``, or what stands in for it."""

    api: Any

    def number(self, key: str, name: str) -> int | None:
        """Return a number of the user's branch, ``None`` where it is not set."""
        try:
            with self.api.OpenKey(self.api.HKEY_CURRENT_USER, key) as opened:
                value, _ = self.api.QueryValueEx(opened, name)
        except OSError:
            return None
        return value if isinstance(value, int) else None

    def locations(self) -> Iterator[tuple[str, str, str]]:
        """Return name, folder and description of each trusted location of the user."""
        for name in self._names():
            try:
                with self.api.OpenKey(self.api.HKEY_CURRENT_USER, rf"{_LOCATIONS}\{name}") as opened:
                    folder, _ = self.api.QueryValueEx(opened, "Path")
                    mark = self._word(opened, "Description")
            except OSError:
                continue
            yield name, str(folder), mark

    def _names(self) -> Iterator[str]:
        try:
            with self.api.OpenKey(self.api.HKEY_CURRENT_USER, _LOCATIONS) as opened:
                for place in range(_MOST):
                    yield self.api.EnumKey(opened, place)
        except OSError:  # there are no more
            return

    def _word(self, opened: Any, name: str) -> str:  # noqa: ANN401 - a handle of the registry
        try:
            return str(self.api.QueryValueEx(opened, name)[0])
        except OSError:
            return ""


def is_trusted(registry: Registry, folder: Path) -> bool:
    """Return whether a folder is one of the user's trusted locations."""
    return any(_same(held, folder) for _, held, _ in registry.locations())


def trust(registry: Registry, folder: Path) -> bool:
    """Make a folder a trusted location of the user; return whether it was not one before.

    Raises:
        DiskError: the registry cannot be changed.
    """
    if is_trusted(registry, folder):
        return False
    taken = {name for name, _, _ in registry.locations()}
    name = next(free for place in range(_MOST) if (free := f"Location{place}") not in taken)
    api = registry.api
    try:
        with api.CreateKey(api.HKEY_CURRENT_USER, rf"{_LOCATIONS}\{name}") as made:
            api.SetValueEx(made, "Path", 0, api.REG_SZ, f"{folder}\\")
            api.SetValueEx(made, "AllowSubfolders", 0, api.REG_DWORD, 0)
            api.SetValueEx(made, "Description", 0, api.REG_SZ, _MARK)
    except OSError:
        raise DiskError(Problem("location_refused", Place(), _CLOSED, _CLOSED_FIX)) from None
    return True


def distrust(registry: Registry) -> list[str]:
    """Take back every trusted location that this program added, and return their folders.

    Raises:
        DiskError: the registry cannot be changed.
    """
    ours = [(name, folder) for name, folder, mark in registry.locations() if mark == _MARK]
    try:
        for name, _ in ours:
            registry.api.DeleteKey(registry.api.HKEY_CURRENT_USER, rf"{_LOCATIONS}\{name}")
    except OSError:
        raise DiskError(Problem("location_refused", Place(), _CLOSED, _CLOSED_FIX)) from None
    return [folder for _, folder in ours]


def policy_problems(registry: Registry, ledger: Path, *, marked: bool) -> tuple[Problem, ...]:
    """Return what in the settings for macros keeps the buttons of a ledger from working.

    Args:
        registry: the registry.
        ledger: the ledger with macros.
        marked: whether the file is marked as coming from the internet.
    """
    place, found = Place(file=ledger.name), []
    ignored = bool(registry.number(rf"{_POLICIES}\Trusted Locations", "AllLocationsDisabled"))
    trusted = not ignored and is_trusted(registry, ledger.parent)
    warnings = registry.number(_POLICIES, "VBAWarnings")
    if warnings is None:
        warnings = registry.number(_SECURITY, "VBAWarnings")
    if not trusted and warnings in _WARNINGS:
        found.append(Problem("macros_off", place, _WARNINGS[warnings], _SIGNED_FIX))
    if ignored:
        found.append(Problem("locations_off", place, _NO_LOCATIONS, _SIGNED_FIX))
    if marked and not trusted and registry.number(_POLICIES, "blockcontentexecutionfrominternet"):
        found.append(Problem("macros_from_net_off", place, _FROM_NET, _FROM_NET_FIX))
    return tuple(found)


_WARNINGS = {3: _SIGNED_ONLY, 4: _ALL_OFF}
"""Settings of ``VBAWarnings`` that let no question be asked; 1 allows all macros, 2, the default, asks."""


def _same(held: str, folder: Path) -> bool:
    return held.rstrip("\\/").casefold() == str(folder).rstrip("\\/").casefold()
