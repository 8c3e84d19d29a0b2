"""xlwings on LibreOffice, for computers without Excel.

After `activate` everything is plain xlwings: ``xlwings.App``, books, sheets, ranges, tables. The office
has no window and a profile of its own; `join` works in one that already runs. Texts put into cells
become what Excel would make of them, and tables grow as Excel's do.
"""

from __future__ import annotations

import atexit
import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings

    from cluebook.libreoffice.alerts import Alert
    from cluebook.libreoffice.engine import Engine

__all__ = ["activate", "address", "answer", "join", "shown"]


def activate(*, macros: bool = False) -> xlwings.Engine:
    """Return the engine, made xlwings' active one.

    Args:
        macros: whether macros of the workbooks may run; only for workbooks that are trusted.

    Raises:
        RefusedError: LibreOffice's Python interface cannot be loaded.
    """
    import xlwings

    from cluebook.libreoffice.bridge import uno

    uno()
    engine = _engine()
    engine.macros_allowed = macros
    if engine.name not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.Engine(impl=engine))
    active = xlwings.engines[engine.name]
    active.activate()
    return active


def join(url: str) -> xlwings.App:
    """Return the office that runs and accepts at `url`, as xlwings' active app.

    Args:
        url: what ``soffice --accept`` was given, such as ``pipe,name=office`` or
            ``socket,host=localhost,port=2002``; or another process's `address`.

    Raises:
        RefusedError: no office answers there.
    """
    import xlwings

    if xlwings.engines.active is None or xlwings.engines.active.impl is not _engine():
        activate()
    return xlwings.App(impl=_engine().apps.join(url))


def address(app: xlwings.App) -> str:
    """Return the address at which another process can join an office."""
    return str(app.impl.office.url)


def answer(app: xlwings.App, *answers: str) -> None:
    """Give the answers to the questions an app's programs will ask, in order.

    Args:
        app: the office.
        answers: the buttons to press: ok, cancel, yes, no.
    """
    app.impl.alerts.answers.extend(answers)


def shown(app: xlwings.App) -> list[Alert]:
    """Return the messages an app has shown."""
    return list(app.impl.alerts.shown)


@functools.cache
def _engine() -> Engine:
    from cluebook.libreoffice.engine import Engine

    made = Engine()
    atexit.register(made.apps.end)
    return made
