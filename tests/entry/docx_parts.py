"""Word templates changed for a test, without Word."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

BODY = "word/document.xml"


def with_paragraph(docx: bytes, text: str) -> bytes:
    """Return a document with one more paragraph at its beginning."""
    paragraph = f"<w:body><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == BODY:
                content = content.replace(b"<w:body>", paragraph.encode(), 1)
            new.writestr(name, content)
    return changed.getvalue()
