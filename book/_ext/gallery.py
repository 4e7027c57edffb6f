"""The directives of the gallery and the playground: ``{gallery}`` a group, ``{start-from}``.

A card shows a still picture; its player is made when the card is opened. Pictures are files beside
the page, fetched when they are looked at.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from cards import GROUPS, TABLE, Card, cards, every
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from deconvviz.figures.svg import picture, size
from deconvviz.player.markup import element
from deconvviz.player.presets import preset, table
from deconvviz.player.state import complete, trace_of
from deconvviz.text import fill, load
from deconvviz.trace.sentences import size as written
from deconvviz.words.write import query

FOLDER = "gallery"
SOURCES = (
    TABLE,
    *(Path(__file__).with_name(name) for name in ("gallery.py", "cards.py", "windows.py")),
)
THEMES = ("light", "dark")
PLAYGROUND = "playground.html"


class Gallery(SphinxDirective):
    """Every card of one group."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the grid."""
        (group,) = self.arguments
        if group not in GROUPS:
            raise self.error(f"{group!r} is no group of the gallery: {', '.join(GROUPS)}")
        _depend(self.env)
        up = "../" * self.env.docname.count("/")
        found = (self._card(card, up) for card in cards()[group])
        return [_box(["gallery", "deconvviz-wide"], *found)]

    def _card(self, card: Card, up: str) -> nodes.Node:
        box = _box(["gallery-card"], _html(_details(card, up)), *_told(card))
        box["names"].append(f"gallery-{card.id}")
        self.state.document.note_explicit_target(box, box)
        return box


class StartFrom(SphinxDirective):
    """A link for every known layer, which opens it in the playground."""

    def run(self) -> list[nodes.Node]:
        """Return a list for every group."""
        _depend(self.env)
        return [_box(["start-from", "deconvviz-wide"], *map(_starts, load()["presets"]["groups"]))]


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx's entry point."""
    app.add_directive("gallery", Gallery)
    app.add_directive("start-from", StartFrom)
    app.connect("html-page-context", _serve)
    app.connect("build-finished", _draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _depend(env: Any) -> None:
    for source in SOURCES:
        env.note_dependency(str(source))


def _serve(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    body = context.get("body") or ""
    if "gallery-card" in body or "start-from" in body:
        app.add_css_file("gallery.css")
    if "gallery-card" in body:
        app.add_js_file("gallery.js", loading_method="defer")


def _draw(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for card in every():
        stills = card.stills
        for at, still in enumerate(stills):
            (folder / f"{card.id}-{at}.svg").write_text(picture(still.panels), encoding="utf-8")
        for theme in THEMES:
            thumb = picture(stills[card.thumbnail].panels, theme, plate=False)
            (folder / f"{card.id}-{theme}.svg").write_text(thumb, encoding="utf-8")


def _details(card: Card, up: str) -> str:
    """Return what opens: the thumbnail and the title outside; inside the player, or its stills."""
    still = card.stills[card.thumbnail]
    thumbs = "".join(_image(up, f"{card.id}-{theme}", still, f"only-{theme}") for theme in THEMES)
    alive = ' data-alive="Play"' if card.words else ""  # what it says where scripts run
    title = f'<span class="gallery-title">{escape(card.title)}</span>'
    button = (
        f'<span class="gallery-button"><span{alive}>Look closer</span><span>Close</span></span>'
    )
    summary = f'<summary><span class="gallery-picture">{thumbs}</span>{title}{button}</summary>'
    return f'<details class="gallery-details">{summary}{_stage(card, up)}</details>'


def _stage(card: Card, up: str) -> str:
    frames = "".join(
        f"<div>{_image(up, f'{card.id}-{at}', still)}<p>{escape(still.sentence)}</p></div>"
        for at, still in enumerate(card.stills)
    )
    alive = f"<template>{element(**card.words)}</template>" if card.words else ""
    stage = f'<div class="gallery-stage">{alive}<div class="gallery-stills">{frames}</div></div>'
    address = f"{PLAYGROUND}?{escape(card.query)}" if card.words else ""
    link = f'<p class="gallery-link"><a href="{address}">In the playground</a></p>'
    return stage + (link if card.words else "")


def _image(up: str, name: str, still: Any, kind: str = "") -> str:
    width, height = size(still.panels)
    box = f'width="{width}" height="{height}" loading="lazy"' + (f' class="{kind}"' if kind else "")
    return f'<img src="{up}_static/{FOLDER}/{name}.svg" alt="{escape(still.sentence)}" {box}>'


def _told(card: Card) -> list[nodes.Node]:
    """Return what stands below the picture: conv_arithmetic's name, the layers, what to see."""
    name = nodes.paragraph("", "", nodes.literal("", card.figure), classes=["gallery-figure"])
    note = nodes.paragraph(card.note, card.note, classes=["gallery-note"])
    return [*[name] * bool(card.figure), _facts(card), note]


def _facts(card: Card) -> nodes.Node:
    """Return both sets of parameters, whose they are, and what goes from which size to which."""
    small, large = written(card.small), written(card.large)
    there, back = f"{small} → {large}", f"{large} → {small}"
    if card.geometry is None:
        lines = [("Direct", "MaxPool2d(k 3, s 1)", back), ("Transposed", "", "there is none")]
    else:
        lines = [("Transposed", card.ours, there), ("Direct", card.direct, back)]
        lines = lines[::-1] if card.windows else lines
    found = nodes.definition_list()
    for term, layer, sizes in lines:
        found += _fact(term, *[nodes.literal("", layer)] * bool(layer), _unbroken(sizes))
    if card.words.get("view") == "gather" and not card.windows:
        found += _fact("Window", nodes.Text(_as_a_window(card)))
    return found


def _as_a_window(card: Card) -> str:
    """Say what the gathering puts round the input before its window moves, always by one."""
    assert card.geometry is not None
    axis = card.geometry.axes[0]
    begin, end = axis.border
    zeros = fill("{n} {n|zero|zeros} between inputs", n=axis.stride - 1)
    border = f"border {begin}" if begin == end else f"border {begin}, at the end {end}"
    return f"{zeros}, {border}, moved by 1"


def _unbroken(text: str) -> nodes.Node:
    return nodes.inline("", text, classes=["gallery-size"])


def _fact(term: str, *inside: nodes.Node) -> nodes.Node:
    definition = nodes.definition("", nodes.paragraph("", "", *inside))
    return nodes.definition_list_item("", nodes.term(term, term), definition)


def _starts(group: str) -> nodes.Node:
    words = load()["presets"]
    listed = nodes.bullet_list()
    for row in (row for row in table() if row["group"] == group):
        address = f"{PLAYGROUND}?{query(**complete(preset(row['id'])))}"
        trace = trace_of(preset(row["id"]))
        sizes = {"input": _kept(trace.input_size), "output": _kept(trace.output_size)}
        text = fill(words["option"], title=words["titles"][row["id"]], **sizes)
        link = nodes.reference(text, text, refuri=address, internal=True)
        listed += nodes.list_item("", nodes.paragraph("", "", link))
    label = nodes.paragraph("", "", nodes.strong("", words["groups"][group]))
    return _box(["start-from-group"], label, listed)


def _kept(sizes: Any) -> str:
    """Write a size that no line breaks."""
    return written(sizes).replace(" ", "\u00a0")


def _box(classes: list[str], *inside: nodes.Node) -> nodes.container:
    return nodes.container("", *inside, classes=classes, is_div=True)


def _html(text: str) -> nodes.Node:
    return nodes.raw("", text, format="html")
