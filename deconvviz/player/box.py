"""Widgets beside a player, in a box that a page without a kernel can show, too."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets
from traitlets import Unicode

from ..text import fill, load
from .cell import shown
from .widget import Player

Rows = Sequence["ipywidgets.Widget | Sequence[ipywidgets.Widget]"]


class Box(ipywidgets.VBox):
    """An ``ipywidgets.VBox`` for cells whose output is also read where no kernel runs.

    In Jupyter it is a plain VBox: sliders, ``Play``, players and pictures that you have joined
    with ``observe``, ``jslink`` or ``interact``. On a built page, where no widget can live, it is
    what still makes sense there: each :class:`Player` as the living player that it is on any page,
    each ``ipywidgets.Image`` and ``ipywidgets.HTML`` as it stood when the cell ran, a ``GridBox``
    of labels and buttons as a table of what is written on them, and one line that says what the
    notebook adds. Other controls are left out, since they would not move. A grid's layout names
    its columns one by one: ``grid_template_columns="auto auto auto"``.

    Use it for the last line of a cell that joins widgets to a player or a plot, in a notebook that
    a book shows. Where only a notebook is read, an ``ipywidgets.VBox`` does.

    Parameters
    ----------
    rows
        What stands below each other; a list or tuple stands side by side, where there is room.
    adds
        What the notebook adds, for readers of the page: "move the stride with one slider". Empty
        where it adds nothing, as of players that go together by ``pair``.

    Examples
    --------
    >>> from ipywidgets import IntSlider, jslink
    >>> slider = IntSlider(2, min=1, max=4, description="stride")
    >>> player = Player(kernel_size=3)
    >>> link = jslink((slider, "value"), (player, "stride"))
    >>> box = Box([slider, player], adds="a slider that opens the gaps")
    >>> box.children[0].description
    'stride'
    """

    def __init__(self, rows: Rows, *, adds: str = "", **traits: Any) -> None:
        super().__init__([_row(row) for row in rows], **traits)
        _complete(self)
        self._adds = adds

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        data = dict(super()._repr_mimebundle_(**kwargs) or {})
        told = fill(load()["page"]["notebook"], adds=self._adds)
        note = f'<p class="deconvviz-adds">{escape(told)}</p>' if self._adds else ""
        return shown(data, f'<div class="deconvviz-box">{_html(self)}{note}</div>')


def _row(row: Any) -> ipywidgets.Widget:
    if isinstance(row, ipywidgets.Widget):
        return row
    wrapping = ipywidgets.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="0 1rem")
    for player in (widget for widget in row if isinstance(widget, Player)):
        player.layout.flex = "1 1 20rem"  # as on a page: else each takes a row for itself
    return ipywidgets.HBox(list(row), layout=wrapping)


def _complete(widget: ipywidgets.Widget) -> None:
    """Give pictures the description that the page reads of a widget with a tooltip, or breaks."""
    if isinstance(widget, ipywidgets.Image) and not widget.has_trait("description"):
        widget.add_traits(description=Unicode("").tag(sync=True))
    for child in getattr(widget, "children", ()):
        _complete(child)


def _html(widget: ipywidgets.Widget) -> str:
    """Return what a page can show of a widget: "" of one that only moves others."""
    if isinstance(widget, Player):
        return widget.html
    if isinstance(widget, ipywidgets.HTML):
        return str(widget.value)
    if isinstance(widget, ipywidgets.Image):
        source = f"data:image/{widget.format};base64,{b64encode(widget.value).decode()}"
        return f'<img src="{source}" alt="{escape(widget.tooltip or "")}">'
    if isinstance(widget, ipywidgets.GridBox):
        return _table(widget)
    inside = "".join(map(_html, getattr(widget, "children", ())))
    side_by_side = isinstance(widget, ipywidgets.HBox) and inside
    return f'<div class="deconvviz-row">{inside}</div>' if side_by_side else inside


def _table(grid: ipywidgets.GridBox) -> str:
    columns = len(grid.layout.grid_template_columns.split())
    cells = [*map(_cell, grid.children)]
    lines = ("".join(cells[first : first + columns]) for first in range(0, len(cells), columns))
    table = f'<table class="deconvviz-grid"><tr>{"</tr><tr>".join(lines)}</tr></table>'
    return f'<div tabindex="0">{table}</div>'  # where it is too wide, keys scroll it


def _cell(widget: ipywidgets.Label | ipywidgets.Button) -> str:
    if isinstance(widget, ipywidgets.Label):
        return f"<th>{escape(widget.value)}</th>" if widget.value else "<td></td>"
    colour = escape(widget.style.button_color or "transparent")
    return f'<td style="background:{colour}">{escape(widget.description)}</td>'
