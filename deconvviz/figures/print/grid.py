"""Panels on a matplotlib Axes whose unit is a cell: cells, numbers, frames, a caption."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.patches import BoxStyle, FancyBboxPatch
from matplotlib.path import Path as MarkPath
from matplotlib.transforms import AffineDeltaTransform

from ...geometry.arguments import instance
from ...text import number
from ..bars import bars
from ..looks import tokens
from ..marks import Mark, caption, frames, marks, numbers
from ..panels import Box, Panel, extent, moved
from ..pixels import levels, palette

CELL = 21.0  # points a side, on a figure of our own
MARGIN, HEAD = 0.4, 1.2  # cells around the panels; above them, with their captions
_SIDE = 0.88
_CELL = BoxStyle.Round(pad=0, rounding_size=0.1)(-_SIDE / 2, -_SIDE / 2, _SIDE, _SIDE, 1)
_CORNER = MarkPath([(_SIDE / 2, -_SIDE / 2), (_SIDE / 6, -_SIDE / 2), (_SIDE / 2, -_SIDE / 6)])
_DOT = BoxStyle.Circle(pad=0)(-0.05, -0.05, 0.1, 0.1, 1)
_SIZES = {1: 9.5, 2: 9.5, 3: 8.5, 4: 7}  # points, by how many letters a number has
_SMALLEST = 5.5
_DPI = 144


class Sheet:
    """An Axes in cells, y downwards; texts and lines keep their proportion to a cell."""

    def __init__(self, ax: Axes | None, width: float, height: float, theme: str = "light") -> None:
        self.theme, self.colours = theme, tokens(theme)
        self.ax = _axes(width, height, self.colours["page"]) if ax is None else ax
        self.ax.set_axis_off()
        self.ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal", autoscale_on=False)
        box = self.ax.get_position().transformed(self.ax.figure.transFigure)
        inches = min(box.width / width, box.height / height) / self.ax.figure.dpi
        self.scale = inches * 72 / CELL

    def draw(self, panels: list[Panel]) -> Axes:
        """Draw panels; small ones cell by cell with their numbers, large ones as an image."""
        for panel in panels:
            self._caption(panel)
            if panel.is_strip:
                self._bars(panel)
            elif panel.is_image:
                self._image(panel)
            else:
                self._cells(panel)
                self._numbers(panel)
            for box, colour in frames(panel, self.theme):
                self._box(box, colour, 2.4, rounding=min(0.14, panel.unit / 4))
        self.ax.set(autoscale_on=False)
        return self.ax

    def write(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Write a text; ``size`` is in points where a cell has its usual size."""
        self.ax.text(x, y, text, size=size * self.scale, **style)

    def _caption(self, panel: Panel) -> None:
        x, y = panel.corner[0] + 0.05, panel.corner[1] - 0.25
        for text, colour, bold in caption(panel, self.theme):
            style = {"weight": "bold"} if bold else {}
            self.write(x, y, text, 9.5 if bold else 8, color=colour, **style)
            x += 0.3 + 0.3 * len(text)

    def _cells(self, panel: Panel) -> None:
        for mark, where in marks(panel, self.theme):
            centres = [_centre(panel, cell) for cell in np.argwhere(where)]
            for path, style in _strokes(mark):
                self._place(centres, path, **style)

    def _place(self, centres: list[tuple[float, float]], path: Any, **style: Any) -> None:
        cells = PathCollection(
            [path],
            offsets=centres,
            offset_transform=self.ax.transData,
            transform=AffineDeltaTransform(self.ax.transData),
            clip_on=False,
            **{"linewidth": 0.9 * self.scale, **style},
        )
        self.ax.add_collection(cells, autolim=False)

    def _numbers(self, panel: Panel) -> None:
        for cell, value, ink in numbers(panel, self.theme):
            text = number(value)
            middle: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": ink}
            self.write(*_centre(panel, cell), text, _SIZES.get(len(text), _SMALLEST), **middle)

    def _image(self, panel: Panel) -> None:
        colours = np.array([to_rgb(colour) for colour in palette(panel, self.theme)])
        box = (panel.corner[0], panel.right, panel.bottom, panel.corner[1])
        self.ax.imshow(
            colours[levels(panel)], extent=box, interpolation="none", aspect="auto", zorder=0.5
        )
        self.ax.set(aspect="equal")
        self._box(panel.whole, self.colours["edge"], 0.9, rounding=min(0.14, panel.unit / 4))

    def _bars(self, panel: Panel) -> None:
        for ground, upon, fill, line, dash in bars(panel, self.theme):
            edge = {"edgecolor": line, "linestyle": (0, (2.2, 1.6))} if dash else {}
            self._boxes(ground, facecolor=fill, zorder=0.5, **edge)
            self._boxes(upon, facecolor=line, zorder=0.6)

    def _boxes(self, boxes: list[Box], **style: Any) -> None:
        corners = [
            [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]
            for x, y, wide, tall in boxes
        ]
        cells = PolyCollection(corners, clip_on=False, linewidth=0.6 * self.scale, **style)
        self.ax.add_collection(cells, autolim=False)

    def _box(self, box: Box, colour: str, width: float, rounding: float) -> None:
        style = BoxStyle.Round(pad=0, rounding_size=rounding)
        line = {"edgecolor": colour, "linewidth": width * self.scale, "fill": False, "zorder": 5}
        patch = FancyBboxPatch(box[:2], *box[2:], boxstyle=style, clip_on=False, **line)
        self.ax.add_patch(patch)


