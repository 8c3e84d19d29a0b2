"""Write the gallery of documents, ``docs/gallery.md``: ``python scripts/build_gallery.py [--pages FOLDER]``.

Every kind of document is made of its shipped template with the specimen's data and printed by LibreOffice; its first
page becomes a small picture. With ``--pages`` every page of every document goes into a folder, to be looked at. Needs
LibreOffice and poppler-utils.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cluebook.documents import DOCUMENTS  # noqa: E402 - found only now
from cluebook.documents.specimens import MADE_AT, specimen_paper  # noqa: E402 - found only now
from cluebook.drafts import shipped_templates  # noqa: E402 - found only now
from cluebook.errors import Problem, TemplateError  # noqa: E402 - found only now
from cluebook.pdf import converted  # noqa: E402 - found only now
from cluebook.rendering import render  # noqa: E402 - found only now
from cluebook.rendering.pictures import png  # noqa: E402 - found only now
from cluebook.text import LANGS, Lang  # noqa: E402 - found only now

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "pictures" / "gallery"
_DPI = 90
_LEVELS = (0, 51, 102, 153, 204, 255)
_PALETTE = bytes(level for r in _LEVELS for g in _LEVELS for b in _LEVELS for level in (r, g, b))
_HEAD = """# 样张 · Gallery

每种文书用随附的模板和虚构的样例数据生成，这里是各自的第一页。由 `python scripts/build_gallery.py` 生成，请勿手工修改；
模板的改法见[模板](templates.zh.md)。

Every document as its shipped template makes it of fictional data: the first page of each. Written by
`python scripts/build_gallery.py`, not by hand; how to change a template is told under [templates](templates.en.md).
"""


def main() -> int:
    """Write the gallery, or the pages; return 0 when all of it could be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--pages", type=Path, help="write every page of every document into this folder instead"
    )
    asked = parser.parse_args()
    wrong: list[Problem] = []
    with tempfile.TemporaryDirectory() as name:
        made, problems = converted(list(_made(Path(name), wrong)))
        if asked.pages:
            asked.pages.mkdir(parents=True, exist_ok=True)
            for pdf in made:
                _run("pdftoppm", "-r", "80", "-png", pdf, asked.pages / pdf.stem)
        else:
            _write(made)
    for problem in (*wrong, *problems):
        print(problem.line("en"), file=sys.stderr)
    return 1 if wrong or problems else 0


def _made(folder: Path, wrong: list[Problem]) -> Iterator[Path]:
    """Make a document of every kind in every language; what cannot be made is added to `wrong`."""
    for kind, document in DOCUMENTS.items():
        for lang in LANGS:
            paper = specimen_paper(kind, lang)
            template = shipped_templates() / lang / document.template
            path = folder / f"{_stem(kind, lang)}.docx"
            try:
                path.write_bytes(render(template, paper.context, lang, created=MADE_AT, qr=paper.code))
            except TemplateError as error:
                wrong += error.problems
            else:
                yield path


def _write(pdfs: Sequence[Path]) -> None:
    """Write the pictures and the page that shows them; pictures of documents that are no more go."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for pdf in pdfs:
        (PICTURES / f"{pdf.stem}.png").write_bytes(_picture(pdf))
    sections = [_section(kind) for kind in DOCUMENTS]
    PAGE.write_text("\n".join([_HEAD, *sections]), "utf-8", newline="\n")


def _section(kind: str) -> str:
    text = DOCUMENTS[kind].text
    shown = " ".join(
        f'<img src="pictures/gallery/{_stem(kind, lang)}.png" alt="{text.in_(lang)}" width="400">'
        for lang in LANGS
    )
    return f"## {text.zh} · {text.en}\n\n`{DOCUMENTS[kind].template}`\n\n{shown}\n"


def _stem(kind: str, lang: Lang) -> str:
    return f"{kind}.{lang}"


def _picture(pdf: Path) -> bytes:
    """Return the first page of a PDF as a small .png of few colours."""
    drawn = _run("pdftoppm", "-r", str(_DPI), "-singlefile", pdf)
    _, size, _, pixels = drawn.split(b"\n", 3)
    width, height = map(int, size.split())
    # Each pixel's three shares of a number below 256 are added in one sum over the whole picture.
    shares = (pixels[place::3].translate(_shares(step)) for place, step in enumerate((36, 6, 1)))
    numbers = sum(int.from_bytes(share, "big") for share in shares).to_bytes(width * height, "big")
    lines = (numbers[at : at + width] for at in range(0, len(numbers), width))
    return png((width, height), lines, _PALETTE)


def _shares(step: int) -> bytes:
    """Return for every strength of a colour the nearest level, as its share of a palette number."""
    return bytes(min(range(6), key=lambda n: abs(_LEVELS[n] - value)) * step for value in range(256))


def _run(*command: str | Path) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main())
