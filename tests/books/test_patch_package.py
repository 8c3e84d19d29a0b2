"""The file around the changed sheet: what stays byte for byte, and what is refused as a whole."""

import io
import re
import struct
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from cluebook.errors import RefusedError
from workbooks import (
    HEADS,
    ROWS,
    SHEET,
    TABLE,
    altered,
    append,
    book,
    edit,
    made,
    members,
    new,
    opened,
    replaced,
    simple,
)

CHANGED = {SHEET, TABLE, "xl/workbook.xml", "docProps/core.xml", "xl/charts/chart1.xml"}
RIBBON = '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon/></customUI>'


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003"
    "010100c9fe92ef0000000049454e44ae426082"
)
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
LATER_PARTS = {
    "customUI/customUI14.xml": RIBBON,
    "customXml/item1.xml": '<ledger xmlns="urn:example"/>',
    "docMetadata/LabelInfo.xml": '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
    "xl/persons/person.xml": '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
    "xl/threadedComments/threadedComment1.xml": '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="A2" id="{00000000-0000-0000-0000-000000000001}"><text>回复</text></threadedComment></ThreadedComments>',
    "xl/slicers/slicer1.xml": '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/>',
    "xl/slicerCaches/slicerCache1.xml": f'<x14:slicerCacheDefinition {X14} name="s" sourceName="标题"/>',
    "xl/printerSettings/printerSettings1.bin": "\0" * 400,
}
"""What Excel and the office's administrators add and no library that writes workbooks knows, part by part."""

LATER_TAGS = (
    f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}><x14:dataValidations count="1"><x14:dataValidation type="list">'
    "<x14:formula1><f>图表!$A$1:$A$9</f></x14:formula1><sqref>E2:E4</sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" {X14}><x14:slicerList><x14:slicer r:id="rIdS"/></x14:slicerList></ext>'
)


def crowded() -> bytes:
    """A workbook with about everything that other libraries lose."""

    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        bold = workbook.add_format({"bold": True})
        sheet.add_table(0, 0, 3, 4, {"name": "Clues", "columns": [{"header": head} for head in HEADS]})
        for at, row in enumerate(ROWS, start=1):
            sheet.write_row(at, 0, row[:2])
        sheet.write_rich_string("B4", "普通", bold, "加粗", "尾")
        sheet.write_comment("A2", "批注")
        sheet.insert_textbox(1, 7, "说明")
        sheet.insert_image(12, 7, "a.png", {"image_data": io.BytesIO(PICTURE)})
        sheet.insert_button(10, 7, {"caption": "Run"})
        sheet.add_sparkline("G2", {"range": "台账!D2:D4"})
        sheet.conditional_format("D2:D4", {"type": "icon_set", "icon_style": "3_arrows"})
        sheet.data_validation("C2:C4", {"validate": "list", "source": ["甲", "乙"]})
        sheet.protect("x")
        sheet.set_header("&C机密 &P")
        sheet.set_h_pagebreaks([10])
        sheet.ignore_errors({"number_stored_as_text": "A1:A5"})
        workbook.set_custom_property("部门", "示例")
        other = workbook.add_worksheet("图表")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=台账!$D$2:$D$4", "trendline": {"type": "linear"}})
        other.insert_chart("B2", chart)
        other.write_dynamic_array_formula("H1", "=SORT(台账!A2:A4)")

    relation = (
        '<Relationship Id="rIdU" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
        'Target="customUI/customUI14.xml"/></Relationships>'
    )
    return altered(
        made(fill),
        {
            "_rels/.rels": replaced("</Relationships>", relation),
            SHEET: replaced("</extLst>", f"{LATER_TAGS}</extLst>"),
            "xl/vbaProject.bin": bytes(range(256)) * 40,
            **{name: text.encode() for name, text in LATER_PARTS.items()},
        },
    )


