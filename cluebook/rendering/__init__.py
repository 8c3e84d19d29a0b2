"""Word documents from the office's templates: the only docxtpl, jinja2 and segno."""

from cluebook.rendering.compiled import Compiled
from cluebook.rendering.engine import compile_template, render

__all__ = ["Compiled", "compile_template", "render"]
