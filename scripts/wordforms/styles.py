"""Writing the style and font parts from the tables of `wordforms.looks`."""

from __future__ import annotations

from cluebook.text import Lang
from wordforms.looks import FANG, SERIF, STAND_INS, STYLES, Face, Style
from wordforms.xml import part, w


def styles_part(lang: Lang) -> str:
    """Return ``word/styles.xml``."""
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                _fonts(FANG if lang == "zh" else SERIF),
                w("kern", val=2),
                w("sz", val=22),
                w("szCs", val=22),
                _language(lang),
            ),
        ),
        w("pPrDefault"),
    )
    return part("w:styles", defaults, *_BUILT_IN, *(_style(style) for style in STYLES[lang]))


def fonts_part() -> str:
    """Return ``word/fontTable.xml``: what Word takes where a typeface is not installed."""
    return part("w:fonts", *(_font(name, stand_ins) for name, stand_ins in STAND_INS.items()))


def _font(name: str, stand_ins: str) -> str:
    return w(
        "font",
        w("altName", val=stand_ins),
        w("charset", val="86"),
        w("family", val="auto"),
        w("pitch", val="variable"),
        name=name,
    )


_BUILT_IN = (
    w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", w("widowControl", val=0)),
        type="paragraph",
        default=1,
        styleId="Normal",
    ),
    w(
        "style",
        w("name", val="Default Paragraph Font"),
        w("uiPriority", val=1),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    ),
    w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            w(
                "tblCellMar",
                *(
                    w(side, w=width, type="dxa")
                    for side, width in (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
                ),
            ),
        ),
        type="table",
        default=1,
        styleId="TableNormal",
    ),
)


def _style(style: Style) -> str:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        w("pPr", *_paragraph(style)),
        w("rPr", *_run(style)),
        type="paragraph",
        customStyle=1,
        styleId=style.id,
    )


def _paragraph(style: Style) -> list[str]:
    spacing = {"before": round(style.before * 20), "after": round(style.after * 20)}
    if style.line:
        spacing |= {"line": round(style.line * 20)}
    rule = w("bottom", val="single", sz=round(style.rule * 8), space=6, color=style.colour)
    return [
        w("keepNext") + w("keepLines") if style.keep else "",
        w("pBdr", rule) if style.rule else "",
        w("snapToGrid", val=0),
        w("spacing", **spacing, **({"lineRule": "exact"} if style.line else {})),
        w("ind", **_indent(style)) if style.first or style.end else "",
        w("jc", val=style.align),
        w("outlineLvl", val=style.level - 1) if style.level else "",
    ]


def _indent(style: Style) -> dict[str, int]:
    """Return the indents in hundredths of a character, with the twips of readers that count no characters."""
    one = round(style.size * 20)
    right = {"rightChars": style.end * 100, "right": style.end * one} if style.end else {}
    first = {"firstLineChars": style.first * 100, "firstLine": style.first * one} if style.first else {}
    return right | first


def _run(style: Style) -> list[str]:
    size = round(style.size * 2)
    return [
        _fonts(style.face),
        w("b") if style.bold else "",
        w("color", val=style.colour) if style.colour else "",
        w("spacing", val=round(style.spread * 20)) if style.spread else "",
        w("sz", val=size),
        w("szCs", val=size),
    ]


def _fonts(face: Face) -> str:
    return w("rFonts", ascii=face.latin, hAnsi=face.latin, eastAsia=face.han, cs=face.latin)


def _language(lang: Lang) -> str:
    return w("lang", val="en-GB" if lang == "en" else "en-US", eastAsia="zh-CN")
