"""Which language to speak before a ledger says which: the user's wish, else the system's."""

from __future__ import annotations

import locale
import os

from cluebook.text import LANGS, Lang


def spoken() -> Lang:
    """Return the language of help and early messages: ``CLUEBOOK_LANG``, else the system's, else English."""
    wish = os.environ.get("CLUEBOOK_LANG", "")
    if wish in LANGS:
        return LANGS[LANGS.index(wish)]
    system = (locale.getlocale()[0] or "").lower()
    return "zh" if system.startswith(("zh", "chinese")) else "en"
