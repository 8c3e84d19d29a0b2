"""Keeping reporters and subjects out of what leaves the office (procedure G5).

What a reporter told about themselves is found in a text however it is spaced, wide or in traditional characters;
a subject is known by the name in the clue's own row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cluebook import hanzi
from cluebook.domain.clue import Clue, Named, Nature, Secrecy
from cluebook.domain.fields import Column, columns
from cluebook.domain.records.reporters import Reporter
from cluebook.text import Lang, Text

WITHHELD = Text("（保密）", "(withheld)")
"""What stands where a name may not."""

CONFIDENTIAL = Text("（保密线索，内容略）", "(confidential; not shown)")
"""What a list says of a confidential clue instead of its matter."""


def is_confidential(clue: Clue) -> bool:
    """Return whether a clue is confidential: it is marked so, or is of a nature that is so unless marked otherwise."""
    return clue.secrecy is Secrecy.CONFIDENTIAL or (clue.secrecy is None and clue.nature is Nature.COMPLIANCE)


def is_guarded(clue: Clue) -> bool:
    """Return whether nobody outside the office may learn who reported: anonymous, or confidential."""
    return clue.named is Named.ANONYMOUS or is_confidential(clue)


def matter_listed(clue: Clue, lang: Lang) -> str:
    """Return what a list that many people see says a clue is about."""
    return CONFIDENTIAL.in_(lang) if is_confidential(clue) else clue.matter or ""


@dataclass(frozen=True, slots=True)
class Mask:
    """What must not be read in a document about one clue.

    Attributes:
        reporters: who reported; nothing of what they told about themselves is printed.
        subjects: the names that are printed disguised.
        lang: language of the document.
    """

    reporters: tuple[Reporter, ...]
    subjects: tuple[str, ...]
    lang: Lang

    def over(self, text: str) -> str:
        """Return a text without what must not be read in it."""
        for start, end in reversed(list(_apart(traces(text, self.reporters)))):
            text = text[:start] + WITHHELD.in_(self.lang) + text[end:]
        for name in sorted(self.subjects, key=len, reverse=True):
            text = text.replace(name, disguised(name, self.lang))
        return text


def mask_for(clue: Clue, reporters: Iterable[Reporter], lang: Lang, *, shows_subjects: bool) -> Mask:
    """Return what a document about a clue must not say: never who reported, seldom whom a confidential clue is about."""
    hidden = () if shows_subjects or not is_confidential(clue) else subjects_of(clue)
    return Mask(tuple(reporters), hidden, lang)


def is_account(column: Column) -> bool:
    """Return whether people write freely into a column, and so may write down who reported."""
    return column.type is str and column.one_of is None and not column.assigned


def telling_fields(clue: Clue, reporters: Sequence[Reporter]) -> tuple[str, ...]:
    """Return the columns of a clue in which the reporter's own data can be read (trust 39)."""
    if not reporters:
        return ()
    texts = ((column.name, getattr(clue, column.name)) for column in columns(Clue) if is_account(column))
    return tuple(name for name, text in texts if text and any(True for _ in traces(text, reporters)))


def subjects_of(clue: Clue) -> tuple[str, ...]:
    """Return the names a clue is about; of “采购部张伟” also the person alone."""
    names = []
    for name in _NAMES.split(clue.subjects or ""):
        if len(bare := name.strip()) > 1:
            person = _OF_UNIT.fullmatch(bare)
            names += [bare, person["name"]] if person else [bare]
    return tuple(names)


def disguised(name: str, lang: Lang) -> str:
    """Return a name as it may be read: a person's surname, nothing of any other.

    >>> disguised("张伟明", "zh"), disguised("采购部张伟", "zh"), disguised("晨光公司", "zh")
    ('张某某', '采购部张某', '（保密）')
    >>> disguised("John Smith", "en")
    'J. S.'
    """
    if person := _PERSON.fullmatch(name) or _OF_UNIT.fullmatch(name):
        unit, own = person.groupdict().get("unit") or "", person["name"]
        family = 2 if own[:2] in _DOUBLE_SURNAMES else 1
        return unit + own[:family] + "某" * max(1, len(own) - family)
    if _WESTERN.fullmatch(name):
        return " ".join(f"{part[0]}." for part in name.split())
    return WITHHELD.in_(lang)


