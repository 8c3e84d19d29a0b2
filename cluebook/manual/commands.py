"""The chapter on commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Option, Pasted, Picks
from cluebook.domain.fields import Column, Part
from cluebook.ledger.book import Grid
from cluebook.manual.columns import note
from cluebook.manual.markdown import as_table
from cluebook.text import Lang, Text, join


def commands(lang: Lang) -> Iterator[str]:
    """Return the lines on every action's command."""
    shared = Text(
        "每个命令另有 `--ledger`、`--as-of`、`--user`、`--live`、`--pdf`、`--json`；`--help` 有说明。",
        "Every command also takes `--ledger`, `--as-of`, `--user`, `--live`, `--pdf` and `--json`; `--help` explains them.",
    )
    yield shared.in_(lang)
    for action in sorted(ACTIONS.values(), key=lambda action: list(Part).index(action.part)):
        yield from ("", f"## {action.id} · {action.text.in_(lang)}", "", action.help.in_(lang), "")
        yield f"`cluebook {action.id}{_chosen(action)}`"
        rows = [
            *map(_column_option, action.form),
            *(row for option in action.options for row in _option(option)),
        ]
        if action.starts:
            stages = Text("可办的状态", "Stages it starts from").in_(lang)
            yield from ("", f"{stages}: {join([stage.text for stage in action.usable]).in_(lang)}")
        if rows:
            head = (Text("选项", "Option"), Text("内容", "Content"), Text("说明", "Note"))
            yield from ("", *as_table(head, rows, lang))


def _chosen(action: Action) -> str:
    """Return how a command names the clues it is about."""
    if action.picks is Picks.OFFICE:
        return ""
    read = {option.type for option in action.options if option.is_read}
    if read:
        return " FILE" if Grid in read else " [FILE]…"
    return " [NUMBER]… [--row N]… [--all]"


def _option(option: Option) -> Iterator[Sequence[Text | str]]:
    flag = f"--{option.name.replace('_', '-')}"
    if option.is_read:
        yield "`FILE`", option.text, ""
    elif option.type is Pasted:
        yield f"`{flag} FILE`", option.text, ""
    elif option.type in (bool, Mapping):
        yield f"`{flag}{' COLUMN=VALUE' if option.type is Mapping else ''}`", option.text, ""
    else:
        yield from map(_column_option, option.columns)


def _column_option(column: Column) -> Sequence[Text | str]:
    return f"`--{column.name.replace('_', '-')} TEXT`", column.text, note(column)
