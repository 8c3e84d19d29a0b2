"""Pictures and other shapes on a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge
from cluebook.libreoffice.characters import Characters
from cluebook.libreoffice.looks import Font
from cluebook.libreoffice.sizes import length, points

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range
    from cluebook.libreoffice.sheets import Sheet

PICTURE = "GraphicObjectShape"
NOTE = "CaptionShape"
OWN_SIZE = {None, -1}
"""How xlwings asks for a picture in its own size."""
KINDS = {PICTURE: "picture", "OLE2Shape": "chart", "CustomShape": "auto_shape", "TextShape": "text_box"}
"""The office's kinds of shapes, and xlwings' words for them."""


@bridge.guarded
class Shape(base_classes.Shape):
    """One shape."""

    parent: Sheet = bridge.own()
    api: Any = bridge.own()

    def __init__(self, sheet: Sheet, xl: Any) -> None:  # noqa: ANN401 - the office's own shape
        """Keep the shape: one the office hands out anew may have forgotten its name."""
        self.sheet = self.parent = sheet
        self.xl = self.api = xl
        sheet.book.app.shapes.append(xl)

    @property
    def kind(self) -> str:
        """The office's word for what it is."""
        return str(self.xl.ShapeType.rpartition(".")[2])

    @property
    def type(self) -> str:
        """What it is."""
        return KINDS.get(self.kind, self.kind)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value

    @property
    def left(self) -> float:
        """How far it is from the left edge, in points."""
        return points(self.xl.Position.X)

    @left.setter
    def left(self, value: float) -> None:
        self.move(X=length(value))

    @property
    def top(self) -> float:
        """How far it is from the top, in points."""
        return points(self.xl.Position.Y)

    @top.setter
    def top(self, value: float) -> None:
        self.move(Y=length(value))

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return points(self.xl.Size.Width)

    @width.setter
    def width(self, value: float) -> None:
        self.resize(Width=length(value))

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return points(self.xl.Size.Height)

    @height.setter
    def height(self, value: float) -> None:
        self.resize(Height=length(value))

    @property
    def index(self) -> int:
        """Its place among the shapes, counted from 1."""
        return [shape.name for shape in Shapes(self.sheet)].index(self.name) + 1

    @property
    def text(self) -> str | None:
        """What is written in it."""
        return self.xl.String or None

    @text.setter
    def text(self, value: str) -> None:
        self.xl.setString(value)

    @property
    def font(self) -> Font:
        """The font of what is written in it."""
        return Font(self.xl)

    @property
    def characters(self) -> Characters:
        """The letters of what is written in it."""
        return Characters(self.xl)

    def delete(self) -> None:
        """Take it off the sheet."""
        self.sheet.xl.DrawPage.remove(self.xl)

    def activate(self) -> None:
        """Select it."""
        self.sheet.book.controller.select(self.xl)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:  # noqa: ARG002
        """Make it wider or narrower; a picture keeps its proportions."""
        self._scale(factor, factor if self.kind == PICTURE else 1)

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:  # noqa: ARG002
        """Make it higher or lower; a picture keeps its proportions."""
        self._scale(factor if self.kind == PICTURE else 1, factor)

    def _scale(self, across: float, down: float) -> None:
        now = self.xl.Size
        self.resize(Width=round(now.Width * across), Height=round(now.Height * down))

    def resize(self, **lengths: int) -> None:
        """Set its width or its height, in the office's lengths."""
        size = self.xl.Size
        for name, value in lengths.items():
            setattr(size, name, value)
        self.xl.setSize(size)

    def move(self, **lengths: int) -> None:
        """Set how far it is from the left or the top, in the office's lengths."""
        position = self.xl.Position
        for name, value in lengths.items():
            setattr(position, name, value)
        self.xl.setPosition(position)


