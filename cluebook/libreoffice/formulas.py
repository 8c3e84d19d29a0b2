"""Formulas as Excel writes them and as Calc takes them; nothing here needs an office."""

from __future__ import annotations

import re

TEXT = r'"(?:[^"]|"")*"'
SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)"
BRACKETS = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"

TO_CALC = re.compile(
    rf"(?P<text>{TEXT})|(?P<sheet>{SHEET})!(?=[$\w\\])|(?P<array>\{{[^}}]*\}})|(?P<table>\w*{BRACKETS})|(?P<comma>,)"
    rf"|(?P<newer>_xlfn\.|_xlws\.|_xlpm\.)"
)
TO_EXCEL = re.compile(
    rf"(?P<text>{TEXT})|\$(?P<sheet>'(?:[^']|'')+'|[^\W\d]\w*)\.(?=[$\w])(?![\w.]*\()"
    rf"|(?P<near>'(?:[^']|'')+'|[^\W\d]\w*)\.(?=\$?[A-Za-z]{{1,3}}\$?\d)(?![\w.]*\()"
    rf"|(?P<array>\{{[^}}]*\}})|(?P<semicolon>;)|(?P<function>[^\W\d][\w.]*)(?=\()"
)
THIS_ROW = re.compile(r"@(\[[^\[\]]*\]|[^\[\]]+)")


def to_calc(formula: str, table: str = "") -> str:
    r"""Return an Excel formula as Calc's `setFormula` takes it.

    Args:
        formula: the formula, or any other text, which comes back as it is.
        table: the table the cell is in, which ``[@Column]`` means.

    >>> to_calc("=SUM(Sheet1!A1,'My sheet'!$B$2)&\"a,b\"")
    '=SUM($Sheet1.A1;$\'My sheet\'.$B$2)&"a,b"'
    >>> to_calc("=[@Price]*2", "Clues"), to_calc("=SUM({1,2;3,4})")
    ('=Clues[[#This Row];[Price]]*2', '=SUM({1;2|3;4})')
    """
    if not formula.startswith("="):
        return formula

    def turned(m: re.Match[str]) -> str:
        if m["sheet"]:
            return f"${m['sheet']}."
        if m["array"]:
            return m["array"].replace(";", "|").replace(",", ";")
        if m["table"]:
            return _table_reference(m["table"], table)
        if m["newer"]:
            return ""
        return ";" if m["comma"] else m[0]

    return TO_CALC.sub(turned, formula)


def to_excel(formula: str) -> str:
    r"""Return a formula of Calc as Excel shows it; other content as a cell's formula shows it.

    >>> to_excel('=SUM($Sheet1.A1;$\'My sheet\'.$B$2)&"a;b"'), to_excel("=STDEV.S(1;2)"), to_excel("'007")
    ('=SUM(Sheet1!A1,\'My sheet\'!$B$2)&"a;b"', '=STDEV.S(1,2)', '007')
    """
    if not formula.startswith("="):
        return formula.removeprefix("'")

    def turned(m: re.Match[str]) -> str:
        sheet = m["sheet"] or m["near"]
        if sheet:
            return f"{sheet}!"
        if m["array"]:
            return m["array"].replace(";", ",").replace("|", ";")
        if m["function"]:
            return m["function"].upper()  # the office puts those it does not know in small letters
        return "," if m["semicolon"] else m[0]

    return TO_EXCEL.sub(turned, formula)


def _table_reference(text: str, table: str) -> str:
    name, _, inside = text.partition("[")
    inside = inside[:-1]
    if m := THIS_ROW.fullmatch(inside):
        column = m[1] if m[1].startswith("[") else f"[{m[1]}]"
        return f"{name or table}[[#This Row];{column}]"
    return f"{name or table}[{inside.replace('],[', '];[')}]"
