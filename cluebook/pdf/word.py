"""Converting by Word, in a hidden instance of our own, in a process that can be ended when Word hangs.

Written by the documentation of Word's interface and tested on a stand-in only: no Word was at hand.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cluebook.pdf import process
from cluebook.pdf.process import Ended

_TO_PDF = 17
_NO_ALERTS = 0
_NO_MACROS = 3
_DISCARD = 0


def is_here() -> bool:
    """Return whether Word is on this machine, by what Windows has registered."""
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID"))
    except OSError:
        return False
    return True


def convert(copies: Sequence[Path]) -> Ended:
    """Convert documents in one hidden Word, each to a PDF beside it."""
    told = copies[0].parent / "word.pid"
    command = [sys.executable, "-m", __name__, str(told), *map(str, copies)]
    ended = process.run(command, [copy.with_suffix(".pdf") for copy in copies], os.environ)
    if ended is not Ended.NORMALLY and told.is_file():
        process.end(int(told.read_text("ascii")))
    return ended


def export(copies: Sequence[Path], begin: Callable[[], Any], tell: Callable[[Any], None]) -> None:
    """Have a Word that `begin` starts export each document; one it cannot open is passed over.

    Args:
        copies: the documents.
        begin: starts a Word that nobody else uses.
        tell: notes which process a window of it belongs to, once there is one.
    """
    application = begin()
    try:
        application.Visible = False
        application.DisplayAlerts = _NO_ALERTS
        application.AutomationSecurity = _NO_MACROS
        for copy in copies:
            try:
                document = application.Documents.Open(
                    str(copy), ConfirmConversions=False, ReadOnly=True, AddToRecentFiles=False
                )
            except Exception:  # noqa: BLE001, S112 - Word names no errors; whether there is a PDF is looked at
                continue
            tell(document)
            document.ExportAsFixedFormat(str(copy.with_suffix(".pdf")), _TO_PDF)
            document.Close(_DISCARD)
    finally:
        application.Quit(_DISCARD)


def main(told: Path, copies: Sequence[Path]) -> None:
    """Export in this process, and leave the number of Word's process where it can be found."""
    from win32com.client import DispatchEx
    from win32process import GetWindowThreadProcessId

    def tell(document: Any) -> None:  # noqa: ANN401 - an object of Word
        with contextlib.suppress(Exception):  # then only this process is ended when Word hangs
            told.write_text(str(GetWindowThreadProcessId(document.ActiveWindow.Hwnd)[1]), "ascii")

    export(copies, lambda: DispatchEx("Word.Application"), tell)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
