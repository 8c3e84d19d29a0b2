from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from dying import at_every_step
from offices import FEEDBACK, documents, file_of, fingerprint, ledger_at, press, routing_of

from cluebook import config, perform, waiting
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.domain.clue import Urgency
from cluebook.domain.records import HandlingLine
from cluebook.errors import BusyError, ChangedError, IntegrityError
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request
from cluebook.verification import verified
from workbooks import new, simple

HANDLED = "XS-2026-YW-0002"


@pytest.fixture
def handled(walked):
    """The office with a clue in handling, about which lines can be logged."""
    press(walked, "route", HANDLED, fills=routing_of("zh"))
    press(walked, "receive", HANDLED, fills={"handler": "赵敏"})
    return walked


def line_request(text, number=HANDLED):
    line = HandlingLine(measures=text, communication="无", resolution="无")
    return Request(
        ACTIONS["log"], Pick((number,)), Stamp(datetime(2026, 3, 3, 9), "赵敏"), options={"line": line}
    )


def measures(office):
    return [line.measures for line in ledger_at(office).records(HandlingLine)]


def carried_out(office, request):
    return waiting.carry_out(request, FileBook(file_of(office)), config.read(office))


def mark(office):
    return office / f"~${file_of(office).name}"


def test_what_cannot_be_written_waits_and_is_done_once_before_the_next_action(handled):
    before, papers = fingerprint(handled), documents(handled)
    mark(handled).write_bytes(b"")
    for text in "甲乙丙":
        with pytest.raises(BusyError) as busy:
            carried_out(handled, line_request(text))
        assert "排队" in busy.value.problems[0].fix.zh
    assert (fingerprint(handled), documents(handled)) == (before, papers)
    mark(handled).unlink()
    done = measures(handled)
    carried_out(handled, line_request("丁"))
    assert measures(handled) == [*done, *"甲乙丙丁"]
    assert waiting.waiting(config.read(handled)) == []
    assert verified(FileBook(file_of(handled))).trail == ()


def test_an_action_that_may_not_wait_is_not_queued(handled):
    mark(handled).write_bytes(b"")
    with pytest.raises(BusyError):
        carried_out(
            handled, Request(ACTIONS["suggest"], Pick(("T-2026-00003",)), Stamp(datetime(2026, 3, 3), "x"))
        )
    assert waiting.waiting(config.read(handled)) == []


