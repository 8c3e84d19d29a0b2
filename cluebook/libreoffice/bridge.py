"""The office's programming interface, UNO: found, loaded once, and its words by name.

LibreOffice brings ``uno.py`` and the library behind it, made for one version of Python. Where another
Python runs, or no LibreOffice is installed, the error says which of the two it is.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, TypeVar

from cluebook.errors import Place, Problem, RefusedError
from cluebook.text import Text, same

C = TypeVar("C", bound=type)

PLACES = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/libreoffice/program",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/Resources",
    "C:/Program Files/LibreOffice/program",
)
"""Where LibreOffice keeps ``uno.py`` when it is not beside the program itself."""

LINKED = re.compile(rb"python(3)\.?(\d+)m?\.(?:so|dll|dylib)")
"""How a library names the Python it is linked to."""
ENDED = ("URP bridge", "illegal object given", "cannot get value ServiceManager")
"""What the office's own errors say once the other end is gone."""

NO_UNO = Text(
    "本机没有 LibreOffice 的 Python 接口（uno.py）。",
    "LibreOffice's Python interface (uno.py) is not on this computer.",
)
NO_UNO_FIX = Text(
    "请安装 LibreOffice 及其 Python 支持（Debian 和 Ubuntu 为 python3-uno）。",
    "Install LibreOffice with its Python support (python3-uno on Debian and Ubuntu).",
)
OTHER_PYTHON = Text(
    "LibreOffice 的 Python 接口只适用于 Python {made}，当前运行的是 Python {runs}。",
    "LibreOffice's Python interface is made for Python {made}; this is Python {runs}.",
)
OTHER_PYTHON_FIX = Text("请改用 Python {made} 运行 cluebook。", "Run cluebook with Python {made}.")
BROKEN_UNO = Text("LibreOffice 的 Python 接口无法载入。", "LibreOffice's Python interface cannot be loaded.")
BROKEN_UNO_FIX = Text(
    "请重新安装 LibreOffice 及其 Python 支持。", "Install LibreOffice and its Python support again."
)
GONE = Text(
    "LibreOffice 已经退出，未保存的修改已丢失。",
    "LibreOffice is no longer running; changes not saved are lost.",
)
GONE_FIX = Text("请重新打开工作簿后再试。", "Open the workbook again and repeat.")

REFUSED = Text("LibreOffice 拒绝了这项操作（{kind}）。", "LibreOffice refuses this ({kind}).")
REFUSED_FIX = Text(
    "请确认工作簿仍然打开，并检查名称、区域和参数。",
    "Check that the workbook is still open, and the names, ranges and arguments.",
)


def refusal(code: str, wrong: Text, fix: Text) -> RefusedError:
    """Return the error that says why LibreOffice cannot be used."""
    return RefusedError(Problem(code, Place(), wrong, fix))


@functools.cache
def uno() -> ModuleType:
    """Return LibreOffice's ``uno`` module.

    Raises:
        RefusedError: it is missing, or made for another Python.
    """
    if "uno" in sys.modules:
        return sys.modules["uno"]
    for folder in _folders():
        if (folder / "uno.py").is_file():
            return _load(folder)
    raise refusal("uno_missing", NO_UNO, NO_UNO_FIX)


def program() -> str | None:
    """Return the path of ``soffice``, if LibreOffice is installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    if named:
        return named
    beside = (
        Path(place) / name for place in PLACES for name in ("soffice", "soffice.exe", "../MacOS/soffice")
    )
    return next((str(path) for path in beside if path.is_file()), None)


def _folders() -> Iterator[Path]:
    """Yield where ``uno.py`` may be, the installed program's own folder first."""
    started = program()
    if started:
        yield Path(started).resolve().parent
    yield from map(Path, PLACES)


