"""Folders that are synchronised between computers are known by their names, their marks, and what Windows says."""

from __future__ import annotations

import pytest

from cluebook.books.synced import problems_of, refuse_synchronised, synchronised
from cluebook.errors import RefusedError

SYNCED = (
    "OneDrive", "OneDrive - 云杉集团", "Dropbox", "Dropbox (Office)", "Google Drive", "My Drive", "iCloudDrive", "Nextcloud",
    "ownCloud", "Seafile", "Syncthing", "Nutstore", "我的坚果云", "BaiduSyncdisk", "百度网盘同步空间", "WPSDrive", "WPS云盘",
    "微云同步助手", "阿里云盘", "Mobile Documents",
)  # fmt: skip
PLAIN = ("台账", "clues", "共享", "Documents", "one", "drive", "boxes", "My Documents")
MARKS = (".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log", ".tmp.drivedownload")


@pytest.mark.parametrize("name", SYNCED)
def test_a_synchronised_folder_is_known_by_its_name_however_deep_the_ledger_is_in_it(tmp_path, name):
    assert synchronised(tmp_path / name / "a" / "b" / "ledger.xlsx", {}) == tmp_path / name
    assert synchronised(tmp_path / name.upper() / "ledger.xlsx", {}) is not None


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_folder_is_none(tmp_path, name):
    assert synchronised(tmp_path / name / "ledger.xlsx", {}) is None


@pytest.mark.parametrize("mark", MARKS)
def test_a_synchronised_folder_is_known_by_what_the_program_keeps_in_it(tmp_path, mark):
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / mark).touch()
    assert synchronised(tmp_path / "x" / "y" / "ledger.xlsx", {}) == tmp_path / "x"


def test_a_folder_that_windows_names_is_known_whatever_it_is_called(tmp_path):
    told = {"OneDriveCommercial": str(tmp_path / "云杉集团")}
    assert synchronised(tmp_path / "云杉集团" / "ledger.xlsx", told) == tmp_path / "云杉集团"
    assert synchronised(tmp_path / "别处" / "ledger.xlsx", told) is None


def test_the_folder_is_named_and_the_way_out_is_told(tmp_path):
    with pytest.raises(RefusedError) as refused:
        refuse_synchronised(tmp_path / "我的坚果云" / "ledger.xlsx")
    (problem,) = refused.value.problems
    assert (problem.code, refused.value.exit_code) == ("ledger_synced", 3)
    assert "我的坚果云" in problem.wrong.zh
    assert 'synced = "allow"' in problem.fix.en
    assert problems_of(tmp_path / "ledger.xlsx") == ()
