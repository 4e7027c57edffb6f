"""Pages without the state of widgets: here no kernel runs, and nothing reads it.

Each player carries its whole program in that state. The ``{deconvviz}`` extension leaves it alone,
since another book may show widgets by it; ours does not (``nb_ipywidgets_js`` in ``_config.yml``).
"""

from typing import Any

from sphinx.application import Sphinx

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.connect("html-page-context", _drop, priority=900)  # after myst_nb has added it
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _drop(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    scripts = context.get("script_files", [])
    scripts[:] = [script for script in scripts if not _holds_widget_state(script)]


def _holds_widget_state(script: Any) -> bool:
    return bool(getattr(script, "attributes", {}).get("type") == WIDGET_STATE)
