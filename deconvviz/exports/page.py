"""One HTML file with the living player inside: opens from a disk, asks no network for anything."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from ..figures.looks import tokens
from ..player.cell import script
from ..player.markup import attributes, element_of, name_of, still
from ..player.question import question
from ..player.state import check_place
from ..text import fill, load
from ..trace import Trace
from ..trace.sentences import size

# The policy is the promise: a browser refuses every request that the page could make.
_PAGE = Template("""\
<!doctype html>
<html lang="$lang" data-theme="$theme">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src data:;
    script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>$title</title>
<meta name="description" content="$description">
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
body {
  max-width: 72rem; margin: 0 auto; padding: 1rem;
  font: 16px/1.5 system-ui, sans-serif;
  color: light-dark($light_text, $dark_text);
  background: light-dark($light_page, $dark_page);
}
h1 { margin: 0.5rem 0 0; font-size: 1rem; font-weight: 600; }
@media screen {
  body:has([fit]) { max-width: none; padding: 0; }
  body:has([fit]) h1 { position: absolute; clip-path: inset(50%); }
  [fit] { margin: 0; }
}
$style
</style>
</head>
<body>
<main>
<h1>$heading</h1>
$player
</main>
<script>
$script
</script>
</body>
</html>
""")


def page(trace: Trace, **state: Any) -> str:
    """Return the text of a page that shows one player and needs nothing else.

    Parameters
    ----------
    trace
        What is shown; the reader may change every parameter of it.
    **state
        Words of the player, as ``title``, which states the takeaway, ``step`` or ``theme``.

    Examples
    --------
    >>> from deconvviz import record
    >>> text = page(record([[1, 2]], [[3, 4]]), title="Two stamps")
    >>> "<title>Two stamps</title>" in text
    True
    """
    told = attributes(state)
    check_place(trace, told.get("step", 0), told.get("selection"))
    lang, view = told.get("lang", "en"), told.get("view", trace.view)
    words = load(lang)
    sizes = {"input": size(trace.input_size), "output": size(trace.output_size)}
    heading = fill(words["page"]["heading_direct" if trace.direct else "heading"], **sizes)
    named = name_of(trace, view)
    texts = {
        "lang": lang,
        "theme": told.get("theme", "auto"),
        "title": told.get("title") or words["titles"][named],
        "description": f"{heading}. {words['descriptions'][named]}",
        "heading": heading,
    }
    asked = {name: told[name] for name in ("ask", "step") if name in told}
    fallback = still(trace, told.get("title"), view=view, lang=lang, **asked)
    if told.get("ask"):
        text = question(trace, told["ask"], texts["title"], lang).text
        texts |= {"title": text, "heading": text, "description": text}
    # a lecture has the whole window
    whole = {"fit": True, **told} if told.get("present") else told
    return _PAGE.substitute(
        {name: escape(text) for name, text in texts.items()},
        **_colours(),
        style=_static("deconvviz.css"),
        player=element_of(trace, whole, fallback),
        script=script(),
    )


def _static(name: str) -> str:
    return files("deconvviz").joinpath("static", name).read_text(encoding="utf-8").strip()


def _colours() -> dict[str, str]:
    return {
        f"{theme}_{part}": tokens(theme)[part]
        for theme in ("light", "dark")
        for part in ("text", "page")
    }
