"""From an action's declaration to the options of its command, and from what was typed to values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

import click

from cluebook.actions.registry import Action, Option, entry_columns
from cluebook.domain.fields import Choice, Column
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.book import Grid
from cluebook.ledger.cells import CellError, from_cell
from cluebook.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Typed:
    """What the user gave an action: values for the row's own columns, and the further options."""

    fills: Mapping[str, Any]
    options: Mapping[str, Any]


def parameters(action: Action, lang: Lang) -> list[click.Parameter]:
    """Return the click parameters of an action's own form and options."""
    made: list[click.Parameter] = [_column_option(column, lang) for column in action.form]
    for option in action.options:
        made += _option(option, lang)
    return made


def typed(action: Action, given: Mapping[str, Any]) -> Typed:
    """Return the values that were typed, each as its column or option wants it.

    Raises:
        UsageError: a value does not fit its column.
    """
    fills = dict(_values(action.form, given))
    options: dict[str, Any] = {}
    for option in action.options:
        if _is_record(option):
            held = dict(_values(entry_columns(option.type), given))
            options[option.name] = option.type(**held) if held else None
        elif option.type is Mapping:
            options[option.name] = dict(_pair(option.name, text) for text in given[option.name])
        elif option.type is Grid:
            from cluebook.books.foreign import read_source

            options[option.name] = read_source(given[option.name], given["sheet"])
        else:
            options[option.name] = given[option.name]
    return Typed(fills, options)


def _option(option: Option, lang: Lang) -> list[click.Parameter]:
    words, name = option.text.in_(lang), f"--{option.name}"
    if _is_record(option):
        return [_column_option(column, lang) for column in entry_columns(option.type)]
    if option.type is Grid:
        sheet = Text("文件中的工作表，默认第一个", "sheet of the file; by default the first").in_(lang)
        return [
            click.Argument([option.name], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--sheet"], help=sheet),
        ]
    if option.type is Mapping:
        return [click.Option([name], multiple=True, metavar="COLUMN=VALUE", help=words)]
    if option.type is bool:
        return [click.Option([name], is_flag=True, help=words)]
    return [click.Option([name], help=words)]


def _is_record(option: Option) -> bool:
    return is_dataclass(option.type) and option.type is not Grid


def _column_option(column: Column, lang: Lang) -> click.Option:
    help_ = f": {column.help.in_(lang)}" if column.help else ""
    choices = ""
    if issubclass(column.type, Choice):
        choices = " [" + "|".join(member.text.in_(lang) for member in column.type) + "]"
    flag = f"--{column.name.replace('_', '-')}"
    return click.Option([flag, column.name], help=f"{column.text.in_(lang)}{help_}{choices}")


def _values(columns: tuple[Column, ...], given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for column in columns:
        if given[column.name] is None:
            continue
        try:
            yield (
                column.name,
                from_cell(column, given[column.name], Place(column=f"--{column.name.replace('_', '-')}")),
            )
        except CellError as error:
            raise UsageError(error.problem) from None


def _pair(name: str, text: str) -> tuple[str, str]:
    column, mark, value = text.partition("=")
    if not mark:
        wrong = Text("缺少等号。", "The equals sign is missing.")
        fix = Text("请写成 --{name} 列=值。", "Write it as --{name} COLUMN=VALUE.").fill(name=name)
        raise UsageError(Problem("not_a_pair", Place(column=f"--{name}"), wrong, fix))
    return column, value
