"""Finishing a story with docxtpl where its text alone does not tell what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook.rendering.program import Unfit
from cluebook.rendering.stories import Element


@dataclass(frozen=True, slots=True)
class _Filled:
    """What docxtpl takes for a jinja environment and its template: the story is filled already."""

    text: str

    def from_string(self, _source: str) -> _Filled:
        """Return itself, whatever the source."""
        return self

    def render(self, _context: object) -> str:
        """Return the filled story, whatever the context."""
        return self.text


def finished(text: str, shell: str) -> bytes:
    """Return a member made of a filled story: line breaks, tables and drawings as docxtpl makes them.

    Args:
        text: the story with its values.
        shell: the member the body goes into; empty for a header or footer.

    Raises:
        Unfit: it is not well formed, or has a table that cannot be repaired.
    """
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml
    from docxtpl import DocxTemplate

    document = DocxTemplate("")
    xml = document.render_xml_part("", None, {}, _Filled(text))
    try:
        root: Element = parse_xml(xml.encode())
        if shell:
            tree = document.fix_tables(xml)
            document.docx_ids_index = 1000
            document.fix_docpr_ids(tree)
            root = parse_xml(shell.encode())
            root.replace(root.body, tree)
    except (SyntaxError, AttributeError):  # lxml's XML errors are Python SyntaxErrors
        raise Unfit from None
    content: bytes = serialize_part_xml(root)
    return content
