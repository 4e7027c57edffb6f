"""Long signatures of the API reference: one parameter a line, in elements that mean nothing else.

Sphinx sets the lines as the definitions of a list without terms, which a screen reader cannot use.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx

LINES = re.compile(r"\n\n<dl>\n((?:<dd>.*</dd>\n)+)</dl>\n\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.connect("html-page-context", _lines)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _lines(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    if 'class="sig ' in (context.get("body") or ""):
        context["body"] = LINES.sub(_as_spans, context["body"])


def _as_spans(found: re.Match[str]) -> str:
    lines = found[1].replace("<dd>", '<span class="sig-line">').replace("</dd>\n", "</span>")
    return f'<span class="sig-lines">{lines}</span>'
