"""No document stays without the row that tells of it, and none is taken that somebody else has changed."""

from __future__ import annotations

import pytest
from dying import at_every_step
from offices import documents, file_of, ledger_at, press, routing_of

from cluebook import perform
from cluebook.books.lock import beside
from cluebook.domain.clue import Clue
from cluebook.errors import BusyError

READY = "XS-2026-YW-0002"


@pytest.mark.parametrize("how", ["kill", "full"])
def test_no_document_is_left_without_its_row_whatever_step_the_program_dies_at(
    walked, tmp_path, how, counted
):
    steps = at_every_step(walked, tmp_path, "route", how, every=counted(21, 1))
    assert len(steps) >= counted(4, 80)
    for step in steps:
        at = step["held"].index("|")
        placed, told = step["held"][:at], step["held"][at + 1 :]
        assert placed == told
        assert placed
    assert [step for step in steps if step["found"] or step["found_then"]] == []


def died_before_writing(office, monkeypatch):
    """Have a press die when its documents are in place and its rows not yet written; return its documents."""
    before = set(documents(office))
    monkeypatch.setattr(perform.sheets, "new_rows", lambda *_: [object()])
    with monkeypatch.context() as dying:
        dying.setattr("cluebook.filing._take_back", lambda _: None)
        dying.setattr("pathlib.Path.unlink", lambda *_, **__: None)
        with pytest.raises(AttributeError):
            press(office, "route", READY, fills=routing_of("zh"))
    monkeypatch.undo()
    return set(documents(office)) - before


def test_the_next_action_takes_back_what_a_dead_one_placed_and_gives_its_slip_number_anew(
    walked, monkeypatch
):
    left = died_before_writing(walked, monkeypatch)
    assert len(left) >= 1
    press(walked, "check")
    assert left.isdisjoint(documents(walked))
    assert not beside(file_of(walked), "papers").exists()
    press(walked, "route", READY, fills=routing_of("zh"))
    (clue,) = [clue for clue in ledger_at(walked).records(Clue) if clue.number == READY]
    assert clue.slip_no


def test_a_document_that_somebody_changed_meanwhile_stays(walked, monkeypatch):
    left = died_before_writing(walked, monkeypatch)
    kept = min(left)
    kept.write_bytes(b"changed")
    press(walked, "check")
    assert kept.read_bytes() == b"changed"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"seal": "x"}', b'{"seal": 1, "papers": [7]}', b"\xff"]
)
def test_a_note_that_does_not_read_takes_nothing_and_goes(walked, content):
    before, note = documents(walked), beside(file_of(walked), "papers")
    note.write_bytes(content)
    press(walked, "check")
    assert documents(walked) == before
    assert not note.exists()


def test_a_press_that_fails_leaves_neither_document_nor_note(walked):
    before = documents(walked)
    (walked / f"~${file_of(walked).name}").write_bytes(b"")
    with pytest.raises(BusyError):
        press(walked, "route", READY, fills=routing_of("zh"))
    assert documents(walked) == before
    assert not beside(file_of(walked), "papers").exists()
