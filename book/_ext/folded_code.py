"""Folded code is called what its row says.

MyST-NB labels the row of every folded cell alike, with words that nobody sees. Whoever speaks to
the page, or hears it, needs those on the screen: "Show code cell source".
"""

from typing import Any

from sphinx.application import Sphinx

LABEL = ' aria-label="Toggle hidden content"'


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.connect("html-page-context", _unlabel)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _unlabel(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    if "body" in context:
        context["body"] = context["body"].replace(LABEL, "")
