"""The offices that run: each one is an app of xlwings."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import macros
from cluebook.libreoffice.alerts import Alerts
from cluebook.libreoffice.books import Books
from cluebook.libreoffice.bridge import guarded, program
from cluebook.libreoffice.office import Office, reach, start

if TYPE_CHECKING:
    from cluebook.libreoffice.engine import Engine
    from cluebook.libreoffice.ranges import Range

EXCEL = "16.0"
"""The version of Excel whose ways are followed; xlwings asks for one, LibreOffice's own is on the office."""


@guarded
class Apps(base_classes.Apps):
    """The offices, the one used last first."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self.engine = engine
        self.held: list[App] = []

    def __iter__(self) -> Iterator[App]:
        for app in [app for app in self.held if not app.office.alive]:
            app.kill()
        return iter(list(self.held))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, pid: int) -> App:
        for app in self:
            if app.pid == pid:
                return app
        raise KeyError(pid)

    def keys(self) -> list[int]:
        """Return the numbers of the offices."""
        return [app.pid for app in self]

    def add(
        self,
        spec: str | None = None,  # noqa: ARG002 - xlwings lets Excel be chosen by its path
        add_book: bool | None = None,
        xl: Any = None,  # noqa: ANN401, ARG002
        visible: bool | None = None,  # noqa: ARG002 - an office started here has no window
    ) -> App:
        """Return a new office, with a new workbook if asked."""
        app = self._hold(start())
        if add_book:
            app.books.add()
        return app

    def join(self, url: str) -> App:
        """Return the office that runs and accepts at `url`."""
        return self._hold(reach(url))

    def end(self) -> None:
        """End every office started here."""
        for app in self.held:
            app.office.end()
        self.held = []

    @staticmethod
    def cleanup() -> None:
        """Leave all as it is: an office that ended leaves nothing behind."""

    def _hold(self, office: Office) -> App:
        app = App(self, office)
        self.held.insert(0, app)
        return app


@guarded
class App(base_classes.App):
    """One office. What it has no screen for, such as the status bar, it keeps as it was set."""

    display_alerts: bool = True
    enable_events: bool = True
    interactive: bool = True
    visible: bool = False
    status_bar: str | bool = False
    startup_path: str = ""
    version: str = EXCEL

    def __init__(self, apps: Apps, office: Office) -> None:
        """Keep the office."""
        self.apps, self.office = apps, office
        self.engine = apps.engine
        self.macros_allowed = apps.engine.macros_allowed
        self.alerts = Alerts()
        self.copied: Range | None = None
        self.shapes: list[Any] = []
        self.homes: dict[Any, tuple[Any, dict[str, int]]] = {}
        self.moves = 0
        self._calculation, self._screen_updating = "automatic", True

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own desktop
        """The office's desktop."""
        return self.office.desktop

    xl = api

    @property
    def pid(self) -> int:
        """The number of its process, or for one that was joined a number its address gives."""
        return self.office.process.pid if self.office.process else zlib.crc32(self.office.url.encode())

    hwnd = pid

    @property
    def path(self) -> str:
        """The folder of the program."""
        return str(Path(program() or "").resolve().parent)

    @property
    def books(self) -> Books:
        """Its workbooks."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The cells selected in the active workbook."""
        book = self.books.active
        return book.selection if book else None

    @property
    def cut_copy_mode(self) -> str | None:
        """Whether something was copied and waits to be pasted."""
        return "copy" if self.copied else None

    @cut_copy_mode.setter
    def cut_copy_mode(self, value: bool) -> None:
        if not value:
            self.copied = None

    @property
    def calculation(self) -> str:
        """When formulas are calculated."""
        return self._calculation

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._calculation = value
        for book in self.books:
            book.xl.enableAutomaticCalculation(value != "manual")

    @property
    def screen_updating(self) -> bool:
        """Whether what changes is drawn at once, for which an office takes longer than for the change itself."""
        return self._screen_updating

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._screen_updating = bool(value)
        for book in self.books:
            book.draw(value)

    def calculate(self) -> None:
        """Calculate every formula."""
        for book in self.books:
            book.xl.calculateAll()

    def activate(self, steal_focus: bool = False) -> None:  # noqa: ARG002 - there is no window
        """Make it the one used last."""
        self.apps.held.remove(self)
        self.apps.held.insert(0, self)

    def run(self, macro: str, args: Sequence[Any]) -> Any:  # noqa: ANN401 - what the macro takes and gives
        """Return what a macro gives."""
        return macros.run(self, macro, args)

    def alert(
        self,
        prompt: str,
        title: str | None,
        buttons: str,
        mode: str | None,  # noqa: ARG002 - for xlwings' other engines
        callback: str | None,  # noqa: ARG002
    ) -> str:
        """Return the script's answer to a message."""
        return self.alerts.ask(prompt, title, buttons)

    def quit(self) -> None:
        """Close its workbooks without saving, and end it."""
        with contextlib.suppress(Exception):  # one that has ended already cannot say so
            for book in self.books:
                book.close()
            self.office.desktop.terminate()
        self.kill()

    def kill(self) -> None:
        """End it at once, if it was started here; leave an office that was joined."""
        self.office.end()
        self.apps.held = [app for app in self.apps.held if app is not self]
