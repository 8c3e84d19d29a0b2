"""The page around a document: paper, margins, running heads and feet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluebook.text import Lang, Text
from wordforms.blocks import TAB, computed, paragraph, picture, stops
from wordforms.xml import el, w

QR = "rIdQr"
"""Relation of a running head to the picture that gives way to the QR code."""

_NUMBER = Text("线索编号：{{ number }}", "Clue no. {{ number }}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins in millimetres, and what stands at the edges.

    Attributes:
        headers: running heads by kind: ``default``, ``first``.
        footers: feet by kind: ``default``, ``first``, ``even``.
    """

    width: float = 210
    height: float = 297
    top: float
    bottom: float
    left: float
    right: float
    header: float = 9
    footer: float = 8
    headers: Mapping[str, str]
    footers: Mapping[str, str]

    @property
    def text_width(self) -> int:
        """Twips between the margins."""
        return _twips(self.width - self.left - self.right)


def form_page(lang: Lang, mark: str, foot: str, *, turned: bool = False) -> Page:
    """Return the page of a form: marking, number and QR code above, `foot` and page numbers below; `turned` is landscape."""
    head = paragraph("RunningMark", mark) + paragraph("Running", _NUMBER.in_(lang), picture(QR, "qr", 17, 7))
    width, height = (297, 210) if turned else (210, 297)
    return Page(
        width=width,
        height=height,
        top=24,
        bottom=14,
        left=21,
        right=21,
        headers={"default": head},
        footers={"default": _foot(lang, foot, width - 42)},
    )


def list_page(lang: Lang, foot: str) -> Page:
    """Return the page of a long list: landscape, `foot` and page numbers below."""
    return Page(
        width=297, height=210, top=18, bottom=17, left=20, right=20, headers={},
        footers={"default": _foot(lang, foot, 257)},
    )  # fmt: skip


def letter_page(lang: Lang, *, about_a_clue: bool = True) -> Page:
    """Return the page of a letter, with the number of its clue; in Chinese 156 × 225 mm of text (GB/T 9704, 5.2)."""
    head = paragraph("Running", _NUMBER.in_(lang), picture(QR, "qr", 18, 12))
    dash = Text("— ", "").in_(lang)
    odd, even = (paragraph(style, dash, computed("PAGE"), dash[::-1]) for style in ("PageNo", "PageNoEven"))
    top, bottom = (37, 35) if lang == "zh" else (32, 25)
    return Page(
        top=top, bottom=bottom, left=28, right=26, header=12, footer=bottom - 12,
        headers={"first": head} if about_a_clue else {},
        footers={"default": odd, "first": odd, "even": even},
    )  # fmt: skip


def section(page: Page) -> str:
    """Return the section that closes the body; its relations are named after the kinds."""
    edges = [("headerReference", "rIdHeader", kind) for kind in page.headers]
    edges += [("footerReference", "rIdFooter", kind) for kind in page.footers]
    return w(
        "sectPr",
        *(el(f"w:{name}", {"w:type": kind, "r:id": f"{relation}_{kind}"}) for name, relation, kind in edges),
        w("pgSz", w=_twips(page.width), h=_twips(page.height), **_turned(page)),
        w("pgMar", top=_twips(page.top), right=_twips(page.right), bottom=_twips(page.bottom), left=_twips(page.left),
          header=_twips(page.header), footer=_twips(page.footer), gutter=0),
        w("titlePg") if "first" in page.headers else "",
    )  # fmt: skip


def _foot(lang: Lang, foot: str, width: int) -> str:
    before, between, after = Text("第 ,页　共 ,页", "Page ,of ,").in_(lang).split(",")
    numbers = (TAB, before, computed("PAGE"), f" {between}", computed("NUMPAGES"), f" {after}")
    return paragraph("Foot", foot, *numbers, properties=stops(_twips(width)))


def _turned(page: Page) -> dict[str, str]:
    return {"orient": "landscape"} if page.width > page.height else {}


def _twips(millimetres: float) -> int:
    return round(millimetres * 56.6929)
