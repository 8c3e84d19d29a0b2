"""What happens between a press and the shell, in plain Basic: the shipped module with xlwings' own way to Python.

xlwings' module as a whole needs Windows. Here are its procedures from the press to the command line, as they stand in
the installed package; only what they ask of Windows and of Excel itself is answered by a stand-in.
"""

from __future__ import annotations

import re

from cluebook.books.macros import sources

PYTHON = r"C:\Program Files\Py & Co\python.exe"
OFFICE = r"C:\Office\Microsoft Excel"
WINDOW = 4242
LEDGER = r"C:\Clues & Co\ledger of us.xlsm"
"""Paths that a command line might trip over."""

_OURS = ("RunPython", "ExecuteWindows", "ParentFolder")
"""What of xlwings' module is run as it is."""
_KNOWN = {"Mac": False}
_EXCEL = {
    "ThisWorkbook.FullName": f'"{LEDGER}"',
    "Application.Hwnd": str(WINDOW),
    "Application.Path": '"C:\\Office"',
    "Application.Name": '"Microsoft Excel"',
    'Environ("Temp")': '""',
    "FileExists(": "Found_(",
    "WScript.Run(": "ShellRun(",
    "MsgBox ": "Told_ ",
    "Kill LOG_FILE": "Removed_ LOG_FILE",
}
"""What only Excel on Windows answers, and what stands in for it."""

STAND_INS = f"""
Public Ran As String
Public Said As String
Public There As Boolean

Public Function GetConfig(key As String, Optional other As Variant) As Variant
    GetConfig = ""
    If key = "INTERPRETER_WIN" Then GetConfig = "{PYTHON}"
    If key = "ADD_WORKBOOK_TO_PYTHONPATH" Then GetConfig = "False"
    If key = "TEMP DIR" Then GetConfig = "C:\\Temp"
    If key = "USE UDF SERVER" Or key = "SHOW CONSOLE" Then GetConfig = False
End Function

Public Function Found_(name As String) As Boolean
    Found_ = There And name = "{PYTHON}"
End Function

Public Function CheckConda(path As String) As Boolean
    CheckConda = False
End Function

Public Function CreateGUID() As String
    CreateGUID = "0"
End Function

Public Sub ShowError(name As String)
    Said = Said & "failed;"
End Sub

Public Sub Removed_(name As String)
End Sub

Public Sub Told_(words As String, Optional kind As Variant, Optional title As Variant)
    Said = Said & words & ";"
End Sub

Public Function ShellRun(command As String, style As Integer, wait As Boolean) As Long
    Ran = command
    ShellRun = 0
End Function

Public Sub Prepare(found As Boolean)
    Ran = ""
    Said = ""
    There = found
End Sub

Public Function Heard() As String
    Heard = Ran & "|" & Said
End Function
"""


def shipped() -> str:
    """Our module as it is shipped, without what says in which application the ribbon's types are."""
    text = sources()["Cluebook"].replace("\r\n", "\n").replace("MsgBox ", "Told_ ")
    return re.sub(r"As IRibbon(UI|Control)\b", "As Object", text)


def road() -> str:
    """xlwings' procedures from the press to the shell, as Windows compiles them."""
    text = sources()["xlwings"].replace("\r\n", "\n")
    return "\n".join(_procedure(text, name) for name in _OURS)


def command_line(button: str) -> str:
    """What the shell must be told, from the documentation of Excel's button and of xlwings."""
    there = LEDGER.replace("&", "^&").replace("\\", "\\\\")
    asked = f"import cluebook.press; cluebook.press.press('{button}')"
    path = f'import xlwings.utils;xlwings.utils.prepare_sys_path(\\"False;{there};{there};;;;\\")'
    home, book = PYTHON.rpartition("\\")[0], LEDGER.rpartition("\\")[2]
    return (
        f'cmd.exe /C C: & cd "{home}" & "{PYTHON}" -B -c "{path}; {asked}"  --wb="{book}" --from_xl=1'
        f' --app="{OFFICE}" --hwnd="{WINDOW}" 2> "C:\\Temp\\xlwings-0.log" '
    )


def _procedure(text: str, name: str) -> str:
    found = re.search(rf"(?ms)^(?:Public )?Function {name}\(.*?^End Function", text)
    assert found, name
    held = _on_windows(found[0])
    for excel, other in _EXCEL.items():
        held = held.replace(excel, other)
    return held


def _on_windows(text: str) -> str:
    """The text with each #If decided as on Windows."""
    kept: list[str] = []
    open_: list[tuple[bool, bool]] = []  # whether this branch is taken, whether any was
    for line in text.splitlines():
        word = line.strip()
        if word.startswith(("#If", "#ElseIf")):
            taken = _holds(word.split(maxsplit=1)[1])
            before = open_.pop()[1] if word.startswith("#ElseIf") else False
            open_.append((taken and not before, taken or before))
        elif word.startswith("#Else"):
            open_.append((not open_.pop()[1], True))
        elif word.startswith("#End If"):
            open_.pop()
        elif all(taken for taken, _ in open_) and not word.startswith("#Const"):
            kept.append(line)
    return "\n".join(kept)


def _holds(condition: str) -> bool:
    return _KNOWN[condition.removesuffix("Then").strip()]
