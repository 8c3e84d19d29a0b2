"""Large ledgers read, changed and flagged, by cluebook and by what else writes workbooks, each in its own process.

``read`` is every cell of the clues. ``patch`` is 1,500 cells changed and 200 events appended, from file to file; its
limit is to read the file, unpack, sum, look through and pack the two worksheets it touches, and write. ``save`` is the
same with all that makes it safe: proof, backup, syncs. ``overdue --flag`` is the whole command, from the start of its
process: once on a ledger as the program left it, once on one that somebody changed and saved since.

Seconds are those of the processor, so that nothing else the machine does tilts a ratio.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from benches.figure import Figure, Run, figure_of, run  # noqa: E402 - found by the line above
from benches.large import DAY, LATE  # noqa: E402

SMALL, SIZES = (10_000,), (10_000, 100_000)
EVENTS = 200
_FLAGS: dict[str, str | int] = {"预警级别": "逾期", "逾期类型": "办理逾期", "逾期工作日": 1}
_OTHERS = ("wolfxl", "rustypyxl")
_LARGE = 50_000
"""From here on one round has to do: openpyxl takes minutes."""

Laps = dict[str, float]


def figures(sizes: tuple[int, ...] = SIZES) -> list[Figure]:
    """Measure on a ledger of each size; say which engines are not installed."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for clues in sizes:
            ledger = Path(folder) / f"{clues}" / "ledger.xlsx"
            ledger.parent.mkdir()
            run([str(ROOT / "scripts" / "benches" / "large.py"), str(ledger), str(clues)])
            found += _measured(ledger, clues)
    return found


def _measured(ledger: Path, clues: int) -> list[Figure]:
    """Measure every engine in turn, round by round."""
    engines = ["cluebook", "limit", "openpyxl", "openpyxl read_only", *filter(_is_installed, _OTHERS)]
    runs: dict[tuple[str, str], list[Run]] = {}
    for _ in range(1 if clues >= _LARGE else 3):
        for engine in engines:
            for case, one in _round(engine, ledger):
                runs.setdefault((case, engine), []).append(one)
    ours = {
        case: statistics.median(seconds for seconds, _ in of)
        for (case, engine), of in runs.items()
        if engine == "cluebook"
    }
    return [
        figure_of(f"{case}, {clues} clues", engine, of, ours[case]) for (case, engine), of in runs.items()
    ]


def _round(engine: str, ledger: Path) -> Iterator[tuple[str, Run]]:
    """Return the cases that one engine ran, each with its seconds and the peak memory of its process."""
    for job in JOBS[engine]:
        with _copied(ledger) as copy:
            _, peak, printed = run([__file__, engine, job, str(copy)])
            for case, seconds in json.loads(printed).items():
                yield case, (seconds, peak)
    if engine == "openpyxl":  # whether somebody saved the file since makes no difference to it
        with _copied(ledger) as copy:
            seconds, (_, peak, _) = _timed(lambda: run([__file__, "flags", engine, str(copy)]))
            yield from ((case, (seconds, peak)) for case in _FLAGGED)
    if engine == "cluebook":
        for case, somebody in _FLAGGED.items():
            with _copied(ledger) as copy:
                run([*_flag(_WEEK_BEFORE), str(copy)])  # a ledger in use has been written before
                somebody(copy)
                seconds, (_, peak, _) = _timed(lambda: run([*_flag(DAY), str(copy)]))
                yield case, (seconds, peak)


def _flag(day: date) -> list[str]:
    return ["-m", "cluebook", "overdue", "--flag", "--json", "--as-of", f"{day}T08:30", "--ledger"]


def _saved_by_somebody(path: Path) -> None:
    """Change a cell of every tenth clue and save the file anew, all members packed otherwise than before."""
    run([__file__, "somebody", "saves", str(path)])


_WEEK_BEFORE = DAY - timedelta(days=7)
_FLAGGED: Mapping[str, Callable[[Path], None]] = {
    "overdue --flag": lambda _: None,
    "overdue --flag, saved by somebody since": _saved_by_somebody,
}