@bridge.guarded
class Picture(Shape):
    """One picture."""

    locked: bool = False

    @property
    def lock_aspect_ratio(self) -> bool:
        """Whether it keeps its proportions when one side is set."""
        return self.locked

    @lock_aspect_ratio.setter
    def lock_aspect_ratio(self, value: bool) -> None:
        self.locked = value

    def resize(self, **lengths: int) -> None:
        """Set its width or its height; the other follows where its proportions are locked."""
        if self.locked and len(lengths) == 1:
            now = self.xl.Size
            name, value = next(iter(lengths.items()))
            factor = value / getattr(now, name)
            lengths = {"Width": round(now.Width * factor), "Height": round(now.Height * factor)}
        super().resize(**lengths)

    def update(self, filename: str) -> Picture:
        """Return the picture with another image in its place and size."""
        self.xl.Graphic = _graphic(self.sheet, filename)
        return self


@bridge.guarded
class Shapes(base_classes.Collection):
    """The shapes of a sheet, notes not counted."""

    parent: Sheet = bridge.own()

    def __init__(self, sheet: Sheet) -> None:
        """Keep the sheet."""
        self.sheet = self.parent = sheet

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own page
        """The office's own page of shapes."""
        return self.sheet.xl.DrawPage

    def __iter__(self) -> Iterator[Shape]:
        page = self.api
        held = (page.getByIndex(place) for place in range(page.Count))
        return (self._wrap(xl) for xl in held if self._belongs(xl.ShapeType))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(shape.name.casefold() == key.casefold() for shape in self)

    def __call__(self, key: int | str) -> Shape:
        """Return one by its place, counted from 1, or its name."""
        for place, shape in enumerate(self, 1):
            if key == place or (isinstance(key, str) and key.casefold() == shape.name.casefold()):
                return shape
        raise KeyError(key)

    def _wrap(self, xl: Any) -> Shape:  # noqa: ANN401 - the office's own shape
        return Shape(self.sheet, xl)

    def _belongs(self, kind: str) -> bool:
        return not kind.endswith(NOTE)


@bridge.guarded
class Pictures(Shapes, base_classes.Pictures):
    """The pictures of a sheet."""

    def add(
        self,
        filename: str,
        link_to_file: bool,  # noqa: ARG002 - the picture is always kept in the book
        save_with_document: bool,  # noqa: ARG002
        left: float | None,
        top: float | None,
        width: float | None,
        height: float | None,
        anchor: Any = None,  # noqa: ANN401 - a range of xlwings
    ) -> Picture:
        """Return a new picture, in its own size where none is asked for."""
        place: Range | None = anchor.impl if anchor else None
        graphic = _graphic(self.sheet, filename)
        shape = self.sheet.book.xl.createInstance(f"com.sun.star.drawing.{PICTURE}")
        self.api.add(shape)
        shape.Graphic = graphic
        shape.Name = self._free_name()
        picture = Picture(self.sheet, shape)
        own = graphic.Size100thMM
        picture.resize(
            Width=own.Width if width in OWN_SIZE else length(width or 0),
            Height=own.Height if height in OWN_SIZE else length(height or 0),
        )
        across, down = (place.left, place.top) if place else (left or 0, top or 0)
        picture.move(X=length(across), Y=length(down))
        return picture

    def _wrap(self, xl: Any) -> Picture:  # noqa: ANN401 - the office's own shape
        return Picture(self.sheet, xl)

    def _belongs(self, kind: str) -> bool:
        return kind.endswith(PICTURE)

    def _free_name(self) -> str:
        names = {shape.name for shape in Shapes(self.sheet)}
        return next(f"Picture {n}" for n in range(1, len(names) + 2) if f"Picture {n}" not in names)


def _graphic(sheet: Sheet, filename: str) -> Any:  # noqa: ANN401 - the office's own image
    provider = sheet.book.app.office.service("com.sun.star.graphic.GraphicProvider")
    return provider.queryGraphic((bridge.prop("URL", bridge.url_of(filename)),))
