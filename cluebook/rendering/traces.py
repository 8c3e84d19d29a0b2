"""Taking out of a document what tells who wrote it, when, and what it said before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cluebook.rendering.stories import Element, W
from cluebook.text import Lang

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_KEPT_OF_PACKAGE = ("/officeDocument", "/core-properties")
_DROPPED_OF_DOCUMENT = re.compile(r"/(comments\w*|people|customXml|glossaryDocument|stylesWithEffects)$")
_DROPPED = re.compile(
    r"(\w+Change|del|moveFrom|comment\w+|move\w+Range(Start|End)|customXml\w+Range(Start|End)|dataBinding"
    r"|proofErr|rsids?|attachedTemplate|trackRevisions|docVars|writeProtection|mailMerge)$"
)
_UNWRAPPED = frozenset({f"{W}ins", f"{W}moveTo"})
_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-GB"}


def clear(document: DocxTemplate) -> None:
    """Take authors, revisions, comments and hidden properties out of an opened template."""
    main = document.docx.part
    _drop(main.package.rels, lambda kind: not kind.endswith(_KEPT_OF_PACKAGE))
    _drop(main.rels, lambda kind: _DROPPED_OF_DOCUMENT.search(kind) is not None)
    for relation in main.rels.values():
        if relation.reltype.endswith("/settings"):
            _drop(relation.target_part.rels, lambda _: True)
    for part in main.package.iter_parts():
        if hasattr(part, "element"):
            _clear(part.element)


def stamp(document: DocxTemplate, title: str, created: datetime, lang: Lang) -> None:
    """Leave title, language and time in the core properties, and nothing else."""
    properties = document.docx.core_properties
    root = properties._element  # noqa: SLF001 - python-docx offers no way to drop a property
    for child in list(root):
        root.remove(child)
    properties.title = title[:255]
    properties.language = _LANGUAGES[lang]
    properties.created = properties.modified = created


def _drop(relations: dict[str, Any], is_unwanted: Callable[[str], bool]) -> None:
    for key in [key for key, relation in relations.items() if is_unwanted(relation.reltype)]:
        del relations[key]


def _clear(root: Element) -> None:
    for element in list(root.iter(f"{W}*")):
        for name in [name for name in element.attrib if name.startswith(f"{W}rsid")]:
            del element.attrib[name]
        if element.tag in _UNWRAPPED:
            for child in list(element):
                element.addprevious(child)
        if element.tag in _UNWRAPPED or _DROPPED.match(element.tag, len(W)) or _restricts(element):
            element.getparent().remove(element)


def _restricts(element: Element) -> bool:
    """Return whether an element keeps readers from writing into the document, forms aside."""
    return bool(element.tag == f"{W}documentProtection" and element.get(f"{W}edit") != "forms")
