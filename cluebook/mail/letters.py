"""A digest as a message: plain text and HTML of the office's templates, and a calendar file of what is ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from cluebook.documents import day_in_words
from cluebook.domain.addresses import shown_name
from cluebook.domain.ladder import lateness_in_words
from cluebook.errors import Problem, TemplateError
from cluebook.ledger.ledger import Ledger
from cluebook.mail.digests import Digest, Item
from cluebook.mail.entries import calendar_file
from cluebook.rendering.letters import letter
from cluebook.text import Lang, Text

PLAIN, RICH = "reminder.txt", "reminder.html"
"""The templates of a digest."""

_LONGEST_NUMBER = 40
_SUBJECT = Text("线索提醒：{number}", "Clue reminder: {number}")
_SUBJECT_OF_MANY = Text("线索提醒：{number} 等 {n} 项", "Clue reminders: {number} and others, {n} in all")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and with which templates.

    Attributes:
        address: the sender's address.
        template: gives the template of a name.
    """

    address: str
    template: Callable[[str], Path]


def message_of(digest: Digest, ledger: Ledger, sender: Sender, at: datetime) -> EmailMessage:
    """Return a digest as a message to one person.

    Subject and calendar file hold nothing of a clue but its number (trust 33).

    Raises:
        TemplateError: a template cannot be used.
    """
    lang, context = ledger.lang, context_of(digest, ledger, at)
    message = EmailMessage(SMTP)
    message["Subject"] = _subject(digest.items, lang)
    message["From"] = Address(shown_name(ledger.settings.office), addr_spec=sender.address)
    message["To"] = Address(shown_name(digest.name), addr_spec=digest.address)
    message["Date"] = format_datetime(at.astimezone())
    message["Message-ID"] = make_msgid(domain=sender.address.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers (RFC 3834)
    message.set_content(letter(sender.template(PLAIN), context), cte="base64")
    message.add_alternative(letter(sender.template(RICH), context), subtype="html", cte="base64")
    if entries := calendar_file(digest.items, at, lang):
        message.add_attachment(
            entries,
            maintype="text",
            subtype="calendar",
            filename="deadlines.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return message


def context_of(digest: Digest, ledger: Ledger, at: datetime) -> Mapping[str, object]:
    """Return what the templates of a digest may print."""
    lang, settings = ledger.lang, ledger.settings
    return {
        "office": settings.office,
        "contact": settings.contact,
        "name": digest.name,
        "today": day_in_words(at.date(), lang),
        "total": len(digest.items),
        "items": [_line(item, lang) for item in digest.items],
    }


def template_problems(templates: Path) -> list[Problem]:
    """Return what is wrong with the office's own templates of mails; where it has none the shipped ones are used."""
    found: list[Problem] = []
    for template in (templates / name for name in (PLAIN, RICH)):
        try:
            if template.exists():
                letter(template, SPECIMEN)
        except TemplateError as error:
            found += error.problems
    return found


SPECIMEN: Mapping[str, object] = {
    **dict.fromkeys(("office", "contact", "name", "today"), "-"),
    "total": 1,
    "items": [
        dict.fromkeys(
            ("number", "matter", "department", "handler", "deadline", "due", "state", "step", "late"), "-"
        )
    ],
}
"""What a template is tried with: every name that it may use."""


def _line(item: Item, lang: Lang) -> Mapping[str, str]:
    reminder = item.reminder
    return {
        "number": item.number,
        "matter": item.matter,
        "department": item.department,
        "handler": item.handler,
        "deadline": reminder.deadline.text.in_(lang),
        "due": day_in_words(reminder.due, lang),
        "state": lateness_in_words(reminder.days).in_(lang),
        "step": reminder.rung.text.in_(lang) if reminder.rung.demand and reminder.deadline.overdue else "",
        "late": "1" if reminder.days > 0 else "",
    }


def _subject(items: tuple[Item, ...], lang: Lang) -> str:
    number = shown_name(items[0].number)[:_LONGEST_NUMBER]
    words = _SUBJECT if len(items) == 1 else _SUBJECT_OF_MANY
    return words.fill(number=number, n=len(items)).in_(lang)
