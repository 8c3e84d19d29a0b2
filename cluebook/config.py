"""``cluebook.toml``: what belongs to the machine and not to the workbook - folders, times, the mail server."""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from cluebook.errors import ConfigError, Place, Problem
from cluebook.language import spoken
from cluebook.text import LANGS, Lang, Text, join, same

FILE = "cluebook.toml"
WATCH = "watch"
"""The section with the times of the watch's jobs."""


MAIL = "mail"
"""The section on how reminders are sent."""


def key(section: str, default: Any, zh: str, en: str, choices: Sequence[str] = ()) -> Any:  # noqa: ANN401 - stands in for the field's own type
    """Declare one key of the file: its section, what it is when the file does not say, what it does, what it may be."""
    meta = {"section": section, "default": default, "help": Text(zh, en), "choices": choices}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """How reminders are sent; the password stands elsewhere."""

    how: str = key(
        MAIL,
        "off",
        "提醒邮件怎样发出：off 不发；outbox 存为 outbox 文件夹中的 .eml 文件，由人转发；smtp 经邮件服务器发出",
        "how reminders go out: off: not at all; outbox: as .eml files in the folder outbox, to be sent by hand; "
        "smtp: by a mail server",
        ("off", "outbox", "smtp"),
    )
    host: str = key(MAIL, "", "邮件服务器", "the mail server")
    port: int = key(MAIL, 587, "邮件服务器的端口", "its port")
    security: str = key(
        MAIL,
        "starttls",
        "连接的加密方式：starttls（多为 587 端口）、tls（多为 465 端口），或 none",
        "how the connection is encrypted: starttls (mostly port 587), tls (mostly port 465), or none",
        ("starttls", "tls", "none"),
    )
    sender: str = key(MAIL, "", "发件人的邮箱地址", "address that reminders come from")
    user: str = key(
        MAIL,
        "",
        "登录邮件服务器的用户名，留空则不登录；密码放在环境变量 CLUEBOOK_MAIL_PASSWORD 中",
        "user name at the mail server; blank for none. The password is in the environment variable "
        "CLUEBOOK_MAIL_PASSWORD",
    )
    password_file: str = key(
        MAIL,
        "",
        "没有这个环境变量时，只含密码的文件，只许运行者本人读取",
        "without that variable, a file that holds the password alone and that nobody else may read",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What ``cluebook.toml`` says; folders are relative to the file."""

    lang: str = key(
        "office",
        "",
        "提示信息的语言：zh 或 en，留空随系统",
        "language of messages: zh or en; blank follows the system",
        ("", *LANGS),
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
    mail: Mail = field(default=Mail(), metadata={"section": MAIL})
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
    def outbox(self) -> Path:
        """Where reminders are put that somebody sends by hand."""
        return self.root / "outbox"

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
    try:
        return said(root, text_of(root))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
        wrong = Text("不是可读的 TOML 文件。", "This is not a TOML file that can be read.")
        raise ConfigError(Problem("config_unreadable", Place(file=FILE), wrong, _SEE)) from None


def language(root: Path) -> Lang:
    """Return the language to speak in an office's folder as long as its ledger's is not known."""
    try:
        return spoken(read(root).lang)
    except ConfigError:
        return spoken()  # what is wrong with the file is told where it is used


def text_of(root: Path) -> str:
    """Return the file of a folder, "" where there is none; `OSError` and `UnicodeDecodeError` as for reading."""
    path = root / FILE
    return path.read_text("utf-8") if path.exists() else ""


def said(root: Path, text: str) -> Folder:
    """Return a folder with the settings that a text says; `tomllib.TOMLDecodeError` where it is no TOML."""
    return Folder(root, Config(**_values(tomllib.loads(text))))


def without_unknown(text: str, jobs: Iterable[str]) -> tuple[str, list[str]]:
    """Return the file with the keys that are no longer used made comments, and which they are."""
    known = {(f.metadata["section"], f.name) for f in file_keys()} | {(WATCH, job) for job in jobs}
    section, lines, gone = "", [], []
    for line in text.splitlines():
        if head := _SECTION.match(line):
            section = head[1]
        if (name := _KEY.match(line)) and (section, name[1]) not in known:
            gone.append(f"[{section}] {name[1]}")
            line = f"# {line}"  # noqa: PLW2901 - the line as it is kept
        lines.append(line)
    return "\n".join([*lines, ""]), gone


_SECTION, _KEY = re.compile(r"\s*\[([\w.-]+)\]"), re.compile(r"\s*([\w-]+)\s*=")


def cache_folder() -> Path:
    """Return this user's folder for what can be made again at any time; nothing of a clue is kept there."""
    given = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "cluebook"


def file_keys() -> tuple[Field[Any], ...]:
    """Return the keys of the file, without the times of the jobs."""
    own = (f for f in fields(Config) if f.metadata["section"] not in {MAIL, WATCH})
    return (*own, *fields(Mail))


def starting_text(lang: Lang, jobs: Iterable[tuple[str, Sequence[str], Text]]) -> str:
    """Return the file of a new office: every key and every job with its default and what it does."""
    keys = [(f.name, f.metadata) for f in file_keys()]
    told = [(m["section"], name, lang if name == "lang" else m["default"], m["help"]) for name, m in keys]
    told += [(WATCH, job, tuple(times), does) for job, times, does in jobs]
    lines: list[str] = []
    for section, entries in groupby(told, key=itemgetter(0)):
        lines += ["", f"[{section}]"]
        for _, name, value, does in entries:
            lines += [f"# {does.in_(lang)}", f"{name} = {_as_toml(value)}"]
    return "\n".join(lines).strip() + "\n"


def _as_toml(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return f"[{', '.join(map(_as_toml, value))}]" if isinstance(value, tuple) else str(value)


_SEE = Text(
    "请参照安装手册改正，或删去该文件以用默认值。", "See the manual, or delete the file to use the defaults."
)


def _values(sections: Mapping[str, Any]) -> dict[str, Any]:
    known = {(f.metadata["section"], f.name): f for f in file_keys()}
    values: dict[str, Any] = {}
    mail: dict[str, Any] = {}
    for section, entries in sections.items():
        if section == WATCH and isinstance(entries, dict):
            values[WATCH] = {name: _times(name, value) for name, value in entries.items()}
            continue
        for name, value in (entries if isinstance(entries, dict) else {"": entries}).items():
            if (section, name) not in known:
                wrong = Text("没有 [{section}] {name} 这一项。", "There is no key {name} in [{section}].")
                raise ConfigError(_problem(section, name, wrong.fill(section=section, name=name)))
            (mail if section == MAIL else values)[name] = _value(known[section, name], value)
    return {**values, MAIL: Mail(**mail)}


def _value(declared: Field[Any], value: object) -> object:
    """Return a value that fits its key; it is not repeated in the message where it does not."""
    section, choices = declared.metadata["section"], declared.metadata["choices"]
    if type(value) is not type(declared.metadata["default"]):
        wanted = Text("应为文字。", "It must be text.")
        if isinstance(declared.metadata["default"], int):
            wanted = Text("应为不加引号的整数。", "It must be a whole number without quotation marks.")
        raise ConfigError(_problem(section, declared.name, wanted))
    if choices and value not in choices:
        shown = join([same(choice) if choice else Text("留空", "blank") for choice in choices])
        wanted = Text("应为：{choices}。", "It must be one of: {choices}.").fill(choices=shown)
        raise ConfigError(_problem(section, declared.name, wanted))
    return value


def _times(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    wanted = Text('应为时间列表，如 ["08:30"]。', 'It must be a list of times, like ["08:30"].')
    raise ConfigError(_problem(WATCH, name, wanted))


def _problem(section: str, name: str, wrong: Text) -> Problem:
    return Problem("config_key", Place(file=FILE, column=f"[{section}] {name}"), wrong, _SEE)
