"""What each system's scheduler is told starts one look, whatever letters stand in the path of the ledger."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cluebook.errors import UsageError
from cluebook.watch.registration import (
    SYSTEMS,
    for_cron,
    for_launchd,
    for_systemd,
    for_windows,
    post_of,
    spelt,
    with_line,
)

NASTY = ["office", "线索 台账", "50% of $HOME `x` & co", 'it\'s "quoted"', "back\\slash; #1", "%h %i %%"]
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX systems")
NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def post(ledger, system="systemd", python="/opt/python 3/bin/python3"):
    return post_of(python, str(ledger), "/home/wang", system)


def unquoted(words):
    """The words of an ExecStart line, as systemd takes them."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', words)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in found]


@pytest.mark.parametrize("folder", NASTY)
def test_systemd_is_told_the_very_words(folder):
    told = post(f"/srv/{folder}/ledger.xlsm")
    service, timer = (content.decode() for content in for_systemd(told).files.values())
    (started,) = re.findall("^ExecStart=(.*)$", service, re.MULTILINE)
    assert unquoted(started) == list(told.command)
    assert "OnCalendar=*:0/10\nPersistent=true" in timer


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("folder", NASTY[:4])
def test_systemd_finds_no_fault_in_what_it_is_told(tmp_path, folder):
    office = tmp_path / folder
    office.mkdir()
    made = for_systemd(post(office / "ledger.xlsm", python=sys.executable))
    units = [tmp_path / path.name for path in made.files]
    for unit, content in zip(units, made.files.values(), strict=True):
        unit.write_bytes(content)
    checked = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@POSIX_ONLY
@pytest.mark.parametrize("folder", NASTY)
def test_the_line_for_cron_starts_the_look_in_the_folder_of_the_ledger(tmp_path, folder):
    office = tmp_path / folder
    office.mkdir()
    told = tmp_path / "told"
    python = tmp_path / "a python's"
    python.write_text(f'#!/bin/sh\npwd > "{told}"\nfor word in "$@"; do echo "$word"; done >> "{told}"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    line = for_cron(post(office / "ledger.xlsx", python=str(python))).crontab
    times, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert times == ["*/10", "*", "*", "*", "*"]
    assert not re.search(r"(?<!\\)%", command)  # there cron would end the command
    subprocess.run(["/bin/sh", "-c", command.replace(r"\%", "%")], check=True)
    assert told.read_text().splitlines() == [
        str(office),
        "-P",
        "-m",
        "cluebook.watch",
        str(office / "ledger.xlsx"),
    ]


def test_a_crontab_keeps_its_other_lines_and_has_one_for_each_ledger():
    one, other = (for_cron(post(f"/srv/{name}/ledger.xlsm")).crontab for name in ("a", "b"))
    held = "MAILTO=wang\n0 1 * * * true\n"
    both = with_line(with_line(held, one), other)
    assert both == held + one + "\n" + other + "\n"
    assert with_line(both, one) == held + other + "\n" + one + "\n"


@pytest.mark.parametrize("folder", [*NASTY[:3], "R&D <x>"])
def test_the_task_for_windows_keeps_to_the_order_in_which_windows_exports_one(folder):
    told = post(f"D:\\{folder}\\ledger.xlsm", "windows", "C:\\Program Files\\Python\\python.exe")
    made = for_windows(told)
    ((file, content),) = made.files.items()
    assert str(file).startswith(f"D:\\{folder}\\.cluebook\\")
    assert content.startswith(b"\xff\xfe")
    task = ET.fromstring(content)
    assert [part.tag.removeprefix(NAMESPACE) for part in task] == [
        "RegistrationInfo", "Triggers", "Principals", "Settings", "Actions",
    ]  # fmt: skip
    trigger = task.find(f"{NAMESPACE}Triggers/{NAMESPACE}CalendarTrigger")
    sequence = [
        "Repetition",
        "StartBoundary",
        "EndBoundary",
        "ExecutionTimeLimit",
        "Enabled",
        "ScheduleByDay",
    ]
    tags = [part.tag.removeprefix(NAMESPACE) for part in trigger]
    assert sorted(tags, key=sequence.index) == tags
    action = {
        part.tag.removeprefix(NAMESPACE): part.text for part in task.iter(f"{NAMESPACE}Exec").__next__()
    }
    assert action["Command"] == "C:\\Program Files\\Python\\pythonw.exe"  # no window every ten minutes
    assert action["WorkingDirectory"] == f"D:\\{folder}"
    assert action["Arguments"] == f"-P -m cluebook.watch {spelt((str(told.ledger),), 'windows')}"
    ((*register, _force),) = made.register
    assert register == ["schtasks", "/Create", "/TN", told.name, "/XML", str(file)]


@pytest.mark.parametrize("folder", NASTY)
def test_launchd_is_told_the_very_words(folder):
    told = post(f"/Users/wang/{folder}/ledger.xlsm")
    ((file, content),) = for_launchd(told).files.items()
    plist = plistlib.loads(content)
    assert str(file) == f"/home/wang/Library/LaunchAgents/{told.name}.plist"
    assert plist["ProgramArguments"] == list(told.command)
    assert (plist["Label"], plist["StartInterval"], plist["RunAtLoad"]) == (told.name, 600, True)


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_ledger_has_a_task_of_its_own_in_plain_letters(system):
    names = {post(f"/srv/{folder}/ledger.xlsm", system).name for folder in NASTY}
    assert len(names) == len(NASTY)
    assert all(re.fullmatch("cluebook-watch-[0-9a-f]{8}", name) for name in names)


def test_a_path_with_a_control_character_is_refused():
    with pytest.raises(UsageError):
        post("/srv/a\nb/ledger.xlsm")


def test_the_script_only_shows_until_it_is_asked_to_install(tmp_path):
    script = Path(__file__).parents[2] / "scripts" / "register_watch.py"
    (tmp_path / "ledger.xlsx").write_bytes(b"")
    asked = [sys.executable, script, "--for", "systemd", "--folder", tmp_path]
    shown = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "ExecStart=" in shown.stdout
    assert "--install" in shown.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.xlsx"]
    lost = subprocess.run(
        [sys.executable, script, "--folder", tmp_path / "nowhere"], capture_output=True, text=True
    )
    assert lost.returncode == 2