def sheet_of(panels: list[Panel], theme: str, ax: Axes | None) -> Axes:
    """Draw one scene by itself, with a margin around it."""
    width, height = extent(panels)
    sheet = Sheet(ax, width + 2 * MARGIN, height + HEAD + MARGIN, theme)
    return sheet.draw([moved(panel, MARGIN, HEAD) for panel in panels])


def _strokes(mark: Mark) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield the paths that draw a mark, one above the other."""
    if mark.dot:
        yield _DOT, {"facecolor": mark.fill, "edgecolor": "none"}
        return
    dashes = (0, (2.2, 1.6)) if mark.dash else "solid"
    if mark.faint:
        line = {"edgecolor": mark.line, "linestyle": dashes}
        yield _CELL, {"facecolor": mark.fill, "alpha": 0.4, **line}
        return
    yield _CELL, {"facecolor": mark.fill, "edgecolor": "none"}
    if mark.hatch:  # a hatch takes the colour of the edge, and must stay behind the number
        hatch = {"hatch": "////", "edgecolor": to_rgba(mark.line, 0.35), "linewidth": 0}
        yield _CELL, {"facecolor": "none", **hatch}
    yield _CELL, {"facecolor": "none", "edgecolor": mark.line, "linestyle": dashes}
    if mark.corner:
        yield _CORNER, {"facecolor": mark.line, "edgecolor": "none"}


def save(ax: Axes, path: str | Path) -> None:
    """Write the figure of an Axes to a file, with no date in it, and let the figure go."""
    instance("ax", ax, Axes, "not_axes")
    undated = {"CreationDate": None} if str(path).endswith(".pdf") else {}
    with mpl.rc_context({"pdf.fonttype": 42}):  # letters that can be selected and searched
        ax.figure.savefig(path, metadata=undated)
    plt.close(ax.figure)


def png(ax: Axes) -> bytes:
    """Return the figure of an Axes as a PNG, for an ``ipywidgets.Image``, and let the figure go.

    Examples
    --------
    >>> png(plt.figure(figsize=(1, 1)).add_subplot())[:4]
    b'\\x89PNG'
    """
    instance("ax", ax, Axes, "not_axes")
    file = BytesIO()
    ax.figure.savefig(file, dpi=_DPI)
    plt.close(ax.figure)
    return file.getvalue()


def _axes(width: float, height: float, page: str) -> Axes:
    inches = (width * CELL / 72, height * CELL / 72)
    return plt.figure(figsize=inches, dpi=_DPI, facecolor=page).add_axes((0, 0, 1, 1))


def _centre(panel: Panel, place: Any) -> tuple[float, float]:
    return panel.corner[0] + place[1] + 0.5, panel.corner[1] + place[0] + 0.5
