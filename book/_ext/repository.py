"""Where the sources of the book are public: the workflow that publishes says so, nothing else does.

Without ``DECONVVIZ_REPOSITORY`` no button leaves the book, as there is no place to lead to.
"""

import os
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

VARIABLE = "DECONVVIZ_REPOSITORY"  # https://github.com/owner/name


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.connect("config-inited", _hand_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _hand_in(_app: Sphinx, config: Config) -> None:
    options = config.html_theme_options
    if address := os.environ.get(VARIABLE):
        options["repository_url"] = address
    else:
        options.pop("launch_buttons", None)
