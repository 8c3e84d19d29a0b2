"""Having the system look after a ledger: what its own scheduler is to be told, for each kind of system.

Each scheduler starts one look every ten minutes; the look itself knows what is due. So nothing here has to change when
the times of a job do, and a night off is made up for on systems whose scheduler would not.
"""

from __future__ import annotations

import hashlib
import plistlib
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

from cluebook.errors import Place, Problem, UsageError
from cluebook.text import Text

MINUTES = 10
"""How often the system has a look."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where the watch is kept.

    Attributes:
        python: the interpreter that has cluebook.
        ledger: the ledger, by its full path.
        home: the folder of the user.
    """

    python: str
    ledger: PurePath
    home: PurePath

    @property
    def name(self) -> str:
        """What the task is called: in plain letters, and another one for each ledger."""
        return f"cluebook-watch-{hashlib.sha256(str(self.ledger).encode()).hexdigest()[:8]}"

    @property
    def command(self) -> tuple[str, ...]:
        """One look; nothing that happens to lie in the office's folder is taken for a part of the program (-P)."""
        return (self.python, "-P", "-m", "cluebook.watch", str(self.ledger))


@dataclass(frozen=True, slots=True)
class Registration:
    """What it takes to register a watch.

    Attributes:
        files: the files that the scheduler reads, by their place.
        register: the commands that register it.
        remove: the commands that end it.
        crontab: the line for the table of cron, where that is what counts.
        advice: what else there is to know.
    """

    files: Mapping[PurePath, bytes]
    register: tuple[tuple[str, ...], ...]
    remove: tuple[tuple[str, ...], ...]
    advice: Text
    crontab: str | None = None


def for_windows(post: Post) -> Registration:
    """Return a task for the Task Scheduler of Windows, run as the user who is logged on."""
    python = PureWindowsPath(post.python)
    quiet = str(python.with_name("pythonw.exe")) if python.name.lower() == "python.exe" else post.python
    file = post.ledger.parent / ".cluebook" / f"{post.name}.xml"
    content = _task(quiet, post).encode("utf-16")
    register = ("schtasks", "/Create", "/TN", post.name, "/XML", str(file), "/F")
    remove = ("schtasks", "/Delete", "/TN", post.name, "/F")
    advice = Text(
        "任务以当前用户的身份运行，只在其登录期间运行。",
        "The task runs as the present user, while that user is logged on.",
    )
    return Registration({file: content}, (register,), (remove,), advice)


