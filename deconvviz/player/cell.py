"""What a cell shows: a widget where somebody can answer it, and else an element that lives alone.

A notebook that is run from its first to its last cell and then only read (``nbconvert --execute``,
a book, papermill) meets no kernel any more: a widget would stay empty there, or ask another host
for its program. Such a run tells the kernel that nobody can answer ``input()``.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.resources import files
from typing import Any

VIEW = "application/vnd.jupyter.widget-view+json"

_brought = False  # whether the script is on the page of this run already


def shown(data: dict[str, Any], html: str) -> dict[str, Any]:
    """Return what a cell shows, of what a widget says and the element that stands for it."""
    global _brought
    if not alone():
        return {**data, "text/html": html}
    kept = {kind: said for kind, said in data.items() if kind != VIEW}
    living = html if _brought else f"{html}<script data-deconv-viz>{script()}</script>"
    _brought = True
    return {**kept, "text/html": living}


@cache
def script() -> str:
    """Return the program of the page, as it can stand inside of HTML."""
    # an HTML parser ends a script at these letters, wherever they stand; JavaScript reads both
    text = files("deconvviz").joinpath("static", "deconvviz.js").read_text(encoding="utf-8")
    return text.strip().replace("</script", "<\\/script").replace("<!--", "<\\!--")


def alone() -> bool:
    """Whether this cell belongs to a run that nobody answers."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    asked = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return asked.get("content", {}).get("allow_stdin") is False and not _voila()


def _voila() -> bool:
    """Whether a page of Voila's waits for the widgets of this run."""
    return any(name.startswith("VOILA_") for name in os.environ) or os.environ.get(
        "SERVER_SOFTWARE", ""
    ).startswith("voila/")
