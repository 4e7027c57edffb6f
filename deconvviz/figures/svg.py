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

from ..engine.layer import Array
from ..text import number
from .looks import Look, fill_of, ink_of, letter_colour, look, stroke, tokens
from .pixels import png_url
from .scenes import Cell, Panel, extent

Point = tuple[int, int]
CELL = 24  # pixels a side
MARGIN, HEAD = 12, 30  # around the panels; above them, with room for a caption
_SIDE = 21  # of a cell's square: the rest is the gap to its neighbours
_EDGE = -_SIDE / 2
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
        if panel.is_image:
            yield self._image(panel)
        else:
            yield from self._cells(panel)
            self._gather(panel)
        for name, first, last in panel.frames:
            yield self._frame(panel, name, first, last)

    def _caption(self, panel: Panel) -> Iterator[str]:
        x, y = _px(panel.corner[0], 1), _px(panel.corner[1], -8)
        if panel.letter:
            colour = letter_colour(panel.letter, self.theme)
            yield f"<text x='{x}' y='{y}' fill='{colour}' font-weight='700'>{panel.letter}</text>"
            x += 9 + 6 * len(panel.letter)
        if panel.caption:
            muted = self.colours["muted"]
            yield f"<text x='{x}' y='{y}' fill='{muted}'>{escape(panel.caption)}</text>"

    def _cells(self, panel: Panel) -> Iterator[str]:
        for kind in panel.looks:
            style, here = look(kind, self.theme), panel.kinds == kind
            for value in np.unique(panel.values[here]) if kind == "count" else (None,):
                fill = fill_of(kind, value, panel.peak, self.theme)
                same = here if value is None else here & (panel.values == value)
                yield self._path(panel, same & panel.shown, self._known(style, fill))
                yield self._path(panel, same & ~panel.shown, self._waiting(style))

    def _path(self, panel: Panel, where: Array, drawn: str) -> str:
        """Place a drawing on cells: a path with a vertex at the centre of each."""
        rows = [(row, np.flatnonzero(where[row])) for row in range(len(where))]
        steps = [_row(panel, row, columns.tolist()) for row, columns in rows if len(columns)]
        if not steps or not drawn:
            return ""
        name = self._names.setdefault(drawn, f"c{len(self._names)}")
        return f"<path d='{''.join(steps)}' style='marker:url(#{name})'/>"

    def _known(self, style: Look, fill: str) -> str:
        if style.bare or style.dot:
            return ""
        lines = f"<path d='{_HATCH}' stroke='{style.line}' stroke-opacity='.35'/>"
        return _square(style, f"fill='{fill}'") + lines * style.hatched

    def _waiting(self, style: Look) -> str:
        if style.dot:
            return f"<circle r='1.3' fill='{self.colours['edge']}'/>"
        return _square(style, f"fill='{self.colours['page']}' opacity='.4'")

    def _gather(self, panel: Panel) -> None:
        for row, column in np.argwhere(panel.shown & (panel.kinds != "")).tolist():
            value = float(panel.values[row, column])
            written = _fitting(value)
            ink = ink_of(str(panel.kinds[row, column]), value, panel.peak, self.theme)
            placed = self._placed.setdefault((ink, len(written)), [])
            placed.append((written, _centre(panel, (row, column))))

    def _image(self, panel: Panel) -> str:
        (x, y), (rows, columns) = map(_px, panel.corner), panel.shape
        wide, tall = _px(columns * panel.unit), _px(rows * panel.unit)
        box = f"x='{x}' y='{y}' width='{wide}' height='{tall}'"
        stretched = "preserveAspectRatio='none' style='image-rendering:pixelated'"
        border = f"<rect {box} stroke='{self.colours['edge']}'/>"
        return f"<image {box} {stretched} href='{png_url(panel, self.theme)}'/>{border}"

    def _frame(self, panel: Panel, name: str, first: Cell, last: Cell) -> str:
        x, y = (_px(panel.corner[a] + first[1 - a] * panel.unit) for a in (0, 1))
        wide, tall = (_px((last[1 - a] - first[1 - a] + 1) * panel.unit) for a in (0, 1))
        box = f"x='{x}' y='{y}' width='{wide}' height='{tall}' rx='{min(4, _px(panel.unit / 4))}'"
        return f"<rect {box} stroke='{stroke(name, self.theme)}' stroke-width='2.5'/>"


def _fitting(value: float) -> str:
    """Write a number, to two decimals if a cell has no room for all of its own.

    Examples
    --------
    >>> _fitting(12.0), _fitting(0.125), _fitting(0.1875), _fitting(-0.28125)
    ('12', '0.125', '0.19', '−0.28')
    """
    whole = number(value)
    return whole if len(whole) <= _LONGEST or "e" in whole else number(round(value, 2))


def _square(style: Look, fill: str) -> str:
    dashes = " stroke-dasharray='3'" * style.dashed
    box = f"x='{_EDGE}' y='{_EDGE}' width='{_SIDE}' height='{_SIDE}' rx='3'"
    return f"<rect {box} {fill} stroke='{style.line}'{dashes}/>"


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
