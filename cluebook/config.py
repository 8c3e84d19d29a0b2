"""``cluebook.toml``: what belongs to the machine and not to the workbook - folders and times."""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cluebook.errors import ConfigError, Place, Problem
from cluebook.text import LANGS, Lang, Text

FILE = "cluebook.toml"


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
    log: str = key("folders", "log", "运行日志存放处", "folder for the program's log")
    at: tuple[str, ...] = key(
        "watch", ("08:30",), "每个工作日检查逾期的时间", "times of the overdue check on working days"
    )


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
    def queue(self) -> Path:
        """Where requests wait for a ledger that is open."""
        return self.root / "queue"

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


def starting_text(lang: Lang) -> str:
    """Return the file of a new office: every key with its default and what it does."""
    lines: list[str] = []
    section = None
    for f in fields(Config):
        if f.metadata["section"] != section:
            section = f.metadata["section"]
            lines += ["", f"[{section}]"]
        value = lang if f.name == "lang" else f.metadata["default"]
        shown = f'"{value}"' if isinstance(value, str) else "[" + ", ".join(f'"{v}"' for v in value) + "]"
        lines += [f"# {f.metadata['help'].in_(lang)}", f"{f.name} = {shown}"]
    return "\n".join(lines).strip() + "\n"


_SEE = Text(
    "请参照安装手册改正，或删去该文件以用默认值。", "See the manual, or delete the file to use the defaults."
)


def _values(sections: Mapping[str, Any]) -> dict[str, Any]:
    known = {(f.metadata["section"], f.name): f for f in fields(Config)}
    values: dict[str, Any] = {}
    for section, keys in sections.items():
        for name, value in (keys if isinstance(keys, dict) else {"": keys}).items():
            if (section, name) not in known:
                wrong = Text("没有 [{section}] {name} 这一项。", "There is no key {name} in [{section}].")
                raise ConfigError(_problem(section, name, wrong.fill(section=section, name=name)))
            values[name] = _value(section, name, value, known[section, name].metadata["default"])
    return values


def _value(section: str, name: str, value: object, default: object) -> object:
    if isinstance(default, str):
        if isinstance(value, str) and (name != "lang" or value in {"", *LANGS}):
            return value
        wanted = Text("应为 zh、en 或留空。", "It must be zh, en or blank.")
        raise ConfigError(
            _problem(section, name, wanted if name == "lang" else Text("应为文字。", "It must be text."))
        )
    if isinstance(value, list) and value and all(_is_time(at) for at in value):
        return tuple(value)
    raise ConfigError(
        _problem(
            section, name, Text('应为时间列表，如 ["08:30"]。', 'It must be a list of times, like ["08:30"].')
        )
    )


def _is_time(at: object) -> bool:
    return isinstance(at, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at) is not None


def _problem(section: str, name: str, wrong: Text) -> Problem:
    return Problem("config_key", Place(file=FILE, column=f"[{section}] {name}"), wrong, _SEE)
