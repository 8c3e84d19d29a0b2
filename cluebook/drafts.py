"""The office's own templates: checked, seen with sample data, copied to try a change, put in use, brought back.

``KIND.docx`` is the template in use for a kind of document. ``KIND.NAME.docx`` beside it is a draft of one, which
nothing is made of until it is put in use.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cluebook.books.saving import disk_errors
from cluebook.documents import DOCUMENTS, Document, safe_name, words_of
from cluebook.documents.specimens import MADE_AT, specimen_paper
from cluebook.errors import Place, Problem, TemplateError, UsageError
from cluebook.forms import FORMS
from cluebook.rendering import render
from cluebook.rendering.checking import check
from cluebook.returned import UnreadError, lost_facts
from cluebook.text import Lang, Text, join, same

PREVIEWS = "preview"
"""The folder inside that of the templates, for documents made to be looked at."""
_SUFFIX = ".docx"

_UNKNOWN = Text("没有名为“{name}”的文书。", "There is no document called “{name}”.")
_UNKNOWN_FIX = Text("可用：{kinds}。", "Choose one of: {kinds}.")
_EXISTS = Text("已有这个名称的草稿。", "There is a draft of this name.")
_EXISTS_FIX = Text("请换一个名称，或先删去原来的草稿。", "Choose another name, or delete that draft first.")
_LOST = Text(
    "没有“{name}”的内容控件，也没有这一栏，部门填好退回后无法读回。",
    "It has neither a content control nor a label “{name}”: what departments send back could not be read.",
)
_LOST_FIX = Text("请从随附的模板复制这一栏。", "Copy that entry from the shipped template.")
_NOT_A_DRAFT = Text("这不是草稿，已经在用。", "This is no draft; it is in use.")
_NOT_A_DRAFT_FIX = Text(
    "请先用 cluebook templates new 另存一份草稿。", "Make a draft first with cluebook templates new."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A template of the office, in use or not.

    Attributes:
        kind: the kind of document it makes.
        path: its file.
    """

    kind: Document
    path: Path

    @property
    def is_used(self) -> bool:
        """Whether documents are made of it."""
        return self.path.name == self.kind.template


def draft_of(name: str, templates: Path) -> Draft:
    """Return the template that is called so: ``KIND``, ``KIND.NAME``, with or without ``.docx``.

    Raises:
        UsageError: there is no such kind of document.
    """
    stem = name.removesuffix(_SUFFIX)
    kind, _, rest = stem.partition(".")
    if kind not in DOCUMENTS:
        kinds = join([same(each) for each in DOCUMENTS])
        wrong, fix = _UNKNOWN.fill(name=stem[:40]), _UNKNOWN_FIX.fill(kinds=kinds)
        raise UsageError(Problem("document_unknown", Place(), wrong, fix))
    file = f"{kind}.{safe_name(rest)}{_SUFFIX}" if rest else DOCUMENTS[kind].template
    return Draft(DOCUMENTS[kind], templates / file)


def drafts_of(names: Sequence[str], templates: Path) -> list[Draft]:
    """Return the templates that are called so, or else all that are in use."""
    return [draft_of(name, templates) for name in names or DOCUMENTS]


def faults(draft: Draft) -> list[Problem]:
    """Return everything that is wrong with a template."""
    return [*check(draft.path, words_of(draft.kind.id), draft.kind.must), *_lost(draft)]


def _lost(draft: Draft) -> Iterator[Problem]:
    """Yield the numbers without which no form made of a template could be read back."""
    form = FORMS.get(draft.kind.id)
    if form is None:
        return
    with contextlib.suppress(UnreadError, OSError):  # of a file that is none, `check` has told
        for label in lost_facts(draft.path.read_bytes(), form):
            yield Problem("form_number_lost", Place(file=draft.path.name), _LOST.fill(name=label), _LOST_FIX)


def previewed(draft: Draft, lang: Lang) -> Path:
    """Make a document of a template with sample data, and return where it is.

    Raises:
        TemplateError: the template has faults; all are listed.
        DiskError: the folder cannot be written.
    """
    _refuse(faults(draft))
    paper = specimen_paper(draft.kind.id, lang)
    content = render(draft.path, paper.context, lang, created=MADE_AT, qr=paper.code)
    target = draft.path.parent / PREVIEWS / draft.path.name
    return _put(target, lambda beside: beside.write_bytes(content))


def begun(kind: str, name: str, templates: Path, lang: Lang) -> Path:
    """Copy the template in use for a kind, else the shipped one, as a draft, and return where it is.

    Raises:
        UsageError: there is no such kind, or a draft of this name already.
        DiskError: the folder cannot be written.
    """
    draft, used = draft_of(f"{kind}.{name}", templates), draft_of(kind, templates)
    if draft.path.exists():
        raise UsageError(Problem("draft_exists", Place(file=draft.path.name), _EXISTS, _EXISTS_FIX))
    source = template_in_use(used.path.name, templates, lang)
    return _put(draft.path, lambda beside: shutil.copyfile(source, beside))


def adopted(draft: Draft) -> Path:
    """Put a draft in use if it has no faults; what was in use becomes a draft, and its place is returned.

    Raises:
        UsageError: it is in use already.
        TemplateError: it has faults; all are listed.
        DiskError: the folder cannot be written.
    """
    if draft.is_used:
        raise UsageError(Problem("not_a_draft", Place(file=draft.path.name), _NOT_A_DRAFT, _NOT_A_DRAFT_FIX))
    _refuse(faults(draft))
    used = draft.path.with_name(draft.kind.template)
    _set_aside(used)
    return _put(used, lambda beside: shutil.copyfile(draft.path, beside))


def restored(kind: str, templates: Path, lang: Lang) -> Path:
    """Put the shipped template of a kind in use; a changed one becomes a draft.

    Raises:
        UsageError: there is no such kind.
        DiskError: the folder cannot be written.
    """
    used = draft_of(kind, templates)
    shipped = shipped_templates() / lang / used.kind.template
    target = templates / used.kind.template
    if target.exists() and target.read_bytes() != shipped.read_bytes():
        _set_aside(target)
    return _put(target, lambda beside: shutil.copyfile(shipped, beside))


def template_in_use(name: str, templates: Path, lang: Lang) -> Path:
    """Return an office's own template, or the shipped one where it has none."""
    own = templates / name
    return own if own.exists() else shipped_templates() / lang / name


def shipped_templates() -> Path:
    """Return the folder of the templates that come with cluebook: in the package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _refuse(found: Sequence[Problem]) -> None:
    if found:
        raise TemplateError(*found)


def _set_aside(used: Path) -> None:
    """Keep the template in use under the first free name of ``KIND.old.docx``, ``KIND.old-2.docx`` and so on."""
    copy = 1
    aside = used.with_suffix(f".old{_SUFFIX}")
    while aside.exists():
        copy += 1
        aside = used.with_suffix(f".old-{copy}{_SUFFIX}")
    if used.exists():
        with disk_errors(used):
            shutil.copyfile(used, aside)


def _put(target: Path, write: Callable[[Path], object]) -> Path:
    """Write a file in one move and return its place."""
    beside = target.with_name(f"~{target.name}.tmp")
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return target
