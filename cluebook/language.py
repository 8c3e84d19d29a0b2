"""Which language to speak before a ledger says which: the user's wish, the office's, the system's."""

from __future__ import annotations

import locale
import os

from cluebook.text import LANGS, Lang


def spoken(office: Lang | None = None) -> Lang:
    """Return the language of help and early messages: ``CLUEBOOK_LANG``, else the office's, the system's, English."""
    wish = os.environ.get("CLUEBOOK_LANG", "")
    if wish in LANGS:
        return LANGS[LANGS.index(wish)]
    if office is not None:
        return office
    system = (locale.getlocale()[0] or "").lower()
    return "zh" if system.startswith(("zh", "chinese")) else "en"
