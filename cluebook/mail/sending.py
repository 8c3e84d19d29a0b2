"""Reminding everybody of today: what would be sent is shown, or sent, each reminder once (procedure K3)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from cluebook.actions.office import clocks_of_ledger
from cluebook.books.file import FileBook
from cluebook.books.lock import beside, held
from cluebook.books.problems import problem
from cluebook.books.saving import disk_errors
from cluebook.config import Folder
from cluebook.domain.workdays import is_workday
from cluebook.drafts import template_in_use
from cluebook.errors import BusyError, Place, Problem
from cluebook.ledger import sheets
from cluebook.ledger.ledger import Ledger
from cluebook.mail.digests import Digest, digests_of
from cluebook.mail.letters import Sender, message_of
from cluebook.mail.postbook import FAILED, SENT, UNKNOWN, Postbook, read_postbook
from cluebook.mail.posting import Untaken, post, sender_of
from cluebook.text import Lang, Text

_PATIENCE = 60.0  # seconds to wait for another process that sends

_CUT_OFF = Text(
    "{at} 给 {name} 的提醒发到一半中断，不知是否已发出。",
    "The reminder to {name} of {at} was cut off half way; it may have gone out or not.",
)
_CUT_OFF_FIX = Text("不再重发；请向本人核实。", "It is not sent again; ask them.")


@dataclass(frozen=True, slots=True)
class Posted:
    """How it went with one message.

    Attributes:
        digest: what it says; ``None`` where none could be handed over.
        file: the file it became, if it became one.
        problem: why it did not go out, or may not have.
        is_kept: whether it surely did not, so that it is tried again.
    """

    digest: Digest | None
    file: Path | None = None
    problem: Problem | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Reminded:
    """What came of a round of reminders.

    Attributes:
        lang: language of the ledger.
        working: whether the office works today; on a day off there is nothing.
        digests: all that there was to send.
        problems: why some people get none.
        posted: how it went with each, once it was tried.
    """

    lang: Lang
    working: bool
    digests: tuple[Digest, ...] = ()
    problems: tuple[Problem, ...] = ()
    posted: tuple[Posted, ...] = ()

    @property
    def sent(self) -> list[Digest]:
        """The digests that went out."""
        return [each.digest for each in self.posted if each.digest and not each.problem]

    @property
    def files(self) -> list[Path]:
        """The files that were made instead of sending."""
        return [each.file for each in self.posted if each.file]

    @property
    def kept(self) -> list[Problem]:
        """Why some did not go out and are tried again."""
        return [each.problem for each in self.posted if each.problem and each.is_kept]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Everything that stood in the way."""
        return (*self.problems, *(each.problem for each in self.posted if each.problem))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The clues of which somebody was reminded."""
        return tuple(dict.fromkeys(item.number for digest in self.sent for item in digest.items))


def shown(path: Path, at: datetime) -> Reminded:
    """Return what would be sent now; nothing is, and nothing is written down.

    Raises:
        CluebookError: the ledger or the record of what was sent cannot be read.
    """
    book = read_postbook(_postbook(path))
    with _opened(path) as ledger:
        return _found(ledger, book, at)


def reminded(path: Path, folder: Folder, at: datetime) -> Reminded:
    """Send everybody their reminders, each person one digest a day at most and each reminder once.

    What could not be sent is left as it is: the next round finds it again, as it stands then.

    Raises:
        CluebookError: nothing was sent; the error says why.
    """
    sender = sender_of(folder.config.mail)
    with _alone(path):
        book = read_postbook(_postbook(path))
        with _opened(path) as ledger:
            found = _found(ledger, book, at)
            writer = Sender(sender, lambda name: template_in_use(name, folder.templates, ledger.lang))
            letters = [(digest, message_of(digest, ledger, writer, at)) for digest in found.digests]
        lost = _cut_off(book)
        posted = tuple(_posted(letters, folder, book, at)) if letters else ()
    return replace(found, problems=(*found.problems, *lost), posted=posted)


def _postbook(path: Path) -> Path:
    return beside(path, "post.jsonl")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Ledger]:
    """Give the ledger as it was last saved; it may be open meanwhile."""
    book = FileBook(path)
    with book.open():
        yield sheets.read(book)


def _found(ledger: Ledger, book: Postbook, at: datetime) -> Reminded:
    if not is_workday(at.date(), clocks_of_ledger(ledger).calendar):
        return Reminded(ledger.lang, working=False)
    told, written = book.told(), book.written_to(at.date())
    found = digests_of(ledger, at.date(), told=told.__contains__, done=written.__contains__)
    return Reminded(ledger.lang, True, found.digests, found.problems)


def _cut_off(book: Postbook) -> list[Problem]:
    """Return the messages that a program that died had begun; from now on they count as sent."""
    problems = []
    for ticket, posting in book.cut_off().items():
        book.end(ticket, UNKNOWN)
        wrong = _CUT_OFF.fill(at=f"{posting.at:%Y-%m-%d %H:%M}", name=posting.to)
        problems.append(Problem("mail_cut_off", Place(), wrong, _CUT_OFF_FIX))
    return problems


def _posted(
    letters: Iterable[tuple[Digest, EmailMessage]], folder: Folder, book: Postbook, at: datetime
) -> Iterator[Posted]:
    """Hand over each message, and yield how it went; what keeps all of them back is told once."""
    try:
        with post(folder) as hand:
            for digest, message in letters:
                ticket = book.begin(digest.name, digest.keys, at)
                try:
                    file = hand(message, f"{at:%Y-%m-%d} {digest.name}")
                except Untaken as untaken:
                    book.end(ticket, FAILED if untaken.is_certain else UNKNOWN)
                    yield Posted(digest, None, untaken.problem, untaken.is_certain)
                    if untaken.is_over:
                        return
                else:
                    book.end(ticket, SENT)
                    yield Posted(digest, file)
    except Untaken as untaken:
        yield Posted(None, None, untaken.problem, untaken.is_certain)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the right to send for a ledger, so that two processes never send the same."""
    with disk_errors(path), held(path, "mail", _PATIENCE) as got:
        if not got:
            raise BusyError(problem("ledger_locked", Place(file=path.name)))
        yield
