"""Whatever file a command is given: an exit code of the contract, one line, and the file as it was."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import CASES
from mutations import mutated
from offices import file_of, fingerprint

from cluebook.cli import main
from workbooks import made, simple

COMMANDS = (("import",), ("check", "--ledger"), ("verify", "--ledger"), ("overdue", "--ledger"))
EVERY = 12


def typed(monkeypatch, capsys, folder: Path, *words: object) -> tuple[int, list[str]]:
    """How a command ends, and the lines it prints on standard error."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["cluebook", *map(str, words)])
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr().err.splitlines()


@pytest.fixture
def told(monkeypatch, capsys, walked, tmp_path):
    """Give a file to each command in turn; return how each ended."""

    def tell(content: bytes, name: str = "来件.xlsx") -> list[tuple[int, int]]:
        path = tmp_path / "brought" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        before, ends = fingerprint(walked), []
        for words in COMMANDS:
            code, lines = typed(monkeypatch, capsys, walked, *words, path)
            ends.append((code, len(lines)))
            assert path.read_bytes() == content
        assert fingerprint(walked) == before
        return ends

    return tell


def test_a_hostile_file_ends_every_command_with_code_three_and_one_line(told, counted):
    names = list(CASES)[:: counted(EVERY, 1)]
    ends = {name: told(CASES[name][1]()) for name in names}
    for name, (brought, *as_ledger) in ends.items():
        # What is only written in another encoding can be brought in, though no ledger is kept in it.
        codes = {2, 3} if CASES[name][0] == "encoding" else {3}
        assert (name, brought[0] in codes, brought[1]) == (name, True, 1)
        assert (name, as_ledger) == (name, [(3, 1)] * (len(COMMANDS) - 1))
    assert len(ends) >= counted(8, 87)


def test_a_sound_workbook_that_is_no_ledger_ends_with_one_line_that_says_so(told):
    sheet = made(lambda book: book.add_worksheet("来件").write("A1", "事项"))
    assert told(sheet) == [(2, 1), (3, 1), (3, 1), (3, 1)]
    assert told(simple()) == [(2, 1), (3, 1), (3, 1), (3, 1)]
    assert told("事项\n漏水\n".encode(), "来件.csv") == [(2, 1), (3, 1), (3, 1), (3, 1)]


def test_a_ledger_with_a_few_things_changed_in_it_ends_in_a_code_of_the_contract(
    monkeypatch, capsys, walked, tmp_path, counted
):
    office = shutil.copytree(walked, tmp_path / "spoilt")
    for content in itertools.islice(mutated(file_of(office).read_bytes(), seed=3), counted(6, 200)):
        file_of(office).write_bytes(content)
        for words in (("check",), ("verify",)):
            code, lines = typed(monkeypatch, capsys, office, *words)
            assert code in {0, 1, 3, 6}
            assert code != 3 or lines
        assert file_of(office).read_bytes() == content
    assert not (office / "log" / "cluebook.log").exists() or "Error" not in (
        office / "log" / "cluebook.log"
    ).read_text("utf-8")


def test_the_worst_files_take_little_memory_and_time_of_a_whole_command(walked, tmp_path):
    """As a process of its own, with the memory that the promise allows."""
    for name in ("a bomb of rows", "unnamed cells"):
        path = tmp_path / "来件.xlsx"
        path.write_bytes(CASES[name][1]())
        program = (
            "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20));"
            "from cluebook.cli import main; sys.argv = ['cluebook', 'import', sys.argv[1]]; main()"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, path], cwd=walked, capture_output=True, text=True
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
