"""Numbered figures of notebooks: what a cell shows, with the paragraph below it as its caption.

A code cell with ``"figure": "some-name"`` in its metadata reads in Jupyter as a picture with a line
below it. On the page both are one figure, numbered and named as the ``{deconvviz}`` directive's.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


class NotebookFigures(SphinxTransform):
    """Make a figure of every cell that has a name for one."""

    default_priority = 300  # before links to names are resolved

    def apply(self, **_: Any) -> None:
        """Visit the named cells."""
        for cell in list(self.document.findall(_is_named)):
            output, following = cell.children[-1], cell.next_node(descend=False, siblings=True)
            if output.get("nb_element") != "cell_code_output":
                _warn(cell, "shows nothing")
            elif not isinstance(following, nodes.paragraph):
                _warn(cell, "has no paragraph below it, which would be its caption")
            else:
                self._join(cell, output, following)

    def _join(self, cell: nodes.Element, output: nodes.Element, below: nodes.paragraph) -> None:
        figure = nodes.figure("", *output.children)
        figure.source, figure.line = cell.source, cell.line
        figure["names"].append(nodes.fully_normalize_name(_name(cell)))
        below.parent.remove(below)
        figure += nodes.caption(below.rawsource, "", *below.children)
        output.children = []
        output += figure
        self.document.note_explicit_target(figure, figure)


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.add_transform(NotebookFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _is_named(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "figure" in node.get("cell_metadata", {})


def _name(cell: nodes.Element) -> str:
    return str(cell["cell_metadata"]["figure"])


def _warn(cell: nodes.Element, what: str) -> None:
    logger.warning("figure %r %s", _name(cell), what, location=cell, type="figure")