def packed(content: bytes) -> dict[str, bytes]:
    """Each member's packed bytes."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for info in opened.infolist():
            at = info.header_offset
            names = sum(struct.unpack("<2H", content[at + 26 : at + 30]))
            found[info.filename] = content[at + 30 + names : at + 30 + names + info.compress_size]
    return found


def test_every_member_that_is_not_touched_keeps_its_packed_bytes(tmp_path):
    content = crowded()
    ledger = append(tmp_path, content, new(("XS-9", "新")))
    before, after = packed(content), packed(ledger.path.read_bytes())

    assert list(after) == list(before)
    assert after.keys() > LATER_PARTS.keys() | {
        "xl/media/image1.png",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert {name for name in before if before[name] != after[name]} == CHANGED


def test_the_file_says_when_it_was_changed_and_nothing_else_of_its_properties_changes(tmp_path):
    ledger = book(tmp_path, simple())
    before = opened(ledger).properties
    ledger.write([], [new()])
    after = opened(ledger).properties
    now = datetime.now(UTC).replace(tzinfo=None)
    assert now - timedelta(minutes=5) < after.modified <= now
    after.modified = before.modified
    assert after == before


def test_a_file_without_properties_gets_none(tmp_path):
    def unlinked(data):
        return re.sub(rb'<Relationship [^>]*core.xml"/>', b"", data)

    bare = altered(simple(), {"docProps/core.xml": None, "_rels/.rels": unlinked})
    assert "docProps/core.xml" not in members(append(tmp_path, bare).path)


def test_the_touched_sheet_keeps_everything_but_the_changed_cells(tmp_path):
    content = crowded()
    ledger = book(tmp_path, content)
    ledger.write([edit(ledger, 0, "标题", "第一条")], [])

    before, after = members(content)[SHEET].decode(), members(ledger.path)[SHEET].decode()
    old = re.search(r'<c r="B2"[^>]*>.*?</c>', before)[0]
    assert after == before.replace(old, '<c r="B2" t="inlineStr"><is><t>第一条</t></is></c>')


def test_a_patched_file_is_a_sound_zip_with_its_dates_and_comment(tmp_path):
    out = io.BytesIO(simple())
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"note"
    ledger = append(tmp_path, out.getvalue())
    with zipfile.ZipFile(ledger.path) as found, zipfile.ZipFile(io.BytesIO(out.getvalue())) as before:
        assert found.testzip() is None
        assert found.comment == b"note"
        assert [i.date_time for i in found.infolist()] == [i.date_time for i in before.infolist()]


class Unseekable(io.RawIOBase):
    """Makes zipfile write data descriptors after each member."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, piece):
        self.data += bytes(piece)
        return len(piece)


def rezipped(content: bytes, target, **options) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members(content).items():
            new.writestr(name, data, **options)


def test_data_descriptors_are_understood(tmp_path):
    target = Unseekable()
    rezipped(simple(), target)
    assert append(tmp_path, target.data).grid("Clues").rows[3][0] == "XS-9"


def test_stored_members_are_understood(tmp_path):
    target = io.BytesIO()
    rezipped(simple(), target, compress_type=zipfile.ZIP_STORED)
    assert append(tmp_path, target.getvalue()).grid("Clues").rows[3][0] == "XS-9"


