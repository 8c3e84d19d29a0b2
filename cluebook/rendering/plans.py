"""What is known of a template once it is compiled, and the files it is kept in between two presses.

A plan is data and holds no code: whoever can write to the folder of plans can change what documents say, as whoever
can write to the templates can, and nothing more. A plan that is damaged, or that cannot be kept, is no plan.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from cluebook import __version__
from cluebook.rendering.packing import Member

Mode = Literal["string", "exact", "stock"]

_FORMAT = 2
_KEPT = 40
_SUFFIX = ".plan"
_MAKERS = ("docxtpl", "docx", "jinja2", "lxml")
_VERSIONS = re.compile(r"(docxtpl|python_docx|jinja2|lxml)-[^-]+\.dist-info", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Story:
    """One member of a document that values go into.

    Attributes:
        member: its name.
        steps: what to write; the whole member if it is put together as text.
        shell: for a story that docxtpl has to finish, the member its body goes into, empty for a header or footer;
            ``None`` for a story that is put together as text.
    """

    member: str
    steps: list[Any]
    shell: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled template.

    Attributes:
        mode: `string` if its documents are put together as text, `exact` if docxtpl has to finish a story of it, `stock`
            if docxtpl has to do everything.
        names: the context names it uses, dotted.
        members: the members of a document in their order, those that values go into left out as ``None``.
        stories: body, headers and footers with tags in them.
        title: steps of its title.
        properties: name of the member with title, language and times.
        around: for each language the XML of that member before the title, the first time, the second, and after.
        pictures: members that give way to the QR code.
    """

    mode: Mode
    names: list[str]
    members: list[tuple[str, Member | None]]
    stories: list[Story]
    title: list[Any]
    properties: str
    around: dict[str, list[str]]
    pictures: list[str]


STOCK = Plan("stock", [], [], [], [""], "", {}, [])
"""The plan of a template that only docxtpl can fill."""


def name_of(content: bytes) -> str:
    """Return the file name of the plan for a template of this content, as these versions of the libraries make it."""
    made_by = json.dumps([_FORMAT, __version__, sys.version, *_versions()])
    return hashlib.sha256(made_by.encode() + content).hexdigest()[:40] + _SUFFIX


def kept(file: Path) -> Plan | None:
    """Return the plan kept in a file, or ``None`` if there is none or it is damaged."""
    try:
        content = file.read_bytes()
        seal, written = content[:32], content[32:]
        return _read(written) if hashlib.sha256(written).digest() == seal else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def keep(plan: Plan, file: Path) -> None:
    """Keep a plan in a file, in one move; the oldest ones go. A folder that cannot be written to is left alone."""
    written = _written(plan)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            beside.write_bytes(hashlib.sha256(written).digest() + written)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
        newest_first = sorted(file.parent.glob(f"*{_SUFFIX}"), key=lambda path: -path.stat().st_mtime)
        for old in newest_first[_KEPT:]:
            old.unlink()


@functools.cache
def _versions() -> list[str]:
    """Return the versions of the libraries a plan depends on, without the cost of loading any of them."""
    specs = [find_spec(name) for name in _MAKERS]
    folders = {Path(spec.origin).parents[1] for spec in specs if spec and spec.origin}
    return sorted(
        each.name for folder in folders for each in folder.iterdir() if _VERSIONS.fullmatch(each.name)
    )


def _written(plan: Plan) -> bytes:
    """Return a plan as bytes: a line of JSON, then the compressed members one after the other."""
    fields = {
        name: getattr(plan, name) for name in ("mode", "names", "title", "properties", "around", "pictures")
    }
    members = [
        [name, member and [member.crc, member.size, len(member.deflated)]] for name, member in plan.members
    ]
    stories = [asdict(story) for story in plan.stories]
    head = json.dumps(fields | {"members": members, "stories": stories}, ensure_ascii=False)
    return b"\n".join(
        [head.encode(), b"".join(member.deflated for _, member in plan.members if member is not None)]
    )


def _read(written: bytes) -> Plan:
    head, _, rest = written.partition(b"\n")
    fields = json.loads(head)
    members: list[tuple[str, Member | None]] = []
    at = 0
    for name, sizes in fields.pop("members"):
        if sizes is None:
            members.append((name, None))
            continue
        crc, size, length = sizes
        members.append((name, Member(name, crc, size, rest[at : at + length])))
        at += length
    stories = [Story(**story) for story in fields.pop("stories")]
    return Plan(members=members, stories=stories, **fields)
