"""Every hostile file is refused by its reason, quickly, and without a word of its content."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import CASES, harmless, sheet

from cluebook.books import gate
from cluebook.books.extent import Extent
from cluebook.books.file import FileBook
from cluebook.errors import RefusedError
from workbooks import SHEET, members

LIMIT = 512 << 20


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_refused_by_its_reason(case):
    code, make = CASES[case]
    with pytest.raises(RefusedError) as refused:
        gate.check(make(), "台账.xlsx")
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.place.file == "台账.xlsx"
    assert problem.wrong.zh
    assert problem.fix.en


@pytest.mark.parametrize(("name", "content"), list(harmless()))
def test_an_unusual_but_sound_file_passes(tmp_path, name, content):
    gate.check(content, name)
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(content)
    gate.check(path)


def test_a_file_is_named_in_the_message(tmp_path):
    path = tmp_path / "来件.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(RefusedError) as refused:
        gate.check(path)
    assert str(refused.value).startswith("来件.xlsx: ")


def test_a_file_that_is_too_large_or_not_there_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "来件.xlsx"
    for code, limit in (("file_missing", 100), ("file_too_large", 2)):
        monkeypatch.setattr(gate, "MAX_FILE", limit)
        with pytest.raises(RefusedError) as refused:
            gate.check(path)
        assert refused.value.problems[0].code == code
        path.write_bytes(b"xyz")


def test_a_book_does_not_read_what_the_gate_turns_away(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(CASES["the four corners"][1]())
    with pytest.raises(RefusedError) as refused:
        FileBook(path).grid("Clues")
    assert refused.value.problems[0].code == "range_absurd"


def test_all_hostile_files_together_take_little_memory_and_no_process_with_them(tmp_path):
    names = []
    for case in ("a bomb of zeros", "a bomb of rows", "the four corners", "unnamed cells", "too many parts"):
        path = tmp_path / f"{len(names)}.xlsx"
        path.write_bytes(CASES[case][1]())
        names.append(str(path))
    program = (
        "import sys; from pathlib import Path; from cluebook.books import gate; from cluebook.errors import RefusedError\n"
        "for name in sys.argv[1:]:\n"
        "    try: gate.check(Path(name))\n"
        "    except RefusedError as error: print(error.problems[0].code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *names], capture_output=True, text=True, cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() == ["bomb", "bomb", "range_absurd", "range_absurd", "bomb"]


def orderly(rows: range, columns: str) -> bytes:
    return sheet(
        "".join(
            f'<row r="{row}">'
            + "".join(f'<c r="{letters}{row}"><v>1</v></c>' for letters in columns.split())
            + "</row>"
            for row in rows
        )
    )


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (range(88_000, 121_000), "A B C"),
        (range(1, 19_000, 7), "A Z AA AZ BA ZZ AAA"),
        (range(1_020_000, 1_048_577), "A B"),
    ],
    ids=["many digits", "wide", "to the end"],
)
def test_a_long_orderly_sheet_passes(rows, columns):
    gate.check(orderly(rows, columns))


def test_columns_and_rows_are_bounded_closely():
    extent = Extent()
    for first in range(1, 20_000, 500):
        extent.take(members(orderly(range(first, first + 500), "A B AD"))[SHEET])
    assert extent._column == 30
    assert 20_000 <= extent._row < 21_000
