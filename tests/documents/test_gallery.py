"""The gallery shows every document in both languages; ``python scripts/build_gallery.py`` draws it anew."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from cluebook.documents import DOCUMENTS
from cluebook.text import LANGS

DOCS = Path(__file__).parents[2] / "docs"
LARGEST = 60_000


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_document_has_its_pictures_and_its_place(kind):
    page = (DOCS / "gallery.md").read_text("utf-8")
    assert f"## {DOCUMENTS[kind].text.zh} · {DOCUMENTS[kind].text.en}\n" in page
    for lang in LANGS:
        assert f"pictures/gallery/{kind}.{lang}.png" in page
        picture = (DOCS / "pictures" / "gallery" / f"{kind}.{lang}.png").read_bytes()
        width, height = struct.unpack(">II", picture[16:24])
        assert len(picture) < LARGEST
        assert 500 < width < 1200
        assert 500 < height < 1200


def test_there_is_no_picture_of_what_is_no_document():
    shown = {path.name for path in (DOCS / "pictures" / "gallery").glob("*.png")}
    assert shown == {f"{kind}.{lang}.png" for kind in DOCUMENTS for lang in LANGS}
