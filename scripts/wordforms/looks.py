"""The look of the documents: typefaces and paragraph styles, one table for each language.

Chinese letters follow GB/T 9704: title 2号小标宋, text 3号仿宋, 28.95 pt lines (22 to a page), headings 黑体.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cluebook.text import Lang


class Face(NamedTuple):
    """The typeface of a style: for Latin letters and for Chinese characters."""

    latin: str
    han: str


FANG = Face("Times New Roman", "仿宋_GB2312")
KAI = Face("Times New Roman", "楷体_GB2312")
HEI = Face("Arial", "黑体")
SONG = Face("Times New Roman", "宋体")
XBS = Face("方正小标宋简体", "方正小标宋简体")
SERIF = Face("Times New Roman", "宋体")
SANS = Face("Arial", "黑体")

# Windows has 仿宋 and 楷体 but not their GB2312 names, and no 小标宋: Word then takes the first it has.
STAND_INS = {
    FANG.han: "仿宋,FangSong",
    KAI.han: "楷体,KaiTi",
    XBS.han: "华文中宋,STZhongsong,宋体,SimSun",
    HEI.han: "SimHei",
    SONG.han: "SimSun",
}
_RED, _INK, _GREY = "E60000", "1F2A44", "595959"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One paragraph style. Lengths are points; indents are counted in characters.

    Attributes:
        line: exact height of a line; 0 lets the type decide.
        first: characters by which the first line is indented.
        end: characters kept free at the right edge.
        spread: space added between letters.
        rule: weight of a line drawn below the paragraph.
        keep: stays on one page with the paragraph that follows.
        level: level in the outline; 0 for text.
    """

    id: str
    name: str
    face: Face
    size: float
    line: float = 0
    before: float = 0
    after: float = 0
    align: str = "left"
    first: int = 0
    end: int = 0
    bold: bool = False
    colour: str = ""
    spread: float = 0
    rule: float = 0
    keep: bool = False
    level: int = 0


