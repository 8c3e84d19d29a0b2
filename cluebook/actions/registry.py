"""Declaring an action. The command line, the ribbon and the manual are made from what stands here."""

from __future__ import annotations

import enum
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass, replace
from datetime import date
from typing import Any

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Column, Part, YesNo, column_of, columns
from cluebook.forms import Delivery
from cluebook.ledger.book import Grid
from cluebook.ledger.plan import Plan
from cluebook.text import Text


class Picks(enum.Enum):
    """Which clues an action works on when the user names none."""

    NAMED = "named"
    """It asks for some."""
    ALL = "all"
    """All it can be used on."""
    NONE = "none"
    """It makes new ones."""
    OFFICE = "office"
    """It is about no clue, but about what the office keeps about itself."""


class Pasted(str):
    """A long text from elsewhere: a command reads it from a file."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One keyword of an action: an option of its command.

    Attributes:
        name: the keyword.
        text: what it is called and does.
        type: `bool`, `str`, `Mapping`, a record type (whose entry columns are the options), or another type
            that the entry point knows how to make.
        default: value when it is not given; `inspect.Parameter.empty` when it must be.
        one_of: table of a sheet whose entries are meant, as ``"People.name"``.
    """

    name: str
    text: Text
    type: Any
    default: object
    one_of: str | None = None

    @property
    def is_record(self) -> bool:
        """Whether its value is a record: the entry columns of the record are the options."""
        return is_dataclass(self.type) and not self.is_read

    @property
    def is_needed(self) -> bool:
        """Whether it must be given."""
        return self.default is inspect.Parameter.empty

    @property
    def is_read(self) -> bool:
        """Whether its value is read from files that are named for it."""
        return self.type in {Grid, Delivery}

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is to be given for it, as columns: those of its record, else one that stands for itself.

        What a record needs the action says, which may fill it in.
        """
        if self.is_record:
            return tuple(replace(c, required=False) for c in entry_columns(self.type))
        kind = {bool: YesNo, Mapping: str, Grid: str, Delivery: str, Pasted: str}.get(self.type, self.type)
        return (
            Column(
                name=self.name,
                text=self.text,
                type=kind,
                required=self.is_needed,
                assigned=False,
                part=None,
                one_of=self.one_of,
                within=None,
                help=None,
                width=0,
                formerly=(),
            ),
        )


@dataclass(frozen=True, slots=True)
class Action:
    """Something the office can do.

    Attributes:
        id: name of the command and of the button.
        text: label.
        help: one sentence on what will happen.
        part: the stretch of the procedure it belongs to.
        icon: name of an Office icon for its button.
        picks: which clues it works on when none are named.
        is_due: tells of a clue and a day whether it is time; with none named it works on those clues.
        starts: the stages it starts from; empty for any. ``--all`` means all clues at these.
        also: further stages at which it may be used on clues that are named.
        fills: columns of the clue's own row that it reads: the row is the form.
        options: its further options.
        asks: the options that a button asks for on the form sheet, because no row of a sheet holds them.
        gives: the flags that a button sets unasked.
        daily: whether it is done every day: its button is large.
        passes: the stages whose clues it would leave as they are; with none named they are not even read.
        waits: whether it may be done later, unattended, when the ledger is open now.
        run: the pure function ``(ledger, rows, stamp, **options) -> Plan``.
    """

    id: str
    text: Text
    help: Text
    part: Part
    icon: str
    picks: Picks
    is_due: Callable[[Clue, date], bool] | None
    starts: tuple[Stage, ...]
    also: tuple[Stage, ...]
    fills: tuple[str, ...]
    options: tuple[Option, ...]
    asks: tuple[Option, ...]
    gives: tuple[Option, ...]
    daily: bool
    passes: tuple[Stage, ...]
    waits: bool
    run: Callable[..., Plan]

    @property
    def usable(self) -> tuple[Stage, ...]:
        """Every stage at which it may be used on a clue; empty for any."""
        return (*self.starts, *self.also)

    @property
    def form(self) -> tuple[Column, ...]:
        """The columns of the clue's row that the action reads."""
        return tuple(column_of(Clue, name) for name in self.fills)


APPROVED_BY = Text("批准人", "who approved it")
REVIEWER = Text("审核人，留空为操作人", "who reviewed it; blank takes the user")
"""Options that several actions have."""

ACTIONS: dict[str, Action] = {}
"""Every action by its id, in the order of the procedure."""


def action(
    id: str,  # noqa: A002 - the word the contract uses
    zh: str,
    en: str,
    *,
    help: str,  # noqa: A002 - reads as a word of the declaration
    part: Part,
    icon: str,
    picks: Picks = Picks.NAMED,
    is_due: Callable[[Clue, date], bool] | None = None,
    starts: tuple[Stage, ...] = (),
    also: tuple[Stage, ...] = (),
    fills: tuple[str, ...] = (),
    asks: tuple[str, ...] | None = None,
    gives: tuple[str, ...] = (),
    daily: bool = False,
    passes: tuple[Stage, ...] = (),
    waits: bool = False,
) -> Callable[[Callable[..., Plan]], Callable[..., Plan]]:
    """Register a use case; the first line of its docstring is its English help.

    A button asks for every option but records, which have a sheet of their own; or for what `asks` names.
    """

    def register(run: Callable[..., Plan]) -> Callable[..., Plan]:
        english = (run.__doc__ or "").strip().splitlines()[0]
        text, told, options = Text(zh, en), Text(help, english), _options(run)
        given = tuple(o for o in options if o.name in gives)
        unheld = tuple(o for o in options if not o.is_record and o not in given)
        asked = unheld if asks is None else tuple(o for o in options if o.name in asks)
        ACTIONS[id] = Action(
            id,
            text,
            told,
            part,
            icon,
            picks,
            is_due,
            starts,
            also,
            fills,
            options,
            asked,
            given,
            daily,
            passes,
            waits,
            run,
        )
        return run

    return register


def entry_columns(record: type) -> tuple[Column, ...]:
    """Return the columns of a record that people fill in, without the one that names its clue."""
    return tuple(c for c in columns(record) if not c.assigned and c.name != "clue")


def said(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of the ledger
    """Return what was given of a record, by field: what people fill in, as far as it is filled in."""
    return {c.name: v for c in entry_columns(type(record)) if (v := getattr(record, c.name)) is not None}


def _options(run: Callable[..., Plan]) -> tuple[Option, ...]:
    hints: Mapping[str, Any] = typing.get_type_hints(run, include_extras=True)
    options = []
    for name, parameter in inspect.signature(run).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        kind, text, *lists = typing.get_args(hints[name])
        plain = (
            next((a for a in typing.get_args(kind) if a is not type(None)), kind)
            if _is_optional(kind)
            else kind
        )
        options.append(Option(name, text, typing.get_origin(plain) or plain, parameter.default, *lists))
    return tuple(options)


def _is_optional(kind: object) -> bool:
    return type(None) in typing.get_args(kind)
