"""A long map of one axis: every number as a bar, or several that share one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

import numpy as np

from .looks import fill_of, look, tokens
from .panels import Box, Panel

MOST = 160  # bars: cells of a longer map share them
_LINE = 0.04  # what is seen of a zero, in cells
_EDGE = 0.06  # what keeps a bar off the edge, in cells
_ROOMY, _APART = 0.25, 0.05  # bars of such a width stand apart


class Bars(NamedTuple):
    """Cells that look alike: the ground behind them, the bars upon it, and their colours."""

    ground: list[Box]
    bars: list[Box]
    fill: str
    line: str
    dash: bool


def bars(panel: Panel, theme: str) -> Iterator[Bars]:
    """Yield the bars of a strip: from zero to the number, and where cells share, to the furthest.

    Examples
    --------
    >>> kinds = np.full(30, "output")
    >>> (found,) = bars(Panel.of("y", "", np.arange(30.0), kinds), "light")
    >>> len(found.bars), found.bars[-1].height > found.bars[1].height
    (30, True)
    """
    values = panel.values[0]
    share = ceil(len(values) / MOST)
    starts = range(0, len(values), share)
    strongest = [start + int(np.abs(values[start : start + share]).argmax()) for start in starts]
    styles = [_style(panel, cell, theme) for cell in strongest]
    for style in dict.fromkeys(styles):
        here = [at for at, other in enumerate(styles) if other == style]
        kind, known, fill, line = style
        ground = [_ground(panel, first * share, last * share) for first, last in _runs(here)]
        upon = [_bar(panel, at * share, share) for at in here] if known else []
        yield Bars(ground, upon, fill, line, look(kind).dash)


def _style(panel: Panel, cell: int, theme: str) -> tuple[str, bool, str, str]:
    kind, known = str(panel.kinds[0, cell]), bool(panel.shown[0, cell])
    style, page = look(kind, theme), str(tokens(theme)["page"])
    line = fill_of(kind, float(panel.values[0, cell]), panel.peak, theme)
    return (kind, known, page, line) if style.count else (kind, known, style.fill, style.line)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Return stretches without gaps, as (first, behind the last).

    Examples
    --------
    >>> _runs([0, 1, 2, 5])
    [(0, 3), (5, 6)]
    """
    cuts = [at for at, place in enumerate(places) if not at or place != places[at - 1] + 1]
    return [
        (places[start], places[stop - 1] + 1)
        for start, stop in zip(cuts, [*cuts[1:], len(places)], strict=True)
    ]


def _ground(panel: Panel, first: int, stop: int) -> Box:
    return panel.box((0, first), (0, min(stop, panel.shape[1]) - 1))


def _bar(panel: Panel, first: int, share: int) -> Box:
    values = panel.values[0]
    here = values[first : first + share]
    x, y, width, tall = panel.box((0, first), (0, min(first + share, len(values)) - 1))
    zero = tall / 2 if values.min() < 0 else tall - _EDGE
    scale = (zero - _EDGE) / panel.peak
    top = zero - max(0.0, float(here.max())) * scale - _LINE / 2
    foot = zero - min(0.0, float(here.min())) * scale + _LINE / 2
    return Box(x, y + top, width - (_APART if width >= _ROOMY else 0), foot - top)
