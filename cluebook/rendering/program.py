"""Carrying out the steps of a template over plain values, without jinja; where jinja might differ, it gives up.

An expression is one of

* ``["const", value]``, ``["path", name, …]``, ``["loop", "index"]``;
* ``["filter", name, value]``, ``["compare", value, [[operator, value], …]]``;
* ``["not", value]``, ``["and", value, value]``, ``["or", value, value]``, ``["choose", test, value, value]``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from cluebook.rendering.language import indented

Scope = dict[str, Any]
Expression = Callable[[Scope], Any]
Action = Callable[[Scope, list[str]], None]
Writer = Callable[[Any, str], str]
"""Returns a value as it is printed in a run with these properties."""

_TEXT = '<w:t xml:space="preserve">'
_BREAK = f"</w:t><w:br/>{_TEXT}"


class Unfit(Exception):  # noqa: N818 - a signal inside this package, never shown
    """These values cannot be filled in here; whether they can at all is for docxtpl to say."""


def program(steps: list[Any], write: Writer) -> Callable[[Mapping[str, Any]], str]:
    """Return the function that fills values into steps; it raises `Unfit`."""
    run = _block(steps, write)

    def filled(values: Mapping[str, Any]) -> str:
        pieces: list[str] = []
        try:
            run(dict(values), pieces)
        except (LookupError, TypeError):
            raise Unfit from None
        return "".join(pieces)

    return filled


def words(value: object, _run: str = "") -> str:
    """Return a value as plain words."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    raise Unfit


def escaped(value: object, _run: str) -> str:
    """Return a value as the jinja environment of `cluebook.rendering.language` prints it."""
    text = words(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("'", "&#39;").replace('"', "&#34;")
    return text.replace("{", "&#123;").replace("}", "&#125;")


def woven(value: object, run: str) -> str:
    """Return a value as it stands in a finished document, its line breaks and tabs as docxtpl makes them."""
    text = words(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\t" in text:
        text = text.replace("\t", f"</w:t></w:r><w:r>{run}<w:tab/></w:r><w:r>{run}{_TEXT}")
    return text.replace("\n", _BREAK)


def _block(steps: list[Any], write: Writer) -> Action:
    first, *rest = steps
    pairs = tuple(zip((_action(code, write) for code in rest[::2]), rest[1::2], strict=True))

    def run(scope: Scope, pieces: list[str]) -> None:
        pieces.append(first)
        for act, text in pairs:
            act(scope, pieces)
            pieces.append(text)

    return run


def _action(code: list[Any], write: Writer) -> Action:
    kind, *rest = code
    return _ACTIONS[kind](*rest, write)


def _print(code: list[Any], run: str, write: Writer) -> Action:
    value = _expression(code)

    def act(scope: Scope, pieces: list[str]) -> None:
        pieces.append(write(value(scope), run))

    return act


def _if(branches: list[Any], otherwise: list[Any], write: Writer) -> Action:
    choices = [(_expression(test), _block(steps, write)) for test, steps in branches]
    last = _block(otherwise, write)

    def act(scope: Scope, pieces: list[str]) -> None:
        for test, run in choices:
            if test(scope):
                run(scope, pieces)
                return
        last(scope, pieces)

    return act


def _for(name: str, code: list[Any], body: list[Any], otherwise: list[Any], write: Writer) -> Action:
    items, run, last = _expression(code), _block(body, write), _block(otherwise, write)

    def act(scope: Scope, pieces: list[str]) -> None:
        found = items(scope)
        length = len(found)
        inner = dict(scope)
        for index, item in enumerate(found, 1):
            inner[name] = item
            inner["loop"] = {"index": index, "length": length, "first": index == 1, "last": index == length}
            run(inner, pieces)
        if not length:
            last(scope, pieces)

    return act


def _expression(code: list[Any]) -> Expression:
    kind, *rest = code
    return _EXPRESSIONS[kind](*rest)


def _path(first: str, *rest: str) -> Expression:
    if not rest:
        return operator.itemgetter(first)
    if len(rest) == 1:
        (name,) = rest
        return lambda scope: scope[first][name]

    def value(scope: Scope) -> Any:  # noqa: ANN401 - whatever the context holds there
        found = scope[first]
        for name in rest:
            found = found[name]
        return found

    return value


def _filter(name: str, code: list[Any]) -> Expression:
    value, change = _expression(code), _FILTERS[name]
    return lambda scope: change(value(scope))


def _compare(first: list[Any], rest: list[Any]) -> Expression:
    left = _expression(first)
    others = [(_OPERATORS[name], _expression(code)) for name, code in rest]

    def value(scope: Scope) -> bool:
        one = left(scope)
        for holds, other in others:
            two = other(scope)
            if not holds(one, two):
                return False
            one = two
        return True

    return value


def _not(code: list[Any]) -> Expression:
    value = _expression(code)
    return lambda scope: not value(scope)


def _and(left: list[Any], right: list[Any]) -> Expression:
    one, two = _expression(left), _expression(right)
    return lambda scope: one(scope) and two(scope)


def _or(left: list[Any], right: list[Any]) -> Expression:
    one, two = _expression(left), _expression(right)
    return lambda scope: one(scope) or two(scope)


def _choose(test: list[Any], first: list[Any], second: list[Any]) -> Expression:
    chosen, one, two = _expression(test), _expression(first), _expression(second)
    return lambda scope: one(scope) if chosen(scope) else two(scope)


_ACTIONS: Mapping[str, Callable[..., Action]] = {"print": _print, "if": _if, "for": _for}
_EXPRESSIONS: Mapping[str, Callable[..., Expression]] = {
    "const": lambda value: lambda _: value,
    "path": _path,
    "loop": lambda name: _path("loop", name),
    "filter": _filter,
    "compare": _compare,
    "not": _not,
    "and": _and,
    "or": _or,
    "choose": _choose,
}
_FILTERS: Mapping[str, Callable[[Any], str | int]] = {
    "indented": lambda value: indented(words(value)),
    "length": len,
    "lower": lambda value: words(value).lower(),
    "trim": lambda value: words(value).strip(),
    "upper": lambda value: words(value).upper(),
}
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}
