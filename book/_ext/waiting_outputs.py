"""What a cell prints waits for a question: folded until the figure above it is answered.

A code cell with ``"waits-for": "some-name"`` in its metadata, the name of a figure that asks, shows
its output on the page once the reader has answered there, or skipped; Jupyter shows it at once.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from deconvviz.sphinx_ext import waiting

logger = logging.getLogger(__name__)


class WaitingOutputs(SphinxTransform):
    """Fold the output of every cell that waits."""

    default_priority = 310  # after the outputs that are figures

    def apply(self, **_: Any) -> None:
        """Visit the cells that wait."""
        for cell in list(self.document.findall(_waits)):
            output, name = cell.children[-1], str(cell["cell_metadata"]["waits-for"])
            if output.get("nb_element") != "cell_code_output":
                _warn(cell, name, "prints nothing that could wait")
            elif nodes.fully_normalize_name(name) not in self.document.nameids:
                _warn(cell, name, "waits for no figure of this page")
            else:
                told, output.children = output.children, []
                output += waiting(told, name=name)


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.add_transform(WaitingOutputs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _waits(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and "waits-for" in node.get("cell_metadata", {})


def _warn(cell: nodes.Element, name: str, what: str) -> None:
    logger.warning("a cell for %r %s", name, what, location=cell, type="figure")
