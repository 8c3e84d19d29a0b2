"""Plain forms: ruled sheets made from a declaration of what stands in each part of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from cluebook.documents import DOCUMENTS, MANY
from cluebook.domain.fields import column_of
from cluebook.forms import FORMS, NUMBER, Form
from cluebook.text import Lang, Text
from wordforms.blocks import on_new_page, paragraph, together
from wordforms.entries import MADE, NONE, NUMBERED, Entry, confidential, halves, ledger, line, long, marking
from wordforms.fillable import fact, fillable, office, title_control
from wordforms.package import Document
from wordforms.page import Page, form_page, list_page
from wordforms.tables import Row, band, each, label, table, value

_SIGNED_ON = Text("　　　年　　月　　日", "____ / ____ / ________")
_NARROW = 10
"""Share of the width that the column of line numbers has."""
_COUNT = Text("序号", "no.")
_LISTED = Text("制表日期：{{ today }}", "Made on {{ today }}")
_COUNTED = Text("截至{{ today }}，共 {{ total }} 项。", "As of {{ today }}: {{ total }}.")
_LONG = 15.0
"""Least height of a long text, in millimetres."""

ABOUT: tuple[tuple[str, ...], ...] = (
    ("number", "clue.urgency"),
    ("clue.department", "clue.handler"),
    ("clue.matter",),
)
"""What heads nearly every form about a clue."""


@dataclass(frozen=True, slots=True)
class Long:
    """An entry of a long text on a line of its own."""

    name: str
    height: float = _LONG


@dataclass(frozen=True, slots=True)
class Box:
    """An entry of its own on a line: what stands in it is no field of a record."""

    label: Text
    shown: Text = Text("", "")
    height: float = 6


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form under its heading: names side by side, and long texts; one that stands apart begins a page."""

    heading: Text
    rows: tuple[tuple[str, ...] | Long | Box, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a form that lists records, one a line: fields, and the share of the width that each has."""

    heading: Text
    name: str
    columns: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A form: its sections from top to bottom, what is signed, and a hint below."""

    kind: str
    sections: tuple[Section | Listing, ...]
    signatures: tuple[Text, ...] = ()
    hint: Text | None = None
    turned: bool = False
    title: Text | None = None

    def __call__(self, lang: Lang) -> Document:
        """Return the form as a document."""
        caption = DOCUMENTS[self.kind].text.in_(lang)
        title = self.title.in_(lang) if self.title else caption
        page = form_page(lang, marking(lang), MADE.in_(lang), turned=self.turned)
        form = FORMS.get(self.kind)
        body = [
            paragraph("FormHead", office(lang) if form else "{{ office }}"),
            paragraph("FormTitle", title_control(lang, self.kind, title) if form else title),
            confidential(lang),
            *_tables(self.sections, caption, lang, page, form),
            signature_boxes(self.signatures, lang, page.text_width),
            paragraph("Hint", self.hint.in_(lang)) if self.hint else "",
        ]
        return Document(title=f"{title} {{{{ number }}}}", body="".join(body), page=page)


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of clues on a turned page.

    Attributes:
        kind: the kind of its document.
        shares: the share of the width that each column has.
        signatures: who signs it.
        hint: what stands below it.
        above: what stands above it; else the day and how many there are.
        blank: further columns, to be filled in by hand, each with its share.
        counted: whether its lines are numbered.
    """

    kind: str
    shares: tuple[int, ...]
    signatures: tuple[Text, ...] = ()
    hint: Text | None = None
    above: Text | None = None
    blank: tuple[tuple[Text, int], ...] = ()
    counted: bool = False

    def __call__(self, lang: Lang) -> Document:
        """Return the list as a document."""
        document = DOCUMENTS[self.kind]
        title, rows = document.text.in_(lang), document.rows or {}
        page = list_page(lang, _LISTED.in_(lang))
        texts = [*([_COUNT] if self.counted else []), *rows.values(), *(text for text, _ in self.blank)]
        shares = [*([_NARROW] if self.counted else []), *self.shares, *(share for _, share in self.blank)]
        widths = [page.text_width * share // sum(shares) for share in shares]
        heads = Row(tuple(label(text.in_(lang).capitalize()) for text in texts), header=True)
        shown = [*(["loop.index"] if self.counted else []), *(f"row.{name}" for name in rows)]
        cells = [*(f"{{{{ {name} }}}}" for name in shown), *("" for _ in self.blank)]
        row = Row(tuple(value(cell, style="Cell" if _is_text(cell) else "Centre") for cell in cells))
        none = Row((value(NONE.in_(lang), style="Centre"),))
        body = [
            paragraph("FormHead", "{{ office }}"),
            paragraph("FormTitle", title),
            paragraph("AsOf", (self.above or _COUNTED).in_(lang)),
            table(title, widths, [heads, *each("row", "rows", row, none)]),
            paragraph("Gap"),
            signature_boxes(self.signatures, lang, page.text_width),
            paragraph("Hint", self.hint.in_(lang)) if self.hint else "",
        ]
        return Document(title=f"{title} {{{{ today }}}}", body="".join(body), page=page)


def _is_text(cell: str) -> bool:
    """Return whether a column holds words, which begin at its left edge."""
    return any(name in cell for name in ("row.matter", "row.title", "row.name"))


def _tables(
    sections: tuple[Section | Listing, ...], title: str, lang: Lang, page: Page, form: Form | None
) -> Iterator[str]:
    """Yield one table for each run of sections, and one for every list; a form begins with its numbers."""
    widths = halves(lang, page.text_width)
    numbers = [line(lang, *(fact(lang, tag) for tag in form.numbers))] if form and form.routed else []
    for is_list, run in groupby(sections, key=lambda section: isinstance(section, Listing)):
        rows: list[Row] = []
        begun = ""
        for section in run:
            if isinstance(section, Listing):
                yield list_table(section, lang, page) + paragraph("Gap")
            else:
                shown = [_row(known, lang, form) for known in section.rows]
                rows += [band(section.heading.in_(lang)), *numbers, *shown]
                numbers = []
                begun = on_new_page(paragraph("Gap")) if section.apart else begun
        if not is_list:
            yield begun + table(title, widths, rows) + paragraph("Gap")


def _row(known: tuple[str, ...] | Long | Box, lang: Lang, form: Form | None) -> Row:
    if isinstance(known, Box):
        return line(lang, Entry(known.label, known.shown.in_(lang)), height=known.height)
    if isinstance(known, Long):
        return long(lang, _entry(known.name, lang, form), height=known.height)
    named = [
        name for name in known if not (form and form.routed and name == NUMBER)
    ]  # the numbers stand above
    return line(lang, *(_entry(name, lang, form) for name in named))


def _entry(name: str, lang: Lang, form: Form | None) -> Entry:
    """Return the entry of a name; what a form asks for is filled in there and read back."""
    if form and name in {blank.name for blank in form.blanks()}:
        return fillable(lang, form.kind, name, shows=True)
    if form and name in form.facts:
        return fact(lang, name, form.facts[name])
    return NUMBERED if name == "number" else ledger(name)


def list_table(listing: Listing, lang: Lang, page: Page) -> str:
    """Return the table of a list, its heading and labels repeated on every page."""
    record, whole = MANY[listing.name], sum(share for _, share in listing.columns)
    heading = listing.heading.in_(lang)
    heads = tuple(label(column_of(record, name).text.in_(lang)) for name, _ in listing.columns)
    row = Row(tuple(value(f"{{{{ item.{name} }}}}") for name, _ in listing.columns), splits=True)
    none = Row((value(NONE.in_(lang), style="Centre"),))
    widths = [page.text_width * share // whole for _, share in listing.columns]
    rows = [
        replace(band(heading), header=True),
        Row(heads, header=True),
        *each("item", listing.name, row, none),
    ]
    return table(heading, widths, rows)


def signature_boxes(names: tuple[Text, ...], lang: Lang, width: int) -> str:
    """Return a box for each who signs, two side by side, each with room for the date."""
    if not names:
        return ""
    day = value(_SIGNED_ON.in_(lang), style="Signed")
    boxes = [(label(name.in_(lang)), replace(day, bottom=True)) for name in names]
    rows = [Row(tuple(chain(*boxes[at : at + 2])), height=13) for at in range(0, len(boxes), 2)]
    return together(table(Text("签名", "Signatures").in_(lang), halves(lang, width), rows))
