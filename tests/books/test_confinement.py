"""What a workbook does to its reader does not happen to the program."""

from __future__ import annotations

import itertools
import json
import random
import re
import resource
from dataclasses import replace

import pytest
from hostile import CASES, GOOD, MAIN, sheet
from mutations import mutated

from cluebook.books import admission, confinement, gate, reading
from cluebook.books.confinement import ExhaustionError, UnreadableError, confined
from cluebook.books.file import FileBook
from cluebook.books.foreign import read_source
from cluebook.books.lock import FOLDER
from cluebook.books.witness import last_copy
from cluebook.errors import RefusedError
from workbooks import SHEET, altered, book, replaced, simple

STRINGS = "xl/sharedStrings.xml"

ENDS = {
    "aborts": ("import os; os.abort()", ExhaustionError),
    "hangs": ("while True: pass", ExhaustionError),
    "stops short": ("print('[1]')", ExhaustionError),
    "ends in an error": ("raise SystemExit(1)", ExhaustionError),
    "finds damage": ("raise SystemExit(3)", UnreadableError),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_reader_that_dies_or_hangs_is_an_error_and_no_more(tmp_path, monkeypatch, end):
    program, error = ENDS[end]
    (tmp_path / "reader.py").write_text(program, "utf-8")
    monkeypatch.setattr(confinement, "READER", "reader")
    monkeypatch.setattr(confinement, "_PACKAGE", tmp_path)
    if end == "hangs":
        monkeypatch.setattr(confinement, "_SECONDS", 1)
        monkeypatch.setattr(confinement, "_PATIENCE", 1)
    with pytest.raises(error):
        confined("ledger", b"", 0)


def test_a_module_beside_the_file_is_not_taken_for_one_of_the_readers(tmp_path, monkeypatch):
    path = tmp_path / "来件.xlsx"
    path.write_bytes(GOOD)
    (tmp_path / "openpyxl.py").write_text("raise SystemExit(1)", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_source(path).rows


def repeating(cells: int) -> bytes:
    """A small file in which a text of a megabyte stands in many cells, and once in the file."""
    long = b"<?xml version='1.0' encoding='UTF-8'?><sst %b><si><t>%b</t></si></sst>" % (
        MAIN,
        b"x" * (1 << 20),
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    return altered(sheet(rows), {STRINGS: long})


@pytest.mark.parametrize("read", [lambda path: FileBook(path).grid("Clues"), read_source])
def test_a_text_repeated_until_it_fills_the_memory_is_refused_within_little(tmp_path, read):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(repeating(4_000))
    assert path.stat().st_size < 40_000
    with pytest.raises(RefusedError) as refused:
        read(path)
    assert refused.value.problems[0].code == "exhausting"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 512 << 10


def test_a_text_that_many_cells_share_is_no_harm(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(repeating(20))
    assert len(read_source(path).rows) == 19


def odd() -> bytes:
    """A ledger whose rows are written as no office program does."""
    return altered(simple(), {SHEET: lambda data: re.sub(rb'<row r="(\d+)"', rb'<row  r="\1"', data)})


def test_only_a_ledger_that_looks_odd_is_read_elsewhere_first(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(admission, "confined", lambda *words: asked.append(words[0]))
    assert book(tmp_path, simple()).grid("Clues").rows
    assert asked == []
    ledger = book(tmp_path, odd())
    assert ledger.grid("Clues").rows[0][0] == "XS-1"
    assert asked == ["ledger"]
    (tmp_path / FOLDER).mkdir()
    last_copy(ledger.path).write_bytes(odd())  # as the program itself wrote it
    assert FileBook(ledger.path).grid("Clues").rows
    assert asked == ["ledger"]


def test_hot_air_in_a_file_earns_its_reader_neither_time_nor_memory():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919 % 9973) for n in range(1, 9_000)
    )
    dense = gate.check(sheet(rows))
    air = gate.check(altered(sheet(rows), {"xl/media/a.bin": bytes(9 << 20), "xl/media/b.bin": bytes(9 << 20),
        "xl/media/c.bin": bytes(9 << 20), "xl/media/d.bin": bytes(9 << 20)}))  # fmt: skip
    assert (dense.is_odd, dense.allowance(1_000)) == (False, 1_000)
    assert (air.is_odd, air.allowance(1_000)) == (True, 0)


def test_a_large_part_that_is_taken_in_as_a_whole_makes_a_ledger_odd():
    chance = random.Random(1)
    styles = b"".join(b'<xf a="%x"/>' % chance.getrandbits(200) for _ in range(600_000))
    assert gate.check(altered(GOOD, {"xl/styles.xml": b"<styleSheet>" + styles + b"</styleSheet>"})).is_odd


def test_a_large_sheet_whose_cells_are_not_looked_at_makes_no_ledger_odd(monkeypatch):
    monkeypatch.setattr(gate, "_LARGE", 1)
    assert not gate.check(simple(), cells=False).is_odd


@pytest.mark.parametrize(
    ("error", "code"), [(UnreadableError, "part_damaged"), (ExhaustionError, "exhausting")]
)
def test_a_ledger_that_cannot_be_read_elsewhere_is_refused(tmp_path, monkeypatch, error, code):
    def fails(*_words):
        raise error

    monkeypatch.setattr(admission, "confined", fails)
    with pytest.raises(RefusedError) as refused:
        book(tmp_path, odd()).grid("Clues")
    assert refused.value.problems[0].code == code


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def strict(data: bytes) -> bytes:
    for loose, tight in STRICT.items():
        data = data.replace(loose.encode(), tight.encode())
    return data


WAYS = {
    "strict": dict.fromkeys(
        ("xl/workbook.xml", SHEET, STRINGS, "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"), strict
    ),
    "in UTF-16": {SHEET: lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")},
    "with CDATA": {STRINGS: replaced("<t>第一条</t>", "<t><![CDATA[第一条]]></t>")},
    "with a wrong dimension": {SHEET: lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', data)},
    "without declarations": {SHEET: lambda data: data.partition(b"?>")[2].lstrip()},
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_file_written_in_another_way_is_read_for_import_as_it_is(tmp_path, way):
    plain, other = tmp_path / "plain.xlsx", tmp_path / "other.xlsx"
    plain.write_bytes(GOOD)
    other.write_bytes(altered(GOOD, WAYS[way]))
    assert other.read_bytes() != GOOD
    assert replace(read_source(other), file=plain.name) == read_source(plain)


@pytest.mark.parametrize(
    "content",
    [b"<html><td>1</td></html>", b"\xff\xfe\x00", b'"a', b"," * 20_000, b"\x80\x81\xff\xff"],
    ids=["a web page", "half a character", "an open quote", "too many columns", "noise"],
)
def test_what_is_only_named_like_a_csv_file_is_refused(tmp_path, content):
    path = tmp_path / "来件.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        read_source(path)
    assert refused.value.problems[0].code in {"source_damaged", "source_blank", "exhausting"}


def test_csv_as_excel_writes_it_in_utf16_is_read(tmp_path):
    path = tmp_path / "来件.csv"
    path.write_bytes("事项,内容\n漏水,\n".encode("utf-16"))
    assert read_source(path).header == ("事项", "内容")
    assert read_source(path).place(2).in_("zh") == f"{path.name} 第2行"
    assert read_source(path).rows == (("漏水", None),)


def test_workbooks_changed_at_random_are_read_or_refused_and_nothing_else(tmp_path, counted):
    outcomes = {"read": 0, "refused": 0}
    for content in itertools.islice(mutated(simple(), seed=1), counted(50, 3_000)):
        path = tmp_path / "ledger.xlsx"
        path.write_bytes(content)
        try:
            FileBook(path).grid("Clues")
            outcomes["read"] += 1
        except RefusedError as refused:
            outcomes["refused"] += len(refused.problems) == 1
    assert sum(outcomes.values()) == counted(50, 3_000)
    assert min(outcomes.values()) > 5


def test_files_for_import_changed_at_random_are_read_or_not_and_nothing_else(counted):
    outcomes = {"read": 0, "refused": 0, "unreadable": 0}
    for content in itertools.islice(mutated(simple(), seed=2), counted(50, 3_000)):
        try:
            gate.check(content, "来件.xlsx", foreign=True)
            told = [json.loads(json.dumps(line)) for line in reading.read_source(content)]
        except RefusedError:
            outcomes["refused"] += 1
        except Exception:  # noqa: BLE001 - the confined process ends in the same way
            outcomes["unreadable"] += 1
        else:
            assert all(reading.heard(cell) is not Ellipsis for line in told[1:] for cell in line)
            outcomes["read"] += 1
    assert outcomes["read"] > 5
    assert outcomes["refused"] > 5


def test_the_set_of_hostile_files_is_large_enough():
    assert len(CASES) >= 60
