"""Pages that have their colours before, and without, any script."""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

# The theme knows the colours of "light" and "dark" alone, and its script replaces "auto" by one.
BEFORE, AFTER = 'data-theme="auto"', 'data-theme="light"'


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.connect("build-finished", _light)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _light(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        for page in Path(app.outdir).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            if BEFORE in text:
                page.write_text(text.replace(BEFORE, AFTER, 1), encoding="utf-8")
