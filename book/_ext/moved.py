"""Old addresses: where a page has moved, a small page leads on, also where no script runs.

``moved`` in the configuration says which document took the place of which. The small pages are no
documents: the search does not know them, and nothing that lists the pages of the book does.
"""

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError

PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<script>location.replace("{address}" + location.hash)</script>
<meta http-equiv="refresh" content="0; url={address}">
<main><p>This page has moved: <a href="{address}">{title}</a></p></main>
</html>
"""


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.add_config_value("moved", {}, "html", [dict])
    app.connect("env-check-consistency", _check)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _check(app: Sphinx, env: Any) -> None:
    for old, new in app.config.moved.items():
        if old in env.found_docs:
            raise ConfigError(f"moved: {old} is still a page")
        if new not in env.found_docs:
            raise ConfigError(f"moved: {old} leads to {new}, which is no page")


def _write(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    for old, new in app.config.moved.items():
        path = Path(app.outdir) / f"{old}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(app, old, new), encoding="utf-8")


def _page(app: Sphinx, old: str, new: str) -> str:
    address = app.builder.get_relative_uri(old, new)
    base = app.config.html_baseurl
    canonical = f"{base.rstrip('/')}/{app.builder.get_target_uri(new)}" if base else address
    title = app.env.titles[new].astext()
    return PAGE.format(title=escape(title), address=escape(address), canonical=escape(canonical))
