"""Write the Word templates that cluebook ships: ``python scripts/build_templates.py [FOLDER]``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from wordforms.catalogue import PLAIN
from wordforms.forms import handling_record, overdue_list, routing_slip
from wordforms.letters import feedback_report
from wordforms.notices import NOTICES
from wordforms.package import Document, pack
from wordforms.review import REVIEW
from wordforms.timing import TIMING
from wordforms.volume import volume

from cluebook.text import LANGS, Lang

TEMPLATES: Mapping[str, Callable[[Lang], Document]] = {
    "routing_slip": routing_slip,
    "handling_record": handling_record,
    "feedback_report": feedback_report,
    "overdue_list": overdue_list,
    "volume": volume,
    **PLAIN,
    **NOTICES,
    **REVIEW,
    **TIMING,
}


def build(folder: Path) -> None:
    """Write every template in both languages below a folder."""
    for lang in LANGS:
        target = folder / lang
        target.mkdir(parents=True, exist_ok=True)
        for name, made in TEMPLATES.items():
            (target / f"{name}.docx").write_bytes(pack(made(lang), lang))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "templates")