def names_alike(one: str, other: str) -> bool:
    """Return whether a name stands in another text however both are written: wide, spaced, traditional (trust 35)."""
    within, name = _squeezed(other), _squeezed(one)
    return len(name) > 1 and name in within


def traces(text: str, reporters: Iterable[Reporter]) -> Iterator[tuple[int, int]]:
    """Return where in a text something stands that reporters told about themselves: start and end of each place."""
    needles = [needle for reporter in reporters for needle in _needles(reporter)]
    if needles:
        folded, at = _folded(text)
        for needle in needles:
            for found in needle.finditer(folded):
                yield at[found.start()], at[found.end() - 1] + 1


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Return spans in their order, those that meet as one."""
    start = end = -1
    for begins, ends in sorted(spans):
        if begins > end:
            if end >= 0:
                yield start, end
            start, end = begins, ends
        end = max(end, ends)
    if end >= 0:
        yield start, end


@lru_cache(maxsize=64)
def _needles(reporter: Reporter) -> tuple[re.Pattern[str], ...]:
    """Return what finds each thing that a reporter told, whole or a telling part of it."""
    parts = [
        (_squeezed(reporter.name), 2, 0, _IN_NAME),
        (_digits(reporter.phone), 7, 7, _IN_NUMBER),
        (_squeezed(reporter.identity_no), 6, 8, _IN_NUMBER),
        (_squeezed((reporter.email or "").partition("@")[0]), 4, 0, _IN_NUMBER),
        (_squeezed(reporter.address), 6, 0, _IN_NUMBER),
    ]
    found = []
    for told, least, part, between in parts:
        if len(told) >= least:
            windows = (
                [told[at : at + part] for at in range(len(told) - part + 1)]
                if 0 < part < len(told)
                else [told]
            )
            ways = "|".join(between.join(map(re.escape, window)) for window in (told, *windows))
            edge = "" if not told.isascii() or between == _IN_NUMBER else r"\b"
            found.append(re.compile(f"{edge}(?:{ways}){edge}"))
    return tuple(found)


def _digits(phone: str | None) -> str:
    """Return the digits of a telephone number, without the country's."""
    digits = re.sub(r"\D", "", _squeezed(phone))
    return re.sub(r"^(?:00)?86(?=\d{10,})", "", digits)


def _squeezed(text: str | None) -> str:
    """Return a text as it is compared: letters and digits, simplified, of one width and case."""
    plain = unicodedata.normalize("NFKC", hanzi.simplify(text or "")).casefold().translate(_LOOKALIKES)
    return re.sub(r"[\W_]+", "", plain)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text of one width, case and script, and for each of its characters the place of the original."""
    simple = hanzi.simplify(text)
    source = simple if len(simple) == len(text) else text
    pairs = [
        (plain.translate(_LOOKALIKES), at)
        for at, ch in enumerate(source)
        for plain in unicodedata.normalize("NFKC", ch).casefold()
    ]
    return "".join(plain for plain, _ in pairs), [at for _, at in pairs]


_LOOKALIKES = str.maketrans("авекмнорстухіјѕαβεικνορτυχ", "abekmhopctyxijsabeikvoptux")
"""Cyrillic and Greek letters that look like Latin ones (Unicode's confusables)."""
_IN_NAME = r"[\s\u200b-\u200d\u2060\ufeff·.]{0,3}"
"""What people put between the letters of a name, and what hides there."""
_IN_NUMBER = r"[\W_]{0,3}"
_NAMES = re.compile(r"[、，,;；/\n]+")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭"
    "洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹"
    "束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农"
    "温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简"
    "饶空曾沙鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫代"
)
_DOUBLE_SURNAMES = frozenset(
    {"欧阳", "上官", "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木"}
)
_NO_UNIT = "(?![\u4e00-\u9fff]*[部处科公司局院厂店组心站校行会办队室楼路])"
_PERSON = re.compile(f"{_NO_UNIT}(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,3}})")
_OF_UNIT = re.compile(
    f"(?P<unit>[\u4e00-\u9fff]{{2,}}?[部处科司局院厂店组心站校行会办队室])(?P<name>{_NO_UNIT}[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)
_WESTERN = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][a-z.'’-]*){1,2}")
