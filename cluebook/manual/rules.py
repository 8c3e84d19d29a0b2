"""The chapters on rules: stages, conditions, deadlines, exit codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cluebook.domain.clue import Stage, Urgency
from cluebook.domain.deadlines import DEADLINES, Deadline, Moment
from cluebook.domain.fields import column_of, columns
from cluebook.domain.guards import GUARDS, Guard
from cluebook.domain.lifecycle import STEPS
from cluebook.ledger.tables import TABLES, table_of
from cluebook.manual.markdown import as_table
from cluebook.text import Lang, Text

EXITS: Mapping[int, Text] = {
    0: Text("已完成。", "Done."),
    1: Text(
        "部分线索有问题，已逐条列出；其余已办。",
        "Some clues have problems, which are listed; the others are done.",
    ),
    2: Text("命令写法不对。", "The command was called in a way it does not understand."),
    3: Text(
        "文件不予使用：已损坏、不安全、不是台账，或模板、设置有误。",
        "A file was refused: damaged, hostile, not a ledger, or a template or setting that is wrong.",
    ),
    4: Text("台账正被别处打开或占用。", "The ledger is open elsewhere, or in use."),
    5: Text(
        "读取之后台账被别人改过；未作改动。", "The ledger changed since it was read; nothing was written."
    ),
    6: Text(
        "写入后读回的内容不符，或留痕被改动过；未作改动。",
        "What was written does not read back, or the trail was tampered with; nothing was changed.",
    ),
    7: Text("磁盘已满或文件夹不能写入。", "The disk is full, or a folder may not be written."),
    8: Text("缺少密钥，或密钥不对。", "A key is missing, or is not the one it should be."),
    70: Text(
        "程序出错；台账未改动，详情在日志中。",
        "The program failed; the ledger is unchanged, the log says where.",
    ),
}
"""What each exit code means."""


def stages(lang: Lang) -> Iterator[str]:
    """Return the lines on the stages, as a diagram and as a table of steps."""
    reached = {Stage.DRAFT, *(step.after for step in STEPS.values() if step.after)}
    ways = [(before, step) for step in STEPS.values() for before in step.before if before in reached]
    yield from ("```mermaid", "stateDiagram-v2")
    yield from (f'    state "{stage.text.in_(lang)}" as {stage.name}' for stage in Stage if stage in reached)
    yield from (
        f"    {before.name} --> {step.leads(before).name}: {step.text.in_(lang)}" for before, step in ways
    )
    yield from ("```", "")
    head = (
        Text("条款", "Clause"),
        Text("步骤", "Step"),
        Text("从", "From"),
        Text("到", "To"),
        Text("记下时间", "Stamps"),
    )
    rows = [
        (s.clause, s.text, b.text, s.leads(b).text, _moment(s.stamps) if s.stamps else "") for b, s in ways
    ]
    yield from as_table(head, rows, lang)


def conditions(lang: Lang) -> Iterator[str]:
    """Return the lines on what must hold before each step."""
    head = (
        Text("代码", "Code"),
        Text("条款", "Clause"),
        Text("表·列", "Sheet · column"),
        Text("不满足时的提示", "Said when it does not hold"),
        Text("怎么办", "What to do"),
    )
    for step in STEPS.values():
        if rows := [(f"`{g.code}`", g.clause, _spot(g), g.wrong, g.fix) for g in GUARDS if g.step == step.id]:
            yield from ("", f"## {step.text.in_(lang)} ({step.id})", "", *as_table(head, rows, lang))


def deadlines(lang: Lang) -> Iterator[str]:
    """Return the lines on the deadlines and the days a new office begins with."""
    head = (
        Text("期限", "Deadline"),
        Text("起算", "Counts from"),
        Text("完成", "Met by"),
        *(urgency.text for urgency in Urgency),
        Text("逾期名称", "Named when late"),
    )
    rows = [
        (
            d.text,
            _start(d),
            _moment(d.ends) if d.ends else _RECORDED,
            *(_limit(d, urgency) for urgency in Urgency),
            d.overdue or "",
        )
        for d in DEADLINES.values()
    ]
    note = Text(
        "单位为工作日，当天不计；0 为当日。这是新台账的初值，各单位在“时限”表修改。",
        "In working days, the day of the event not counted; 0 is the same day. "
        "A new ledger begins with these; the office changes them on its limits sheet.",
    )
    yield from (note.in_(lang), "", *as_table(head, rows, lang))
    for deadline in DEADLINES.values():
        if deadline.within is not None:
            yield from ("", _WITHIN.fill(name=deadline.text, days=deadline.within).in_(lang))


_WITHIN = Text(
    "“{name}”另以事发后 {days} 个自然日为限，“时限”表不能放宽。",
    "{name} is due within {days} calendar days of the event in any case; the limits sheet cannot widen that.",
)


def exits(lang: Lang) -> Iterator[str]:
    """Return the lines on the exit codes."""
    head = (Text("退出码", "Exit code"), Text("含义", "Meaning"))
    yield from as_table(head, [(str(code), meaning) for code, meaning in EXITS.items()], lang)


def _limit(deadline: Deadline, urgency: Urgency) -> str:
    days = deadline.limits.get(urgency, deadline.limits.get(None))
    return "—" if days is None else str(days)


def _start(deadline: Deadline) -> Text:
    """Return from when a deadline counts, or the record that gives its date."""
    if deadline.due and not deadline.starts:
        return deadline.due.text
    if deadline.starts is None:
        return _moment(deadline.due_field or "")
    return deadline.starts.text if isinstance(deadline.starts, Moment) else _moment(deadline.starts)


_RECORDED = Text("相应的登记", "Its record")


def _moment(field: str) -> Text:
    """Return what the column that holds a moment is called, on the clue or on a sheet beside it."""
    return next(c.text for table in TABLES for c in columns(table.record) if c.name == field)


def _spot(guard: Guard) -> Text:
    table = table_of(guard.record)
    return Text("{sheet}·{column}", "{sheet} · {column}").fill(
        sheet=table.title, column=column_of(guard.record, guard.field).text
    )
