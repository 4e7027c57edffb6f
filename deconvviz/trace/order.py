"""In which order all views go: cells in raster order, channels innermost, sides begin then end."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add

import numpy as np

from ..engine.arrays import Array
from ..geometry import Index
from .plane import Plane


def source_of(plane: Plane, k: int) -> tuple[int, Index]:
    """Return (channel, input index) of the k-th input cell."""
    cell, channel = divmod(k, plane.channels)
    return channel, _cell(plane.input_size, cell)


def target_of(plane: Plane, k: int) -> Index:
    """Return the k-th output cell."""
    return _cell(plane.output_size, k)


def place_of_source(plane: Plane, channel: int, source: Index) -> int:
    """Return the k of an input cell: the inverse of ``source_of``."""
    return int(np.ravel_multi_index(source, plane.input_size)) * plane.channels + channel


def place_of_target(plane: Plane, target: Index) -> int:
    """Return the k of an output cell: the inverse of ``target_of``."""
    return int(np.ravel_multi_index(target, plane.output_size))


def sides(counts: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return (axis, side, count) of every side with a count, of one (begin, end) per axis.

    Examples
    --------
    >>> sides([(1, 0), (0, 2)])
    [(0, 0, 1), (1, 1, 2)]
    """
    return [
        (axis, side, count)
        for axis, pair in enumerate(counts)
        for side, count in enumerate(pair)
        if count
    ]


def output_after(plane: Plane, done: int, biased: bool) -> Array:
    """Return the output with only its first cells computed."""
    output = np.zeros_like(plane.sums)
    output.flat[:done] = plane.sums.flat[:done]
    return output + plane.bias if biased and plane.bias is not None else output


def in_order(products: Sequence[float]) -> float:
    """Add from left to right. ``sum`` compensates since Python 3.12, which the stamps do not."""
    return reduce(add, products, 0.0)


def _cell(size: Index, k: int) -> Index:
    return tuple(int(i) for i in np.unravel_index(k, size))
