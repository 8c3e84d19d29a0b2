"""Whether a returned form is ours, unaltered and still in force: looked at before a word of it is believed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from cluebook.domain.clue import Clue
from cluebook.domain.records import Event
from cluebook.errors import Place, Problem
from cluebook.forms import NUMBER, OFFICE, SLIP, Returned, record_of
from cluebook.ledger.ledger import Ledger, Row
from cluebook.text import Text, same

_NOT_OURS = Text("请核对是否收错了文件。", "Check whether it is the right file.")
_AGAIN = Text(
    "编号不得改动；请按原编号重新填写，或向填写部门核实。",
    "Numbers may not be changed; have it filled in under its own number, or ask the department.",
)
_EDITED = Text(
    "文书中的线索编号不一致，可能被改动。", "The clue numbers in it do not agree; one may have been changed."
)
_OTHER_CODE = Text(
    "二维码与线索编号不符，编号可能被改动。", "Its QR code is that of another number than it shows."
)
_NO_NUMBER = Text("文书中没有线索编号。", "It shows no clue number.")
_UNKNOWN = Text("台账中没有编号为 {number} 的线索。", "The ledger has no clue numbered {number}.")
_OFFICE = Text("不是本单位发出的文书。", "It did not come from this office.")
_VOID = Text(
    "流转单号 {slip} 已作废，现行的是 {now}。",
    "Its slip {slip} is no longer in force; the present one is {now}.",
)
_LATEST = Text("请用最近一次流转单重新填写。", "Have the latest slip filled in.")
_NOT_AWAITED = Text(
    "所答复的不是正在等待答复的那一份（已有答复，或另有新的）。",
    "It does not answer what waits for an answer: that is answered, or another has gone out since.",
)
_LATEST_ONE = Text("请在最近发出的一份上填写。", "Have the latest one filled in.")
_NONE = Text("（无）", "none")


def clue_of(form: Returned, ledger: Ledger, known: Mapping[str, Row[Clue]]) -> Row[Clue] | Problem:
    """Return the clue that a form is about, or why the form is not taken.

    Args:
        form: the form.
        ledger: the ledger.
        known: the clues by number.
    """
    number = min(form.facts_named(NUMBER), default="")
    fault = next(_faults(form, number, ledger, known), None)
    return known[number] if fault is None else fault


def _faults(form: Returned, number: str, ledger: Ledger, known: Mapping[str, Row[Clue]]) -> Iterator[Problem]:
    if not number:
        yield _problem("number_missing", form, _NO_NUMBER, _AGAIN)
    if {number} != form.facts_named(NUMBER) | set(_numbers_around(form, known)):
        yield _problem("number_edited", form, _EDITED, _AGAIN)
    if form.sealed is False:
        yield _problem("number_edited", form, _OTHER_CODE, _AGAIN)
    if not _is_ours(form, ledger.settings.office):
        yield _problem("office_other", form, _OFFICE, _NOT_OURS)
    if number not in known:
        yield _problem("unknown_number", form, _UNKNOWN.fill(number=number[:40]), _NOT_OURS)
        return
    slips, now = form.facts_named(SLIP), known[number].record.slip_no
    if form.form.routed and slips != {now}:
        told = min(slips - {now}, default=None)
        void = _VOID.fill(slip=same(told[:40]) if told else _NONE, now=same(now) if now else _NONE)
        yield _problem("slip_superseded", form, void, _LATEST)
    yield from _answered_already(form, number, ledger)


def applied_before(ledger: Ledger) -> frozenset[str]:
    """Return the SHA-256 of every document that the trail says was read back."""
    words = (word for event in ledger.records(Event) if event.reason for word in event.reason.split())
    return frozenset(word for word in words if len(word) == _DIGEST)


_DIGEST = 64
"""Characters of a SHA-256."""


def _answered_already(form: Returned, number: str, ledger: Ledger) -> Iterator[Problem]:
    """Of several records that a form could answer, it answers one that waits for it: the last, or any not answered."""
    if (to := form.form.to) is None:
        return
    records: tuple[Any, ...] = ledger.records(record_of(to))
    about, blank = [each for each in records if each.clue == number], form.form.while_blank
    waiting = [each for each in about if getattr(each, blank) is None] if blank else about[-1:]
    told, field = form.facts_named(to), to.partition(".")[2]
    if len(told) != 1 or not told <= {getattr(each, field) for each in waiting}:
        yield _problem("order_superseded", form, _NOT_AWAITED, _LATEST_ONE)


def _numbers_around(form: Returned, known: Mapping[str, Row[Clue]]) -> Iterator[str]:
    """Return the number of each clue of ours that its title, running heads or file name bear."""
    for words in (*form.around, form.file):
        if found := [number for number in known if number in words]:
            yield max(found, key=len)


def _is_ours(form: Returned, office: str) -> bool:
    told = form.facts_named(OFFICE)
    plain = _plain(office)
    return {_plain(words) for words in told} == {plain} if told else plain in _plain(form.words)


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _problem(code: str, form: Returned, wrong: Text, fix: Text) -> Problem:
    return Problem(code, Place(file=form.file), wrong, fix)
