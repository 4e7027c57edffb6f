"""Panels on a matplotlib Axes whose unit is a cell: cells, numbers, frames, a caption."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.patches import BoxStyle, FancyBboxPatch
from matplotlib.transforms import AffineDeltaTransform

from ...engine.layer import Array
from ...text import number
from ..looks import Look, fill_of, ink_of, letter_colour, look, stroke, tokens
from ..pixels import levels, palette
from ..scenes import Cell, Panel

CELL = 21.0  # points a side, on a figure of our own
HEAD = 0.9  # cells above a panel: its caption
_SIDE = 0.88
_CELL = BoxStyle.Round(pad=0, rounding_size=0.1)(-_SIDE / 2, -_SIDE / 2, _SIDE, _SIDE, 1)
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
            if panel.is_image:
                self._image(panel)
            else:
                self._cells(panel)
                self._numbers(panel)
            for name, first, last in panel.frames:
                self._frame(panel, name, first, last)
        self.ax.set(autoscale_on=False)
        return self.ax

    def write(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Write a text; ``size`` is in points where a cell has its usual size."""
        self.ax.text(x, y, text, size=size * self.scale, **style)

    def _caption(self, panel: Panel) -> None:
        x, y = panel.corner[0] + 0.05, panel.corner[1] - 0.25
        if panel.letter:
            colour = letter_colour(panel.letter, self.theme)
            self.write(x, y, panel.letter, 9.5, color=colour, weight="bold")
            x += 0.3 + 0.3 * len(panel.letter)
        self.write(x, y, panel.caption, 8, color=self.colours["muted"])

    def _cells(self, panel: Panel) -> None:
        for kind in panel.looks:
            style, here = look(kind, self.theme), panel.kinds == kind
            for value in np.unique(panel.values[here]) if kind == "count" else (None,):
                fill = fill_of(kind, value, panel.peak, self.theme)
                same = here if value is None else here & (panel.values == value)
                self._known(panel, same & panel.shown, style, fill)
                self._waiting(panel, same & ~panel.shown, style)

    def _known(self, panel: Panel, where: Array, style: Look, fill: str) -> None:
        if style.bare or style.dot:
            return
        dashes = (0, (2.2, 1.6)) if style.dashed else "solid"
        self._place(panel, where, facecolor=fill, edgecolor="none")
        if style.hatched:  # a hatch takes the colour of the edge, and must stay behind the number
            hatch = {"hatch": "////", "edgecolor": to_rgba(style.line, 0.35), "linewidth": 0}
            self._place(panel, where, facecolor="none", **hatch)
        self._place(panel, where, facecolor="none", edgecolor=style.line, linestyle=dashes)

    def _waiting(self, panel: Panel, where: Array, style: Look) -> None:
        if style.dot:
            self._place(panel, where, _DOT, facecolor=self.colours["edge"], edgecolor="none")
        else:
            page = self.colours["page"]
            self._place(panel, where, facecolor=page, edgecolor=style.line, alpha=0.4)

    def _place(self, panel: Panel, where: Array, path: Any = _CELL, **style: Any) -> None:
        if not where.any():
            return
        cells = PathCollection(
            [path],
            offsets=[_centre(panel, place) for place in np.argwhere(where)],
            offset_transform=self.ax.transData,
            transform=AffineDeltaTransform(self.ax.transData),
            clip_on=False,
            **{"linewidth": 0.9 * self.scale, **style},
        )
        self.ax.add_collection(cells, autolim=False)

    def _numbers(self, panel: Panel) -> None:
        for place in np.argwhere(panel.shown & (panel.kinds != "")):
            value, kind = float(panel.values[tuple(place)]), str(panel.kinds[tuple(place)])
            text = number(value)
            ink = ink_of(kind, value, panel.peak, self.theme)
            middle: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": ink}
            self.write(*_centre(panel, place), text, _SIZES.get(len(text), _SMALLEST), **middle)

    def _image(self, panel: Panel) -> None:
        colours = np.array([to_rgb(colour) for colour in palette(panel, self.theme)])
        box = (panel.corner[0], panel.right, panel.bottom, panel.corner[1])
        self.ax.imshow(
            colours[levels(panel)], extent=box, interpolation="none", aspect="auto", zorder=0.5
        )
        self.ax.set(aspect="equal")
        rows, columns = panel.shape
        self._box(panel, (0, 0), (rows - 1, columns - 1), self.colours["edge"], 0.9)

    def _frame(self, panel: Panel, name: str, first: Cell, last: Cell) -> None:
        self._box(panel, first, last, stroke(name, self.theme), 2.4)

    def _box(self, panel: Panel, first: Cell, last: Cell, colour: str, width: float) -> None:
        unit, (x, y) = panel.unit, panel.corner
        corner = (x + first[1] * unit, y + first[0] * unit)
        size = ((last[1] - first[1] + 1) * unit, (last[0] - first[0] + 1) * unit)
        rounding = BoxStyle.Round(pad=0, rounding_size=min(0.14, unit / 4))
        line = {"edgecolor": colour, "linewidth": width * self.scale}
        box = FancyBboxPatch(
            corner, *size, boxstyle=rounding, fill=False, clip_on=False, zorder=5, **line
        )
        self.ax.add_patch(box)


def save(ax: Axes, path: str | Path) -> None:
    """Write the figure of an Axes to a file, with no date in it, and let the figure go."""
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
    file = BytesIO()
    ax.figure.savefig(file, dpi=_DPI)
    plt.close(ax.figure)
    return file.getvalue()


def _axes(width: float, height: float, page: str) -> Axes:
    inches = (width * CELL / 72, height * CELL / 72)
    return plt.figure(figsize=inches, dpi=_DPI, facecolor=page).add_axes((0, 0, 1, 1))


def _centre(panel: Panel, place: Any) -> tuple[float, float]:
    return panel.corner[0] + place[1] + 0.5, panel.corner[1] + place[0] + 0.5
