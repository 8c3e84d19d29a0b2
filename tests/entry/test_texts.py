from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
from pathlib import Path

import cluebook
from cluebook.text import Text

PACKAGE = Path(cluebook.__file__).parent


def declared():
    """Every phrase written in the package: the constants of each `Text(…)`, `column(…)`, `words(…)`."""
    for module in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Text", "words", "column"}
            ):
                texts = [
                    arg.value
                    for arg in node.args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                if len(texts) == len(node.args) >= 2:
                    yield f"{module.name}:{node.lineno}", *texts[:2]


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def is_words(text: str) -> bool:
    """Whether a phrase says something, rather than being a mark, a code or a pattern."""
    return any(letter.isalpha() for letter in text.replace("{", "").replace("}", "")) and not text.isupper()


def test_every_phrase_is_said_in_both_languages():
    blank = [place for place, zh, en in declared() if bool(zh.strip()) != bool(en.strip())]
    assert blank == []


def test_the_chinese_of_a_phrase_is_chinese_and_the_english_is_not():
    phrases = list(declared())
    assert len(phrases) > 500
    odd = [
        (place, zh, en)
        for place, zh, en in phrases
        if zh != en and is_words(en) and ((not has_chinese(zh) and "{" not in zh) or has_chinese(en))
    ]
    assert odd == []


def test_both_languages_of_a_phrase_have_the_same_gaps_to_fill():
    def gaps(text):
        return set(re.findall(r"(?<!{){(\w+)}", text))

    assert [place for place, zh, en in declared() if gaps(zh) != gaps(en)] == []


def test_every_phrase_that_lives_in_the_package_has_both_languages():
    for module in pkgutil.walk_packages(cluebook.__path__, "cluebook."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    living = [thing for thing in gc.get_objects() if type(thing) is Text]
    assert len(living) > 300
    assert [text for text in living if bool(text.zh) != bool(text.en)] == []
