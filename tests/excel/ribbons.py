"""What Office would refuse in a ribbon: it then draws none at all and does not say why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icons import ICONS
from lxml import etree

from cluebook.ribbon import NAMESPACE

_NAMED = {"id", "label", "getLabel", "keytip", "getKeytip", "getVisible", "visible"}
_SHOWN = _NAMED | {
    "imageMso", "screentip", "supertip", "getScreentip", "getSupertip", "enabled", "getEnabled", "size", "getSize",
}  # fmt: skip
ATTRIBUTES = {
    "customUI": {"onLoad"},
    "ribbon": {"startFromScratch"},
    "tabs": set(),
    "tab": _NAMED | {"insertAfterMso", "insertBeforeMso"},
    "group": _NAMED | {"imageMso", "screentip", "supertip"},
    "menu": _SHOWN | {"itemSize"},
    "button": _SHOWN | {"onAction", "description", "tag"},
}
"""The attributes used here, out of those the format allows on each element."""
CHILDREN = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": {"button", "menu"},
    "menu": {"button"},
    "button": set(),
}
REQUIRED = {"tab": {"id"}, "group": {"id"}, "menu": {"id"}, "button": {"id", "onAction"}}
SIGNATURES = {
    "onLoad": r"\(\w+ As IRibbonUI\)",
    "onAction": r"\(\w+ As IRibbonControl\)",
    "getEnabled": r"\(\w+ As IRibbonControl, ByRef \w+ As Variant\)",
}
LENGTHS = {"label": 1024, "screentip": 1024, "supertip": 1024, "keytip": 3, "id": 1024}


def ribbon_faults(xml: bytes, code: str) -> list[str]:
    """Every fault of a ribbon whose macros are in `code`."""
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError:
        return ["ribbon: not well-formed"]
    if root.tag != f"{{{NAMESPACE}}}customUI":
        return ["ribbon: not a customUI of 2009"]
    found = [f"ribbon: {fault}" for element in root.iter() for fault in element_faults(element, code)]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    keys = [(e.getparent(), e.get("keytip")) for e in root.iter() if e.get("keytip")]
    found += [f"ribbon: id {i} is not unique" for i in sorted({i for i in ids if ids.count(i) > 1})]
    taps = [key for parent, key in keys if parent.tag != f"{{{NAMESPACE}}}tabs"]
    return found + [
        f"ribbon: keytip {k} is not unique" for k in sorted({k for k in taps if taps.count(k) > 1})
    ]


def element_faults(element: etree._Element, code: str) -> Iterator[str]:
    kind = etree.QName(element).localname
    name = f"{kind} {element.get('id')}"
    parent = element.getparent()
    if parent is not None and kind not in CHILDREN.get(etree.QName(parent).localname, ()):
        yield f"{name}: it may not stand there"
    given = set(element.attrib)
    yield from (f"{name}: unknown attribute {a}" for a in sorted(given - ATTRIBUTES.get(kind, set())))
    yield from (f"{name}: lacks {a}" for a in sorted(REQUIRED.get(kind, set()) - given))
    if "size" in given and etree.QName(parent).localname == "menu":
        yield f"{name}: an item of a menu has no size"
    for attribute, value in element.attrib.items():
        yield from (f"{name}: {fault}" for fault in attribute_faults(attribute, value, given, code))


def attribute_faults(attribute: str, value: str, given: set[str], code: str) -> Iterator[str]:
    if f"get{attribute[0].upper()}{attribute[1:]}" in given:
        yield f"{attribute} excludes get{attribute.capitalize()}"
    if len(value) > LENGTHS.get(attribute, 1024):
        yield f"{attribute} is too long"
    if attribute == "keytip" and not re.fullmatch(r"[A-Z0-9]{1,3}", value):
        yield f"keytip {value} cannot be typed"
    if attribute == "id" and not re.fullmatch(r"[A-Za-z_][\w.-]*", value):
        yield f"id {value} is no name"
    if attribute == "size" and value not in {"normal", "large"}:
        yield f"size {value} is unknown"
    if attribute == "imageMso" and value not in ICONS:
        yield f"icon {value} is not known to be one of Office"
    if attribute in SIGNATURES or attribute.startswith("get"):
        signature = SIGNATURES.get(attribute, r"\b\B")
        if not re.search(rf"(?m)^Public Sub {re.escape(value)}{signature}", code):
            yield f"{attribute}={value}: there is no such macro, or it takes other arguments"
