"""Writing XML elements as text."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = {
    "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "xmlns:w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "mc:Ignorable": "w14",
}


def el(name: str, attributes: Mapping[str, object], *children: str) -> str:
    """Return an element with attributes and children, which are already XML."""
    opening = name + "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    inside = "".join(children)
    return f"<{opening}>{inside}</{name}>" if inside else f"<{opening}/>"


def w(name: str, /, *children: str, **attributes: object) -> str:
    """Return an element of the w namespace.

    >>> w("p", w("jc", val="center"))
    '<w:p><w:jc w:val="center"/></w:p>'
    """
    return el(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, *children)


def words(text: str) -> str:
    """Return the element that holds words of a run, spaces kept."""
    return el("w:t", {"xml:space": "preserve"}, escape(text))


def part(root: str, *children: str) -> str:
    """Return a whole part of the document."""
    return HEAD + el(root, NAMESPACES, *children)