def _load(folder: Path) -> ModuleType:
    """Return the module of that folder; the folder's other modules stay out of reach."""
    made = _made_for(folder)
    runs = f"{sys.version_info.major}.{sys.version_info.minor}"
    if made and made != runs:
        wrong = OTHER_PYTHON.fill(made=same(made), runs=same(runs))
        raise refusal("uno_missing", wrong, OTHER_PYTHON_FIX.fill(made=same(made)))
    spec = importlib.util.spec_from_file_location("uno", folder / "uno.py")
    if spec is None or spec.loader is None:
        raise refusal("uno_missing", NO_UNO, NO_UNO_FIX)
    module = importlib.util.module_from_spec(spec)
    library = _library(folder)
    before = list(sys.path)
    if library:
        sys.path.append(str(library.parent))
    sys.modules["uno"] = module
    try:
        spec.loader.exec_module(module)
    except Exception:  # noqa: BLE001 - whatever a broken installation raises, it cannot be used
        del sys.modules["uno"]
        raise refusal("uno_missing", BROKEN_UNO, BROKEN_UNO_FIX) from None
    finally:
        sys.path[:] = before
    return module


def _library(folder: Path) -> Path | None:
    """Return the library behind ``uno.py``, beside it or beside the program."""
    started = program()
    homes = [folder, *([Path(started).resolve().parent] if started else [])]
    names = (home / name for home in homes for name in ("pyuno.so", "pyuno.pyd"))
    return next((path for path in names if path.is_file()), None)


def _made_for(folder: Path) -> str | None:
    """Return the Python the library asks for; loading it into another one would end the process."""
    library = _library(folder)
    parts = sorted(library.parent.glob("*pyuno.*")) if library else []
    for content in (part.read_bytes() for part in parts if part.is_file()):
        if asked := LINKED.search(content):
            return f"{asked[1].decode()}.{asked[2].decode()}"
    return None


def prop(name: str, value: Any) -> Any:  # noqa: ANN401 - the office takes whatever the property holds
    """Return a named value, as the office's methods take them."""
    return struct("com.sun.star.beans.PropertyValue", Name=name, Value=value)


def struct(kind: str, **members: Any) -> Any:  # noqa: ANN401 - declared by the office
    """Return a struct of the office with its members set."""
    made = uno().createUnoStruct(kind)
    for name, value in members.items():
        setattr(made, name, value)
    return made


def enum(kind: str, name: str) -> Any:  # noqa: ANN401 - declared by the office
    """Return one value of an enumeration of the office."""
    return uno().Enum(f"com.sun.star.{kind}", name)


def url_of(path: str | os.PathLike[str]) -> str:
    """Return a file's path as the office takes it."""
    return str(uno().systemPathToFileUrl(os.path.abspath(path)))  # noqa: PTH100 - links stay as named


def path_of(url: str) -> str:
    """Return the path of a file the office names."""
    return str(uno().fileUrlToSystemPath(url))


def is_gone(error: BaseException) -> bool:
    """Return whether an error says that the office at the other end has ended."""
    return type(error).__name__.endswith("NoConnectException") or (
        _is_uno(error) and any(sign in str(error) for sign in ENDED)
    )


def own() -> Any:  # noqa: ANN401 - stands for any member
    """Return the mark of a member each object keeps for itself, where xlwings' interface has a property."""
    return None


def guarded(kind: C) -> C:
    """Return the class with every member raising cluebook's errors in place of the office's.

    The office's own errors cannot leave a ``with`` block: Python sets a traceback on them there, which
    they do not allow, and what went wrong is lost.
    """
    for name, member in list(vars(kind).items()):
        if isinstance(member, FunctionType):
            setattr(kind, name, _clear(member))
        elif isinstance(member, property):
            read, written = (part and _clear(part) for part in (member.fget, member.fset))
            setattr(kind, name, property(read, written))
    return kind


def _clear(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as the function
        try:
            return function(*args, **options)
        except Exception as error:
            if not _is_uno(error):
                raise
            first: BaseException = error
            while first.__context__ is not None and _is_uno(first.__context__):
                first = first.__context__
            if is_gone(first):
                raise refusal("office_gone", GONE, GONE_FIX) from None
            kind = same(type(first).__name__.rpartition(".")[2])
            raise refusal("office_refused", REFUSED.fill(kind=kind), REFUSED_FIX) from None

    return call


def _is_uno(error: BaseException) -> bool:
    return type(error).__name__.startswith("com.sun.star.")
