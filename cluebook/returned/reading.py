"""From the pages of a returned form to what it says: by the tags of its controls, or by its labels where those are gone.

Both ways lead to a spot, a cell or the paragraphs under a heading, and all that stands there counts: somebody may
have written beside a control, or into a table from which the controls were lost.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cluebook.domain.fields import Choice
from cluebook.forms import FORMS, NUMBER, OFFICE, TICKED, Answer, Blank, Form, Returned, boxed
from cluebook.rendering.pictures import qr_picture
from cluebook.returned.package import UnreadError, parts_of
from cluebook.returned.page import Grid, Page, Passage, is_blank, page_of
from cluebook.returned.squares import squares_of
from cluebook.text import Text

_LOOSE = re.compile(r"[\s　:：*＊.．。、,，()（）\-—_]+")


def read_form(content: bytes, file: str) -> Returned:
    """Return what a filled form says.

    Raises:
        UnreadError: it is no Word document that can be read, or none of the forms.
    """
    parts = parts_of(content)
    sheet = _Sheet.of(page_of(parts.body))
    form = _form(sheet)
    facts = tuple(_facts(sheet, form))
    heads = tuple(words for header in parts.headers for words in _Sheet.of(page_of(header)).words)
    return Returned(
        file=file,
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        form=form,
        said={blank.name: words for blank in _single(form) if (words := _said(sheet, form, blank))},
        rows=tuple(
            row
            for answer in form.answers
            if answer.rows
            for row in _rows(sheet, answer)
            if row.keys() - answer.printed
        ),
        ticked=frozenset(_ticked(sheet, form)),
        facts=facts,
        around=(parts.title, *heads),
        words="\n".join(sheet.words),
        sealed=_sealed(parts.pictures, next((words for tag, words in facts if tag == NUMBER), "")),
        tracked=sheet.page.tracked,
    )


def lost_facts(content: bytes, form: Form) -> list[Text]:
    """Return the names of the numbers that a template of a form no longer shows where they would be read back.

    Raises:
        UnreadError: it is no Word document that can be read.
    """
    sheet = _Sheet.of(page_of(parts_of(content).body))
    labels = {_plain(words) for words in sheet.words}
    return [
        label
        for tag, label in form.facts.items()
        if tag != OFFICE and tag not in sheet.tags and not any(_plain(word) in labels for word in label)
    ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The pages of a document, and all its words."""

    page: Page
    words: tuple[str, ...]

    @classmethod
    def of(cls, page: Page) -> _Sheet:
        return cls(page, tuple(each.words for block in page.blocks for each in _passages(block)))

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(tag for tag, _ in self.page.controls)

    def below(self, heading: Text | None) -> Sequence[Passage | Grid]:
        """Return the blocks that follow a heading; all where there is none."""
        blocks = self.page.blocks
        if heading is None:
            return blocks
        found = [at for at, block in enumerate(blocks) if isinstance(block, Passage) and _is(block, heading)]
        return blocks[found[-1] + 1 :] if found else blocks


def _passages(block: Passage | Grid) -> Iterator[Passage]:
    if isinstance(block, Passage):
        yield block
    else:
        yield from (cell for row in block.rows for cell in row)


def _plain(words: str) -> str:
    """Return a label without what people and programs change in it: spaces, colons, full-width letters, case."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", words)).casefold()


def _is(passage: Passage, label: Text) -> bool:
    return bool(passage.words) and _plain(passage.words) in map(_plain, label)


def _names(blank: Blank) -> Text:
    """Return the header of its column, for a form whose label somebody changed back to it."""
    return blank.column.text


def _form(sheet: _Sheet) -> Form:
    """Return which form it is: by the control around its title, else by its title and most of what it asks for."""
    for form in FORMS.values():
        if form.tag in sheet.tags:
            return form
    known = {_plain(words) for words in sheet.words}
    best = max(FORMS.values(), key=lambda form: _likeness(form, known, sheet.tags))
    _, share, _ = _likeness(best, known, sheet.tags)
    if share <= 0.5:
        raise UnreadError("no_form")
    return best


def _likeness(form: Form, known: set[str], tags: frozenset[str]) -> tuple[bool, float, int]:
    """Return whether a form's title is there, and of what it asks for the share and the count that is."""
    blanks = list(form.blanks())
    found = sum(blank.name in tags or any(_plain(word) in known for word in blank.label) for blank in blanks)
    titled = any(_plain(word) in known for word in form.title)
    return titled, found / len(blanks), found


def _single(form: Form) -> Iterator[Blank]:
    for answer in form.answers:
        if not answer.rows:
            yield from answer.asked


def _said(sheet: _Sheet, form: Form, blank: Blank) -> str:
    """Return what was filled in; ``""`` for nothing."""
    if (chosen := _ticked_of(sheet, blank)) is not None:
        return chosen
    spots = (
        _cell_tagged(sheet, blank.name),
        _cell_labelled(sheet.below(form.below), blank),
        _under_heading(sheet, form, blank),
    )
    words = next((spot for spot in spots if spot is not None), None)
    if words is None:
        words = next((said for tag, said in sheet.page.controls if tag == blank.name), "")
    words = _chosen(blank, words) if issubclass(blank.column.type, Choice) else words
    # The lines of a letter are indented in print; what was entered is not.
    return "" if is_blank(words) else "\n".join(line.strip() for line in words.strip().split("\n"))


