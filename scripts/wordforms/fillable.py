"""The fields of a form that come back filled in: each a content control that bears its name, made from `FORMS`.

``fillable(lang, "routing_slip", "clue.handler")`` is all that a form has to say: the column decides whether it is
a date, a drop-down or words, and `cluebook.returned` reads what is filled in by the same name, or by its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cluebook.domain.fields import Choice
from cluebook.forms import FACTS, FORMS, OFFICE, PROMPT, Blank
from cluebook.text import Lang, Text
from wordforms.blocks import UNNUMBERED, choice, day, entry, locked, tick
from wordforms.entries import Entry
from wordforms.tables import Row, label, value


def title_control(lang: Lang, kind: str, shown: str) -> str:
    """Return the title of a form, in the control that says which form it is."""
    return locked(FORMS[kind].tag, FORMS[kind].title, lang, shown)


def office(lang: Lang) -> str:
    """Return the name of the office that a form goes back to."""
    return locked(OFFICE, FACTS[OFFICE], lang, "{{ office }}")


def fact(lang: Lang, tag: str, text: Text | None = None) -> Entry:
    """Return the entry of a number that comes back as it went out."""
    known = text or FACTS[tag]
    return Entry(known, locked(tag, known, lang, f"{{{{ {tag} }}}}"))


def fillable(lang: Lang, kind: str, name: str, *, shows: bool = False) -> Entry:
    """Return the entry of something that a form asks for, blank, or with what the ledger holds already."""
    blank = FORMS[kind].blank(name)
    return Entry(blank.label, control(blank, lang, name if shows else ""))


def control(blank: Blank, lang: Lang, shown: str = "", *, narrow: bool = False) -> str:
    """Return the content control for what a form asks for; `shown` is a name that is printed in it."""
    kind = blank.column.type
    if blank.boxes:
        return "".join(
            tick(tag, word.text, lang, f'{shown} == "{word.text.in_(lang)}"' if shown else "")
            for word, tag in blank.boxes.items()
        )
    if issubclass(kind, Choice):
        words = [member.text.in_(lang) for member in kind]
        return choice(blank.name, blank.label, lang, words, PROMPT.in_(lang), shown)
    if issubclass(kind, date):
        return day(blank.name, blank.label, lang, shown, narrow=narrow)
    return entry(blank.name, blank.label, lang, shown)


def boxes(lang: Lang, kind: str) -> str:
    """Return a box to tick for each way to answer a form."""
    return "".join(tick(answer.tag, answer.box, lang) for answer in FORMS[kind].answers if answer.box)


def heads(lang: Lang, blanks: Sequence[Blank]) -> Row:
    """Return the row of labels above the lines that a form asks for."""
    return Row(tuple(label(blank.label.in_(lang)) for blank in blanks), header=True)


def lines(lang: Lang, blanks: Sequence[Blank], count: int, height: float) -> list[Row]:
    """Return so many blank lines to fill in."""
    return [Row(tuple(value(control(blank, lang, narrow=True)) for blank in blanks), height=height)] * count


def looped(lang: Lang, blanks: Sequence[Blank], item: str, height: float) -> Row:
    """Return the line of a list that is filled in further: its first blank is printed, the others show what there is.

    Word numbers the controls itself, for the line is printed as often as the list is long.
    """
    shown = [f"{item}.{blank.field}" for blank in blanks]
    key = locked(blanks[0].name, blanks[0].label, lang, f"{{{{ {shown[0]} }}}}")
    rest = (
        control(blank, lang, name, narrow=True) for blank, name in zip(blanks[1:], shown[1:], strict=True)
    )
    return Row(tuple(value(cell.replace(UNNUMBERED, "")) for cell in (key, *rest)), height=height)
