"""Handing messages over: to a mail server, or into a folder from which somebody sends them (procedure K3).

A message that was certainly not taken may be tried again; of one that was cut off while it was handed over nobody
can tell, and it is not.
"""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
import ssl
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from cluebook.books.saving import disk_errors, write_whole
from cluebook.config import FILE, Folder, Mail
from cluebook.documents import safe_name
from cluebook.domain.addresses import address_in
from cluebook.errors import ConfigError, DiskError, Place, Problem, SecretError
from cluebook.text import Text

PASSWORD = "CLUEBOOK_MAIL_PASSWORD"  # noqa: S105 - the name of the variable, not what is in it
_PATIENCE = 30.0  # seconds for each word of the server
_TAKEN = frozenset({250, 251})
_READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO

Hand = Callable[[EmailMessage, str], Path | None]
"""Hands over a message under a name; returns the file it became, if it became one. Raises `Untaken`."""


class Untaken(Exception):  # noqa: N818 - a signal inside this package; `problem` is what is shown
    """A message was not taken over.

    Attributes:
        problem: why.
        is_certain: whether it surely did not go out, so that it may be tried again.
        is_over: whether the next one need not be tried.
    """

    def __init__(self, problem: Problem, *, is_certain: bool = True, is_over: bool = False) -> None:
        """Keep what went wrong."""
        super().__init__(problem.code)
        self.problem, self.is_certain, self.is_over = problem, is_certain, is_over


@dataclass(frozen=True, slots=True)
class Server:
    """What it takes to reach a mail server; the password is not shown."""

    mail: Mail
    password: str | None


def sender_of(mail: Mail) -> str:
    """Return the sender's address.

    Raises:
        ConfigError: it is none, or no way of sending is set.
    """
    if mail.how == "off":
        wrong = Text("没有设置提醒怎样发出。", "It is not set how reminders are sent.")
        raise ConfigError(_unset("how", wrong))
    address = address_in(mail.sender)
    if isinstance(address, str):
        return address
    wrong = Text("发件人地址{fault}。", "The sender's address {fault}.").fill(fault=address)
    raise ConfigError(_unset("sender", wrong))


@contextlib.contextmanager
def post(folder: Folder) -> Iterator[Hand]:
    """Give what messages are handed over to, as the settings file has it.

    Raises:
        ConfigError: the server is not named.
        SecretError: the password is missing, or others may read it.
        Untaken: the server cannot be reached, or does not let us in.
    """
    mail = folder.config.mail
    if mail.how == "outbox":
        yield lambda message, name: _put(message, folder.outbox / f"{safe_name(name)}.eml")
        return
    if not mail.host.strip():
        raise ConfigError(_unset("host", Text("没有写明邮件服务器。", "The mail server is not named.")))
    with contextlib.ExitStack() as stack:
        server = _entered(mail, _password(folder), stack)
        yield lambda message, _name: _send(message, server)


def _put(message: EmailMessage, path: Path) -> Path:
    """Return the file that a message became; mail programs open it ready to be sent (X-Unsent)."""
    message["X-Unsent"] = "1"
    try:
        with disk_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, message.as_bytes())
    except DiskError as error:
        raise Untaken(error.problems[0], is_over=True) from None
    return path


def _password(folder: Folder) -> str | None:
    """Return the password, from the environment or else from the file; ``None`` where nobody logs in.

    Raises:
        SecretError: there is none, or others may read it.
    """
    mail = folder.config.mail
    if not mail.user:
        return None
    if given := os.environ.get(PASSWORD):
        return given
    path = folder.root / mail.password_file
    try:
        mode, told = path.stat().st_mode, path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError):
        told = ""
    if not told or not mail.password_file:
        wrong = Text("没有找到邮件服务器的密码。", "There is no password for the mail server.")
        fix = Text(
            "请设环境变量 {variable}，或在 [mail] password_file 指明密码文件。",
            "Set the environment variable {variable}, or name the file in [mail] password_file.",
        )
        raise SecretError(
            Problem("mail_password_missing", Place(file=FILE), wrong, fix.fill(variable=PASSWORD))
        )
    if sys.platform != "win32" and mode & _READ_BY_OTHERS:
        wrong = Text("其他人可以读取密码文件。", "Others may read the file with the password.")
        fix = Text("请改为只许本人读取（chmod 600）。", "Let nobody else read it (chmod 600).")
        raise SecretError(Problem("mail_password_open", Place(file=path.name), wrong, fix))
    return told


