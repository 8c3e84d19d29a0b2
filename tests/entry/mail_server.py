"""A real mail server on this machine, which takes messages, refuses them, or hangs up."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as RULES

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """What a server does with what it is given.

    Attributes:
        refuses: the reply to a recipient, by address.
        spurns: the reply to every message, once it has it.
        hangs_up: whether it hangs up once it has a message, without a word.
        wants: the user and password it lets in; without them nobody need log in.
        taken: the messages it took, each with the addresses it is for.
    """

    refuses: dict[str, str] = field(default_factory=dict)
    spurns: str | None = None
    hangs_up: bool = False
    wants: tuple[str, str] | None = None
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hangs_up:
            server.transport.abort()
            return "250 OK"
        if self.spurns:
            return self.spurns
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=RULES)))
        return "250 OK"

    def knows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: object
    ) -> AuthResult:
        assert isinstance(told, LoginPassword)
        return AuthResult(success=(told.login.decode(), told.password.decode()) == self.wants, handled=False)

    def to(self, address: str) -> list[EmailMessage]:
        """The messages to an address."""
        return [message for addresses, message in self.taken if addresses == [address]]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def served(mailbox: Mailbox, port: int) -> Iterator[None]:
    """Have the server at a port of this machine."""
    asks = {"authenticator": mailbox.knows, "auth_required": True, "auth_require_tls": False}
    server = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        server_hostname="localhost",  # else it asks the net for its own name
        **(asks if mailbox.wants else {}),
    )
    server.start()
    try:
        yield
    finally:
        server.stop()
