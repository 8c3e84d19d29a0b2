"""Whether a folder is synchronised between computers: changed on two at once, a ledger there becomes two."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cluebook.books.problems import problem
from cluebook.errors import Place, Problem, RefusedError
from cluebook.text import same

_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "我的云端硬盘", "icloud",
    "mobile documents", "com~apple~clouddocs", "nextcloud", "owncloud", "syncthing", "seafile", "resilio sync",
    "box sync", "pcloud", "megasync", "nutstore", "我的坚果云", "坚果云", "baidusyncdisk", "baidunetdiskworkspace",
    "百度网盘同步空间", "百度云同步盘", "wpsdrive", "wps cloud files", "wps云盘", "金山文档", "腾讯微云", "微云同步助手",
    "阿里云盘", "亿方云", "fangcloud", "天翼云盘", "钉盘", "飞书云盘",
)  # fmt: skip
"""How the folders of programs that synchronise begin."""

_MARKS = (
    ".dropbox.cache",
    ".stfolder",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".seafile-data",
    ".tmp.drivedownload",
)
"""What such programs keep in the folder they look after."""

_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""In which Windows tells where OneDrive's folders are, whatever they are called."""


def synchronised(ledger: Path, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the synchronised folder that a ledger stands in, ``None`` when there seems to be none."""
    told = {Path(environment[name]).resolve() for name in _VARIABLES if environment.get(name)}
    for folder in ledger.resolve().parents:
        if folder in told or folder.name.casefold().startswith(_NAMES) or _is_marked(folder):
            return folder
    return None


def problems_of(ledger: Path) -> tuple[Problem, ...]:
    """Return what is wrong with where a ledger stands: nothing, or that it is synchronised."""
    folder = synchronised(ledger)
    if folder is None:
        return ()
    return (problem("ledger_synced", Place(file=ledger.name), folder=same(folder.name)),)


def refuse_synchronised(ledger: Path) -> None:
    """Return when nobody else's computer can be writing a ledger just now.

    Raises:
        RefusedError: it stands in a synchronised folder.
    """
    if found := problems_of(ledger):
        raise RefusedError(*found)


def _is_marked(folder: Path) -> bool:
    try:
        return any((folder / mark).exists() for mark in _MARKS)
    except OSError:  # a folder that may not be looked into
        return False