def test_zip64_fields_and_extra_fields_of_small_members_are_understood(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members(simple()).items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.extra = b"\x99\x99\x04\x00abcd"
            with archive.open(info, "w", force_zip64=True) as stream:
                stream.write(data)
    assert append(tmp_path, target.getvalue()).grid("Clues").rows[3][0] == "XS-9"


def test_names_in_another_case_and_with_directories_are_found(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/", b"")
        for name, data in members(simple()).items():
            archive.writestr(name.replace("sheet1", "Sheet1").replace("styles", "STYLES"), data)
    ledger = append(tmp_path, target.getvalue(), new(("=x",)))
    assert ledger.grid("Clues").rows[3][0] == "=x"


def test_absolute_targets_of_relationships_are_followed(tmp_path):
    content = altered(
        simple(),
        {"xl/_rels/workbook.xml.rels": replaced('Target="worksheets', 'Target="/xl/worksheets'),
         "xl/worksheets/_rels/sheet1.xml.rels": replaced('Target="../tables', 'Target="/xl/tables')},
    )  # fmt: skip
    assert append(tmp_path, content).grid("Clues").rows[3][0] == "XS-9"


def code(folder, content: bytes) -> str:
    with pytest.raises(RefusedError) as refused:
        append(folder, content)
    assert (folder / "ledger.xlsx").read_bytes() == content
    return refused.value.problems[0].code


def test_a_signed_workbook_is_refused(tmp_path):
    assert code(tmp_path, altered(simple(), {"_xmlsignatures/sig1.xml": b"<Signature/>"})) == "signed"


def test_a_shared_workbook_is_refused(tmp_path):
    assert (
        code(tmp_path, altered(simple(), {"xl/revisions/revisionHeaders.xml": b"<headers/>"}))
        == "shared_workbook"
    )


def test_a_strict_workbook_is_refused(tmp_path):
    main, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert code(tmp_path, altered(simple(), {"xl/workbook.xml": replaced(main, strict)})) == "strict"


def test_a_workbook_without_styles_is_refused(tmp_path):
    bare = altered(
        simple(),
        {"xl/styles.xml": None, "xl/_rels/workbook.xml.rels": lambda d: re.sub(rb'<Relationship [^>]*styles.xml"/>', b"", d)},
    )  # fmt: skip
    assert code(tmp_path, bare) == "styles_missing"


BROKEN = {
    "workbook relationships": ("xl/_rels/workbook.xml.rels", b"<Relationships"),
    "workbook": ("xl/workbook.xml", b"<workbook>"),
    "table": (TABLE, b"<table"),
    "styles": ("xl/styles.xml", b"<styleSheet"),
    "missing table": (TABLE, None),
}


@pytest.mark.parametrize("part", BROKEN)
def test_a_broken_part_is_refused(tmp_path, part):
    name, data = BROKEN[part]
    assert code(tmp_path, altered(simple(), {name: data})) == "part_damaged"


def test_a_table_outside_the_grid_is_refused(tmp_path):
    assert (
        code(tmp_path, altered(simple(), {TABLE: replaced('ref="B3:F6"', 'ref="B3:ZZZ9"')}))
        == "sheet_unreadable"
    )


def test_a_relationship_to_nowhere_is_no_workbook(tmp_path):
    lost = altered(simple(), {"_rels/.rels": replaced("xl/workbook.xml", "xl/nowhere.xml")})
    assert code(tmp_path, lost) == "workbook_missing"


ODD_STYLES = {
    "a format number that is none": replaced('numFmtId="164" fontId', 'numFmtId="x" fontId'),
    "an unknown cell format": replaced("</cellXfs>", "<x/></cellXfs>"),
    "no cell formats": lambda data: re.sub(rb"<cellXfs.*</cellXfs>", b"<cellXfs/>", data),
    "no namespace": lambda data: data.replace(b"xmlns=", b"xmlns:m="),
}


@pytest.mark.parametrize("kind", ODD_STYLES)
def test_styles_that_cannot_be_added_to_are_refused(tmp_path, kind):
    ledger = book(tmp_path, altered(simple(), {"xl/styles.xml": ODD_STYLES[kind]}))
    before = ledger.path.read_bytes()
    with pytest.raises(RefusedError) as refused:
        ledger.write([], [new(("=x", "=y", date(2026, 1, 1), 1))])
    assert refused.value.problems[0].code == "part_damaged"
    assert ledger.path.read_bytes() == before


def test_a_new_date_format_takes_a_number_that_no_cell_uses(tmp_path):
    lost = altered(simple(), {"xl/styles.xml": lambda data: re.sub(rb"<numFmts.*</numFmts>", b"", data)})
    ledger = book(tmp_path, lost)
    held = ledger.grid("Clues").rows[0][2]
    ledger.write([], [new(("XS-9", date(2026, 1, 1)))])
    assert ledger.grid("Clues").rows[0][2] == held
    assert ledger.grid("Clues").rows[3][1] == date(2026, 1, 1)


@pytest.mark.parametrize("lie", ['count="4"', 'count="6"'])
def test_a_table_that_does_not_agree_with_its_columns_is_refused(tmp_path, lie):
    columns = {
        'count="4"': replaced('<tableColumn id="5" name="确认"/>', ""),
        'count="6"': replaced('name="确认"', 'name="标题"'),
    }
    assert code(tmp_path, altered(simple(), {TABLE: columns[lie]})) == "sheet_unreadable"
