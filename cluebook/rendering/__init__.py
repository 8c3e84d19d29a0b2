"""Word documents from the office's templates: the only docxtpl, jinja2 and segno."""

from cluebook.rendering.checking import check
from cluebook.rendering.engine import render

__all__ = ["check", "render"]
