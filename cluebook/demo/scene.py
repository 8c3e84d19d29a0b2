"""The demo's office, and a press of a button in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cluebook.books.file import FileBook
from cluebook.domain.workdays import Calendar
from cluebook.seeds.samples import Sample, SampleOffice, Turn
from cluebook.text import Lang


@dataclass(frozen=True, slots=True)
class Press:
    """A turn at its moment, with the worksheet rows it is taken on."""

    turn: Turn
    at: datetime
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """The demo's office with its workbook; `cast` says which sample stands in which row."""

    office: SampleOffice
    book: FileBook
    lang: Lang
    calendar: Calendar
    cast: dict[int, Sample]
