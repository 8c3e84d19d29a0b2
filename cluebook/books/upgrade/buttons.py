"""The macros and the ribbon of a ledger, brought to what they are now; macros of somebody's own stay."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cluebook.books.macros import PROJECT, RIBBON, sources, without_cache
from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.parts import links_of, relations_part
from cluebook.books.upgrade.revision import Revision
from cluebook.ribbon import ribbon_xml
from cluebook.text import Lang, Text

_RENEWED = Text("功能区按钮和宏已更新。", "The buttons of the ribbon and their macros are renewed.")
_UNSIGNED = Text(
    "宏有改动，原来的数字签名已失效，请重新签名。",
    "The macros changed, so their digital signature is void; sign them again.",
)


_OURS = {"xlwings", "Dictionary", "Cluebook"}
"""The modules that are ours alone; that of the workbook itself may hold what an office added."""

_HEADS = ("Attribute ", "VERSION ", "BEGIN", "END", "  MultiUse")


def renew_buttons(revision: Revision, content: bytes, lang: Lang) -> list[Text]:
    """Replace ribbon and macros where they are other ones than a new ledger has; return what there is to say."""
    archive = revision.package.archive
    ribbon = archive.find(RIBBON)
    if archive.find(PROJECT) is None or ribbon is None:
        return []
    told: list[Text] = []
    if archive.read(RIBBON) != ribbon_xml(lang):
        revision.put(RIBBON, ribbon_xml(lang))
        told = [_RENEWED]
    if (project := _renewed_project(content)) is not None:
        revision.put(PROJECT, project)
        told = [_RENEWED, *_without_signature(revision)]
    return told


def _renewed_project(content: bytes) -> bytes | None:
    """Return the VBA project of a workbook with the present texts of our modules; ``None`` when it has them."""
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsm"
        path.write_bytes(content)
        with ExcelFile(path) as file:
            names = _OURS & set(file.module_names())
            stale = [name for name in sorted(names) if _code(file.get_module(name)) != _code(sources()[name])]
            for name in stale:
                file.set_module(name, sources()[name])
            if stale:
                file.save(allow_invalidate_signature=True)
        return without_cache(read_archive(path.read_bytes()).read(PROJECT)) if stale else None


def _code(text: str) -> list[str]:
    """Return the lines of a module without its attributes, which Office keeps in an order of its own."""
    lines = [line.rstrip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(_HEADS)]


def _without_signature(revision: Revision) -> list[Text]:
    """Leave out the signatures of macros that are other ones now; return that they have to be signed again."""
    signatures = [
        part for kind, part in links_of(revision.package.archive, PROJECT).values() if "ignature" in kind
    ]
    for part in signatures:
        revision.drop(part)
    if signatures:
        revision.drop(relations_part(PROJECT))
    return [_UNSIGNED] if signatures else []
