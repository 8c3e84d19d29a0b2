"""``cluebook.toml``: what belongs to the machine and not to the workbook - folders and times."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from cluebook.errors import ConfigError, Place, Problem
from cluebook.text import LANGS, Lang, Text

FILE = "cluebook.toml"
WATCH = "watch"
"""The section with the times of the watch's jobs."""


def key(section: str, default: Any, zh: str, en: str) -> Any:  # noqa: ANN401 - stands in for the field's own type
    """Declare one key of the file: its section, what it is when the file does not say, what it does."""
    meta = {"section": section, "default": default, "help": Text(zh, en)}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What ``cluebook.toml`` says; folders are relative to the file."""

    lang: str = key(
        "office",
        "",
        "提示信息的语言：zh 或 en，留空随系统",
        "language of messages: zh or en; blank follows the system",
    )
    templates: str = key("folders", "templates", "Word 模板所在文件夹", "folder of the Word templates")
    documents: str = key("folders", "documents", "生成的文书存放处", "folder for the documents made")
    inbox: str = key(
        "folders",
        "inbox",
        "各部门退回的文书放在这里，由 readback 读入",
        "folder for what departments send back; readback takes it from there",
    )
    synced: str = key(
        "folders",
        "",
        "台账在自动同步的文件夹中时，写 allow 才由值守写入",
        "if the ledger is in a synchronised folder: allow lets the watch write it there",
    )
    log: str = key("folders", "log", "运行日志存放处", "folder for the program's log")
    daily: str = key(
        "folders",
        "backups/daily",
        "台账每日备份存放处，可以在另一块盘上",
        "folder for the day's copy of the ledger; it may be on another disk",
    )
    watch: Mapping[str, tuple[str, ...]] = field(default_factory=dict, metadata={"section": WATCH})
    """The times of the watch's jobs, by job; what they are is known to `cluebook.watch.jobs`."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An office's folder on this machine."""

    root: Path
    config: Config

    @property
    def lang(self) -> Lang | None:
        """The language of messages, if the file says one."""
        return next((lang for lang in LANGS if lang == self.config.lang), None)

    @property
    def templates(self) -> Path:
        """Where the office's templates are."""
        return self.root / self.config.templates

    @property
    def documents(self) -> Path:
        """Where documents go."""
        return self.root / self.config.documents

    @property
    def inbox(self) -> Path:
        """Where what departments send back is put."""
        return self.root / self.config.inbox

    @property
    def archive(self) -> Path:
        """Where archived cases are put, each packed into one file."""
        return self.documents / "archive"

    @property
    def queue(self) -> Path:
        """Where requests wait for a ledger that is open."""
        return self.root / "queue"

    @property
    def daily(self) -> Path:
        """Where the day's copies of the ledger go."""
        return self.root / self.config.daily

    @property
    def log(self) -> Path:
        """Where the log is."""
        return self.root / self.config.log


def user() -> str:
    """Return who is named in the trail: ``CLUEBOOK_USER``, else the name at the machine."""
    try:
        return os.environ.get("CLUEBOOK_USER") or getpass.getuser()
    except (ImportError, KeyError, OSError):  # a machine account without a name
        return "cluebook"


def read(root: Path) -> Folder:
    """Return the folder with its settings; without a ``cluebook.toml`` everything has its default.

    Raises:
        ConfigError: the file is no TOML, or a key is unknown or has a value of another kind.
    """
    path = root / FILE
    try:
        sections = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        wrong = Text("不是可读的 TOML 文件。", "This is not a TOML file that can be read.")
        raise ConfigError(Problem("config_unreadable", Place(file=FILE), wrong, _SEE)) from None
    return Folder(root, Config(**_values(sections)))


def cache_folder() -> Path:
    """Return this user's folder for what can be made again at any time; nothing of a clue is kept there."""
    given = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "cluebook"


def file_keys() -> tuple[Field[Any], ...]:
    """Return the keys of the file, without the times of the jobs."""
    return tuple(f for f in fields(Config) if f.metadata["section"] != WATCH)


def starting_text(lang: Lang, jobs: Iterable[tuple[str, Sequence[str], Text]]) -> str:
    """Return the file of a new office: every key and every job with its default and what it does."""
    told = [
        (
            f.metadata["section"],
            f.name,
            lang if f.name == "lang" else f.metadata["default"],
            f.metadata["help"],
        )
        for f in file_keys()
    ]
    told += [(WATCH, job, tuple(times), does) for job, times, does in jobs]
    lines: list[str] = []
    for section, entries in groupby(told, key=itemgetter(0)):
        lines += ["", f"[{section}]"]
        for _, name, value, does in entries:
            shown = f'"{value}"' if isinstance(value, str) else "[" + ", ".join(f'"{v}"' for v in value) + "]"
            lines += [f"# {does.in_(lang)}", f"{name} = {shown}"]
    return "\n".join(lines).strip() + "\n"


_SEE = Text(
    "请参照安装手册改正，或删去该文件以用默认值。", "See the manual, or delete the file to use the defaults."
)


def _values(sections: Mapping[str, Any]) -> dict[str, Any]:
    known = {(f.metadata["section"], f.name): f for f in file_keys()}
    values: dict[str, Any] = {}
    for section, entries in sections.items():
        if section == WATCH and isinstance(entries, dict):
            values[WATCH] = {name: _times(name, value) for name, value in entries.items()}
            continue
        for name, value in (entries if isinstance(entries, dict) else {"": entries}).items():
            if (section, name) not in known:
                wrong = Text("没有 [{section}] {name} 这一项。", "There is no key {name} in [{section}].")
                raise ConfigError(_problem(section, name, wrong.fill(section=section, name=name)))
            values[name] = _text(section, name, value)
    return values


def _text(section: str, name: str, value: object) -> str:
    if isinstance(value, str) and (name != "lang" or value in {"", *LANGS}):
        return value
    wanted = Text("应为 zh、en 或留空。", "It must be zh, en or blank.")
    raise ConfigError(
        _problem(section, name, wanted if name == "lang" else Text("应为文字。", "It must be text."))
    )


def _times(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    wanted = Text('应为时间列表，如 ["08:30"]。', 'It must be a list of times, like ["08:30"].')
    raise ConfigError(_problem(WATCH, name, wanted))


def _problem(section: str, name: str, wrong: Text) -> Problem:
    return Problem("config_key", Place(file=FILE, column=f"[{section}] {name}"), wrong, _SEE)
