"""The theme part. The styles name their own typefaces and colours; Word only expects it to be there."""

from __future__ import annotations

from wordforms.xml import el

_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F2A44", "lt2": "F2F2F2", "accent1": "1F2A44", "accent2": "E60000",
    "accent3": "595959", "accent4": "7F7F7F", "accent5": "A6A6A6", "accent6": "D9D9D9", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip


def _plain() -> str:
    return el("a:solidFill", {}, el("a:schemeClr", {"val": "phClr"}))


def _fonts() -> str:
    latin, han, other = (
        el(f"a:{kind}", {"typeface": face})
        for kind, face in (("latin", "Times New Roman"), ("ea", "宋体"), ("cs", ""))
    )
    return el(
        "a:fontScheme",
        {"name": "Cluebook"},
        *(el(f"a:{use}", {}, latin, han, other) for use in ("majorFont", "minorFont")),
    )


def _formats() -> str:
    line = el("a:ln", {"w": 6350}, _plain())
    effect = el("a:effectStyle", {}, el("a:effectLst", {}))
    lists = (
        ("fillStyleLst", _plain()),
        ("lnStyleLst", line),
        ("effectStyleLst", effect),
        ("bgFillStyleLst", _plain()),
    )
    return el(
        "a:fmtScheme", {"name": "Cluebook"}, *(el(f"a:{name}", {}, content * 3) for name, content in lists)
    )


def _colours() -> str:
    colours = (el(f"a:{name}", {}, el("a:srgbClr", {"val": value})) for name, value in _COLOURS.items())
    return el("a:clrScheme", {"name": "Cluebook"}, *colours)


THEME = el(
    "a:theme",
    {"xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main", "name": "Cluebook"},
    el("a:themeElements", {}, _colours(), _fonts(), _formats()),
)
