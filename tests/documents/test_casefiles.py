from __future__ import annotations

import hashlib
import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from cluebook.casefiles import Packed, described, files_of, packed

NUMBER = "XS-2026-YW-0001"
FILES = st.dictionaries(st.text("abcXYZ文书 ", min_size=1, max_size=8), st.binary(max_size=200), max_size=6)


@given(FILES)
def test_a_volume_holds_every_file_and_the_list_of_their_hashes(files):
    held = [Packed(name, content) for name, content in files.items()]
    with zipfile.ZipFile(io.BytesIO(packed(held))) as volume:
        listed = volume.read("SHA256SUMS.txt").decode().splitlines()
        assert {name: volume.read(name) for name in volume.namelist() if name != "SHA256SUMS.txt"} == files
    assert sorted(listed) == sorted(f"{hashlib.sha256(c).hexdigest()}  {n}" for n, c in files.items())
    assert packed(reversed(held)) == packed(held)


def test_the_files_of_a_clue_are_found_in_the_folders_of_all_years(tmp_path):
    for year, name, content in (
        (2026, "b.docx", b"b"),
        (2027, "a.pdf", b"%PDF-1.7 /Type /Page /Type/Page /Type /Pages"),
    ):
        folder = tmp_path / str(year) / NUMBER
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        (folder / "~b.docx.tmp").write_bytes(b"half")
    (tmp_path / "2026" / "XS-2026-YW-0002").mkdir()
    assert [file.name for file in files_of(tmp_path, NUMBER)] == ["b.docx", "a.pdf"]
    assert {file.name: file.pages for file in described(tmp_path, NUMBER)} == {"a.pdf": 2, "b.docx": None}


def test_the_pages_that_word_counted_are_taken_from_its_properties(tmp_path):
    folder = tmp_path / "2026" / NUMBER
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "report.docx", "w") as package:
        package.writestr("docProps/app.xml", "<Properties><Pages>3</Pages></Properties>")
    (file,) = described(tmp_path, NUMBER)
    assert file.pages == 3
    assert file.sha256 == hashlib.sha256((folder / "report.docx").read_bytes()).hexdigest()
