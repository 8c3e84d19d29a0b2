from __future__ import annotations

from dataclasses import fields
from datetime import time

import pytest

from cluebook.domain.office import Setting
from cluebook.domain.settings import Settings, settings_of, starting_settings
from cluebook.text import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_sheet_says_every_setting_with_its_default(lang):
    assert settings_of(starting_settings(lang), lang) == settings_of([], lang)
    assert len(starting_settings(lang)) == len(fields(Settings))


def test_a_row_wins_over_the_default_by_either_name_and_without_its_blanks():
    rows = [
        Setting(name=" 单位名称 ", value=" 港区办 "),
        Setting(name="End of the working day", value="16:00"),
    ]
    settings = settings_of(rows, "zh")
    assert (settings.office, settings.cutoff) == ("港区办", time(16))


def test_rows_of_other_names_are_the_offices_own():
    rows = [Setting(name="本所电话", value="12345"), Setting(name="单位名称"), Setting(value="无名")]
    assert settings_of(rows, "zh") == settings_of([], "zh")


def test_the_name_of_a_new_office_is_on_its_sheet():
    assert settings_of(starting_settings("en", "Harbour Clue Office"), "en").office == "Harbour Clue Office"


@pytest.mark.parametrize(
    ("name", "value", "use"),
    [
        ("day_ends", "half past five", lambda s: s.cutoff),
        ("least_description", "many", lambda s: s.shortest_description),
        ("handling_starts", "later", lambda s: s.counts_from_routing),
        ("most_extensions", "-1", lambda s: s.extension_count),
        ("longest_extension", "half", lambda s: s.extension_share),
        ("longest_suspension", "1.5", lambda s: s.suspension_days),
    ],
)
def test_a_value_of_another_kind_is_told_when_it_is_used(name, value, use):
    row = Setting(name=Settings.text_of(name).en, value=value)
    with pytest.raises(ValueError, match=r"\w"):
        use(settings_of([row], "en"))


def test_the_start_of_handling_is_told_in_either_language():
    told = [Setting(name="办理时限起算", value=word) for word in ("接收", "Routing")]
    assert [settings_of([row], "zh").counts_from_routing for row in told] == [False, True]
