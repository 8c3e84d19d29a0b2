"""The proof after a patch: it passes for what was written and for nothing else."""

import io
from datetime import UTC, date, datetime

import pytest

from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.parts import read_package
from cluebook.books.patch.proof import holds, is_written
from cluebook.books.patch.workbook import Append, patch
from cluebook.ledger.book import CellEdit
from workbooks import HEADS, SHEET, TABLE, altered, new, replaced, simple

PACKAGE = read_package(read_archive(simple()))
PATCHED = patch(
    PACKAGE,
    [CellEdit("Clues", 4, "标题", "第一条", "新 & <旧>"), CellEdit("Clues", 5, "标题", "第二条", None)],
    [Append(PACKAGE.tables["Clues"], 7, [new(("XS-9", "_x0041_", date(2026, 1, 2), 2.5, True))])],
    datetime(2026, 3, 1, tzinfo=UTC),
)
FILE = io.BytesIO()
ENDING = PATCHED.write(FILE)
CONTENT = FILE.getvalue()
WRONG = {
    "a text": (SHEET, replaced("新 &amp; &lt;旧&gt;", "新")),
    "a text that should be blank": (
        SHEET, replaced('<c r="D5"', '<c r="C5" t="inlineStr"><is><t>x</t></is></c><c r="D5"'),
    ),
    "a number": (SHEET, replaced("<v>2.5</v>", "<v>2.50001</v>")),
    "a date": (SHEET, replaced("<v>46024</v>", "<v>46025</v>")),
    "a truth": (SHEET, replaced('r="F7" t="b"><v>1', 'r="F7" t="b"><v>0')),
    "the type of a cell": (SHEET, replaced('r="F7" t="b"', 'r="F7"')),
    "a missing cell": (SHEET, replaced('<c r="E7"><v>2.5</v></c>', "")),
    "an escape": (SHEET, replaced("_x005F_x0041_", "_x0041_")),
    "a missing row": (SHEET, replaced('<row r="3"', '<!-- --><row r="2"/><row r="3"')),
    "broken XML": (SHEET, replaced("<is><t>XS-9</t></is>", "<is><t>XS-9</is>")),
    "the area of the table": (TABLE, replaced('ref="B3:F7"', 'ref="B3:F6"')),
}  # fmt: skip


def held(content: bytes) -> bool:
    return holds(io.BytesIO(content), PATCHED)


def test_the_patched_file_is_proven():
    assert is_written(io.BytesIO(CONTENT), ENDING, PATCHED)
    assert set(HEADS) == set(PACKAGE.tables["Clues"].columns)


@pytest.mark.parametrize("what", WRONG)
def test_a_file_that_is_wrong_in_one_place_is_not_proven(what):
    part, change = WRONG[what]
    assert not held(altered(CONTENT, {part: change}))


def test_a_part_that_the_patch_does_not_touch_is_proven_by_its_packed_bytes():
    assert not held(altered(CONTENT, {"xl/theme/theme1.xml": lambda data: data + b"\n"}))


def test_other_bytes_are_not_proven_even_when_they_say_the_same():
    same = altered(CONTENT, {})
    assert held(same)
    assert not is_written(io.BytesIO(same), ENDING, PATCHED)


def test_a_file_with_any_bit_turned_or_cut_off_anywhere_is_not_proven():
    for at in range(0, len(CONTENT), 7):
        turned = CONTENT[:at] + bytes([CONTENT[at] ^ 1 << at % 8]) + CONTENT[at + 1 :]
        assert not is_written(io.BytesIO(turned), ENDING, PATCHED), at
    assert not is_written(io.BytesIO(CONTENT[:-1]), ENDING, PATCHED)
    assert not is_written(io.BytesIO(CONTENT + b"\0"), ENDING, PATCHED)
