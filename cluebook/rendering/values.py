"""What a template is filled with: plain words, whole numbers, lists and groups of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cluebook.errors import Place, Problem, TemplateError
from cluebook.text import Text

Value = str | int | list["Value"] | dict[str, "Value"]

LONGEST = 1_000_000
"""Characters a single text may have; a longer one is refused, never cut."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


def clean(text: str) -> str:
    r"""Return a text as a Word document can hold it: line ends as ``\n``, the impossible as U+FFFD.

    >>> clean("first\r\nsecond\x0bthird")
    'first\nsecond�third'
    """
    if (
        text.isprintable()
    ):  # most texts are, and this is the cheapest way to know that nothing is wrong with one
        return text
    return _NOT_XML.sub("\ufffd", _LINE_END.sub("\n", text))


def holds_the_impossible(text: str) -> bool:
    """Return whether a text holds what no Word document can, so that `clean` replaces it."""
    return not text.isprintable() and _NOT_XML.search(text) is not None


def plain(context: Mapping[str, object]) -> dict[str, Value]:
    """Return the context with every text cleaned; `TypeError` for a value that is not plain."""
    return {name: _plain(value, name) for name, value in context.items()}


def names(value: Mapping[str, Value]) -> frozenset[str]:
    """Return the dotted names a context defines; ``log.*`` stands for the unknown items of an empty list.

    >>> sorted(names({"office": "甲局", "clue": {"matter": ""}, "log": []}))
    ['clue', 'clue.matter', 'log', 'log.*', 'office']
    """
    return frozenset(_names(value, ""))


def defines(value: Value, path: Sequence[str]) -> bool:
    """Return whether a context, or a part of it, has a value of this dotted name, as `names` tells.

    >>> context = {"office": "甲局", "clue": {"matter": ""}, "log": []}
    >>> defines(context, ["clue", "matter"]), defines(context, ["log", "day"]), defines(context, ["clue", "mater"])
    (True, True, False)
    """
    if not path:
        return True
    if isinstance(value, dict):
        return path[0] in value and defines(value[path[0]], path[1:])
    if isinstance(value, list):
        return not value or any(defines(item, path) for item in value if isinstance(item, dict))
    return False


def _plain(value: object, name: str) -> Value:
    if isinstance(value, str):
        if len(value) > LONGEST:
            raise TemplateError(_too_long(name, len(value)))
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {
            str(key): clean(item)
            if item.__class__ is str and len(item) <= LONGEST
            else _plain(item, f"{name}.{key}")
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(item, name) for item in value]
    message = f"a template cannot be filled with {type(value).__name__}, see {name!r}"
    raise TypeError(message)


def _names(group: Mapping[str, Value], before: str) -> set[str]:
    found: set[str] = set()
    for key, value in group.items():
        name = before + key
        found.add(name)
        if isinstance(value, dict):
            found |= _names(value, f"{name}.")
        elif isinstance(value, list):
            found |= {f"{name}.*"} if not value else set()
            for item in value:
                found |= _names(item, f"{name}.") if isinstance(item, dict) else set()
    return found


def _too_long(name: str, length: int) -> Problem:
    return Problem(
        "document_text_too_long",
        Place(column=name),
        Text(
            f"有 {length} 个字符，文书中的一项文字最多 {LONGEST} 个。",
            f"has {length} characters; one text of a document may have {LONGEST}.",
        ),
        Text("请把原文作为附件，栏内只写摘要。", "Attach the full text and keep a summary in the cell."),
    )
