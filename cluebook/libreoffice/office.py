"""A LibreOffice without a window: started with a profile of its own, or one that already runs."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluebook.libreoffice.bridge import is_gone, program, prop, refusal, uno
from cluebook.text import Text, same

PATIENCE = 60.0
"""Seconds an office may take to start; a busy computer's first start is slow."""

OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", "--nolockcheck")
"""How an office is started that nobody looks at."""
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Input">
<prop oor:name="ReplaceCellsWarning" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""
"""The profile of an office we start: pasting over cells asks nobody, for nobody is there to answer."""

NO_OFFICE = Text(
    "本机没有安装 LibreOffice（找不到 soffice）。",
    "LibreOffice is not installed on this computer (no soffice).",
)
NO_OFFICE_FIX = Text("请先安装 LibreOffice。", "Install LibreOffice first.")
NOT_STARTED = Text(
    "LibreOffice 在 {seconds} 秒内没有启动。", "LibreOffice did not start within {seconds} seconds."
)
NOT_STARTED_FIX = Text("请关闭其他程序后再试。", "Close other programs and try again.")
NO_ANSWER = Text("此地址没有正在运行的 LibreOffice。", "No LibreOffice answers at this address.")
NO_ANSWER_FIX = Text(
    "请用 --accept 参数启动 LibreOffice，并核对地址。",
    "Start LibreOffice with --accept, and check the address.",
)


@dataclass(slots=True)
class Office:
    """One LibreOffice: its address, the way in, and its process where we started it."""

    url: str
    context: Any
    process: subprocess.Popen[bytes] | None = None
    profile: Path | None = None
    desktop: Any = field(init=False)

    def __post_init__(self) -> None:
        """Reach the desktop, from which every document is reached."""
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:  # noqa: ANN401 - any service of the office
        """Return a new instance of one of the office's services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        if self.process is not None:
            return self.process.poll() is None
        try:
            return bool(self.desktop.Components is not None)
        except Exception as error:
            if is_gone(error):
                return False
            raise

    @property
    def version(self) -> str:
        """LibreOffice's own version, such as 7.4.7.2."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        place = (prop("nodepath", "/org.openoffice.Setup/Product"),)
        reader = "com.sun.star.configuration.ConfigurationAccess"
        return str(provider.createInstanceWithArguments(reader, place).ooSetupVersionAboutBox)

    def end(self) -> None:
        """End an office we started, at once, and remove its profile; leave any other running."""
        if self.process is None:
            return
        _stop(self.process)
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)


def start() -> Office:
    """Return a new office without a window.

    Raises:
        RefusedError: LibreOffice or its Python interface is missing, or it does not start.
    """
    uno()
    command = program()
    if command is None:
        raise refusal("office_missing", NO_OFFICE, NO_OFFICE_FIX)
    pipe = f"cluebook{uuid.uuid4().hex[:12]}"
    profile = Path(tempfile.mkdtemp(prefix="cluebook-office-"))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    own = (f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;")
    process = subprocess.Popen(  # noqa: S603 - the program LibreOffice installed
        [command, *OPTIONS, *own],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    try:
        return Office(url, _reach(url, process), process, profile)
    except BaseException:
        _stop(process)
        shutil.rmtree(profile, ignore_errors=True)
        raise


def reach(url: str) -> Office:
    """Return the office that runs and accepts at `url`.

    Raises:
        RefusedError: none answers there.
    """
    full = url if url.startswith("uno:") else f"uno:{url.rstrip(';')};urp;StarOffice.ComponentContext"
    try:
        return Office(full, _resolver().resolve(full))
    except Exception:  # noqa: BLE001 - a wrong address fails in as many ways as a missing office
        raise refusal("office_missing", NO_ANSWER, NO_ANSWER_FIX) from None


def _resolver() -> Any:  # noqa: ANN401 - a service of the office
    local = uno().getComponentContext()
    return local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)


def _reach(url: str, process: subprocess.Popen[bytes]) -> Any:  # noqa: ANN401 - the office's context
    resolver, started = _resolver(), time.monotonic()
    while time.monotonic() - started < PATIENCE and process.poll() is None:
        try:
            return resolver.resolve(url)
        except Exception as error:
            if not is_gone(error):
                raise
            time.sleep(0.05)
    wrong = NOT_STARTED.fill(seconds=same(round(PATIENCE)))
    raise refusal("office_missing", wrong, NOT_STARTED_FIX)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started: ``soffice`` is a script that starts the office proper."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
    else:
        process.kill()
    process.wait()
