"""The small part of jinja that templates are written in: print, if, for. Nothing else.

There is no arithmetic, no call and no set; an inner loop runs over a list inside the item of the outer
one. So whatever a template says, its rendering ends, and soon.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SCOPE = re.compile(r"\{[%#](p|tr|tc) ")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)(.*?)[-+]?%\}", re.DOTALL)
_FILTERS = ("indented", "length", "lower", "trim", "upper")
_NODES = frozenset(
    [
        "And",
        "Compare",
        "CondExpr",
        "Const",
        "Filter",
        "For",
        "Getattr",
        "If",
        "Name",
        "Not",
        "Operand",
        "Or",
        "Output",
        "Template",
        "TemplateData",
    ]
)
LOOP = frozenset({"loop.first", "loop.index", "loop.last", "loop.length"})
_DOT = re.compile(r"\.")
_COMPLETED = {"if": "{% endif %}", "for": "{% endfor %}", "elif": "{% endif %}"}
_CLOSING = frozenset({"else", "endif", "endfor"})
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class Unreadable(Exception):  # noqa: N818 - a signal inside this package, never shown
    """A tag is not written in the language of templates."""


@functools.cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the only jinja environment that templates are rendered in."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in _FILTERS if name in made.filters} | {
        "indented": indented
    }
    return made


def indented(value: object) -> str:
    r"""Return a text whose further lines begin two characters in, as paragraphs do in Chinese letters.

    >>> indented("甲\n乙")
    '甲\n\u3000\u3000乙'
    """
    return str(value).replace("\n", "\n\u3000\u3000")


@functools.cache
def plain_environment() -> ImmutableSandboxedEnvironment:
    """Return the same environment for what is no markup: values are printed as they are."""
    made = environment().overlay(autoescape=False, finalize=_worded)
    made.globals.clear()
    return made


def scope_of(tag: str) -> str:
    """Return what a tag takes the place of: its ``p``, ``tc`` or ``tr``; blank for a tag that stands for itself."""
    found = _SCOPE.match(tag)
    return found[1] if found else ""


def word_of(tag: str) -> str:
    """Return the first word of a statement, such as ``if`` or ``endfor``; blank for what only prints or notes."""
    found = _STATEMENT.fullmatch(_bare(tag))
    return found[1] if found else ""


def loop_of(tag: str) -> tuple[str, str]:
    """Return what the item of a readable ``for`` is called, and the name of the list it comes from."""
    from jinja2 import nodes

    loop = next(_parsed(_completed(_bare(tag))).find_all(nodes.For))
    return _dotted(loop.target), _dotted(loop.iter)


def names_in(tag: str, aliases: dict[str, str]) -> Iterator[str]:
    """Return the context names a tag uses; its loop variable is added to `aliases`.

    Raises:
        Unreadable: the tag cannot be read, or says what templates may not say.
    """
    yield from _names(_parsed(_completed(_bare(tag))), aliases)


def is_known(name: str, names: Collection[str]) -> bool:
    """Return whether a dotted name is declared; ``log.*`` declares whatever an empty list would hold."""
    if name in names or name in LOOP:
        return True
    return any(f"{name[: dot.start()]}.*" in names for dot in _DOT.finditer(name))


def is_balanced(tags: Sequence[str]) -> bool:
    """Return whether every if and for among these tags is closed, and no loop multiplies another."""
    try:
        return not _multiplies(_parsed("".join(_bare(tag) for tag in tags)), None)
    except Unreadable:
        return False


def is_readable(source: str) -> bool:
    """Return whether a whole story keeps to the language of templates, in places no reader sees too."""
    try:
        names_of(source)
    except Unreadable:
        return False
    return True


def names_of(source: str) -> list[str]:
    """Return the context names a whole text with tags uses, in their order.

    Raises:
        Unreadable: it says what templates may not say.
    """
    tree = tree_of(source)
    found = list(_names(tree, {}))
    if _multiplies(tree, None):
        raise Unreadable
    return found


def _multiplies(tree: nodes.Node, outer: str | None) -> bool:
    from jinja2 import nodes

    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.For):
            if outer is not None and _dotted(child.iter).partition(".")[0] != outer:
                return True
            if _multiplies(child, _dotted(child.target)):
                return True
        elif _multiplies(child, outer):
            return True
    return False


def _worded(value: object) -> object:
    """Return a value as it is printed where nothing has to be escaped."""
    from jinja2 import TemplateRuntimeError, Undefined

    if isinstance(value, str | int | Undefined):
        return value
    raise TemplateRuntimeError("only texts and numbers can be printed")


def _printed(value: object) -> object:
    """Return a value as escaped text; braces too, because docxtpl takes ``{_{`` for ``{{``."""
    from jinja2 import TemplateRuntimeError, Undefined
    from jinja2.filters import do_forceescape, do_mark_safe

    if isinstance(value, Undefined) or hasattr(value, "__html__"):
        return value
    if isinstance(value, str | int):
        return do_mark_safe(str(do_forceescape(str(value))).replace("{", "&#123;").replace("}", "&#125;"))
    raise TemplateRuntimeError("only texts and numbers can be printed")


def _bare(tag: str) -> str:
    """Return a tag as jinja reads it: without the docxtpl prefix, with straight quotation marks."""
    return (f"{tag[:2]} {tag[4:]}" if scope_of(tag) else tag).translate(_STRAIGHT)


def _completed(tag: str) -> str:
    """Return a tag as a template of its own."""
    if not tag.startswith("{%"):
        return tag
    found = _STATEMENT.fullmatch(tag)
    word, rest = (found[1], found[2]) if found else ("", "")
    if word in _CLOSING and not rest.strip():
        return ""
    if word not in _COMPLETED:
        raise Unreadable
    return f"{{% {word.removeprefix('el')} {rest} %}}{_COMPLETED[word]}"


@functools.lru_cache(maxsize=4096)
def _parsed(tag: str) -> nodes.Template:
    return tree_of(tag)


def tree_of(source: str) -> nodes.Template:
    """Return a text with tags as jinja reads it, or raise `Unreadable`."""
    from jinja2 import TemplateSyntaxError

    try:
        return environment().parse(source)
    except TemplateSyntaxError:
        raise Unreadable from None


def _names(tree: nodes.Node, aliases: dict[str, str]) -> Iterator[str]:
    from jinja2 import nodes

    if type(tree).__name__ not in _NODES or (isinstance(tree, nodes.Filter) and tree.name not in _FILTERS):
        raise Unreadable
    if isinstance(tree, nodes.For):
        if tree.test is not None or tree.recursive:
            raise Unreadable
        aliases[_dotted(tree.target)] = _resolved(tree.iter, aliases)
        yield _resolved(tree.iter, aliases)
        for child in (*tree.body, *tree.else_):
            yield from _names(child, aliases)
    elif isinstance(tree, nodes.Name | nodes.Getattr):
        yield _resolved(tree, aliases)
    else:
        for child in tree.iter_child_nodes():
            yield from _names(child, aliases)


def _resolved(tree: nodes.Node, aliases: dict[str, str]) -> str:
    first, dot, rest = _dotted(tree).partition(".")
    return aliases.get(first, first) + dot + rest


def _dotted(tree: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(tree, nodes.Name):
        return tree.name
    if isinstance(tree, nodes.Getattr):
        return f"{_dotted(tree.node)}.{tree.attr}"
    raise Unreadable
