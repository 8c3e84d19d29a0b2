"""Official documents in the manner of GB/T 9704: letters, notices, circulars, minutes and reports, from a declaration of their parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cluebook.documents import DOCUMENTS
from cluebook.forms import FORMS
from cluebook.text import Lang, Text
from wordforms.blocks import BREAK, TAB, flowing, paragraph, run, stops, together, when
from wordforms.entries import halves, is_marked, is_pressing, ledger, line, long
from wordforms.fillable import office, title_control
from wordforms.package import Document
from wordforms.page import Page, letter_page
from wordforms.plain import Listing, list_table
from wordforms.tables import Row, band, each, label, table, value
from wordforms.xml import w

ASK = Text(
    "{% if contact %}联系方式：{{ contact }}。{% else %}联系人：{{ user }}。{% endif %}",
    "{% if contact %}Contact: {{ contact }}{% else %}Contact: {{ user }}{% endif %}",
)
_NOTHING = Text("无。", "None.")


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph, which may be printed only where a name holds something."""

    text: Text
    only: str = ""

    def __call__(self, lang: Lang, page: Page) -> str:  # noqa: ARG002 - as every part
        """Return it."""
        words = paragraph("Body", flowing(self.text.in_(lang), lang))
        return when(self.only, words) if self.only else words


@dataclass(frozen=True, slots=True)
class Part:
    """A passage under its heading: what a name holds, and other parts of the document behind it.

    Attributes:
        heading: the heading.
        name: the name, if it shows one; that it holds nothing is said.
        parts: what stands below the passage.
    """

    heading: Text
    name: str = ""
    parts: tuple[Callable[[Lang, Page], str], ...] = ()

    def __call__(self, lang: Lang, page: Page) -> str:
        """Return it."""
        shown = f"{{% if {self.name} %}}{{{{ {self.name} }}}}{{% else %}}{_NOTHING.in_(lang)}{{% endif %}}"
        passage = paragraph("Body", flowing(shown, lang)) if self.name else ""
        return paragraph("Heading", self.heading.in_(lang)) + passage + _joined(self.parts, lang, page)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of entries side by side, a long one on its own, or of a list."""

    rows: tuple[tuple[str, ...], ...] | Listing
    heading: Text | None = None

    def __call__(self, lang: Lang, page: Page) -> str:
        """Return it."""
        if isinstance(self.rows, Listing):
            return when(
                self.rows.name, paragraph("Gap") + list_table(self.rows, lang, page) + paragraph("Gap")
            )
        rows = [
            line(lang, *map(ledger, names)) if len(names) > 1 else long(lang, ledger(*names), 7)
            for names in self.rows
        ]
        headed = [band(self.heading.in_(lang)), *rows] if self.heading else rows
        title = self.heading.in_(lang) if self.heading else ""
        made = table(title, halves(lang, page.text_width), headed)
        return paragraph("Gap") + together(made) + paragraph("Gap")


@dataclass(frozen=True, slots=True)
class Rows:
    """The table of a document that lists clues: label, share of the width and content of each column."""

    columns: tuple[tuple[Text, int, Text], ...]

    def __call__(self, lang: Lang, page: Page) -> str:
        """Return it."""
        whole = sum(share for _, share, _ in self.columns)
        widths = [page.text_width * share // whole for _, share, _ in self.columns]
        heads = Row(tuple(label(text.in_(lang)) for text, *_ in self.columns), header=True)
        row = Row(tuple(value(*_lines(shown.in_(lang))) for *_, shown in self.columns), splits=True)
        none = Row((value(_NOTHING.in_(lang)),))
        made = table(self.columns[0][0].in_(lang), widths, [heads, *each("row", "rows", row, none)])
        return paragraph("Gap") + made + paragraph("Gap")


@dataclass(frozen=True, slots=True)
class Official:
    """A document of the office.

    Attributes:
        kind: its kind.
        title: its title; a line break in it is kept.
        to: whom it is addressed to, if anybody.
        parts: what it says.
        signed: who signs it.
        after: what follows the signature.
        copies: who gets a copy, for a document that ends with an imprint.
        marks: whether it shows how the office grades the clue.
    """

    kind: str
    title: Text
    parts: tuple[Callable[[Lang, Page], str], ...]
    to: Text | None = None
    signed: Text = Text("{{ office }}", "{{ office }}")
    after: tuple[Callable[[Lang, Page], str], ...] = ()
    copies: Text | None = None
    marks: bool = True

    def __call__(self, lang: Lang) -> Document:
        """Return it as a document."""
        title, page = self.title.in_(lang), letter_page(lang, about_a_clue=DOCUMENTS[self.kind].rows is None)
        words = "".join(_lines(title))
        form = FORMS.get(self.kind)
        marked = (
            ((is_marked(lang), "clue.secrecy"), (is_pressing(lang), "clue.urgency")) if self.marks else ()
        )
        *begun, last = (part(lang, page) for part in self.parts)
        body = [
            *(when(is_set, paragraph("Mark", f"{{{{ {name} }}}}")) for is_set, name in marked),
            paragraph("Head", office(lang) if form else "{{ office }}"),
            paragraph("Title", title_control(lang, self.kind, words) if form else words),
            self._addressed(lang),
            *begun,
            # The signature never stands alone on a page: the last paragraph goes with it.
            _kept(last),
            paragraph("Sign")
            + paragraph("Sign", self.signed.in_(lang))
            + paragraph("SignDate", "{{ today }}"),
            _joined(self.after, lang, page),
            imprint(self.copies, lang, page) if self.copies else "",
        ]
        name = title.replace("\n", "")
        return Document(title=name, body="".join(body), page=page)

    def _addressed(self, lang: Lang) -> str:
        if self.to is None:
            return ""
        return paragraph("To", Text("", "To: ").in_(lang), self.to.in_(lang), Text("：", "").in_(lang))


def imprint(copies: Text, lang: Lang, page: Page) -> str:
    """Return the imprint that closes an official document: who gets copies, who issued it and when (GB/T 9704, 7.4)."""
    thick, thin = 8, 6  # 0.35 mm and 0.25 mm would be 8 and 6 eighths of a point
    copied = Text("抄送：", "Copies: ").in_(lang) + copies.in_(lang) + Text("。", "").in_(lang)
    issued = ("{{ office }}", TAB, Text("{{ today }}印发", "Issued {{ today }}").in_(lang))
    return (
        paragraph("Gap")
        + paragraph("Imprint", copied, properties=w("keepNext") + _ruled(top=thick))
        + paragraph(
            "Imprint", *issued, properties=_ruled(top=thin, bottom=thick) + stops(page.text_width - 280)
        )
    )


def _lines(text: str) -> list[str]:
    """Return the runs of a text, each of its lines on one of its own."""
    first, *others = (run(words) for words in text.split("\n"))
    return [first, *(piece for other in others for piece in (BREAK, other))]


def _kept(blocks: str) -> str:
    """Return blocks of which the last paragraph of text stays with what follows."""
    before, mark, last = blocks.rpartition('<w:pStyle w:val="Body"/>')
    return before + mark + (w("keepNext") if mark else "") + last


def _ruled(**sides: int) -> str:
    return w(
        "pBdr", *(w(side, val="single", sz=size, space=1, color="000000") for side, size in sides.items())
    )


def _joined(parts: tuple[Callable[[Lang, Page], str], ...], lang: Lang, page: Page) -> str:
    return "".join(part(lang, page) for part in parts)
