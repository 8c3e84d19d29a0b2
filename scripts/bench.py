"""What cluebook costs, measured beside its peers in one run: ``python scripts/bench.py [CASE] [--json]``.

``press`` is one action from the start of its process to its result; ``files`` reads and writes large ledgers;
``documents`` fills in one Word template many times; ``time`` reckons the deadlines of 100,000 clues. The engine ``limit`` is what no program can do without.
A ratio is the engine's time by cluebook's.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benches import clocks, documents, files, press
from benches.figure import Figure

CASES = ("press", "files", "documents", "time")


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES, nargs="?", default="press")
    parser.add_argument("--json", action="store_true", help="print a JSON list of figures")
    parser.add_argument("--small", action="store_true", help="files, time: 10,000 clues only")
    asked = parser.parse_args()
    figures = _figures(asked.case, small=asked.small)
    if asked.json:
        print(json.dumps([asdict(figure) for figure in figures]))
        return
    for figure in figures:
        print(
            f"{figure.case:40} {figure.engine:18} {figure.seconds:10.4f} s {figure.peak_mb:8.0f} MB {figure.ratio:9.2f}"
        )


def _figures(case: str, *, small: bool) -> list[Figure]:
    if case == "files":
        return files.figures(files.SMALL if small else files.SIZES)
    if case == "time":
        return clocks.figures(clocks.SMALL if small else clocks.CLUES)
    return documents.figures() if case == "documents" else press.figures()


if __name__ == "__main__":
    main()
