"""Programs run as Excel runs them, in a process each: with its arguments, its user, and nothing left over from before.

Starting Python and loading cluebook takes longer than most presses. So each process is forked from one in which
they are loaded; it has done nothing yet, and no press sees what another did.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

LOADED = (
    "cluebook.press",
    "cluebook.libreoffice.engine",
    "cluebook.rendering.compiling",
    "cluebook.rendering.proof",
    "cluebook.rendering.stock",
    "docxtpl",
    "filelock",
    "jinja2.sandbox",
    "opencc",
    "segno",
    "xlwings",
)
"""What is loaded before the forks; anything else each loads for itself."""
FORKING = """
import ast, gc, importlib, os, sys, traceback
from cluebook.libreoffice import bridge

for name in sys.argv[1:]:
    importlib.import_module(name)
bridge.uno()
gc.freeze()  # what is loaded stays as it is, and is not copied for each process
for line in sys.stdin:
    program, arguments, user = ast.literal_eval(line)
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(said, 1), os.dup2(said, 2)
        sys.argv, code = ["-c", *arguments], 1
        os.environ["CLUEBOOK_USER"] = user
        try:
            exec(program, {"__name__": "__main__"})
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    os.close(said)
    with open(heard) as told:
        output = told.read()
    print(ascii((os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), output)), flush=True)
"""


def run_anew(program: str, arguments: Sequence[str], user: str) -> tuple[int, str]:
    """Return the exit code of a program and what it printed, run by a new Python."""
    ended = subprocess.run(
        [sys.executable, "-B", "-c", program, *arguments],
        env={**os.environ, "CLUEBOOK_USER": user},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout


@dataclass
class Pythons:
    """Where the processes come from."""

    origin: subprocess.Popen[str] | None = None

    def run(self, program: str, arguments: Sequence[str], user: str) -> tuple[int, str]:
        """Return the exit code of a program and what it printed."""
        if self.origin is None:
            command = [sys.executable, "-B", "-c", FORKING, *LOADED]
            self.origin = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
            )
        self.origin.stdin.write(ascii((program, list(arguments), user)) + "\n")
        self.origin.stdin.flush()
        return ast.literal_eval(self.origin.stdout.readline())

    def end(self) -> None:
        """End the process they come from."""
        if self.origin is not None:
            self.origin.communicate()
