"""Converting by LibreOffice, under a profile of its own so that it never meets the one the user has open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from cluebook.libreoffice import bridge
from cluebook.pdf import process
from cluebook.pdf.process import Ended

_PROFILE = Path(__file__).with_name("profile.xcu")
"""Keeps LibreOffice from fetching or running what a document from outside may ask for."""
_FONTS = Path(__file__).with_name("fonts.conf")
"""Says which fonts of a Linux machine stand in for those of Chinese official documents."""


def is_here() -> bool:
    """Return whether LibreOffice is on this machine."""
    return bridge.program() is not None


def convert(copies: Sequence[Path]) -> Ended:
    """Convert documents in one start of LibreOffice, each to a PDF beside it."""
    folder = copies[0].parent
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_PROFILE, profile / "user" / "registrymodifications.xcu")
    command = [
        str(bridge.program()),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nologo",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        *map(str, copies),
    ]
    environment = {**os.environ}
    if os.name == "posix":
        environment.setdefault("FONTCONFIG_FILE", str(_FONTS))
    return process.run(command, [copy.with_suffix(".pdf") for copy in copies], environment)