@contextmanager
def _copied(ledger: Path) -> Iterator[Path]:
    """Give a fresh copy of the ledger in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=ledger.parent) as folder:
        yield Path(shutil.copy(ledger, folder))


def _is_installed(name: str) -> bool:
    if importlib.util.find_spec(name):
        return True
    print(f"{name} is not installed: skipped", file=sys.stderr)
    return False


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor's seconds, those of the processes it waits for among them, and what the work gives."""
    begun = sum(os.times()[:4])
    result = work()
    return sum(os.times()[:4]) - begun, result


def _read(path: Path) -> Laps:
    from cluebook.books.file import FileBook

    return {"read": _timed(lambda: FileBook(path).grid("Clues"))[0]}


def _patch(path: Path) -> Laps:
    """Time the patch alone; what it is given was not read for it."""
    from cluebook.books.patch.archive import read_archive
    from cluebook.books.patch.parts import read_package
    from cluebook.books.patch.workbook import Append, patch
    from cluebook.ledger.book import CellEdit, NewRow

    def patched() -> None:
        package = read_package(read_archive(path.read_bytes()))
        clues, events = package.tables["Clues"], package.tables["Events"]
        step = (clues.last - clues.first + 1) // LATE
        edits = [
            CellEdit("Clues", clues.first + n * step, head, None, value)
            for n in range(LATE)
            for head, value in _FLAGS.items()
        ]
        rows = [
            NewRow("Events", {"序号": 10**6 + n, "操作人": "李海燕", "操作": "逾期"}) for n in range(EVENTS)
        ]
        with path.with_name("patched.xlsx").open("wb") as out:
            patch(package, edits, [Append(events, events.last + 1, rows)], datetime.now(UTC)).write(out)

    return {"patch": _timed(patched)[0]}


def _save(path: Path) -> Laps:
    from cluebook.books.file import FileBook
    from cluebook.ledger.book import CellEdit, NewRow

    book = FileBook(path)
    grid = book.grid("Clues")
    if grid is None:
        raise SystemExit("this is no ledger")
    step, spots = len(grid.rows) // LATE, {head: grid.header.index(head) for head in _FLAGS}
    edits = [
        CellEdit("Clues", grid.first + n * step, head, grid.rows[n * step][spots[head]], value)
        for n in range(LATE)
        for head, value in _FLAGS.items()
    ]
    rows = [NewRow("Events", {"序号": 10**6 + n, "操作人": "李海燕", "操作": "逾期"}) for n in range(EVENTS)]
    return {"save": _timed(lambda: book.write(edits, rows))[0]}


def _limit_read(path: Path) -> Laps:
    """Time unpacking what holds the cells of the clues."""
    from cluebook.books.patch.archive import read_archive

    def unpacked() -> None:
        archive = read_archive(path.read_bytes())
        for part in (_sheets(archive)[0], "xl/sharedStrings.xml"):
            for _ in archive.source(part)():
                pass

    return {"read": _timed(unpacked)[0]}


def _limit_patch(path: Path) -> Laps:
    """Time reading the file, unpacking, summing, looking through once and packing the touched worksheets, and writing."""
    from cluebook.books.deflate import deflater
    from cluebook.books.patch.archive import read_archive

    def touched() -> None:
        content = path.read_bytes()
        archive = read_archive(content)
        members = [archive.index[part] for part in _sheets(archive)]
        with path.with_name("limit.bin").open("wb") as out:
            for member in members:
                packer, seen = deflater().packer(), 0
                for piece in archive.pieces(member):
                    deflater().crc32(piece, 0)
                    seen += piece.count(b"<row")
                    out.write(packer.compress(piece))
                out.write(packer.flush())
            for member in archive.members:
                if member not in members:
                    out.writelines(archive.packed(member))

    return dict.fromkeys(("patch", "save"), _timed(touched)[0])


def _sheets(archive: Any) -> list[str]:  # noqa: ANN401 - imported where it is measured
    """Return the parts that hold the clues and the events."""
    from cluebook.books.patch.parts import read_package

    tables = read_package(archive).tables
    return [tables[name].sheet.part for name in ("Clues", "Events")]


def _openpyxl_read_only(path: Path) -> Laps:
    from openpyxl import load_workbook

    def read() -> int:
        book = load_workbook(path, read_only=True, data_only=True)
        return sum(1 for _ in book[_titles()[0]].iter_rows(values_only=True))

    return {"read": _timed(read)[0]}


