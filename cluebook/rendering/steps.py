"""What a template does, as plain data: texts, and between them what is printed, chosen or repeated.

Steps are a list of texts with an action between each two: ``[text, action, text, action, …, text]``. An action is

* ``["print", value, run]``, where `run` is the XML of the properties of the run it is printed in;
* ``["if", [[test, steps], …], steps]``;
* ``["for", name, value, steps, steps]``, the last for a list with nothing in it.

A value or test is an expression of `cluebook.rendering.program`. Steps hold no code, so that they can be kept in a
file that others may write to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cluebook.rendering.language import Unreadable

if TYPE_CHECKING:
    from jinja2 import nodes

Steps = list[Any]

_RESERVED = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
_OF_GROUPS = frozenset(dir(dict))
"""Names that jinja finds on a group itself before it looks for a value of that name."""
_WORDS = {"Not": "not", "And": "and", "Or": "or", "CondExpr": "choose"}
_MARK = re.compile(r"<\?cluebook (\d+) .\?>")
_RUN = re.compile(r".*<w:r[ >]", re.DOTALL)
_RUN_PROPERTIES = re.compile(r"<w:rPr>.*?</w:rPr>")


def steps_of(tree: nodes.Template) -> Steps:
    """Return the steps of a parsed template, or raise `Unreadable` for what they cannot say as jinja does."""
    return _block(tree.body, in_loop=False)


def sketch(steps: Steps, first: int) -> str:
    """Return the texts of all steps in a row, with a numbered mark for every action, from `first` on.

    A mark is ``v`` where something is printed; ``{``, ``|`` and ``}`` stand around the blocks of an if or a for.
    """
    roles = list(_roles(steps))
    pieces = texts(steps)
    row = [next(pieces)]
    for number, (role, piece) in enumerate(zip(roles, pieces, strict=True), first):
        row += [f"<?cluebook {number} {role}?>", piece]
    return "".join(row)


def refilled(steps: Steps, first: int, xml: str) -> Steps:
    """Return the steps with their texts as they stand in `xml`, which was a sketch of them once."""
    parts = _MARK.split(xml)
    wanted = [str(first + n) for n, _ in enumerate(_roles(steps))]
    if parts[1::2] != wanted:
        raise Unreadable
    return _refilled(steps, iter(_with_runs(parts[::2])))


def texts(steps: Steps) -> Iterator[str]:
    """Return every text of these steps, in their order."""
    yield steps[0]
    for action, text in zip(steps[1::2], steps[2::2], strict=True):
        for block in blocks_of(action):
            yield from texts(block)
        yield text


def marks(steps: Steps) -> int:
    """Return how many marks a sketch of these steps has."""
    return sum(1 for _ in _roles(steps))


def blocks_of(action: Sequence[Any]) -> list[Steps]:
    """Return the blocks an action chooses among, or repeats; none for what only prints."""
    if action[0] == "if":
        return [*(steps for _, steps in action[1]), action[2]]
    return list(action[3:]) if action[0] == "for" else []


def _roles(steps: Steps) -> Iterator[str]:
    for action in steps[1::2]:
        blocks = blocks_of(action)
        yield "{" if blocks else "v"
        for n, block in enumerate(blocks, 1):
            yield from _roles(block)
            yield "|" if n < len(blocks) else "}"


def _with_runs(pieces: list[str]) -> Iterator[tuple[str, str]]:
    """Return each piece with the properties of the run that is open at its end."""
    run = ""
    for piece in pieces:
        if opening := _RUN.match(piece):
            found = _RUN_PROPERTIES.search(piece, opening.end())
            run = found[0] if found else ""
        yield piece, run


def _refilled(steps: Steps, pieces: Iterator[tuple[str, str]]) -> Steps:
    text, run = next(pieces)
    filled: Steps = [text]
    for kind, *rest in steps[1::2]:
        if kind == "print":
            filled.append([kind, rest[0], run])
        elif kind == "if":
            branches = [[test, _refilled(block, pieces)] for test, block in rest[0]]
            filled.append([kind, branches, _refilled(rest[1], pieces)])
        else:
            filled.append([kind, *rest[:2], *(_refilled(block, pieces) for block in rest[2:])])
        text, run = next(pieces)
        filled.append(text)
    return filled


def _block(children: Sequence[nodes.Node], *, in_loop: bool) -> Steps:
    from jinja2 import nodes

    steps: Steps = [""]
    for child in children:
        if isinstance(child, nodes.Output):
            for node in child.nodes:
                if isinstance(node, nodes.TemplateData):
                    steps[-1] += node.data
                else:
                    steps += [["print", _expression(node, in_loop=in_loop), ""], ""]
        elif isinstance(child, nodes.If):
            branches = [
                [_expression(branch.test, in_loop=in_loop), _block(branch.body, in_loop=in_loop)]
                for branch in (child, *child.elif_)
            ]
            steps += [["if", branches, _block(child.else_, in_loop=in_loop)], ""]
        elif isinstance(child, nodes.For):
            steps += [_loop(child, in_loop=in_loop), ""]
        else:
            raise Unreadable
    return steps


def _loop(node: nodes.For, *, in_loop: bool) -> list[Any]:
    from jinja2 import nodes

    if (
        not isinstance(node.target, nodes.Name)
        or node.target.name in _RESERVED
        or node.test
        or node.recursive
    ):
        raise Unreadable
    over = _expression(node.iter, in_loop=in_loop)
    return ["for", node.target.name, over, _block(node.body, in_loop=True), _block(node.else_, in_loop=False)]


def _expression(node: nodes.Node, *, in_loop: bool) -> list[Any]:
    from jinja2 import nodes

    def inner(child: nodes.Node) -> list[Any]:
        return _expression(child, in_loop=in_loop)

    match node:
        case nodes.Const(value=str() | int() | None as value):
            return ["const", value]
        case nodes.Name() | nodes.Getattr():
            return _path(node, in_loop=in_loop)
        case nodes.Filter(
            node=nodes.Expr() as value, name=name, args=[], kwargs=[], dyn_args=None, dyn_kwargs=None
        ):
            return ["filter", name, inner(value)]
        case nodes.Compare(expr=first, ops=rest):
            return ["compare", inner(first), [[operand.op, inner(operand.expr)] for operand in rest]]
        case nodes.Not() | nodes.And() | nodes.Or() | nodes.CondExpr(expr2=nodes.Expr()):
            return [_WORDS[type(node).__name__], *map(inner, node.iter_child_nodes())]
    raise Unreadable


def _path(node: nodes.Node, *, in_loop: bool) -> list[Any]:
    from jinja2 import nodes

    match node:
        case nodes.Name(name=name) if name not in _RESERVED:
            return ["path", name]
        case nodes.Getattr(node=nodes.Name(name="loop"), attr=name) if in_loop:
            return ["loop", name]
        case nodes.Getattr(node=nodes.Name() | nodes.Getattr() as group, attr=name) if name not in _OF_GROUPS:
            path = _path(group, in_loop=in_loop)
            if path[0] == "path":
                return [*path, name]
    raise Unreadable