def test_while_somebody_has_the_ledger_open_nothing_is_written_two_hundred_times(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(simple())
    before = path.read_bytes()
    (tmp_path / "~$ledger.xlsx").write_bytes(b"")
    for _ in range(200):
        with pytest.raises(BusyError):
            FileBook(path).write([], [new()])
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("how", ["kill", "full"])
def test_what_waits_is_done_exactly_once_whatever_step_it_dies_at(handled, tmp_path, how, counted):
    steps = at_every_step(handled, tmp_path, "replay", how, every=counted(29, 1))
    assert len(steps) >= counted(4, 100)
    done = measures(handled)
    assert [step for step in steps if step["held"] != [*done, "措施A", "措施B"]] == []
    assert [step for step in steps if step["found"] or step["found_then"]] == []


def test_each_request_of_many_replays_is_carried_out_once(handled, counted):
    done, folder, book = measures(handled), config.read(handled), FileBook(file_of(handled))
    texts = [f"第{n}次" for n in range(counted(10, 200))]
    for text in texts:
        waiting.queue(line_request(text), book.name, folder)
        line = (folder.queue / waiting.FILE).read_bytes()
        waiting.replay(book, folder)
        (folder.queue / waiting.FILE).write_bytes(line)  # as if the process had died before it was taken out
        assert waiting.replay(book, folder) == 0
    assert measures(handled) == [*done, *texts]


def flagging(at):
    return Request(ACTIONS["overdue"], Pick(), Stamp(at, "cluebook watch"), options={"flag": True})


def test_the_watch_queues_the_same_request_once_however_long_the_ledger_stays_open(handled):
    folder, mornings = config.read(handled), [datetime(2026, 3, day, 8, 30) for day in range(4, 9)]
    mark(handled).write_bytes(b"")
    for at in mornings:
        with pytest.raises(BusyError):
            carried_out(handled, flagging(at))
    (told,) = waiting.waiting(folder)
    assert told["at"] == mornings[-1].isoformat()
    waiting.queue(replace(flagging(mornings[0]), options={"flag": True, "document": True}), "other", folder)
    for _ in range(2):  # what a clerk enters twice is meant twice
        waiting.queue(line_request("甲"), file_of(handled).name, folder)
    assert [each["action"] for each in waiting.waiting(folder)] == ["overdue", "overdue", "log", "log"]
    mark(handled).unlink()
    assert waiting.replay(FileBook(file_of(handled)), folder) == 3
    assert [each["ledger"] for each in waiting.waiting(folder)] == ["other"]


def test_a_request_waits_for_its_own_ledger_and_no_other(handled):
    other = file_of(handled).with_name("other.xlsx")
    other.write_bytes(file_of(handled).read_bytes())
    folder = config.read(handled)
    waiting.queue(line_request("为另一份台账"), other.name, folder)
    assert waiting.replay(FileBook(file_of(handled).with_name("ledger.xlsx")), folder) == 0
    assert [told["ledger"] for told in waiting.waiting(folder)] == ["other.xlsx"]
    assert waiting.replay(FileBook(other), folder) == 1


def test_a_request_that_can_no_longer_be_done_is_set_aside_and_holds_up_no_other(handled):
    folder, book, done = config.read(handled), FileBook(file_of(handled)), measures(handled)
    gone = line_request("太迟", "XS-2026-YW-0001")  # closed meanwhile
    senseless = replace(gone, options={})
    for request in (gone, senseless, line_request("正好")):
        waiting.queue(request, book.name, folder)
    path = folder.queue / waiting.FILE
    path.write_text(path.read_text("utf-8").replace('"line"', '"an option of another version"', 1), "utf-8")
    waiting.replay(book, folder)
    assert measures(handled) == [*done, "正好"]
    aside = (folder.queue / waiting.REFUSED).read_text("utf-8").splitlines()
    assert [json.loads(line)["numbers"] for line in aside] == [["XS-2026-YW-0001"]] * 2
    assert waiting.waiting(folder) == []


def test_a_damaged_queue_is_told_and_nothing_is_lost(handled):
    folder = config.read(handled)
    folder.queue.mkdir(exist_ok=True)
    for content in (b"{", b"[1]\n", b"7\n", b"\xff\n", b'{"ticket": "x"}\n'):
        (folder.queue / waiting.FILE).write_bytes(content)
        with pytest.raises(IntegrityError) as damaged:
            carried_out(handled, line_request("甲"))
        assert damaged.value.problems[0].code == "queue_damaged"
        assert (folder.queue / waiting.FILE).read_bytes() == content


@pytest.mark.parametrize(
    "options",
    [
        {"line": HandlingLine(measures="a\nb", on=datetime(2026, 3, 1, 9, 30)), "milestone": True},
        {"report": replace(FEEDBACK, evidence="e-mail")},
        {"flag": True, "document": True},
    ],
)
def test_a_request_reads_back_from_the_queue_as_it_was(walked, options):
    action = {"line": "log", "report": "feedback", "flag": "overdue"}[next(iter(options))]
    fills = {"handler": "赵敏", "urgency": Urgency.URGENT}
    request = Request(
        ACTIONS[action], Pick((HANDLED,), (4,)), Stamp(datetime(2026, 3, 3, 9), "x"), fills, options
    )
    folder = config.read(walked)
    waiting.queue(request, "ledger.xlsx", folder)
    (told,) = waiting.waiting(folder)
    assert waiting._request(told) == replace(request, ticket=told["ticket"])


@pytest.mark.parametrize(("times", "done"), [(5, True), (6, False)])
def test_a_ledger_saved_by_somebody_in_between_is_read_again_five_times(handled, monkeypatch, times, done):
    left, real, before = [times], perform.perform, measures(handled)

    def disturbed(*args):
        left[0] -= 1
        if left[0] >= 0:
            raise ChangedError
        return real(*args)

    monkeypatch.setattr(waiting, "perform", disturbed)
    if done:
        carried_out(handled, line_request("甲"))
        assert measures(handled) == [*before, "甲"]
        return
    with pytest.raises(ChangedError):
        carried_out(handled, line_request("甲"))
    assert measures(handled) == before
