"""Tying Excel and this program together on one machine for one user, and untying them; each step is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cluebook.books.find import WITH_MACROS, find
from cluebook.connection import Machine, connect, disconnect
from cluebook.errors import UsageError
from cluebook.text import Text
from cluebook.trust import distrust, trust

_CONNECTED = Text(
    "Excel 的按钮将使用本程序，设置在 {path}。", "Excel's buttons will use this program, as {path} says."
)
_TRUSTED = Text(
    "已将 {folder} 设为 Excel 的受信任位置（不含子文件夹）。",
    "{folder} is a trusted location of Excel now, without the folders in it.",
)
_TRUSTED_BEFORE = Text(
    "{folder} 已经是 Excel 的受信任位置。", "{folder} was a trusted location of Excel already."
)
_SHARED = Text(
    "该文件夹在网络上：请在 Excel 的信任中心勾选“允许网络上的受信任位置”，或请管理员设置。",
    "The folder is on the network: tick “Allow Trusted Locations on my network” in Excel's Trust Center, or ask the administrator.",
)
_NO_LEDGER = Text(
    "这里没有含宏的台账，未设受信任位置；需要时请在台账所在文件夹再运行一次。",
    "No ledger with macros is here, so no folder was made a trusted location; run this again in the ledger's folder.",
)
_UNDONE = Text("已撤销：{path}。", "Taken back: {path}.")
_NOTHING = Text("没有需要撤销的设置。", "There was nothing to take back.")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, and the files that were changed."""

    said: tuple[Text, ...]
    files: tuple[Path, ...]


def installed(machine: Machine, ledger: Path | None, cwd: Path) -> Done:
    """Let Excel's buttons find this program, and on Windows let Excel trust the folder of the ledger.

    Args:
        machine: the machine.
        ledger: the ledger; without it the one in `cwd`, if there is one.
        cwd: the current folder.

    Raises:
        UsageError: there is no Excel for this system, or another Python is named already.
        DiskError: a setting cannot be written.
    """
    path = connect(machine)
    return Done((_CONNECTED.fill(path=path), *_trusted(machine, ledger, cwd)), (path,))


def removed(machine: Machine) -> Done:
    """Take back what `installed` did, on whatever ledgers.

    Raises:
        DiskError: a setting cannot be written.
    """
    files = disconnect(machine)
    folders = distrust(machine.registry) if machine.registry else []
    undone = [_UNDONE.fill(path=each) for each in (*files, *folders)]
    return Done(tuple(undone) or (_NOTHING,), tuple(files))


def _trusted(machine: Machine, ledger: Path | None, cwd: Path) -> tuple[Text, ...]:
    if machine.registry is None:
        return ()
    try:
        path = find(ledger, cwd).path.resolve()
    except UsageError:
        return (_NO_LEDGER,)
    if path.suffix != Path(WITH_MACROS).suffix:
        return (_NO_LEDGER,)
    told = _TRUSTED if trust(machine.registry, path.parent) else _TRUSTED_BEFORE
    shared = (_SHARED,) if str(path).startswith("\\\\") else ()
    return (told.fill(folder=path.parent), *shared)
