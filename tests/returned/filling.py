"""Filling in a form as a person in Word would, and what else may befall it before it comes back."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from cluebook.forms import FORMS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
_BOXES = {blank.name: blank.boxes for form in FORMS.values() for blank in form.blanks()}


def part(content: bytes, name: str = BODY) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def with_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The document with some members replaced, added, or (``None``) left out."""
    old, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            member = parts[name] if name in parts else old.read(name)
            if member is not None:
                new.writestr(name, member)
    return out.getvalue()


def edited(content: bytes, change: Callable[[etree._Element], None], name: str = BODY) -> bytes:
    """The document with one part changed."""
    root = etree.fromstring(part(content, name))
    change(root)
    return with_parts(content, {name: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})


def fill(
    content: bytes,
    said: Mapping[str, str] | None = None,
    *,
    rows: Sequence[Mapping[str, str]] = (),
    ticked: Sequence[str] = (),
) -> bytes:
    """The form with words typed into its controls by tag, lines into its table, and boxes ticked."""

    def change(root: etree._Element) -> None:
        for tag, words in (said or {}).items():
            for control in controls(root, tag):
                type_into(control, words)
            for control in boxes(root, tag, words):
                tick(control)
        seen: Counter[str] = Counter()
        for row in rows:
            group = next(iter(row)).partition(".")[0]
            for tag, words in row.items():
                type_into(controls(root, tag)[seen[group]], words)
            seen[group] += 1
        for tag in ticked:
            for control in controls(root, tag):
                tick(control)

    return edited(content, change)


def controls(root: etree._Element, tag: str) -> list[etree._Element]:
    return [
        c
        for c in root.iter(f"{W}sdt")
        if (t := c.find(f"{W}sdtPr/{W}tag")) is not None and t.get(f"{W}val") == tag
    ]


def boxes(root: etree._Element, tag: str, words: str) -> list[etree._Element]:
    """The box of a word to choose, in either language."""
    return [
        box
        for choice, name in _BOXES.get(tag, {}).items()
        if words in choice.text
        for box in controls(root, name)
    ]


def tick(control: etree._Element) -> None:
    control.find(".//{*}checked").set("{http://schemas.microsoft.com/office/word/2010/wordml}val", "1")
    type_into(control, "☒")


def type_into(control: etree._Element, words: str) -> None:
    """Replace what a control shows, as Word does: the prompt is gone with the mark that says it is one."""
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    for mark in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(mark)
    run = content.find(f".//{W}r")
    for other in run.findall(f"{W}t") + run.findall(f"{W}br"):
        run.remove(other)
    for at, line in enumerate(words.split("\n")):
        if at:
            etree.SubElement(run, f"{W}br")
        text = etree.SubElement(run, f"{W}t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def without_controls(content: bytes) -> bytes:
    """The form after somebody removed every content control and left what stood in it."""

    def change(root: etree._Element) -> None:
        for control in list(root.iter(f"{W}sdt")):
            inside = control.find(f"{W}sdtContent")
            parent = control.getparent()
            for child in list(inside):
                parent.insert(parent.index(control), child)
            parent.remove(control)

    return edited(content, change)
