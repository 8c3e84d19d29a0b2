"""A new office: its folder, its ledger, its templates."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from cluebook import config
from cluebook.books.build import build_ledger
from cluebook.books.find import NAMES, WITH_MACROS, WITHOUT_MACROS
from cluebook.books.macros import build_macro_ledger
from cluebook.books.saving import disk_errors
from cluebook.domain.office import (
    CalendarYear,
    Category,
    Channel,
    DayOff,
    Department,
    Keyword,
    Limit,
    RetentionRule,
    RoutingRule,
    Setting,
)
from cluebook.domain.settings import starting_settings
from cluebook.domain.workdays import CHINA
from cluebook.drafts import shipped_templates
from cluebook.errors import DiskError, Place, Problem, UsageError
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.keywords import starting_keywords
from cluebook.seeds.limits import starting_limits
from cluebook.seeds.office import categories, channels, departments
from cluebook.seeds.rules import starting_destinations, starting_retention
from cluebook.text import Lang, Text
from cluebook.watch.jobs import JOBS


def found(
    folder: Path, lang: Lang, name: str | None, today: date, *, macro_free: bool = False, country: str = CHINA
) -> Path:
    """Make a new office in a folder and return the path of its ledger.

    Args:
        folder: made if it is not there; may hold other files, which are kept, but no ledger.
        lang: language of the workbook and the templates.
        name: the office's name, printed at the head of documents.
        today: decides which years the calendar begins with.
        macro_free: leave out the macros and the buttons, which the add-in has, too.
        country: whose holidays the calendar begins with.

    Raises:
        UsageError: the folder has a ledger already.
        ConfigError: nothing is known of the country.
        DiskError: the folder cannot be written.
    """
    if any((folder / name).exists() for name in NAMES):
        wrong = Text("这个文件夹里已有台账。", "This folder has a ledger already.")
        fix = Text(
            "请换一个文件夹；现有台账不会被覆盖。", "Choose another folder; a ledger is never overwritten."
        )
        raise UsageError(Problem("ledger_exists", Place(file=folder.name), wrong, fix))
    rows = starting_rows(lang, name, today, country)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in ("documents", "inbox", "backups", "log"):
            (folder / each).mkdir(exist_ok=True)
        bring_templates(folder / "templates", lang)
        if not (folder / config.FILE).exists():
            jobs = [(job.id, job.times, job.text) for job in JOBS.values()]
            (folder / config.FILE).write_text(config.starting_text(lang, jobs), "utf-8")
    except OSError:
        wrong = Text("文件夹不能写入。", "The folder cannot be written.")
        fix = Text("请检查磁盘空间和文件夹权限。", "Check the disk space and the folder's permissions.")
        raise DiskError(Problem("folder_unwritable", Place(file=folder.name), wrong, fix)) from None
    ledger = folder / (WITHOUT_MACROS if macro_free else WITH_MACROS)
    build = build_ledger if macro_free else build_macro_ledger
    build(ledger, lang, rows)
    return ledger


def lacking_templates(templates: Path, lang: Lang) -> list[Path]:
    """Return where templates belong that an office's folder lacks."""
    shipped = sorted((shipped_templates() / lang).iterdir())
    return [templates / each.name for each in shipped if not (templates / each.name).exists()]


def bring_templates(templates: Path, lang: Lang) -> None:
    """Copy the templates that an office's folder lacks; one that the office made its own is never replaced.

    Raises:
        DiskError: the folder cannot be written.
    """
    with disk_errors(templates):
        templates.mkdir(parents=True, exist_ok=True)
        for path in lacking_templates(templates, lang):
            shutil.copyfile(shipped_templates() / lang / path.name, path)


def starting_rows(
    lang: Lang, name: str | None, today: date, country: str = CHINA
) -> dict[type, tuple[Any, ...]]:
    """Return the records a new ledger begins with, by record type."""
    years = (today.year - 1, today.year, today.year + 1)
    return {
        Department: departments(lang),
        Channel: channels(lang),
        Category: categories(lang),
        Keyword: starting_keywords(lang),
        RoutingRule: starting_destinations(lang),
        RetentionRule: starting_retention(lang),
        Limit: starting_limits(lang),
        DayOff: starting_calendar(lang, years, country),
        CalendarYear: starting_years(lang, years, country),
        Setting: starting_settings(lang, name, country),
    }
