"""The chapters on what the office fills in: columns of the sheets, settings, names for templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime

from cluebook import config
from cluebook.documents import DOCUMENTS, words_of
from cluebook.domain.fields import Choice, Column, column_of, columns
from cluebook.domain.settings import Settings
from cluebook.ledger.tables import TABLES
from cluebook.manual.markdown import as_table, yes
from cluebook.text import Lang, Text, join
from cluebook.watch.jobs import JOBS

_KINDS: Mapping[type, Text] = {
    str: Text("文字", "text"),
    int: Text("整数", "whole number"),
    float: Text("数字", "number"),
    date: Text("日期", "date"),
    datetime: Text("日期时间", "date and time"),
    tuple: Text("多个名称", "several names"),
}


def every_column(lang: Lang) -> Iterator[str]:
    """Return the lines on every sheet and its columns."""
    for table in TABLES:
        yield from ("", f"## {table.title.in_(lang)}", "", table.purpose.in_(lang), "")
        head = (
            Text("列", "Column"),
            Text("字段名", "Field"),
            Text("类型", "Kind"),
            Text("必填", "Required"),
            Text("程序填写", "By program"),
            Text("说明", "Note"),
        )
        rows = [
            (c.text, f"`{c.name}`", _kind(c), yes(c.required), yes(c.assigned), note(c))
            for c in columns(table.record)
        ]
        yield from as_table(head, rows, lang)


def documents(lang: Lang) -> Iterator[str]:
    """Return the lines on the documents and the names their templates may use."""
    usage = Text(
        "模板里写作 `{{ clue.matter }}`；逐行的内容写在循环里。编辑方法见[模板](../templates.zh.md)。",
        "A template writes them as `{{ clue.matter }}`; what comes line by line stands in a loop. "
        "How to edit a template is told under [templates](../templates.en.md).",
    )
    yield usage.in_(lang)
    head = (Text("名称", "Name"), Text("内容", "What it prints"), Text("必须有", "Must be there"))
    for document in DOCUMENTS.values():
        words = words_of(document.id)
        rows = [(f"`{name}`", text, yes(name in document.must)) for name, text in words.items()]
        yield from (
            "",
            f"## {document.text.in_(lang)} (`{document.template}`)",
            "",
            *as_table(head, rows, lang),
        )


def settings(lang: Lang) -> Iterator[str]:
    """Return the lines on the settings sheet and the configuration file."""
    sheet = Text("“设置”表", "The settings sheet").in_(lang)
    head = (Text("设置项", "Setting"), Text("初值", "Starts as"), Text("说明", "What it does"))
    rows = [(f.metadata["text"], f.metadata["default"], f.metadata["note"]) for f in fields(Settings)]
    yield from (f"## {sheet}", "", *as_table(head, rows, lang), "", f"## {config.FILE}", "")
    keys = [
        (f"`[{f.metadata['section']}] {f.name}`", _shown(f.metadata["default"]), f.metadata["help"])
        for f in config.file_keys()
    ]
    keys += [(f"`[{config.WATCH}] {job.id}`", _shown(job.times), job.text) for job in JOBS.values()]
    yield from as_table(head, keys, lang)


def note(column: Column) -> Text:
    """Return what a clerk should know about a column: what may stand in it, and its help."""
    notes = [column.help] if column.help else []
    if issubclass(column.type, Choice):
        notes.append(join([member.text for member in column.type]))
    if column.one_of:
        name, _, field = column.one_of.partition(".")
        table = next(table for table in TABLES if table.name == name)
        source = Text("取自“{sheet}”表的“{column}”。", "From the column “{column}” of the sheet “{sheet}”.")
        notes.append(source.fill(sheet=table.title, column=column_of(table.record, field).text))
    return Text("".join(note.zh for note in notes), " ".join(note.en for note in notes))


def _kind(column: Column) -> Text:
    return Text("下拉选项", "choice") if issubclass(column.type, Choice) else _KINDS[column.type]


def _shown(default: object) -> str:
    return f"`{', '.join(default) if isinstance(default, tuple) else default}`" if default else ""
