"""Putting documents in their places, so that none stays there without its row, whenever the program dies.

Before the first document is placed, a note beside the ledger says which there will be, and by which event the trail
will tell of them. Once the rows are written, the note goes. A note that is found at the next start was left by a
program that died: where the trail tells of the event, the documents are whole; where it does not, they are taken back,
so that no document bears a number that is given again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cluebook.books.lock import beside
from cluebook.books.saving import disk_errors, write_whole
from cluebook.domain.records import Event
from cluebook.errors import DiskError, Place, Problem
from cluebook.ledger.ledger import Ledger
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Filing:
    """One document: whom it is about, where it goes, and its bytes."""

    subject: str
    path: Path
    content: bytes


@contextlib.contextmanager
def filed(papers: Sequence[Filing], ledger: Path, seal: str | None) -> Iterator[None]:
    """Have documents in their places while their rows are written inside; they go again when that fails.

    Args:
        papers: the documents.
        ledger: the ledger.
        seal: of an event by which the trail tells of the documents; without one no row does.

    Raises:
        DiskError: they cannot be written there.
    """
    if not papers:
        yield
        return
    note = beside(ledger, "papers")
    write_whole(note, _plain(papers, seal))
    try:
        _place(papers)
        yield
    except BaseException:
        _take_back([paper.path for paper in papers])
        raise
    finally:
        with contextlib.suppress(OSError):  # one that stays is understood at the next start
            note.unlink(missing_ok=True)


def settle(path: Path, ledger: Ledger) -> None:
    """Take back the documents of a program that died before their rows were written.

    Only what is still as that program left it is touched.

    Args:
        path: where the ledger stands.
        ledger: what it holds.
    """
    note = beside(path, "papers")
    if not note.exists():
        return
    with contextlib.suppress(ValueError, KeyError, TypeError):  # a note that does not read tells nothing
        told = json.loads(note.read_bytes())
        if not any(event.seal == told["seal"] for event in ledger.records(Event) if event.seal):
            _take_back([Path(paper) for paper, digest in told["papers"] if _is_still(Path(paper), digest)])
    with disk_errors(path):
        note.unlink()


def _plain(papers: Sequence[Filing], seal: str | None) -> bytes:
    listed = [[str(paper.path.resolve()), _digest(paper.content)] for paper in papers]
    return json.dumps({"seal": seal, "papers": listed}).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_still(path: Path, digest: str) -> bool:
    try:
        return _digest(path.read_bytes()) == digest
    except FileNotFoundError:  # it was not placed yet, but its folder may have been made
        return True
    except OSError:
        return False


def _place(papers: Sequence[Filing]) -> None:
    for paper in papers:
        try:
            _put(paper)
        except OSError:
            wrong = Text("文书不能写入此文件夹。", "The documents cannot be written to this folder.")
            fix = Text("请检查磁盘空间和文件夹权限。", "Check the disk space and the folder's permissions.")
            raise DiskError(
                Problem("documents_unwritable", Place(file=paper.path.name), wrong, fix)
            ) from None


def _put(paper: Filing) -> None:
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _unfinished(paper.path)
    try:
        unfinished.write_bytes(paper.content)
        unfinished.replace(paper.path)
    finally:
        unfinished.unlink(missing_ok=True)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"~{path.name}.tmp")


def _take_back(made: Sequence[Path]) -> None:
    """Remove documents, and their folders where nothing else is in them."""
    for path in made:
        with contextlib.suppress(OSError):
            _unfinished(path).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            path.parent.rmdir()