_ZH = (
    Style(id="Head", name="红头", face=XBS, size=26, before=2, after=8, align="center", colour=_RED, spread=2, rule=2.25, keep=True),
    Style(id="FormHead", name="表单红头", face=XBS, size=22, before=0, after=5, align="center", colour=_RED, spread=2, rule=2.25, keep=True),
    Style(id="Title", name="公文标题", face=XBS, size=22, line=34, before=24, after=20, align="center", keep=True),
    Style(id="FormTitle", name="表单标题", face=XBS, size=20, line=28, before=4, after=5, align="center", spread=3, keep=True),
    Style(id="SlipTitle", name="回执标题", face=XBS, size=15, line=22, before=2, after=4, align="center", spread=2, keep=True),
    Style(id="Cover", name="封面内容", face=FANG, size=16, line=24, before=4, after=4),
    Style(id="CoverLabel", name="封面栏目", face=HEI, size=15, line=24, before=4, after=4, align="center"),
    Style(id="Mark", name="密级紧急程度", face=HEI, size=16, line=28.95, after=6),
    Style(id="To", name="主送", face=FANG, size=16, line=28.95),
    Style(id="Body", name="公文正文", face=FANG, size=16, line=28.95, align="both", first=2),
    Style(id="Heading", name="一级标题", face=HEI, size=16, line=28.95, first=2, keep=True, level=1),
    Style(id="Sign", name="落款", face=FANG, size=16, line=28.95, align="right", end=4, keep=True),
    Style(id="SignDate", name="成文日期", face=FANG, size=16, line=28.95, align="right", end=4),
    Style(id="Imprint", name="版记", face=FANG, size=14, line=24, end=1, first=1),
    Style(id="AsOf", name="截止说明", face=FANG, size=11, line=15, after=4, align="right"),
    Style(id="Band", name="分节", face=HEI, size=11, line=15, before=1, after=1, keep=True),
    Style(id="Label", name="栏目", face=HEI, size=10.5, line=14, before=1, after=1, align="center"),
    Style(id="Cell", name="内容", face=FANG, size=11, line=14, before=1, after=1),
    Style(id="Centre", name="内容居中", face=FANG, size=11, line=14, before=1, after=1, align="center"),
    Style(id="Signed", name="签名日期", face=FANG, size=11, line=14, align="right"),
    Style(id="Long", name="长文", face=FANG, size=11, line=17, before=3, after=3, align="both", first=2),
    Style(id="Hint", name="说明", face=KAI, size=10, line=14, before=4, colour=_GREY),
    Style(id="Notice", name="保密提示", face=HEI, size=10.5, line=15, after=5, align="center", colour=_RED, keep=True),
    Style(id="Cut", name="裁剪线", face=SONG, size=9, line=12, before=10, after=4, colour=_GREY, keep=True),
    Style(id="Gap", name="间隔", face=SONG, size=4, line=5),
    Style(id="Running", name="页眉", face=SONG, size=9, line=12, colour=_GREY),
    Style(id="RunningMark", name="页眉密级", face=HEI, size=12, line=17),
    Style(id="Foot", name="页脚", face=SONG, size=9, line=12, colour=_GREY),
    Style(id="PageNo", name="页码", face=SONG, size=14, align="right", end=1),
    Style(id="PageNoEven", name="双页页码", face=SONG, size=14, first=1),
)  # fmt: skip
_EN = (
    Style(id="Head", name="House head", face=SERIF, size=17, before=2, after=6, bold=True, colour=_INK, rule=1, keep=True),
    Style(id="FormHead", name="Form head", face=SERIF, size=16, before=0, after=5, bold=True, colour=_INK, rule=1, keep=True),
    Style(id="Cover", name="Cover", face=SERIF, size=14, line=20, before=4, after=4),
    Style(id="CoverLabel", name="Cover label", face=SANS, size=10, line=16, before=4, after=4, colour=_GREY),
    Style(id="Title", name="Letter title", face=SERIF, size=15, line=20, before=18, after=12, bold=True, keep=True),
    Style(id="FormTitle", name="Form title", face=SANS, size=15, line=20, before=8, after=8, bold=True, colour=_INK, keep=True),
    Style(id="SlipTitle", name="Receipt title", face=SANS, size=12, line=16, before=2, after=5, bold=True, colour=_INK, keep=True),
    Style(id="Mark", name="Marking", face=SANS, size=11, line=15, after=8, bold=True),
    Style(id="To", name="Addressee", face=SERIF, size=11.5, line=16, after=8),
    Style(id="Body", name="Letter text", face=SERIF, size=11.5, line=16, after=8),
    Style(id="Heading", name="Letter heading", face=SERIF, size=11.5, line=16, before=6, after=4, bold=True, keep=True, level=1),
    Style(id="Sign", name="Signature", face=SERIF, size=11.5, line=16, keep=True),
    Style(id="SignDate", name="Signature date", face=SERIF, size=11.5, line=16, after=8),
    Style(id="Imprint", name="Imprint", face=SERIF, size=9.5, line=14),
    Style(id="AsOf", name="As of", face=SERIF, size=10.5, line=14, after=4),
    Style(id="Band", name="Section", face=SANS, size=9.5, line=13, before=1.5, after=1.5, bold=True, colour=_INK, keep=True),
    Style(id="Label", name="Label", face=SANS, size=8, line=11, before=2, after=2, colour=_GREY),
    Style(id="Cell", name="Entry", face=SERIF, size=10.5, line=13, before=2, after=2),
    Style(id="Centre", name="Entry centred", face=SERIF, size=10.5, line=13, before=2, after=2, align="center"),
    Style(id="Signed", name="Signature line", face=SERIF, size=10.5, line=13, align="right"),
    Style(id="Long", name="Long entry", face=SERIF, size=10.5, line=14, before=3, after=3),
    Style(id="Hint", name="Note", face=SERIF, size=9.5, line=12, before=4, colour=_GREY),
    Style(id="Notice", name="Confidential notice", face=SANS, size=9.5, line=13, after=5, bold=True, colour=_RED, keep=True),
    Style(id="Cut", name="Tear line", face=SERIF, size=9, line=12, before=10, after=4, colour=_GREY, keep=True),
    Style(id="Gap", name="Gap", face=SERIF, size=4, line=5),
    Style(id="Running", name="Running head", face=SANS, size=8, line=11, colour=_GREY),
    Style(id="RunningMark", name="Running mark", face=SANS, size=10, line=14, bold=True),
    Style(id="Foot", name="Foot", face=SANS, size=8, line=11, colour=_GREY),
    Style(id="PageNo", name="Page number", face=SERIF, size=10, align="right"),
    Style(id="PageNoEven", name="Even page number", face=SERIF, size=10),
)  # fmt: skip
STYLES: dict[Lang, tuple[Style, ...]] = {"zh": _ZH, "en": _EN}
