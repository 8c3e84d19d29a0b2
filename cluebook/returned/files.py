"""The files that came back: each one named, or all that lie in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cluebook.forms import Delivery, Returned
from cluebook.returned.package import UnreadError
from cluebook.returned.problems import unread
from cluebook.returned.reading import read_form

_LARGEST = 64 << 20
_PASSED = ("~$", ".", "thumbs.db", "desktop.ini")
"""How the names of files begin that programs leave behind."""


def delivered(paths: Iterable[Path], inbox: Path) -> Delivery:
    """Return what lies at these places, in their order; a folder stands for every file in it.

    Args:
        paths: files and folders.
        inbox: the folder that a form leaves once it is kept with its clue.
    """
    forms, problems = [], []
    for path in files_at(path for path in paths if path != inbox or path.exists()):
        # What a file is called is told on screens; it may be anything.
        name = "".join(letter if letter.isprintable() else "\ufffd" for letter in path.name)
        try:
            form = read_form(_content(path), name)
        except UnreadError as error:
            problems.append(unread(str(error), name))
        else:
            forms.append(_placed(form, path, inbox))
    return Delivery(tuple(forms), tuple(problems))


def files_at(paths: Iterable[Path]) -> Iterator[Path]:
    """Return the files at these places, those of a folder by name; what programs leave behind is passed over."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if each.is_file())
            yield from (each for each in inside if not each.name.lower().startswith(_PASSED))
        else:
            yield path


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadError("file_too_large")
        return path.read_bytes()
    except OSError:
        raise UnreadError("file_missing") from None


def _placed(form: Returned, path: Path, inbox: Path) -> Returned:
    return replace(form, inbox=path) if path.resolve().parent == inbox.resolve() else form
