"""What can go wrong, where in the workbook, and how the office puts it right.

Bad data is a value: a `Problem`, and there may be many. What cannot go on is an exception: a
`CluebookError`, which carries its problems and the exit code of the public contract. Neither ever
holds the text of a clue: places, names of columns, lengths and numbers only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cluebook.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: sheet, row and column, each as the office sees it."""

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    file: str | None = None

    def in_(self, lang: Lang) -> str:
        """Return the place in words, the widest part first."""
        zh = lang == "zh"
        parts = [self.file or "", self.sheet or ""]
        parts.append("" if self.row is None else f"第{self.row}行" if zh else f"row {self.row}")
        parts.append("" if self.column is None else f"「{self.column}」" if zh else f"“{self.column}”")
        return (" " if zh else ", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        code: what it is called.
        place: where it is.
        wrong: what is wrong.
        fix: what to do.
        option: the option of the action that would let it pass all the same.
    """

    code: str
    place: Place
    wrong: Text
    fix: Text
    option: str | None = None

    def line(self, lang: Lang) -> str:
        """Return the problem as one line for the screen, whatever names from a foreign file stand in it."""
        place = self.place.in_(lang)
        mark, gap = ("：", "") if lang == "zh" else (": ", " ")
        told = f"{place}{mark if place else ''}{self.wrong.in_(lang)}{gap}{self.fix.in_(lang)}"
        return " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())


class CluebookError(Exception):
    """Base of every error cluebook raises on purpose.

    Attributes:
        problems: what is wrong, all of it.
        lang: language of the ledger it arose in, once that is known.
    """

    exit_code: ClassVar[int] = 1
    lang: Lang | None = None

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems; the message is made of them."""
        super().__init__("\n".join(problem.line("en") for problem in problems))
        self.problems = problems


class UsageError(CluebookError):
    """The command was called in a way it does not understand."""

    exit_code = 2


class RefusedError(CluebookError):
    """A file is damaged, hostile, or not what it should be."""

    exit_code = 3


class SchemaError(RefusedError):
    """A workbook is not laid out as a ledger: a sheet, table or column is missing."""


class TemplateError(RefusedError):
    """A Word template cannot be used as it stands."""


class ConfigError(RefusedError):
    """``cluebook.toml`` or a settings sheet holds something that cannot be used."""


class BusyError(CluebookError):
    """The ledger is open elsewhere, or another cluebook works on it."""

    exit_code = 4


class ChangedError(CluebookError):
    """The ledger changed between reading and writing."""

    exit_code = 5


class IntegrityError(CluebookError):
    """What was written does not read back as it should."""

    exit_code = 6


class DiskError(CluebookError):
    """The disk is full, or a folder may not be written."""

    exit_code = 7


class SecretError(CluebookError):
    """A key is missing, or is not the one it should be."""

    exit_code = 8
