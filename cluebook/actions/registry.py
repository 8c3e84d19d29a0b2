"""Declaring an action. The command line, the ribbon and the manual are made from what stands here."""

from __future__ import annotations

import enum
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Column, Part, column_of, columns
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


@dataclass(frozen=True, slots=True)
class Option:
    """One keyword of an action: an option of its command.

    Attributes:
        name: the keyword.
        text: what it is called and does.
        type: `bool`, `str`, `Mapping`, a record type (whose entry columns are the options), or another type
            that the entry point knows how to make.
        default: value when it is not given; `inspect.Parameter.empty` when it must be.
    """

    name: str
    text: Text
    type: Any
    default: object


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
        starts: the stages it starts from; empty for any. ``--all`` means all clues at these.
        fills: columns of the clue's own row that it reads: the row is the form.
        options: its further options.
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
    starts: tuple[Stage, ...]
    fills: tuple[str, ...]
    options: tuple[Option, ...]
    passes: tuple[Stage, ...]
    waits: bool
    run: Callable[..., Plan]

    @property
    def form(self) -> tuple[Column, ...]:
        """The columns of the clue's row that the action reads."""
        return tuple(column_of(Clue, name) for name in self.fills)


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
    starts: tuple[Stage, ...] = (),
    fills: tuple[str, ...] = (),
    passes: tuple[Stage, ...] = (),
    waits: bool = False,
) -> Callable[[Callable[..., Plan]], Callable[..., Plan]]:
    """Register a use case; the first line of its docstring is its English help."""

    def register(run: Callable[..., Plan]) -> Callable[..., Plan]:
        english = (run.__doc__ or "").strip().splitlines()[0]
        ACTIONS[id] = Action(
            id,
            Text(zh, en),
            Text(help, english),
            part,
            icon,
            picks,
            starts,
            fills,
            _options(run),
            passes,
            waits,
            run,
        )
        return run

    return register


def entry_columns(record: type) -> tuple[Column, ...]:
    """Return the columns of a record that people fill in, without the one that names its clue."""
    return tuple(c for c in columns(record) if not c.assigned and c.name != "clue")


def _options(run: Callable[..., Plan]) -> tuple[Option, ...]:
    hints: Mapping[str, Any] = typing.get_type_hints(run, include_extras=True)
    options = []
    for name, parameter in inspect.signature(run).parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        kind, text = typing.get_args(hints[name])
        plain = (
            next((a for a in typing.get_args(kind) if a is not type(None)), kind)
            if _is_optional(kind)
            else kind
        )
        options.append(Option(name, text, typing.get_origin(plain) or plain, parameter.default))
    return tuple(options)


def _is_optional(kind: object) -> bool:
    return type(None) in typing.get_args(kind)
