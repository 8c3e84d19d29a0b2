"""Paragraphs and what stands in them: text, fields, content controls, the picture of the QR code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cluebook.text import Lang, Text
from wordforms.xml import el, w, words

TAB = w("r", w("tab"))
BREAK = w("r", w("br"))
UNNUMBERED = w("id", val="?")
"""The number of a content control before `package` gives each its own."""
_EMU_PER_MM = 36000
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def run(text: str) -> str:
    """Return a run of words, template tags included."""
    return w("r", words(text))


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """Return a paragraph; content that is not XML yet becomes a run."""
    runs = (piece if piece.startswith("<") else run(piece) for piece in content if piece)
    return w("p", w("pPr", w("pStyle", val=style), properties), *runs)


def stops(*at: int, leader: str = "none") -> str:
    """Return tab stops: all but the last are centred, the last is flush right."""
    *centres, right = at
    tabs = [w("tab", val="center", leader=leader, pos=pos) for pos in centres]
    return w("tabs", *tabs, w("tab", val="right", leader=leader, pos=right))


def when(condition: str, *blocks: str) -> str:
    """Return paragraphs or tables that are printed only where the condition holds."""
    return paragraph("Gap", f"{{%p if {condition} %}}") + "".join(blocks) + paragraph("Gap", "{%p endif %}")


def together(blocks: str) -> str:
    """Return blocks that Word keeps on one page with what follows them."""
    return re.sub(r"(<w:pStyle [^>]*/>)(?!<w:keepNext/>)", r"\1<w:keepNext/>", blocks)


def on_new_page(block: str) -> str:
    """Return a paragraph that begins a page."""
    return re.sub(r"(<w:pStyle [^>]*/>)", r"\1<w:pageBreakBefore/>", block, count=1)


def flowing(text: str, lang: Lang) -> str:
    """Return a text in which values of several lines go on like paragraphs, where a language indents those."""
    return re.sub(r"\{\{ ([a-z_.]+) \}\}", r"{{ \1|indented }}", text) if lang == "zh" else text


def computed(code: str) -> str:
    """Return a field that Word computes itself, such as ``PAGE``."""
    return "".join(
        (
            w("r", w("fldChar", fldCharType="begin")),
            w("r", el("w:instrText", {"xml:space": "preserve"}, f" {code} ")),
            w("r", w("fldChar", fldCharType="separate")),
            run("1"),
            w("r", w("fldChar", fldCharType="end")),
        )
    )


def entry(tag: str, label: Text, lang: Lang, shown: str = "") -> str:
    """Return a content control to write in; what is typed into it is read back by its tag.

    `shown` is printed in it, where there is anything; else it is blank. It is of no kind: LibreOffice tears
    the plain-text kind apart and loses its line breaks.
    """
    blank = "\u3000" * 6
    return _control(tag, label.in_(lang), "", run(_or(shown, blank)), empty=not shown)


def locked(tag: str, label: Text, lang: Lang, shown: str) -> str:
    """Return a content control that comes back as it went out."""
    return _control(tag, label.in_(lang), "", shown if shown.startswith("<") else run(shown), locked=True)


def choice(tag: str, label: Text, lang: Lang, words: Sequence[str], prompt: str, shown: str = "") -> str:
    """Return a drop-down of these words, which shows `prompt` until one is chosen."""
    items = (w("listItem", displayText=word, value=word) for word in words)
    return _control(tag, label.in_(lang), w("dropDownList", *items), run(_or(shown, prompt)), empty=not shown)


def day(tag: str, label: Text, lang: Lang, shown: str = "", *, narrow: bool = False) -> str:
    """Return a content control for a date, wide enough to be written by hand, or for the column of a table."""
    shape = Text("yyyy年M月d日", "d MMMM yyyy").in_(lang)
    wide, short = (
        Text("　　　　年　　月　　日", "____ / ____ / ________"),
        Text("　　年　月　日", "__ / __ / ____"),
    )
    blank = (short if narrow else wide).in_(lang)
    kind = w(
        "date",
        w("dateFormat", val=shape),
        w("lid", val="zh-CN" if lang == "zh" else "en-GB"),
        w("storeMappedDataAs", val="date"),
        w("calendar", val="gregorian"),
    )
    return _control(tag, label.in_(lang), kind, run(_or(shown, blank)), empty=not shown)


def tick(tag: str, label: Text, lang: Lang, ticked: str = "") -> str:
    """Return a box to tick, on screen or on paper, with its label; it is printed ticked where a condition holds."""
    kind = el(
        "w14:checkbox",
        {},
        el("w14:checked", {"w14:val": "0"}),
        el("w14:checkedState", {"w14:val": "2612", "w14:font": "MS Gothic"}),
        el("w14:uncheckedState", {"w14:val": "2610", "w14:font": "MS Gothic"}),
    )
    face = w("rPr", w("rFonts", ascii="MS Gothic", hAnsi="MS Gothic", eastAsia="MS Gothic"))
    drawn = f"{{% if {ticked} %}}☒{{% else %}}☐{{% endif %}}" if ticked else "☐"
    box = w("r", face, words(drawn))
    unbroken = label.in_(lang).replace(" ", "\u00a0")
    return _control(tag, label.in_(lang), kind, box) + run(f"\u00a0{unbroken}\u3000")


def picture(relation: str, alt: str, millimetres: int, top: int) -> str:
    """Return a square picture at the right margin, `top` millimetres from the edge of the page."""
    side = millimetres * _EMU_PER_MM
    anchor = {"distT": 0, "distB": 0, "distL": 0, "distR": 0, "simplePos": 0, "relativeHeight": 2}
    anchor |= {"behindDoc": 1, "locked": 0, "layoutInCell": 1, "allowOverlap": 1}
    return w(
        "r",
        w(
            "drawing",
            el(
                "wp:anchor",
                anchor,
                el("wp:simplePos", {"x": 0, "y": 0}),
                el("wp:positionH", {"relativeFrom": "margin"}, el("wp:align", {}, "right")),
                el("wp:positionV", {"relativeFrom": "page"}, el("wp:posOffset", {}, str(top * _EMU_PER_MM))),
                el("wp:extent", {"cx": side, "cy": side}),
                el("wp:wrapNone", {}),
                el("wp:docPr", {"id": 1, "name": alt, "descr": alt}),
                el("a:graphic", {}, el("a:graphicData", {"uri": _PICTURE}, _image(relation, alt, side))),
            ),
        ),
    )


def _or(shown: str, blank: str) -> str:
    """Return what prints a template name, or `blank` where it holds nothing."""
    return f"{{% if {shown} %}}{{{{ {shown} }}}}{{% else %}}{blank}{{% endif %}}" if shown else blank


def _image(relation: str, alt: str, side: int) -> str:
    return el(
        "pic:pic",
        {},
        el("pic:nvPicPr", {}, el("pic:cNvPr", {"id": 1, "name": alt, "descr": alt}), el("pic:cNvPicPr", {})),
        el(
            "pic:blipFill", {}, el("a:blip", {"r:embed": relation}), el("a:stretch", {}, el("a:fillRect", {}))
        ),
        el(
            "pic:spPr",
            {},
            el("a:xfrm", {}, el("a:off", {"x": 0, "y": 0}), el("a:ext", {"cx": side, "cy": side})),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst", {})),
        ),
    )


def _control(
    tag: str, label: str, kind: str, shown: str, *, empty: bool = False, locked: bool = False
) -> str:
    properties = w(
        "sdtPr",
        w("alias", val=label),
        w("tag", val=tag),
        UNNUMBERED,
        w("lock", val="sdtContentLocked" if locked else "sdtLocked"),
        w("showingPlcHdr") if empty else "",
        kind,
    )
    return w("sdt", properties, w("sdtContent", shown))
