"""The closed workbook: read from its bytes, written by a patch, saved so that one whole ledger always exists."""

from __future__ import annotations

import contextlib
import functools
import io
import time as clock
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cluebook.books import saving, stamp
from cluebook.books.admission import admit
from cluebook.books.cells import alike, value_of
from cluebook.books.collector import collector_held
from cluebook.books.lock import LOOK_AGAIN, beside, held
from cluebook.books.owners import owner
from cluebook.books.patch.archive import DamageError, read_archive
from cluebook.books.patch.parts import Package, Table, read_package
from cluebook.books.patch.proof import is_written
from cluebook.books.patch.workbook import Append, patch
from cluebook.books.problems import open_elsewhere, problem
from cluebook.books.thinning import Highest, Without, spread, thinned
from cluebook.errors import BusyError, ChangedError, DiskError, Place, RefusedError, SchemaError
from cluebook.ledger.book import CellEdit, Grid, NewRow
from cluebook.text import same

if TYPE_CHECKING:
    from filelock import FileLock
    from python_calamine import CalamineWorkbook

_LOCK_PATIENCE = 30.0
_MISSING_PATIENCE = 5.0
_PAUSE = 0.05


class FileBook:
    """A workbook that nobody has open; see `Book` for what it promises."""

    def __init__(self, path: Path) -> None:
        """Name the workbook; it is read when something of it is asked for."""
        self.path = path
        self._content = self._saved = b""
        self._package: Package | None = None
        self._reader: CalamineWorkbook | None = None
        self._wishes: Sequence[Without | Highest] = ()
        self._kept: dict[str, list[int]] = {}
        self._grids: dict[str, Grid] = {}
        self._lock: FileLock | None = None

    @property
    def name(self) -> str:
        """The file name, for messages."""
        return self.path.name

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Hold the workbook against every other cluebook; what was read before is forgotten."""
        with self._held():
            self._forget()
            with saving.disk_errors(self.path):
                saving.sweep(self.path.resolve())
            yield

    def tables(self) -> tuple[str, ...]:
        """Return the names of the workbook's tables."""
        return tuple(self._read().tables)

    def defines(self, name: str) -> bool:
        """Return whether the workbook has this defined name."""
        return name in self._read().names

    @property
    def package(self) -> Package:
        """The workbook's parts."""
        return self._read()

    @property
    def content(self) -> bytes:
        """The file as it was read."""
        self._read()
        return self._content

    def recast(self, content: bytes) -> None:
        """Have the workbook read as this from now on, and saved so with the next writing."""
        before = self.content
        self._forget()
        self._content, self._saved = content, before
        self._package = read_package(read_archive(content))

    def leave_out(self, wishes: Sequence[Without | Highest]) -> None:
        """Have rows that do not matter read as blank ones, until the workbook is opened or written again."""
        self._wishes = wishes

    def grid(self, table: str) -> Grid | None:
        """Return the cells of one table, ``None`` when there is no such table."""
        found = self._read().tables.get(table)
        if found is None:
            return None
        if table not in self._grids:
            self._grids[table] = self._grid(found)
        return self._grids[table]

    def write(self, edits: Sequence[CellEdit], rows: Sequence[NewRow]) -> None:
        """Make all these changes and save, or none of them and raise."""
        if not edits and not rows:
            return
        with self._held():
            if holder := owner(self.path):
                raise BusyError(open_elsewhere(self.name, holder))
            package = self._read()
            for edit in edits:
                self._refuse_changed(edit)
            appends = self._appends(rows)
            with collector_held():
                self._save(package, edits, appends)
            self._forget()

    def _save(self, package: Package, edits: Sequence[CellEdit], appends: Sequence[Append]) -> None:
        try:
            patched = patch(package, edits, appends, datetime.now().astimezone())
        except DamageError:
            raise RefusedError(problem("part_damaged", Place(file=self.name))) from None

        def write(out: BinaryIO) -> saving.Proof:
            return functools.partial(is_written, ending=patched.write(out), patched=patched)

        saving.save(self.path, self._saved or self._content, write)

    def replace_by(self, content: bytes) -> None:
        """Put other content, such as a backup's, in the place of the whole file; the old one is kept."""
        with self._held():
            if holder := owner(self.path):
                raise BusyError(open_elsewhere(self.name, holder))
            saving.save(self.path, self._on_disk(), saving.whole(content))
            self._forget()

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the lock, got in one's turn: whoever comes back at once waits behind those who wait already."""
        from filelock import FileLock, Timeout

        home = self.path.resolve()
        if self._lock is None:
            if not home.parent.is_dir():
                raise RefusedError(problem("ledger_missing", Place(file=self.name)))
            with saving.disk_errors(self.path):
                beside(home, "lock").parent.mkdir(exist_ok=True)
            self._lock = FileLock(beside(home, "lock"), timeout=_LOCK_PATIENCE)
        turn = contextlib.nullcontext(True) if self._lock.is_locked else held(home, "turn", _LOCK_PATIENCE)
        try:
            with turn as mine:
                self._lock.acquire(timeout=None if mine else 0, poll_interval=LOOK_AGAIN)
        except Timeout:
            raise BusyError(problem("ledger_locked", Place(file=self.name))) from None
        except OSError as error:
            raise DiskError(saving.disk_problem(self.path, error)) from None
        try:
            yield
        finally:
            self._lock.release()

    def _forget(self) -> None:
        self._content = self._saved = b""
        self._package = self._reader = None
        self._wishes, self._kept = (), {}
        self._grids = {}

    def _read(self) -> Package:
        """Return the workbook's parts, from the disk the first time."""
        if self._package is None:
            with saving.disk_errors(self.path):
                self._content = self._on_disk()
            admit(self._content, self.path, cells=not self._wishes)
            try:
                self._package = read_package(read_archive(self._content))
            except DamageError:
                raise RefusedError(problem("part_damaged", Place(file=self.name))) from None
            self._refuse_newer(self._package.names)
        return self._package

    def _refuse_newer(self, names: Mapping[str, str]) -> None:
        """Refuse a ledger that a later version of the program made: what that put there would not be understood."""
        held = stamp.read_stamp(names.get(stamp.NAME))
        if stamp.is_newer(held):
            version = same(stamp.version_in(held or ""))
            raise RefusedError(problem("ledger_newer", Place(file=self.name), version=version))

    def _on_disk(self) -> bytes:
        """Return the file's bytes; Excel deletes and renames as it saves, so a missing file gets a moment."""
        deadline = clock.monotonic() + _MISSING_PATIENCE
        while True:
            try:
                return self.path.read_bytes()
            except FileNotFoundError:
                if clock.monotonic() > deadline:
                    raise RefusedError(problem("ledger_missing", Place(file=self.name))) from None
                clock.sleep(_PAUSE)

    def _grid(self, table: Table) -> Grid:
        with self._reader_errors(), collector_held():
            rows = [
                tuple([cell if type(cell) is str and cell else value_of(cell) for cell in row])
                for row in self._raw_rows(table)
            ]
        if table.name in self._kept:
            rows = spread(rows, self._kept[table.name], table)
        while rows and all(value is None for value in rows[-1]):
            rows.pop()
        return Grid(table.sheet.title, table.columns, table.first, tuple(rows))

    @contextlib.contextmanager
    def _reader_errors(self) -> Iterator[None]:
        """Refuse what the fast reader cannot read; its panics are no `Exception`, its words may hold cells."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # noqa: BLE001
            raise RefusedError(problem("part_damaged", Place(file=self.name))) from None

    def _raw_rows(self, table: Table) -> Iterator[list[Any]]:
        """Return the rows of a table's rectangle as the reader gives them."""
        sheet = self._calamine().get_sheet_by_name(table.sheet.title)
        if sheet.start is None:
            return
        skipped = table.area.left - 1 - sheet.start[1]
        width = len(table.columns)
        for row in islice(sheet.iter_rows(), table.first - 1, table.last):
            if skipped == 0 and len(row) == width:
                yield row
            else:
                padded = [None] * -skipped + row[max(skipped, 0) :]
                yield (padded + [None] * width)[:width]

    def _calamine(self) -> CalamineWorkbook:
        """Return the fast reader over the bytes that the gate has passed."""
        from python_calamine import CalamineWorkbook

        if self._reader is None:
            package, content = self._read(), self._content
            if self._wishes:
                content, self._kept = thinned(package, self._wishes)
                admit(content, self.path)
            self._reader = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return self._reader

    def _refuse_changed(self, edit: CellEdit) -> None:
        """Refuse an edit of a cell that no longer holds what the edit was made for."""
        grid = self._known(edit.table)
        place = Place(grid.sheet, edit.row, edit.column, self.name)
        if edit.column not in grid.header:
            raise SchemaError(problem("column_missing", place))
        at = edit.row - grid.first
        now = grid.rows[at][grid.header.index(edit.column)] if 0 <= at < len(grid.rows) else ...
        if now is ... or not alike(now, edit.before):
            raise ChangedError(problem("ledger_changed", place))

    def _appends(self, rows: Sequence[NewRow]) -> list[Append]:
        """Return the new rows table by table; they begin where a table's last row that is not blank ends."""
        by_table: dict[str, list[NewRow]] = {}
        for row in rows:
            grid = self._known(row.table)
            for column in row.values.keys() - set(grid.header):
                raise SchemaError(problem("column_missing", Place(grid.sheet, None, column, self.name)))
            by_table.setdefault(row.table, []).append(row)
        tables = self._read().tables
        grids = {name: self._known(name) for name in by_table}
        return [
            Append(tables[name], grids[name].first + len(grids[name].rows), new)
            for name, new in by_table.items()
        ]

    def _known(self, table: str) -> Grid:
        grid = self.grid(table)
        if grid is None:
            raise SchemaError(problem("table_missing", Place(file=self.name), table=same(table)))
        return grid
