"""A scene as a small SVG of its own, for readers without JavaScript: strings, no matplotlib.

A cell is a marker, drawn once; a path has a vertex where each cell of its kind lies. Numbers of
one letter share one ``<text>`` that lists their places. So a frame takes two kilobytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from urllib.parse import quote

import numpy as np

from ..text import number
from .bars import bars
from .looks import tokens
from .marks import Mark, caption, frames, marks, numbers
from .panels import Box, Cell, Panel, extent
from .pixels import png_url

Point = tuple[int, int]
CELL = 24  # pixels a side
MARGIN, HEAD = 12, 30  # around the panels; above them, with room for a caption
_SIDE = 21  # of a cell's square: the rest is the gap to its neighbours
_EDGE = -_SIDE / 2
_CORNER = f"M{_SIDE / 6} {_EDGE}H{-_EDGE}V{-_SIDE / 6}z"
_HATCH = "M-10-5l5-5M-10 0l10-10M-10 6l16-16M-10 10L10-10M-5 10L10-5M0 10L10 0M6 10l4-4"
_SIZES = {1: 13, 2: 12, 3: 10, 4: 8}  # pixels, by how many letters a number has
_SMALLEST = 7
_LONGEST = 5  # letters of the smallest size side by side in a cell
_SANS, _MONO = "system-ui,sans-serif", "ui-monospace,Menlo,Consolas,monospace"
_SAFE_IN_URL = " =:/(),;.'+"


def picture(panels: list[Panel], theme: str = "light", plate: bool = True) -> str:
    """Return a scene as SVG, on a plate of its own: legible on any page.

    Without a ``plate`` it belongs on a page of its ``theme``.

    Examples
    --------
    >>> from deconvviz import record
    >>> from deconvviz.figures.scenes import scene
    >>> picture(scene(record([1, 2], [3, 4], stride=2), 1))[:5]
    '<svg '
    """
    width, height = size(panels)
    pen = _Pen(theme)
    drawn = "".join(part for panel in panels for part in pen.panel(panel))
    ground = (
        f"<rect x='.5' y='.5' width='{width - 1}' height='{height - 1}' rx='7' "
        f"fill='{pen.colours['page']}' stroke='{pen.colours['line']}'/>"
    )
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' "
        f"width='{width}' height='{height}' font-family='{_SANS}' font-size='11.5'>"
        f"{ground * plate}{pen.markers}"
        f"<g transform='translate({MARGIN} {HEAD})' fill='none'>{drawn}"
        f"<g font-family='{_MONO}' text-anchor='middle'>{pen.numbers}</g></g></svg>"
    )


def size(panels: list[Panel]) -> tuple[int, int]:
    """Return the width and the height of a scene, in pixels."""
    width, height = extent(panels)
    return _px(width, 2 * MARGIN), _px(height, HEAD + MARGIN)


def address(svg: str) -> str:
    """Return an SVG as an address that holds its own data."""
    return "data:image/svg+xml," + quote(svg, safe=_SAFE_IN_URL)


class _Pen:
    """Writes panels, and gathers what the whole picture says once: looks of cells, numbers."""

    def __init__(self, theme: str) -> None:
        self.theme, self.colours = theme, tokens(theme)
        self._names: dict[str, str] = {}
        self._placed: dict[tuple[str, int], list[tuple[str, Point]]] = {}

    @property
    def markers(self) -> str:
        """Every look of a cell, drawn once."""
        return "".join(
            f"<marker id='{name}' overflow='visible'>{drawn}</marker>"
            for drawn, name in self._names.items()
        )

    @property
    def numbers(self) -> str:
        """Every number of the picture, those of one ink and size together."""
        return "".join(_texts(*style, placed) for style, placed in self._placed.items())

    def panel(self, panel: Panel) -> Iterator[str]:
        yield from self._caption(panel)
        if panel.is_strip:
            yield from self._bars(panel)
        elif panel.is_image:
            yield self._image(panel)
        else:
            yield from self._cells(panel)
            self._gather(panel)
        for box, colour in frames(panel, self.theme):
            radius = min(4, _px(panel.unit / 4))
            yield f"<rect {_box(box)} rx='{radius}' stroke='{colour}' stroke-width='2.5'/>"

    def _caption(self, panel: Panel) -> Iterator[str]:
        x, y = _px(panel.corner[0], 1), _px(panel.corner[1], -8)
        for text, colour, bold in caption(panel, self.theme):
            weight = " font-weight='700'" * bold
            yield f"<text x='{x}' y='{y}' fill='{colour}'{weight}>{escape(text)}</text>"
            x += 9 + 6 * len(text)

    def _cells(self, panel: Panel) -> Iterator[str]:
        """Place each drawing on its cells: a path with a vertex at the centre of each."""
        for mark, where in marks(panel, self.theme):
            rows = [(row, np.flatnonzero(where[row])) for row in range(len(where))]
            steps = [_row(panel, row, columns.tolist()) for row, columns in rows if len(columns)]
            name = self._names.setdefault(_drawn(mark), f"c{len(self._names)}")
            yield f"<path d='{''.join(steps)}' style='marker:url(#{name})'/>"

    def _gather(self, panel: Panel) -> None:
        for cell, value, ink in numbers(panel, self.theme):
            written = _fitting(value)
            placed = self._placed.setdefault((ink, len(written)), [])
            placed.append((written, _centre(panel, cell)))

    def _bars(self, panel: Panel) -> Iterator[str]:
        for ground, upon, fill, line, dash in bars(panel, self.theme):
            dashes = f" stroke='{line}' stroke-dasharray='3'" * dash
            yield f"<path d='{_outlines(ground)}' fill='{fill}'{dashes}/>"
            if upon:
                yield f"<path d='{_outlines(upon)}' fill='{line}'/>"

    def _image(self, panel: Panel) -> str:
        box = _box(panel.whole)
        stretched = "preserveAspectRatio='none' style='image-rendering:pixelated'"
        border = f"<rect {box} stroke='{self.colours['edge']}'/>"
        return f"<image {box} {stretched} href='{png_url(panel, self.theme)}'/>{border}"


def _fitting(value: float) -> str:
    """Write a number, to two decimals if a cell has no room for all of its own.

    Examples
    --------
    >>> _fitting(12.0), _fitting(0.125), _fitting(0.1875), _fitting(-0.28125)
    ('12', '0.125', '0.19', '−0.28')
    """
    whole = number(value)
    return whole if len(whole) <= _LONGEST or "e" in whole else number(round(value, 2))


def _drawn(mark: Mark) -> str:
    if mark.dot:
        return f"<circle r='1.3' fill='{mark.fill}'/>"
    box = f"x='{_EDGE}' y='{_EDGE}' width='{_SIDE}' height='{_SIDE}' rx='3' fill='{mark.fill}'"
    faint, dashes = " opacity='.4'" * mark.faint, " stroke-dasharray='3'" * mark.dash
    lines = f"<path d='{_HATCH}' stroke='{mark.line}' stroke-opacity='.35'/>"
    corner = f"<path d='{_CORNER}' fill='{mark.line}'/>"
    patterns = lines * mark.hatch + corner * mark.corner
    return f"<rect {box}{faint} stroke='{mark.line}'{dashes}/>{patterns}"


def _box(box: Box) -> str:
    x, y, width, height = map(_px, box)
    return f"x='{x}' y='{y}' width='{width}' height='{height}'"


def _outlines(boxes: list[Box]) -> str:
    """Return boxes as one path; those that touch still do so in whole pixels."""
    return "".join(map(_outline, boxes))


def _outline(box: Box) -> str:
    left, top, right, foot = map(_px, (box.x, box.y, box.x + box.width, box.y + box.height))
    return f"M{left} {top}H{right}V{max(foot, top + 1)}H{left}z"


def _row(panel: Panel, row: int, columns: list[int]) -> str:
    x, y = _centre(panel, (row, columns[0]))
    steps = (CELL * (after - before) for before, after in pairwise(columns))
    return f"M{x} {y}" + "".join(f"h{step}" for step in steps)


def _texts(ink: str, letters: int, placed: list[tuple[str, Point]]) -> str:
    """Place numbers: those of one letter by one list of places."""
    size = _SIZES.get(letters, _SMALLEST)
    style = f"font-size='{size}' fill='{ink}'"
    lowered = [(written, x, y + round(0.35 * size)) for written, (x, y) in placed]
    if letters == 1:
        written, xs, ys = zip(*lowered, strict=True)
        places = f"x='{' '.join(map(str, xs))}' y='{' '.join(map(str, ys))}'"
        return f"<text {style} {places}>{''.join(written)}</text>"
    texts = (f"<text x='{x}' y='{y}'>{written}</text>" for written, x, y in lowered)
    return f"<g {style}>{''.join(texts)}</g>"


def _centre(panel: Panel, cell: Cell) -> Point:
    x, y = panel.corner
    return _px(x + cell[1] + 0.5), _px(y + cell[0] + 0.5)


def _px(cells: float, more: int = 0) -> int:
    return round(cells * CELL) + more
