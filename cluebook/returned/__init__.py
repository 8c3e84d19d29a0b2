"""Reading what departments send back: a filled Word document as what it says, by tag or by label."""

from __future__ import annotations

from cluebook.returned.files import delivered
from cluebook.returned.package import UnreadError
from cluebook.returned.problems import unread
from cluebook.returned.reading import lost_facts, read_form

__all__ = ["UnreadError", "delivered", "lost_facts", "read_form", "unread"]