def _ticked_of(sheet: _Sheet, blank: Blank) -> str | None:
    """Return the word whose tagged box is ticked; ``None`` where it has no such boxes."""
    said = dict(sheet.page.controls)
    if said.keys().isdisjoint(blank.boxes.values()):
        return None
    return "、".join(word.text.zh for word, tag in blank.boxes.items() if said.get(tag) == TICKED)


def _chosen(blank: Blank, words: str) -> str:
    """Return the words behind the boxes that are ticked, or all where there are no boxes."""
    boxes = list(boxed(words))
    known = {_plain(word): choice.text.zh for choice in blank.boxes for word in choice.text}
    ticked = (known.get(_plain(label), label) for is_ticked, label in boxes if is_ticked)
    return "、".join(ticked) if boxes else words


def _cell_tagged(sheet: _Sheet, tag: str) -> str | None:
    for block in sheet.page.blocks:
        if isinstance(block, Grid):
            for cell in _passages(block):
                if tag in cell.tags:
                    return cell.words
    return None


def _cell_labelled(blocks: Sequence[Passage | Grid], blank: Blank) -> str | None:
    """Return the cell that follows the label, by the words of the form or of the column."""
    for label in (blank.label, _names(blank)):
        for block in blocks:
            for row in block.rows if isinstance(block, Grid) else ():
                for cell, beside in itertools.pairwise(row):
                    if _is(cell, label):
                        return beside.words
    return None


def _under_heading(sheet: _Sheet, form: Form, blank: Blank) -> str | None:
    """Return the paragraphs below a heading, up to the next heading, the closing line or the first table."""
    blocks = sheet.page.blocks
    others = [each for each in form.blanks() if each is not blank]
    start = next(
        (at for at, block in enumerate(blocks) if isinstance(block, Passage) and _is(block, blank.label)),
        None,
    )
    if start is None:
        return None
    found = []
    for block in blocks[start + 1 :]:
        if isinstance(block, Grid) or any(_is(block, each.label) for each in others):
            break
        if form.until is not None and _is(block, form.until):
            break
        found.append(block.words)
    return "\n".join(found).strip()


def _rows(sheet: _Sheet, answer: Answer) -> Iterator[Mapping[str, str]]:
    """Return the lines of the table whose head has the labels."""
    for block in sheet.page.blocks:
        if not isinstance(block, Grid):
            continue
        for at, row in enumerate(block.rows):
            places = {
                blank.name: place
                for blank in answer.blanks
                for place, cell in enumerate(row)
                if _is(cell, blank.label)
            }
            if len(places) * 2 > len(answer.blanks):
                yield from _lines(block.rows[at + 1 :], places)
                return
    yield from _tagged_lines(sheet, answer)


def _lines(rows: Sequence[tuple[Passage, ...]], places: Mapping[str, int]) -> Iterator[Mapping[str, str]]:
    for row in rows:
        cells = {name: row[place].words for name, place in places.items() if place < len(row)}
        yield {name: words for name, words in cells.items() if not is_blank(words)}


def _tagged_lines(sheet: _Sheet, answer: Answer) -> Iterator[Mapping[str, str]]:
    """Return the lines by the tags in their cells, for a table whose head is gone."""
    names = {blank.name for blank in answer.blanks}
    for block in sheet.page.blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            cells = {name: cell.words for cell in row for name in cell.tags & names}
            yield {name: words for name, words in cells.items() if not is_blank(words)}


def _ticked(sheet: _Sheet, form: Form) -> Iterator[str]:
    """Return the tags of the boxes that are ticked, by the words that follow each box in its cell."""
    boxes = [box for words in sheet.words for box in boxed(words)]
    for answer in form.answers:
        if answer.box is not None:
            labels = {_plain(word) for word in answer.box}
            if any(ticked and _plain(label) in labels for ticked, label in boxes):
                yield answer.tag


def _facts(sheet: _Sheet, form: Form) -> Iterator[tuple[str, str]]:
    """Return what tells whose form it is, as often as it stands there."""
    yield from ((tag, words) for tag, words in sheet.page.controls if tag in form.facts)
    for block in sheet.page.blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            for cell, beside in itertools.pairwise(row):
                for tag, label in form.facts.items():
                    if tag != OFFICE and _is(cell, label):
                        yield tag, beside.words


def _sealed(pictures: Sequence[bytes], number: str) -> bool | None:
    """Return whether a QR code is that of the number; ``None`` where none can be made out."""
    own = qr_picture(number) if number else None
    if own in pictures:
        return True
    codes = [code for code in map(squares_of, pictures) if code]
    return squares_of(own or b"") in codes if codes else None
