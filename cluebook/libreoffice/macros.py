"""Macros of a workbook, run by the office's own Basic, and only where the engine was told that they may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cluebook.libreoffice.areas import unquoted
from cluebook.libreoffice.bridge import refusal
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.apps import App

OFF = Text("宏已停用。", "Macros are off.")
OFF_FIX = Text(
    "请仅对可信的工作簿使用 activate(macros=True)。",
    "Use activate(macros=True), for workbooks you trust only.",
)
MISSING = Text("工作簿中没有这个宏。", "The workbook has no such macro.")
MISSING_FIX = Text("请检查宏名称。", "Check the name of the macro.")


def run(app: App, macro: str, args: Sequence[Any]) -> Any:  # noqa: ANN401 - what the macro takes and gives
    """Return what a macro gives: one of the active workbook, or of the one named before ``!``.

    Raises:
        RefusedError: macros are off, or there is no such macro.
    """
    if not app.macros_allowed:
        raise refusal("macros_off", OFF, OFF_FIX)
    home, _, name = macro.rpartition("!")
    book = app.books(unquoted(home)) if home else app.books.active
    place = next(_places(book.xl.BasicLibraries, name), None) if book else None
    if book is None or place is None:
        raise refusal("macro_missing", MISSING, MISSING_FIX)
    script = book.xl.getScriptProvider().getScript(
        f"vnd.sun.star.script:{place}?language=Basic&location=document"
    )
    given = script.invoke(tuple(args), (), ())[0]
    # A Sub gives nothing; xlwings tells its callers so by an empty text wherever it is not on Windows.
    return "" if given is None else given


def _places(libraries: Any, macro: str) -> Iterator[str]:  # noqa: ANN401 - the office's own libraries
    """Yield where the macro stands, by library, module and name."""
    module, _, name = macro.rpartition(".")
    begins = re.compile(rf"(?im)^\s*(?:public\s+)?(?:sub|function)\s+{re.escape(name)}\b")
    for library in libraries.ElementNames:
        if not libraries.isLibraryLoaded(library):
            libraries.loadLibrary(library)
        held = libraries.getByName(library)
        for other in held.ElementNames:
            if other.casefold() == module.casefold() or (not module and begins.search(held.getByName(other))):
                yield f"{library}.{other}.{name}"