def _titles() -> list[str]:
    """Return the titles of the sheets that hold the clues and the events."""
    from cluebook.domain.clue import Clue
    from cluebook.domain.records import Event
    from cluebook.ledger.tables import table_of

    return [table_of(record).title.zh for record in (Clue, Event)]


def _somebody_saves(path: Path) -> Laps:
    """Save a ledger as a person would who changed the remarks of every tenth clue."""
    import zipfile

    from cluebook.books.patch.archive import read_archive
    from cluebook.books.patch.parts import read_package
    from cluebook.books.patch.workbook import patch
    from cluebook.ledger.book import CellEdit

    package = read_package(read_archive(path.read_bytes()))
    clues = package.tables["Clues"]
    edits = [
        CellEdit("Clues", row, "备注", None, f"手改 {row}") for row in range(clues.first, clues.last + 1, 10)
    ]
    changed = path.with_name("changed.xlsx")
    with changed.open("wb") as out:
        patch(package, edits, [], datetime.now(UTC)).write(out)
    with (
        zipfile.ZipFile(changed) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.infolist():
            with old.open(entry) as source, new.open(entry.filename, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
    changed.unlink()
    return {}


def _other_save(load: Callable[[Path], Any]) -> Callable[[Path], Laps]:
    """Return what times a library that reads a whole workbook and saves it whole."""

    def timed(path: Path) -> Laps:
        reading, book = _timed(lambda: load(path))

        def change() -> None:
            clues, events = (book[title] for title in _titles())
            head = {clues.cell(3, n).value: n for n in range(1, clues.max_column + 1)}
            step = (clues.max_row - 3) // LATE
            for n in range(LATE):
                for name, value in _FLAGS.items():
                    clues.cell(4 + n * step, head[name]).value = value
            last = events.max_row
            for n in range(1, EVENTS + 1):
                events.cell(last + n, 1).value = 10**6 + n
                events.cell(last + n, 3).value = "李海燕"
                events.cell(last + n, 4).value = "逾期"
            book.save(str(path))

        changing, _ = _timed(change)
        return {"read": reading, "patch": reading + changing, "save": reading + changing}

    return timed


def _load_openpyxl(path: Path) -> Any:  # noqa: ANN401 - a workbook of that library
    from openpyxl import load_workbook

    return load_workbook(path)


def _load_wolfxl(path: Path) -> Any:  # noqa: ANN401 - a workbook of that library
    return importlib.import_module("wolfxl").load_workbook(str(path), modify=True)


def _load_rustypyxl(path: Path) -> Any:  # noqa: ANN401 - a workbook of that library
    return importlib.import_module("rustypyxl").load_workbook(str(path))


def _openpyxl_flags(path: Path) -> Laps:
    """Do the job of ``overdue --flag`` with openpyxl, as a short script would: the same cells, the same events."""
    book = _load_openpyxl(path)
    clues, events = (book[title] for title in _titles())
    head = {cell.value: cell.column - 1 for cell in clues[3]}
    for row in clues.iter_rows(min_row=4):
        due = row[head["完成期限"]].value
        if row[head["状态"]].value == "处理中" and due and due.date() <= DAY - timedelta(days=1):
            for name, value in _FLAGS.items():
                row[head[name]].value = value
            events.append([events.max_row, DAY, "cluebook", "逾期", row[head["线索编号"]].value])
    table = events.tables["Events"]
    table.ref = f"{table.ref.partition(':')[0]}:{events.cell(events.max_row, events.max_column).coordinate}"
    table.autoFilter.ref = table.ref
    book.save(path)
    return {}


JOBS: Mapping[str, Mapping[str, Callable[[Path], Laps]]] = {
    "cluebook": {"read": _read, "patch": _patch, "save": _save},
    "limit": {"read": _limit_read, "patch": _limit_patch},
    "openpyxl": {"save": _other_save(_load_openpyxl)},
    "openpyxl read_only": {"read": _openpyxl_read_only},
    "wolfxl": {"save": _other_save(_load_wolfxl)},
    "rustypyxl": {"save": _other_save(_load_rustypyxl)},
    "flags": {"openpyxl": _openpyxl_flags},
    "somebody": {"saves": _somebody_saves},
}


if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]][sys.argv[2]](Path(sys.argv[3]))))
