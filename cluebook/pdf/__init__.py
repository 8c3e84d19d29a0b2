"""PDFs of documents, made by the Word or the LibreOffice of this machine; nothing of it touches the documents."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cluebook.errors import Place, Problem
from cluebook.pdf import office, word
from cluebook.pdf.process import Ended, is_whole
from cluebook.text import Text

_AT_ONCE = 40
"""Documents that one start of the converting program is given."""
_STARTS_IN_VAIN = 2
"""Times in a row that the program may end badly without any PDF before it is given up."""

_MISSING = Text(
    "本机没有 LibreOffice，不能生成 PDF。", "LibreOffice is not on this computer, so no PDF can be made."
)
_MISSING_FIX = Text(
    "请安装 LibreOffice；Word 文书仍在，也可打开后自行另存为 PDF。",
    "Install LibreOffice; the Word documents are there and can be saved as PDF by hand.",
)
_WRONG: Mapping[Ended, Text] = {
    Ended.NORMALLY: Text(
        "不能转换为 PDF，文件可能已损坏。", "It cannot be made into a PDF; it may be damaged."
    ),
    Ended.BADLY: Text(
        "转换程序中途退出，没有生成 PDF。", "The converting program broke off; no PDF was made."
    ),
    Ended.LATE: Text("转换超过时限，没有生成 PDF。", "Converting took too long; no PDF was made."),
}
_FIX = Text(
    "Word 文书仍在；请打开核对，再另存为 PDF。",
    "The Word document is there; open it, look at it and save it as PDF.",
)
_UNWRITABLE = Text("PDF 不能写入此文件夹。", "The PDF cannot be written to this folder.")
_UNWRITABLE_FIX = Text(
    "请关闭已打开的同名 PDF，检查磁盘空间和文件夹权限。",
    "Close the PDF if it is open, and check the disk space and the folder's permissions.",
)

Progress = Callable[[int, int], None]
"""Told how many documents are looked at, of how many."""


class Converted(NamedTuple):
    """The PDFs that were made, and why the others were not."""

    made: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """A document, and the copy of it that is converted where nobody else looks."""

    document: Path
    copy: Path

    @property
    def pdf(self) -> Path:
        """What the copy becomes."""
        return self.copy.with_suffix(".pdf")


def converted(documents: Sequence[Path], progress: Progress = lambda _done, _of: None) -> Converted:
    """Make a PDF beside each document, in the place of an older one, and return what came of it.

    However the converting program ends, the documents after the one it stumbled over are converted too.
    """
    convert = word.convert if word.is_here() else office.convert if office.is_here() else None
    if convert is None:
        missing = Problem("pdf_no_program", Place(), _MISSING, _MISSING_FIX)
        return Converted((), (missing,) if documents else ())
    made: list[Path] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="cluebook-", ignore_cleanup_errors=True) as folder:
        waiting, ended, in_vain = _copied(documents, Path(folder), problems), Ended.NORMALLY, 0
        while waiting and in_vain < _STARTS_IN_VAIN:
            progress(len(documents) - len(waiting), len(documents))
            batch, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
            ended = convert([job.copy for job in batch])
            failed = [job for job in batch if not is_whole(job.pdf)]
            _place([job for job in batch if job not in failed], made, problems)
            # Where the program did not come to its end, only the document it was at is to blame.
            blamed = failed if ended is Ended.NORMALLY else failed[:1]
            problems += [_problem(job, ended) for job in blamed]
            waiting = failed[len(blamed) :] + waiting
            in_vain = in_vain + 1 if ended is not Ended.NORMALLY and len(failed) == len(batch) else 0
        problems += [_problem(job, ended) for job in waiting]
    return Converted(tuple(made), tuple(problems))


def _copied(documents: Sequence[Path], folder: Path, problems: list[Problem]) -> list[_Job]:
    """Copy the documents under plain names, so that neither their names nor their folders matter."""
    jobs = [_Job(document, folder / f"{n:05}.docx") for n, document in enumerate(documents)]
    copied = []
    for job in jobs:
        try:
            shutil.copyfile(job.document, job.copy)
            copied.append(job)
        except OSError:
            problems.append(_problem(job, Ended.NORMALLY))
    return copied


def _place(jobs: Sequence[_Job], made: list[Path], problems: list[Problem]) -> None:
    """Put finished PDFs beside their documents, each in one move."""
    for job in jobs:
        target = job.document.with_suffix(".pdf")
        beside = target.with_name(f"~{target.name}.tmp")
        try:
            shutil.copyfile(job.pdf, beside)
            beside.replace(target)
            made.append(target)
        except OSError:
            beside.unlink(missing_ok=True)
            place = Place(file=target.name)
            problems.append(Problem("pdf_unwritable", place, _UNWRITABLE, _UNWRITABLE_FIX))


def _problem(job: _Job, ended: Ended) -> Problem:
    return Problem(f"pdf_{ended.value}", Place(file=job.document.name), _WRONG[ended], _FIX)
