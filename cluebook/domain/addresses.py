"""E-mail addresses as the people sheet holds them: one plain address a cell, or a word on what is wrong (trust 33)."""

from __future__ import annotations

import re
import unicodedata

from cluebook.text import Text

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST, _LONGEST_LOCAL = 254, 64

_HIDDEN = Text("含有换行或看不见的字符", "holds a line break or characters that cannot be seen")
_WIDE = Text("含有全角字符", "holds full-width characters")
_SEVERAL = Text("不止一个地址", "holds more than one address")
_NOT_ONE = Text("不是邮箱地址", "is no e-mail address")


def address_in(cell: str) -> str | Text:
    """Return the address that a cell holds, its domain as mail servers write it, or what is wrong with it.

    >>> address_in(" wang@example.com "), address_in("wang@例子.中国")
    ('wang@example.com', 'wang@xn--fsqu00a.xn--fiqs8s')
    >>> address_in("wang＠example.com").en, address_in("a@example.com, b@example.com").en
    ('holds full-width characters', 'holds more than one address')
    """
    told = cell.strip(" ")
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in told):
        return _HIDDEN
    if any(unicodedata.east_asian_width(letter) == "F" for letter in told):
        return _WIDE
    if told.count("@") > 1 or any(mark in told for mark in ",;、"):
        return _SEVERAL
    local, _, domain = told.partition("@")
    plain = _plain_domain(domain)
    if plain is None or not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        return _NOT_ONE
    whole = f"{local}@{plain}"
    return whole if len(whole) <= _LONGEST else _NOT_ONE


def shown_name(name: str) -> str:
    r"""Return a name as it may stand before an address: in one line, nothing hidden in it.

    >>> shown_name("王芳\r\nBcc: all@example.com")
    '王芳 Bcc: all@example.com'
    """
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    return " ".join(seen.split())


def _plain_domain(domain: str) -> str | None:
    """Return a domain in the letters that mail servers know, ``None`` for what is no domain."""
    try:
        plain = domain.encode("idna").decode().lower()
        read_back = plain.encode().decode("idna")
    except UnicodeError:
        return None
    labels = plain.split(".")
    # Some letters become others on the way, and would make it somebody else's domain.
    if read_back != domain.lower() or len(labels) < 2:
        return None
    return plain if all(map(_LABEL.fullmatch, labels)) else None
