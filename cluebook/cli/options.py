"""From an action's declaration to the options of its command, and from what was typed to values."""

from __future__ import annotations

import codecs
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cluebook.actions.answers import column_values, option_values
from cluebook.actions.registry import Action, Option, Pasted
from cluebook.cli.group import LANG
from cluebook.domain.fields import Choice, Column
from cluebook.errors import Place
from cluebook.forms import Delivery
from cluebook.ledger.book import Grid
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


def typed(action: Action, given: Mapping[str, Any], inbox: Path) -> Typed:
    """Return the values that were typed, each as its column or option wants it.

    Args:
        action: the action.
        given: what was typed.
        inbox: the folder of what comes back, which is meant where no file is named.

    Raises:
        UsageError: some values do not fit; all are named.
    """

    def grid(path: str) -> Grid:
        from cluebook.books.foreign import read_source

        return read_source(Path(path), given["sheet"])

    def delivery(paths: str) -> Delivery:
        from cluebook.returned import delivered

        return delivered(map(Path, paths.splitlines() or [str(inbox)]), inbox)

    fills = column_values(action.form, given, _flag)
    return Typed(fills, option_values(action.options, given, _flag, {Grid: grid, Delivery: delivery}))


def _option(option: Option, lang: Lang) -> list[click.Parameter]:
    words, name = option.text.in_(lang), _spelt(option.name)
    if option.type is Grid:
        sheet = Text("文件中的工作表，默认第一个", "sheet of the file; by default the first").in_(lang)
        return [click.Argument([option.name], metavar="FILE"), click.Option(["--sheet"], help=sheet)]
    if option.type is Delivery:
        return [click.Argument([option.name], metavar="[FILE]...", nargs=-1, callback=_lines)]
    if option.type is Mapping:
        return [click.Option([name, option.name], multiple=True, metavar="COLUMN=VALUE", help=words)]
    if option.type is Pasted:
        return [click.Option([name, option.name], type=_TextFile(), metavar="FILE", help=words)]
    if option.type is bool:
        return [click.Option([name, option.name], is_flag=True, help=words)]
    return [_column_option(column, lang) for column in option.columns]


class _TextFile(click.File):
    """A file, or ``-`` for what is typed or piped in, as its text; Windows programs write it in several ways."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # type: ignore[override]  # noqa: ANN401 - as click has it
        content: bytes = super().convert(value, param, ctx).read()
        for encoding in ("utf-16",) if content[:2] in _UTF_16 else ("utf-8-sig", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                return content.decode(encoding)
        return self.fail(_NO_TEXT.in_(LANG), param, ctx)


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = Text("不是文本文件。", "This is not a text file.")


def _column_option(column: Column, lang: Lang) -> click.Option:
    help_ = f": {column.help.in_(lang)}" if column.help else ""
    choices = ""
    if issubclass(column.type, Choice):
        choices = " [" + "|".join(member.text.in_(lang) for member in column.type) + "]"
    return click.Option([_spelt(column.name), column.name], help=f"{column.text.in_(lang)}{help_}{choices}")


def _lines(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str:
    """Return several words as the lines of one, as a cell would hold them."""
    return "\n".join(words)


def _flag(column: Column) -> Place:
    return Place(column=_spelt(column.name))


def _spelt(name: str) -> str:
    """Return the option of a name, as it is typed.

    >>> _spelt("expected_on")
    '--expected-on'
    """
    return f"--{name.replace('_', '-')}"