def for_systemd(post: Post) -> Registration:
    """Return a service and its timer for the user's own systemd."""
    folder = post.home / ".config" / "systemd" / "user"
    described = f"Cluebook watch over {post.ledger}".replace("%", "%%")
    service = (
        f"[Unit]\nDescription={described}\n\n"
        f"[Service]\nType=oneshot\nExecStart={' '.join(map(_systemd_word, post.command))}\n"
        f"WorkingDirectory={str(post.ledger.parent).replace('%', '%%')}\n"
        "KillMode=mixed\nTimeoutStopSec=120\nNice=5\n"
    )
    timer = (
        f"[Unit]\nDescription={described}\n\n"
        f"[Timer]\nOnCalendar=*:0/{MINUTES}\nPersistent=true\nAccuracySec=30s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )
    control = ("systemctl", "--user")
    return Registration(
        {folder / f"{post.name}.service": service.encode(), folder / f"{post.name}.timer": timer.encode()},
        ((*control, "daemon-reload"), (*control, "enable", "--now", f"{post.name}.timer")),
        ((*control, "disable", "--now", f"{post.name}.timer"),),
        Text(
            "要在没有人登录时也运行，请执行 loginctl enable-linger。",
            "For it to run while nobody is logged on: loginctl enable-linger.",
        ),
    )


def for_cron(post: Post) -> Registration:
    """Return a line for the user's table of cron, and commands to look at the table with."""
    look = f"cd {shlex.quote(str(post.ledger.parent))} && {shlex.join(post.command)}"
    # Cron takes a percent sign for the end of the command, whatever stands around it.
    line = f"*/{MINUTES} * * * * {look} >/dev/null 2>&1 # {post.name}".replace("%", r"\%")
    advice = Text(
        "用 crontab -e 删去以“{name}”结尾的一行，即可取消。",
        "To end it, delete the line that ends in “{name}” with crontab -e.",
    ).fill(name=post.name)
    return Registration({}, (), (), advice, line)


def for_launchd(post: Post) -> Registration:
    """Return an agent for the launchd of macOS."""
    file = post.home / "Library" / "LaunchAgents" / f"{post.name}.plist"
    told = {
        "Label": post.name,
        "ProgramArguments": list(post.command),
        "WorkingDirectory": str(post.ledger.parent),
        "StartInterval": MINUTES * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    advice = Text(
        "台账若在“文稿”“桌面”等受保护的文件夹中，须在“隐私与安全性”中允许 Python 访问。",
        "If the ledger is in a protected folder, such as Documents, allow Python to use it under Privacy & Security.",
    )
    return Registration(
        {file: plistlib.dumps(told)},
        (("launchctl", "load", "-w", str(file)),),
        (("launchctl", "unload", "-w", str(file)),),
        advice,
    )


SYSTEMS: Mapping[str, Callable[[Post], Registration]] = {
    "windows": for_windows,
    "systemd": for_systemd,
    "cron": for_cron,
    "launchd": for_launchd,
}
"""How to register, by the name of the scheduler."""


def post_of(python: str, ledger: str, home: str, system: str) -> Post:
    """Return where the watch is kept, by the ways in which the system writes paths.

    Raises:
        UsageError: the path of the ledger holds what no scheduler can be told.
    """
    if any(ord(letter) < ord(" ") for letter in ledger + python):
        wrong = Text("路径中有控制字符。", "The path holds a control character.")
        fix = Text("请把台账移到别的文件夹。", "Move the ledger to another folder.")
        raise UsageError(Problem("path_unusable", Place(), wrong, fix))
    path = PureWindowsPath if system == "windows" else PurePosixPath
    return Post(python, path(ledger), path(home))


def with_line(crontab: str, line: str) -> str:
    r"""Return a table of cron with a line of this watch, in the place of the one it has.

    >>> with_line("0 1 * * * a\n", "*/10 * * * * b # cluebook-watch-1")
    '0 1 * * * a\n*/10 * * * * b # cluebook-watch-1\n'
    """
    mark = line.rpartition(" ")[2]
    others = [held for held in crontab.splitlines() if not held.endswith(f"# {mark}")]
    return "\n".join([*others, line]) + "\n"


def spelt(command: tuple[str, ...], system: str) -> str:
    """Return a command as it is typed on a system."""
    return subprocess.list2cmdline(command) if system == "windows" else shlex.join(command)


def _systemd_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _task(python: str, post: Post) -> str:
    """Return the task in the words of the Task Scheduler's schema 1.2, in the order in which Windows exports it."""
    task = ET.Element("Task", version="1.2", xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task")
    _put(task, "RegistrationInfo", Description=f"Cluebook: {post.ledger}")
    trigger = ET.SubElement(ET.SubElement(task, "Triggers"), "CalendarTrigger")
    _put(trigger, "Repetition", Interval=f"PT{MINUTES}M", Duration="P1D", StopAtDurationEnd="false")
    _put(trigger, StartBoundary="2026-01-01T00:00:00", Enabled="true")
    _put(trigger, "ScheduleByDay", DaysInterval="1")
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", id="Author")
    _put(principal, LogonType="InteractiveToken", RunLevel="LeastPrivilege")
    _put(
        task,
        "Settings",
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        Enabled="true",
        ExecutionTimeLimit="PT1H",
    )
    actions = ET.SubElement(task, "Actions", Context="Author")
    arguments = subprocess.list2cmdline(post.command[1:])
    _put(actions, "Exec", Command=python, Arguments=arguments, WorkingDirectory=str(post.ledger.parent))
    ET.indent(task)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode")


def _put(parent: ET.Element, name: str | None = None, **texts: str) -> None:
    """Add elements with these texts to an element, or to a new one of a name in it."""
    inside = ET.SubElement(parent, name) if name else parent
    for tag, text in texts.items():
        ET.SubElement(inside, tag).text = text
