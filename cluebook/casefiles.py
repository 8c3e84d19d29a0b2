"""The files of a case on the disk: what lies in its folder, and all of it packed into one volume (procedure A1, A2)."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cluebook.documents import safe_name
from cluebook.ledger.ledger import KeptFile

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest date of the format: equal files make an equal volume
_PAGE_OF_PDF = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PAGES_OF_WORD = re.compile(rb"<Pages>(\d+)</Pages>")


class Packed(NamedTuple):
    """A file by its name, with its content."""

    name: str
    content: bytes


def files_of(documents: Path, number: str) -> Iterator[Packed]:
    """Yield the files in the folders of a clue, whatever the year, in the order of their names."""
    for path in _paths(documents, number):
        yield Packed(path.name, path.read_bytes())


def described(documents: Path, number: str) -> tuple[KeptFile, ...]:
    """Return what there is to say of each file of a clue: its name, hash, pages where they are known, day."""
    found = []
    for path in _paths(documents, number):
        content, made = path.read_bytes(), date.fromtimestamp(path.stat().st_mtime)
        found.append(KeptFile(path.name, hashlib.sha256(content).hexdigest(), _pages(content), made))
    return tuple(found)


def packed(files: Iterable[Packed]) -> bytes:
    """Return the files as one zip with a list of their hashes; equal files give equal bytes."""
    held = sorted(files)
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in held)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*held, ("SHA256SUMS.txt", listed.encode())):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _paths(documents: Path, number: str) -> list[Path]:
    there = documents.glob(f"*/{safe_name(number)}/*")
    return sorted(path for path in there if path.is_file() and not path.name.startswith(("~", ".")))


def _pages(content: bytes) -> int | None:
    """Return the pages that a PDF has, or that Word counted when it last saved; ``None`` where nobody counted."""
    if content.startswith(b"%PDF"):
        return len(_PAGE_OF_PDF.findall(content)) or None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            counted = _PAGES_OF_WORD.search(package.read("docProps/app.xml"))
    except (KeyError, zipfile.BadZipFile):
        return None
    return int(counted[1]) if counted else None
