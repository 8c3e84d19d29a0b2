"""Reading back what departments fill in: each form is applied through the action that takes its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Annotated, Any

from cluebook.actions.answers import NEEDED, NEEDED_FIX
from cluebook.actions.filled import Fields, Filled, MisfilledError, filled
from cluebook.actions.identity import applied_before, clue_of
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import ACTIONS, Action, Picks, action, entry_columns
from cluebook.actions.steps import cases_of
from cluebook.documents import safe_name
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import with_standing
from cluebook.domain.fields import Part
from cluebook.errors import Place, Problem, RefusedError, UsageError
from cluebook.forms import ANSWERED, FORMS, Answer, Delivery, Form, Returned, record_of
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Edit, Enclosure, Plan, Stamp, combine, folded, name_of
from cluebook.ledger.trail import change_line
from cluebook.text import Text, join, same

_TAKEN_AT = time(17)
"""The hour of a receipt that only tells its day."""

_AGAIN = Text("{file}：此前已办，未重复登记。", "{file} was applied before; it is not applied again.")
_TRACKED = Text(
    "{file}：含有未处理的修订，已按全部接受读取。", "{file} has tracked changes; they were read as accepted."
)
_PREVIEW = Text("预览，尚未写入台账：", "What would change; nothing is written yet:")
_NAME = Text("{number} {title} 回件 {day}", "{number} {title} returned {day}")
_CHANGES = Text("{file} → {clue}（{action}）", "{file} → {clue} ({action})")
_NO_FORMS = Delivery()
_EMPTY = Text("没有待登记的回件。", "Nothing has come back.")
_NOTHING_NEW = Text("所填内容均已登记，没有新内容。", "All that it says is entered already.")
_NOTHING_FIX = Text("无需操作。", "Nothing to do.")
_AHEAD = Text("接收时间晚于今天。", "The day of receipt has not come yet.")
_BEFORE = Text("接收时间早于发出时间。", "The day of receipt is before it was sent.")
_DATE_FIX = Text("请向填写部门核实日期。", "Ask the department for the right date.")
_REASON = Text("据退回文书“{file}”，SHA-256 {digest}", "As filled in: “{file}”, SHA-256 {digest}")
_NO_TAKER = Text("没有表单由这一步办理。", "This action takes no forms.")
_TAKERS = Text("可用：{actions}。", "Choose one of: {actions}.")
_OTHER_STEP = Text("不是“{action}”要的表单。", "This is not the form that “{action}” takes.")
_OTHER_FIX = Text(
    "请用 cluebook readback 读入，由程序分辨。",
    "Read it with cluebook readback, which tells the kinds apart.",
)


@action(
    "readback", "登记回件", "Read back", daily=True, asks=("delivery", "dry_run"), part=Part.HANDLING,
    icon="ReviewCombineRevisions", picks=Picks.NONE,
    help="读取各部门填好退回的 Word 文书，核对编号后按相应步骤登记；可先预览。",
)  # fmt: skip
def readback(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],  # noqa: ARG001 - every action takes the rows
    stamp: Stamp,
    *,
    delivery: Annotated[
        Delivery,
        Text("退回的文件或文件夹，留空为收件文件夹", "files or folders that came back; blank is the inbox"),
    ] = _NO_FORMS,
    dry_run: Annotated[bool, Text("只预览，不写入", "only show what would change")] = False,
    only: Annotated[
        str | None, Text("只办这一步的文书，如 receive", "take only the forms of one action, as receive")
    ] = None,
) -> Plan:
    """Read the Word forms that departments filled in, check whose they are, and enter what they say."""
    if only is not None and only not in ANSWERED:
        fix = _TAKERS.fill(actions=join([same(each) for each in sorted(ANSWERED)]))
        raise UsageError(Problem("action_takes_no_form", Place(column="--only"), _NO_TAKER, fix))
    desk = _Desk(ledger, stamp, only)
    forms = sorted(delivery.forms, key=lambda form: list(FORMS).index(form.form.kind))
    plan = combine([desk.taken(form) for form in forms])
    problems = (*delivery.unread, *plan.problems)
    if problems and desk.refused == len(forms):
        raise RefusedError(*problems)
    if not (forms or problems):
        return Plan(notices=(_EMPTY,))
    if dry_run:
        return Plan(notices=(*plan.notices, _PREVIEW, *desk.differences), problems=problems)
    return replace(folded(plan), problems=problems)


class _Desk:
    """Where returned forms are taken in: what was taken already, and the ledger as it will be after that."""

    def __init__(self, ledger: Ledger, stamp: Stamp, only: str | None) -> None:
        self.stamp, self.only = stamp, only
        self.refused = 0
        self.differences: list[Text] = []
        self._begun = self._ledger = ledger
        self._applied = set(applied_before(ledger))
        self._plans: dict[str, Plan] = {}
        self._known = {row.record.number: row for row in ledger.rows(Clue) if row.record.number}

    def taken(self, form: Returned) -> Plan:
        """Return the plan that enters what a form says, or why it is not entered."""
        if form.digest in self._applied:
            return Plan(notices=(_AGAIN.fill(file=form.file),))
        row = clue_of(form, self._begun, self._known)
        if isinstance(row, Problem):
            self.refused += 1
            return Plan(problems=(row,))
        number = name_of(row.record, row.number)
        if number in self._plans:  # an earlier form of the same delivery has moved the clue on
            self._ledger = self._begun.after(combine(self._plans.values()))
            row = self._ledger.row(Clue, row.number)
        try:
            plan = self._entered(form, row, filled(form))
        except (MisfilledError, UsageError) as error:  # the latter of an action that lacks what it needs
            return Plan(problems=_placed(error.problems, form))
        if not plan.problems:
            self._applied.add(form.digest)
            self._plans[number] = combine([self._plans.get(number, Plan()), plan])
        return plan

    def _entered(self, form: Returned, row: Row[Clue], told: Sequence[Filled]) -> Plan:
        acts = [ACTIONS[each.answer.action] for each in told]
        if self.only is not None and self.only not in {act.id for act in acts}:
            self.refused += 1
            other = _OTHER_STEP.fill(action=ACTIONS[self.only].text)
            return Plan(problems=(Problem("form_other_kind", Place(file=form.file), other, _OTHER_FIX),))
        plans: list[Plan] = []
        for each, fields in self._new(row.record, told):
            record = replace(row.record, **fields.get(Clue, {}))
            stamp = replace(self.stamp, at=self._moment(form.form, row.record, each.at))
            options = options_of(each.answer, fields)
            plans.append(
                ACTIONS[each.answer.action].run(self._ledger, [replace(row, record=record)], stamp, **options)
            )
            row = replace(row, record=next((e.after for e in plans[-1].edits if _is_clue(e)), row.record))
        plan = folded(combine(plans))
        if plan.problems:
            return Plan(problems=_placed(plan.problems, form))
        self._show(form, acts, plan)
        return self._kept(form, acts, row.record, plan)

    def _moment(self, form: Form, clue: Clue, at: datetime | None) -> datetime:
        """Return when an answer was given: as the form says, or now."""
        if at is None or at.date() == self.stamp.today:
            return self.stamp.at
        if at.date() > self.stamp.today:
            raise MisfilledError([Problem("date_ahead", Place(), _AHEAD, _DATE_FIX)])
        kind, (_, _, field) = record_of(form.sent), form.sent.partition(".")
        sent = getattr(clue if kind is Clue else cases_of(self._ledger).of(clue).last(kind), field, None)
        if sent and at.date() < sent.date():
            raise MisfilledError([Problem("date_before", Place(), _BEFORE, _DATE_FIX)])
        given = at if at.time() != time() else datetime.combine(at.date(), _TAKEN_AT)
        return max(given, sent or given)

    def _new(self, clue: Clue, told: Sequence[Filled]) -> list[tuple[Filled, Fields]]:
        """Return what a form says, each line with its part; without what is entered already."""
        new = []
        for each in told:
            kind = each.answer.record
            held = [] if kind is Clue else [r for r in self._ledger.records(kind) if r.clue == clue.number]
            new += [
                (each, said) for said in each.fields if not any(_says(r, said.get(kind, {})) for r in held)
            ]
        if not new:
            raise MisfilledError([Problem("nothing_new", Place(), _NOTHING_NEW, _NOTHING_FIX)])
        return new

    def _show(self, form: Returned, acts: Sequence[Action], plan: Plan) -> None:
        """Note what a form changes, for a preview: what the ledger holds, and what it will hold."""
        lang, clue = self._begun.lang, plan.done[0] if plan.done else ""
        head = _CHANGES.fill(file=form.file, clue=clue, action=join([act.text for act in acts]))
        changes = [(edit.after, change) for edit in plan.edits for change in edit.changes()]
        for record in plan.additions:
            filled_in = ((column, getattr(record, column.name)) for column in entry_columns(type(record)))
            changes += [(record, (column, None, value)) for column, value in filled_in if value is not None]
        keys = {answer.record: answer.pair[0] for answer in form.form.answers if answer.pair}
        self.differences.append(head)
        for record, (column, old, new) in changes:
            if column.part is not Part.COMPUTED:
                key = f"{getattr(record, keys[type(record)])} · " if type(record) in keys else ""
                self.differences.append(same(f"  {key}{change_line(column, old, new, lang)}"))

    def _kept(self, form: Returned, acts: Sequence[Action], clue: Clue, plan: Plan) -> Plan:
        """Return the plan with the form kept among the papers of its clue, and the trail told of it."""
        number, lang, today = name_of(clue, 0), self._begun.lang, self.stamp.today
        title = _NAME.fill(number=number, title=form.form.title, day=f"{today:%Y-%m-%d}").in_(lang)
        file = safe_name(title) + ".docx"
        named = safe_name(PurePath(form.file).stem) + ".docx"
        earlier = self._plans.get(number, Plan())
        reasons = [
            earlier.reasons.get(number),
            plan.reasons.get(number),
            _REASON.fill(file=named, digest=form.digest).in_(lang),
        ]
        called = [*([earlier.acts[number]] if number in earlier.acts else []), *(act.text for act in acts)]
        return replace(
            plan,
            edits=tuple(self._as_of_today(edit) if _is_clue(edit) else edit for edit in plan.edits),
            papers=tuple(paper for paper in plan.papers if paper.kind != form.form.kind),
            enclosures=(Enclosure(number, today.year, file, form.content, form.inbox),),
            notices=(*plan.notices, *((_TRACKED.fill(file=form.file),) if form.tracked else ())),
            reasons={number: "\n".join(filter(None, reasons))},
            acts={number: join(list(dict.fromkeys(called)))},
        )

    def _as_of_today(self, edit: Edit) -> Edit:
        """Return the edit of a clue with its computed columns as they are today, whenever the form was filled in."""
        case = replace(cases_of(self._ledger).of(edit.before), clue=edit.after)
        clocks, lang = clocks_of_ledger(self._begun), self._begun.lang
        return replace(edit, after=with_standing(case, clocks, self.stamp.today, lang))


def options_of(answer: Answer, fields: Fields) -> dict[str, Any]:
    """Return what a part of a form says as the options of the action that takes it.

    Raises:
        MisfilledError: something is not filled in that the action cannot do without.
    """
    options: dict[str, Any] = {}
    for option in ACTIONS[answer.action].options:
        said = fields.get(answer.record, {})
        if option.type in fields:
            options[option.name] = option.type(**fields[option.type])
        elif answer.pair and option.name == answer.pair[0]:
            options[option.name] = {said.get(option.name, ""): said.get(answer.pair[1], "")}
        elif option.name in said:
            options[option.name] = said[option.name]
        elif option.is_needed:
            column = option.columns[0]
            raise MisfilledError(
                [Problem("answer_missing", Place(column=column.text.zh), NEEDED, NEEDED_FIX)]
            )
    return options


def _placed(problems: Iterable[Problem], form: Returned) -> tuple[Problem, ...]:
    """Return problems that name the file they arose from."""
    return tuple(replace(each, place=replace(each.place, file=form.file)) for each in problems)


def _is_clue(edit: Edit) -> bool:
    return isinstance(edit.after, Clue)


def _says(record: Any, fields: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any record of a sheet
    """Return whether a record says all that a line says, which has to be more than a day."""
    worded = any(not isinstance(value, date) for value in fields.values())
    return worded and all(_like(getattr(record, name), value) for name, value in fields.items())


def _like(held: object, told: object) -> bool:
    """Return whether two values are alike; a line may leave out the seconds, or the time."""
    if isinstance(held, datetime) and isinstance(told, datetime):
        return told in {held.replace(second=0, microsecond=0), datetime.combine(held.date(), time())}
    return held == told
