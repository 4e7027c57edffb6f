"""The table of the player's words, from the same rows as its attributes and options."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from deconvviz.words.describe import descriptions

HEAD = ("word", "what it says", "what you write", "without it")


class WordsDirective(SphinxDirective):
    """``{words}``: a row for each word."""

    def run(self) -> list[nodes.Node]:
        """Return the table, parsed as the page's own Markdown."""
        holder = nodes.Element()
        self.state.nested_parse(StringList(rows(), self.env.docname), self.content_offset, holder)
        return holder.children


def rows() -> list[str]:
    """Return the lines of a Markdown table."""
    told = [(f"`{row.name}`", row.about, row.values, row.without) for row in descriptions()]
    return [_line(HEAD), _line(("---",) * len(HEAD)), *map(_line, told)]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.add_directive("words", WordsDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
