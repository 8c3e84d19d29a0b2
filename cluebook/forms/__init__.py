"""The forms that departments fill in and send back, and what they say when they have come back."""

from __future__ import annotations

from cluebook.forms.shape import (
    BOXES,
    FACTS,
    NUMBER,
    OFFICE,
    PROMPT,
    SLIP,
    TICKED,
    UNTICKED,
    Answer,
    Blank,
    Delivery,
    Form,
    Returned,
    boxed,
    record_of,
)
from cluebook.forms.table import ANSWERED, FORMS

__all__ = [
    "ANSWERED",
    "BOXES",
    "FACTS",
    "FORMS",
    "NUMBER",
    "OFFICE",
    "PROMPT",
    "SLIP",
    "TICKED",
    "UNTICKED",
    "Answer",
    "Blank",
    "Delivery",
    "Form",
    "Returned",
    "boxed",
    "record_of",
]
