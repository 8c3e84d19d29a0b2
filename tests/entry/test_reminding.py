"""Reminders by mail, through a real mail server on this machine."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date, datetime

import pytest
from mail_server import Mailbox, free_port, served
from offices import ledger_at

from cluebook import config
from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue, Nature, Stage, Urgency
from cluebook.domain.office import Person
from cluebook.domain.records import Reporter
from cluebook.ledger import sheets
from cluebook.mail import posting
from cluebook.mail.digests import Digest
from cluebook.mail.letters import SPECIMEN, context_of, template_problems
from cluebook.mail.sending import reminded
from cluebook.watch import round as rounds
from cluebook.watch.jobs import JOBS
from cluebook.watch.memory import recall

ZHAO, QIAN, WANG = "zhao@example.com", "qian@xn--fsqu00a.xn--fiqs8s", "wang@example.com"
REPORTER = "孙小梅"
HANDLED = Clue(
    stage=Stage.IN_HANDLING,
    nature=Nature.BUSINESS,
    urgency=Urgency.GENERAL,
    department="客户服务部",
    handler="赵敏",
    clerk="王芳",
    routed_at=datetime(2026, 3, 20, 10),
    received_at=datetime(2026, 3, 20, 15),
    receipt_due=date(2026, 3, 23),
)
CLUES = (
    replace(HANDLED, number="XS-1", matter=f"{REPORTER}说屋顶漏水", completion_due=date(2026, 3, 24)),
    replace(
        HANDLED,
        number="XS-2",
        nature=Nature.COMPLIANCE,
        matter="采购部张伟收受回扣",
        subjects="采购部张伟",
        completion_due=date(2026, 3, 26),
    ),
)
PEOPLE = (
    Person(name="赵敏", department="客户服务部", roles=("承办人",), email=ZHAO),
    Person(name="钱进", department="客户服务部", roles=("责任部门负责人",), email="qian@例子.中国"),
    Person(name="王芳", department="线索管理部门", roles=("线索管理员",), email=WANG),
)
LATE = "2026-03-25T08:45"  # a Wednesday: XS-1 is one working day late, XS-2 due tomorrow


def enter(office, *records):
    book = FileBook(office / "ledger.xlsx")
    with book.open():
        book.write([], sheets.new_rows(records, book, "zh"))


@pytest.fixture(scope="session")
def _written(pristine, tmp_path_factory):
    office = shutil.copytree(pristine("zh"), tmp_path_factory.mktemp("mail") / "office")
    enter(office, *CLUES, *PEOPLE, Reporter(clue="XS-1", name=REPORTER, phone="13800138000"))
    return office


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def office(_written, tmp_path, port):
    """An office in which two deadlines are near, and which sends by a server at `port`."""
    made = shutil.copytree(_written, tmp_path / "office")
    settle(made, how="smtp", host="127.0.0.1", port=port, security="none", sender="clues@example.com")
    return made


def settle(office, **mail):
    lines = [f"{name} = {json.dumps(value)}" for name, value in mail.items()]
    (office / "cluebook.toml").write_text("\n".join(['[office]\nlang = "zh"\n[mail]', *lines]), "utf-8")


def codes(answer):
    return [problem["code"] for problem in answer.told["problems"]]


def send(cluebook, office, at=LATE):
    return cluebook(office, "remind", "--send", "--json", "--as-of", at)


def steps(answer):
    return {
        mail["to"]: [(i["number"], i["deadline"], i["step"]) for i in mail["items"]]
        for mail in answer.told["mails"]
    }


def postbook(office):
    (path,) = (office / ".cluebook").glob("*.post.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def texts(message):
    return {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}


def test_without_send_it_is_shown_and_nothing_is_sent_or_written_down(cluebook, office):
    answer = cluebook(office, "remind", "--as-of", LATE)
    assert answer.code == 0
    assert f"赵敏 <{ZHAO}>" in answer.out
    assert "XS-1  办理  2026-03-24  已逾期 1 个工作日" in answer.out
    assert "加 --send 发出" in answer.out
    assert not list((office / ".cluebook").glob("*.post.jsonl"))


def test_each_person_gets_one_digest_of_what_concerns_them(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        answer = send(cluebook, office)
    assert (answer.code, answer.told["done"]) == (0, ["XS-1", "XS-2"])
    assert steps(answer) == {
        "赵敏": [("XS-1", "completion", "late"), ("XS-2", "completion", "soon")],
        "钱进": [("XS-1", "completion", "late")],
        "王芳": [("XS-1", "completion", "late")],
    }
    assert sorted(addresses for addresses, _ in mailbox.taken) == [[QIAN], [WANG], [ZHAO]]
    (message,) = mailbox.to(ZHAO)
    assert message["Subject"] == "线索提醒：XS-1 等 2 项"
    assert (message["To"].addresses[0].display_name, message["Auto-Submitted"]) == ("赵敏", "auto-generated")
    told = texts(message)
    for kind in ("text/plain", "text/html"):
        assert "已逾期 1 个工作日" in told[kind]
        assert "2026年3月26日" in told[kind]
    assert "style=" in told["text/html"]
    assert "SUMMARY:XS-2 办理期限" in told["text/calendar"]
    assert "XS-1" not in told["text/calendar"]  # what is late needs no date in a calendar


def test_a_digest_tells_nothing_of_who_reported_nor_of_a_confidential_matter(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        answer = send(cluebook, office)
    told = "".join(str(text) for _, message in mailbox.taken for text in texts(message).values())
    assert "（保密）说屋顶漏水" in told
    assert "（保密线索，内容略）" in told
    written = told + answer.out + answer.err + json.dumps(postbook(office), ensure_ascii=False)
    assert not re.search(f"{REPORTER}|13800138000|张伟|回扣", written)


def test_no_reminder_is_sent_twice_and_nobody_gets_two_digests_a_day(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        for at in (LATE, "2026-03-25T16:00", "2026-03-26T08:45", "2026-03-27T08:45"):
            send(cluebook, office, at)
    got = [(a[0], m["Subject"]) for a, m in mailbox.taken]
    assert [subject for to, subject in got if to == ZHAO] == [
        "线索提醒：XS-1 等 2 项",  # one is late, one due tomorrow
        "线索提醒：XS-2",  # due today
        "线索提醒：XS-2",  # late
    ]


def test_a_second_digest_waits_for_the_next_working_day(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        send(cluebook, office)
        enter(office, replace(CLUES[0], number="XS-3"))
        assert send(cluebook, office, "2026-03-25T15:00").told["mails"] == []
        assert ("XS-3", "completion", "late") in steps(send(cluebook, office, "2026-03-26T08:45"))["赵敏"]


def test_while_the_ledger_is_open_reminders_go_out_all_the_same(cluebook, office):
    settle(office, how="outbox", sender="clues@example.com")
    (office / "~$ledger.xlsx").write_bytes(b"\x04Wang" + b" " * 160)
    assert len(send(cluebook, office).told["documents"]) == 3


@pytest.mark.parametrize("day", ["2026-03-28", "2026-04-06"])
def test_on_a_day_off_nobody_is_reminded(cluebook, office, port, day):
    mailbox = Mailbox()
    with served(mailbox, port):
        answer = cluebook(office, "remind", "--send", "--as-of", day)
    assert (answer.code, answer.out, mailbox.taken) == (0, "今天不是工作日，不发提醒。\n", [])


def test_while_the_server_is_away_everything_is_kept_and_sent_the_next_time(cluebook, office, port):
    away = send(cluebook, office)
    assert (away.code, codes(away), away.told["done"]) == (1, ["mail_server_unreachable"], [])
    assert [mail["sent"] for mail in away.told["mails"]] == [False] * 3
    mailbox = Mailbox()
    with served(mailbox, port):
        again = send(cluebook, office, "2026-03-25T09:45")
    assert (again.code, steps(again), len(mailbox.taken)) == (0, steps(away), 3)


def test_who_is_refused_keeps_their_reminders_and_the_others_get_theirs(cluebook, office, port):
    mailbox = Mailbox(refuses={ZHAO: "550 no such user"})
    with served(mailbox, port):
        first = send(cluebook, office)
        assert (codes(first), sorted(a for a, _ in mailbox.taken)) == (["mail_refused"], [[QIAN], [WANG]])
        assert "550" in first.told["problems"][0]["message"]
        mailbox.refuses.clear()
        second = send(cluebook, office, "2026-03-25T09:45")
    assert list(steps(second)) == ["赵敏"]
    assert len(mailbox.to(ZHAO)) == 1


def test_a_message_that_is_refused_once_the_server_has_it_is_kept_too(cluebook, office, port):
    mailbox = Mailbox(spurns="554 looks like spam")
    with served(mailbox, port):
        assert codes(send(cluebook, office)) == ["mail_refused"] * 3
        mailbox.spurns = None
        send(cluebook, office, "2026-03-25T09:45")
    assert len(mailbox.taken) == 3


def test_of_a_message_that_was_cut_off_nobody_knows_so_it_is_not_sent_again(cluebook, office, port):
    mailbox = Mailbox(hangs_up=True)
    with served(mailbox, port):
        first = send(cluebook, office)
        assert codes(first) == ["mail_cut_off"]
        mailbox.hangs_up = False
        second = send(cluebook, office, "2026-03-25T09:45")
    assert codes(second) == []
    assert [a for a, _ in mailbox.taken] == [[QIAN], [WANG]]


def test_a_program_that_dies_between_writing_it_down_and_sending_sends_nothing_twice(
    cluebook, office, port, monkeypatch
):
    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    mailbox = Mailbox()
    with served(mailbox, port):
        with monkeypatch.context() as patch:
            patch.setattr(posting, "_send", die)
            with pytest.raises(Killed):
                reminded(office / "ledger.xlsx", config.read(office), datetime.fromisoformat(LATE))
        assert [line["state"] for line in postbook(office)] == ["begun"]
        told = send(cluebook, office, "2026-03-25T09:45")
        assert codes(told) == ["mail_cut_off"]
        assert "赵敏" in told.told["problems"][0]["message"]
        assert codes(send(cluebook, office, "2026-03-25T10:45")) == []
    assert sorted(a for a, _ in mailbox.taken) == [[QIAN], [WANG]]


def test_a_line_that_was_cut_off_while_it_was_written_counts_for_nothing(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        send(cluebook, office)
        (path,) = (office / ".cluebook").glob("*.post.jsonl")
        with path.open("ab") as file:
            file.write(b'{"ticket": "00", "state": "beg')
        assert send(cluebook, office, "2026-03-26T08:45").code == 0
    assert len(mailbox.to(ZHAO)) == 2
    assert all(line["ticket"] != "00" for line in postbook(office))
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    assert send(cluebook, office, "2026-03-27T08:45").code == 6


HOSTILE = (
    "a@example.com\r\nBcc: b@example.com",
    "a@example.com, b@example.com",
    "a＠example.com",
    "a@example.com\u202e",
    "王 <a@example.com>",
)


def test_wrong_addresses_are_told_in_one_message_each_and_nobody_else_gets_anything(cluebook, office, port):
    late = [replace(CLUES[0], number=f"XS-1{n}", handler=f"人{n}") for n in range(len(HOSTILE) + 1)]
    people = [
        Person(name=f"人{n}", department="客户服务部", email=cell) for n, cell in enumerate((*HOSTILE, None))
    ]
    enter(office, *late, *people)
    mailbox = Mailbox()
    with served(mailbox, port):
        answer = send(cluebook, office)
    assert codes(answer) == ["address_unusable"] * len(HOSTILE) + ["address_missing"]
    assert {(p["sheet"], p["column"]) for p in answer.told["problems"]} == {("人员", "邮箱")}
    assert len({p["row"] for p in answer.told["problems"]}) == len(people)
    assert {address for addresses, _ in mailbox.taken for address in addresses} == {ZHAO, QIAN, WANG}


def test_hostile_names_and_numbers_make_no_header_and_no_line_of_their_own(cluebook, office, port):
    name = "李\r\nBcc: all@example.com\u202e"
    number = "XS-9\nX-Evil: 1"
    enter(
        office,
        replace(CLUES[1], number=number, handler=name),
        Person(name=name, department="客户服务部", email="li@example.com"),
    )
    mailbox = Mailbox()
    with served(mailbox, port):
        send(cluebook, office)
    (message,) = mailbox.to("li@example.com")
    assert not {"Bcc", "X-Evil"} & set(message.keys())
    assert [a.addr_spec for a in message["To"].addresses] == ["li@example.com"]
    assert "\n" not in message["Subject"]
    raw = message.as_bytes()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert texts(message)["text/calendar"].count("SUMMARY") == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server would rather have it encrypted
def test_the_password_comes_from_outside_and_is_never_told(cluebook, office, port, monkeypatch):
    settle(office, how="smtp", host="127.0.0.1", port=port, security="none", sender="clues@example.com",
           user="clues", password_file="secret")  # fmt: skip
    monkeypatch.delenv(posting.PASSWORD, raising=False)
    mailbox = Mailbox(wants=("clues", "s3cret-word"))
    with served(mailbox, port):
        missing = send(cluebook, office)
        assert (missing.code, codes(missing)) == (8, ["mail_password_missing"])
        (office / "secret").write_text("s3cret-word\n")
        (office / "secret").chmod(0o644)
        readable = send(cluebook, office)
        assert (readable.code, codes(readable)) == (8, ["mail_password_open"])
        (office / "secret").chmod(0o600)
        monkeypatch.setenv(posting.PASSWORD, "wr0ng-word")
        refused = send(cluebook, office)
        assert (refused.code, codes(refused), mailbox.taken) == (1, ["mail_login_refused"], [])
        monkeypatch.delenv(posting.PASSWORD)
        assert send(cluebook, office).code == 0
    said = (
        "".join(a.out + a.err for a in (missing, readable, refused))
        + (office / "log" / "cluebook.log").read_text()
    )
    assert not re.search(r"s3cret|wr0ng", said)


def test_a_server_that_does_not_encrypt_as_set_gets_nothing(cluebook, office, port):
    mailbox = Mailbox()
    with served(mailbox, port):
        for security in ("starttls", "tls"):
            settle(
                office, how="smtp", host="127.0.0.1", port=port, security=security, sender="clues@example.com"
            )
            answer = send(cluebook, office)
            assert (answer.code, codes(answer)) == (1, ["mail_not_secured"])
    assert mailbox.taken == []


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        ({}, "mail_unset"),
        ({"how": "outbox"}, "mail_unset"),
        ({"how": "outbox", "sender": "a@example.com, b@example.com"}, "mail_unset"),
        ({"how": "smtp", "sender": "clues@example.com"}, "mail_unset"),
        ({"how": "fax"}, "config_key"),
        ({"how": "smtp", "port": "25"}, "config_key"),
    ],
)
def test_settings_that_cannot_be_used_are_told_and_nothing_is_sent(cluebook, office, mail, code):
    settle(office, **mail)
    answer = send(cluebook, office)
    assert (answer.code, codes(answer)) == (3, [code])


def test_without_a_server_the_messages_lie_in_the_outbox(cluebook, office):
    settle(office, how="outbox", sender="clues@example.com")
    answer = send(cluebook, office)
    assert sorted(path.name for path in (office / "outbox").iterdir()) == [
        "2026-03-25 王芳.eml",
        "2026-03-25 赵敏.eml",
        "2026-03-25 钱进.eml",
    ]
    assert len(answer.told["documents"]) == 3
    assert b"X-Unsent: 1\r\n" in (office / "outbox" / "2026-03-25 王芳.eml").read_bytes()
    assert send(cluebook, office).told["mails"] == []


def test_the_office_can_word_its_mails_and_what_is_no_template_sends_nothing(cluebook, office, port):
    mine = office / "templates" / "reminder.txt"
    mailbox = Mailbox()
    with served(mailbox, port):
        for bad, code in (
            ("{{ name.__class__ }}", "template_unknown_name"),
            ("{{ reporter }}", "template_unknown_name"),
            ("{% for a in items %}{% for b in items %}{% endfor %}{% endfor %}", "template_syntax"),
            ("{{ cycler() }}", "template_syntax"),
            (" ", "template_damaged"),
        ):
            mine.write_text(bad, "utf-8")
            answer = send(cluebook, office)
            assert (answer.code, codes(answer)) == (3, [code])
            assert "reminder.txt" in str(answer.told["problems"][0]["file"])
        mine.write_text("{{ name }} & <co>: {{ items[0].number }}", "utf-8")
        assert send(cluebook, office).code == 3
        mine.write_bytes("{{ name }} & <co>: {{ total }}".encode("utf-16"))
        (office / "templates" / "reminder.html").unlink()
        assert send(cluebook, office).code == 0
    told = texts(mailbox.to(ZHAO)[0])
    assert told["text/plain"].strip() == "赵敏 & <co>: 2"
    assert "线索提醒" in told["text/html"]


def test_what_is_wrong_with_a_template_is_told_before_anything_is_sent(office):
    templates = office / "templates"
    assert template_problems(templates) == []
    (templates / "reminder.html").write_text("{{ reporter }}", "utf-8")
    assert [problem.code for problem in template_problems(templates)] == ["template_unknown_name"]
    told = context_of(Digest("", "", ()), ledger_at(office), datetime.fromisoformat(LATE))
    assert told.keys() == SPECIMEN.keys()


def test_the_watch_reports_what_did_not_go_out_and_tries_again_within_the_day(office, port):
    ledger = office / "ledger.xlsx"
    with (office / "cluebook.toml").open("a") as file:
        file.write("\n".join(["\n[watch]", *(f"{job} = []" for job in JOBS if job != "remind")]))

    def at(hour, minute=45):
        looked = rounds.look(ledger, datetime(2026, 3, 25, hour, minute))
        return [done.ran.result for done in looked.done if done.job is JOBS["remind"]]

    assert at(8) == ["failed"]
    assert recall(office / "log").last["remind"].problems == ("mail_server_unreachable",)
    assert at(9, 15) == []
    mailbox = Mailbox()
    with served(mailbox, port):
        assert at(9) == ["done"]
        assert at(16) == []
    assert len(mailbox.taken) == 3