def _entered(mail: Mail, password: str | None, stack: contextlib.ExitStack) -> smtplib.SMTP:
    """Return a connection to the server, encrypted and logged in as set.

    Raises:
        Untaken: it cannot be had.
    """
    named, context = socket.gethostname(), ssl.create_default_context()
    try:
        if mail.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port, named, timeout=_PATIENCE, context=context
            )
        else:
            server = smtplib.SMTP(mail.host, mail.port, named, timeout=_PATIENCE)
        stack.callback(_left, server)
        if mail.security == "starttls":
            server.starttls(context=context)
        if password is not None:
            server.login(mail.user, password)
        server.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError as error:
        raise _closed("mail_login_refused", error.smtp_code) from None
    except smtplib.SMTPResponseException as error:
        raise _closed("mail_server_refused", error.smtp_code) from None
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        raise _closed("mail_not_secured") from None
    except smtplib.SMTPException:
        raise _closed("mail_server_lost") from None
    except (OSError, OverflowError, UnicodeError):  # no such host, or a port that is none
        raise _closed("mail_server_unreachable") from None
    return server


def _send(message: EmailMessage, server: smtplib.SMTP) -> None:
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    content = message.as_bytes()
    try:
        code, _ = server.mail(sender)
        if code in _TAKEN:
            code, _ = server.rcpt(to)
        if code not in _TAKEN:
            server.rset()
            raise _refused(code)
    except (smtplib.SMTPException, OSError):
        raise _closed("mail_server_lost") from None
    try:
        code, _ = server.data(content)
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (smtplib.SMTPException, OSError):
        raise Untaken(_problem("mail_cut_off"), is_certain=False, is_over=True) from None
    if code not in _TAKEN:
        raise _refused(code)


def _left(server: smtplib.SMTP) -> None:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _refused(code: int) -> Untaken:
    """Return why a server did not take one message; 421 means that it takes no further one."""
    return Untaken(_problem("mail_refused", code), is_over=code == 421)


def _closed(name: str, code: int | None = None) -> Untaken:
    return Untaken(_problem(name, code), is_over=True)


_AGAIN = Text("没有发出的提醒保留，下次再发。", "What was not sent is kept and tried again the next time.")
_CHECK = Text(
    "请核对 [mail] 的设置；没有发出的提醒下次再发。",
    "Check the settings in [mail]; what was not sent is tried again the next time.",
)
_SAID: dict[str, tuple[Text, Text]] = {
    "mail_server_unreachable": (Text("连不上邮件服务器。", "The mail server cannot be reached."), _CHECK),
    "mail_not_secured": (
        Text(
            "不能按所设的加密或登录方式与邮件服务器连接。",
            "The mail server cannot be reached with the encryption or login that is set.",
        ),
        _CHECK,
    ),
    "mail_login_refused": (
        Text("邮件服务器拒绝登录（{code}）。", "The mail server refused the login ({code})."),
        _CHECK,
    ),
    "mail_server_refused": (
        Text("邮件服务器拒绝服务（{code}）。", "The mail server refused to serve us ({code})."),
        _AGAIN,
    ),
    "mail_server_lost": (
        Text("与邮件服务器的连接中断。", "The connection to the mail server broke."),
        _AGAIN,
    ),
    "mail_refused": (
        Text("邮件服务器拒收（{code}）。", "The mail server refused the message ({code})."),
        _AGAIN,
    ),
    "mail_cut_off": (
        Text(
            "交给邮件服务器时中断，不知是否已发出。",
            "It was cut off while it was handed over; it may have gone out or not.",
        ),
        Text("不再重发；请向收件人核实。", "It is not sent again; ask the recipient."),
    ),
}


def _problem(name: str, code: int | None = None) -> Problem:
    wrong, fix = _SAID[name]
    return Problem(name, Place(file=FILE, column="[mail]"), wrong.fill(code=code), fix)


def _unset(name: str, wrong: Text) -> Problem:
    fix = Text("请在 cluebook.toml 的 [mail] 中写明。", "Set it in [mail] of cluebook.toml.")
    return Problem("mail_unset", Place(file=FILE, column=f"[mail] {name}"), wrong, fix)
