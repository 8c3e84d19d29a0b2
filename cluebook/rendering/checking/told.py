"""How a fault of a template is told: the file, the place in it, what is wrong and what to do."""

from __future__ import annotations

from cluebook.errors import Place, Problem
from cluebook.text import Text, same

_AT = Text("{place}：{wrong}。", "{place}: {wrong}.")
_LONGEST = 60
BY_THE_MANUAL = Text("请对照手册“模板”一章修改。", "Correct it by the chapter on templates in the manual.")


def fault(code: str, file: str, place: Text, wrong: Text, fix: Text) -> Problem:
    """Return a fault at a place of a template's file."""
    return Problem(code, Place(file=file), _AT.fill(place=place, wrong=wrong), fix)


def shown(tag: str) -> Text:
    """Return a tag as a message shows it; what would not be seen is a dot, what is long is cut."""
    seen = "".join(sign if sign.isprintable() else "·" for sign in tag)
    return same(seen if len(seen) <= _LONGEST else f"{seen[:_LONGEST]}…")
