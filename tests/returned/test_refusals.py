"""What comes back and is no form: one clear reason each, and nothing is unpacked, fetched or run on the way."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from filling import BODY, W, edited, part, with_parts

from cluebook.forms import Delivery
from cluebook.rendering.pictures import qr_picture
from cluebook.returned import UnreadError, delivered, read_form
from cluebook.returned.problems import REASONS
from cluebook.returned.squares import squares_of
from cluebook.text import LANGS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def plain_document() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("Minutes of a meeting about something else")
    made.save(out)
    return out.getvalue()


def package(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def bomb(content: bytes) -> bytes:
    """A body of 64 MB in 64 kB."""
    xml = part(content)
    out = io.BytesIO(with_parts(content, {BODY: None}))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as new,
        new.open(BODY, "w", force_zip64=True) as stream,
    ):
        stream.write(xml[: xml.index(b"<w:body>") + 8])
        for _ in range(4):
            stream.write(b" " * (1 << 24))
        stream.write(b"</w:body></w:document>")
    return out.getvalue()


def with_entities(content: bytes) -> bytes:
    doctype = b'<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>'
    xml = part(content)
    return with_parts(content, {BODY: xml.replace(b"?>", b"?>" + doctype, 1)})


def deep(content: bytes) -> bytes:
    opened, closed = b"<w:ins>" * 50_000, b"</w:ins>" * 50_000
    return with_parts(content, {BODY: part(content).replace(b"</w:body>", opened + closed + b"</w:body>")})


BAD = {
    "empty": (lambda _: b"", "file_empty"),
    "old doc": (lambda _: OLE + "WordDocument".encode("utf-16-le"), "is_old_doc"),
    "encrypted": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "pdf": (lambda _: b"%PDF-1.7\n", "is_pdf"),
    "png": (lambda _: qr_picture("XS-1"), "is_picture"),
    "jpeg": (lambda _: b"\xff\xd8\xff\xe0\0\x10JFIF", "is_picture"),
    "rtf": (lambda _: b"{\\rtf1 }", "is_rtf"),
    "text": (lambda _: b"Dear colleagues", "not_word"),
    "zip": (lambda _: package(readme=b"hello"), "not_word"),
    "cut off": (lambda content: content[: len(content) // 2], "zip_damaged"),
    "body not XML": (lambda content: with_parts(content, {BODY: b"<w:document>"}), "part_damaged"),
    "no body": (lambda content: with_parts(content, {BODY: None}), "not_word"),
    "macros": (lambda content: with_parts(content, {"word/vbaProject.bin": b"x"}), "has_macros"),
    "entities": (with_entities, "entities"),
    "bomb": (bomb, "bomb"),
    "too deep": (deep, "part_damaged"),
    "path outside": (lambda content: with_parts(content, {"../evil": b"x"}), "names_unsafe"),
    "another document": (lambda _: plain_document(), "no_form"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_form_is_refused_with_its_reason(form, name):
    make, code = BAD[name]
    with pytest.raises(UnreadError) as refused:
        read_form(make(form("routing_slip", "zh")), "f.docx")
    assert str(refused.value) == code


def test_every_reason_has_its_words_and_no_other():
    told = {code for _, code in BAD.values()} | {"file_missing", "file_too_large", "parts_overlap"}
    assert told == REASONS.keys()
    for wrong, fix in REASONS.values():
        assert all(text.strip() for text in (*wrong, *fix))


def test_a_folder_stands_for_every_file_in_it_the_good_and_the_bad(form, tmp_path):
    (tmp_path / "b.docx").write_bytes(form("routing_slip", "zh"))
    (tmp_path / "a.docx").write_bytes(form("handling_record", "zh"))
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "~$b.docx").write_bytes(b"\x04user")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "later").mkdir()
    came = delivered([tmp_path, tmp_path / "gone.docx"], inbox=tmp_path / "inbox")
    assert [form.file for form in came.forms] == ["a.docx", "b.docx"]
    assert [(each.code, each.place.file) for each in came.unread] == [
        ("is_pdf", "scan.pdf"),
        ("file_missing", "gone.docx"),
    ]
    assert all(form.inbox is None for form in came.forms)


def test_a_name_that_would_play_with_the_screen_is_told_plainly(tmp_path):
    (tmp_path / "a\x1b[2J\u202ecod.docx").write_bytes(b"%PDF-1.7")
    (told,) = delivered([tmp_path], inbox=tmp_path / "inbox").unread
    assert told.place.file == "a\ufffd[2J\ufffdcod.docx"


def test_only_what_lies_in_the_inbox_is_known_to_leave_it(form, tmp_path):
    inbox = tmp_path / "inbox"
    for folder in (inbox, tmp_path):
        folder.mkdir(exist_ok=True)
        (folder / "a.docx").write_bytes(form("routing_slip", "zh"))
    (inner, outer) = delivered([inbox, tmp_path / "a.docx"], inbox=inbox).forms
    assert (inner.inbox, outer.inbox) == (inbox / "a.docx", None)
    assert inner.digest == outer.digest


def test_an_inbox_that_is_not_there_brought_nothing(tmp_path):
    assert delivered([tmp_path / "inbox"], inbox=tmp_path / "inbox") == Delivery()


def redrawn(picture: bytes, scale: int) -> bytes:
    """The same code as an editor might store it: in colour, of another size, without a border."""
    squares = squares_of(picture)
    rows = []
    for row in squares:
        line = b"".join((b"\x10\x10\x30" if dark else b"\xff\xfe\xf0") * scale for dark in row)
        rows += [b"\0" + line] * scale
    side = len(squares) * scale

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("scale", [2, 3, 7])
def test_a_code_that_an_editor_redrew_is_still_that_of_its_number(form, scale):
    content = form("routing_slip", "zh")
    picture = next(name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.endswith(".png"))
    own = part(content, picture)
    assert read_form(with_parts(content, {picture: redrawn(own, scale)}), "f.docx").sealed is True
    other = redrawn(qr_picture("XS-2026-YW-9999"), scale)
    assert read_form(with_parts(content, {picture: other}), "f.docx").sealed is False


@pytest.mark.parametrize("picture", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", qr_picture("x")[:60]])
def test_a_picture_that_shows_no_code_tells_nothing(form, picture):
    content = form("routing_slip", "zh")
    name = next(name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.endswith(".png"))
    assert read_form(with_parts(content, {name: picture}), "f.docx").sealed is None


@pytest.mark.parametrize("lang", LANGS)
def test_a_form_with_another_number_has_another_code(form, lang):
    def renumber(root):
        for text in root.iter(f"{W}t"):
            if text.text and text.text.startswith("XS-"):
                text.text = f"{text.text[:-1]}8"

    assert read_form(edited(form("routing_slip", lang), renumber), "f.docx").sealed is False


def test_nothing_is_written_while_reading(form, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(form("routing_slip", "zh"))
    delivered([path], inbox=Path("inbox"))
    assert list(tmp_path.iterdir()) == [path]
