"""Colours that follow the data: what is missing, what is late, what is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cluebook.books import look
from cluebook.books.dropdowns import grouping
from cluebook.books.layout import FIRST, LAST, Layout, letters
from cluebook.books.look import Style
from cluebook.domain.clue import OVER, Stage, WarningLevel
from cluebook.domain.fields import Choice

_ROW = FIRST + 1


@dataclass(frozen=True, slots=True)
class Highlight:
    """One colour rule: the columns it paints, the formula for their first row, the look."""

    places: tuple[int, ...]
    formula: str
    style: Style

    @property
    def area(self) -> str:
        """The painted cells, as the worksheet names them."""
        return " ".join(f"{letters(i)}{_ROW}:{letters(i)}{LAST + 1}" for i in self.places)


def highlights(layout: Layout) -> Iterator[Highlight]:
    """Return the colour rules of a table, the strongest first."""
    yield from _missing(layout)
    yield from _late(layout)
    yield from _over(layout)
    yield from _strong(layout)
    yield from _scattered(layout)


def _missing(layout: Layout) -> Iterator[Highlight]:
    row = f"${letters(0)}{_ROW}:${letters(len(layout.columns) - 1)}{_ROW}"
    for place, column in enumerate(layout.columns):
        if column.required and not column.assigned:
            yield Highlight(
                (place,), f"=AND(COUNTA({row})>0,ISBLANK({_at(place)}))", {"bg_color": look.MISSING}
            )


def _late(layout: Layout) -> Iterator[Highlight]:
    for place in layout.places(WarningLevel):
        part = layout.columns[place].part
        painted = (0, *(i for i, c in enumerate(layout.columns) if c.part is part))
        for level in WarningLevel:
            yield Highlight(painted, f"={_is(layout, place, level)}", look.WARNINGS[level])


def _over(layout: Layout) -> Iterator[Highlight]:
    for place in layout.places(Stage):
        ended = ",".join(_is(layout, place, stage) for stage in Stage if stage in OVER)
        yield Highlight(tuple(range(len(layout.columns))), f"=OR({ended})", look.OVER)


def _strong(layout: Layout) -> Iterator[Highlight]:
    for choice, style in look.STRONG.items():
        for place in layout.places(type(choice)):
            yield Highlight((place,), f"={_is(layout, place, choice)}", style)


def _scattered(layout: Layout) -> Iterator[Highlight]:
    """Mark an entry that stands apart from its equals: drop-downs would miss it."""
    for column in grouping(layout):
        place = layout.place(column.name)
        letter, here = letters(place), _at(place)
        earlier = f"COUNTIF(${letter}${_ROW - 1}:${letter}{_ROW - 1},{here})>0"
        apart = f"=AND(NOT(ISBLANK({here})),{here}<>${letter}{_ROW - 1},{earlier})"
        yield Highlight((place,), apart, {"bg_color": look.ALERT})


def _at(place: int) -> str:
    return f"${letters(place)}{_ROW}"


def _is(layout: Layout, place: int, choice: Choice) -> str:
    return f'{_at(place)}="{choice.text.in_(layout.lang)}"'
