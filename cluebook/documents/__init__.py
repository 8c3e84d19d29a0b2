"""The documents cluebook makes: their kinds, file names, and the values their templates may use."""

from __future__ import annotations

from cluebook.documents.filenames import safe_name
from cluebook.documents.kinds import MANY, ONE, Document
from cluebook.documents.names import names_of, words_of
from cluebook.documents.papers import Due, clue_paper, list_paper
from cluebook.documents.table import DOCUMENTS
from cluebook.documents.words import MONTHS, day_in_words

__all__ = [
    "DOCUMENTS",
    "MANY",
    "MONTHS",
    "ONE",
    "Document",
    "Due",
    "clue_paper",
    "day_in_words",
    "list_paper",
    "names_of",
    "safe_name",
    "words_of",
]
