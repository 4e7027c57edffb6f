"""What to fill, stroke and write for a panel: every painter draws this, each with its own pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..engine.arrays import Array
from .looks import fill_of, ink_of, letter_colour, look, stroke, tokens
from .panels import Box, Cell, Panel


@dataclass(frozen=True)
class Mark:
    """How cells are drawn: a square, ``faint`` before its number is known, or a ``dot``."""

    fill: str
    line: str = ""
    hatch: bool = False
    corner: bool = False
    dash: bool = False
    faint: bool = False
    dot: bool = False


def marks(panel: Panel, theme: str) -> Iterator[tuple[Mark, Array]]:
    """Yield each way to draw a cell, and which cells of the panel are drawn so."""
    for kind in panel.looks:
        style, here = look(kind, theme), panel.kinds == kind
        waiting = _waiting(kind, theme)
        for value in np.unique(panel.values[here]) if style.count else (None,):
            same = here if value is None else here & (panel.values == value)
            fill = fill_of(kind, value, panel.peak, theme)
            known = Mark(fill, style.line, hatch=style.hatch, corner=style.corner, dash=style.dash)
            drawn = [] if style.bare or style.dot else [(known, same & panel.shown)]
            drawn.append((waiting, same & ~panel.shown))
            yield from ((mark, where) for mark, where in drawn if where.any())


def numbers(panel: Panel, theme: str) -> Iterator[tuple[Cell, float, str]]:
    """Yield every number that is shown: its cell, itself, and the colour of its ink."""
    for row, column in np.argwhere(panel.shown & (panel.kinds != "")).tolist():
        value, kind = float(panel.values[row, column]), str(panel.kinds[row, column])
        yield (row, column), value, ink_of(kind, value, panel.peak, theme)


def frames(panel: Panel, theme: str) -> Iterator[tuple[Box, str]]:
    """Yield every frame around cells, and its colour."""
    return ((panel.box(first, last), stroke(name, theme)) for name, first, last in panel.frames)


def caption(panel: Panel, theme: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what stands above a panel, from the left: a text, its colour, whether it is bold."""
    if panel.letter:
        yield panel.letter, letter_colour(panel.letter, theme), True
    if panel.caption:
        yield panel.caption, tokens(theme)["muted"], False


def _waiting(kind: str, theme: str) -> Mark:
    """Return how a cell is drawn whose number is not known yet."""
    style, colours = look(kind, theme), tokens(theme)
    if style.dot:
        return Mark(colours["edge"], dot=True)
    return Mark(colours["page"], style.line, dash=style.dash, faint=True)
