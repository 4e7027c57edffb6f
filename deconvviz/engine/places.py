"""Where every product falls: one table, an input cell a row, a tap a column."""

from __future__ import annotations

from functools import lru_cache
from math import prod

import numpy as np

from ..geometry import Geometry, Index
from .arrays import Array
from .layer import check_memory


@lru_cache(maxsize=32)
def places(geometry: Geometry, input_size: Index) -> Array:
    """Return the output cell, counted in raster order, of every input cell and tap.

    Products that the crop drops fall on the cell behind the last.

    Examples
    --------
    >>> places(Geometry((3,), stride=2, padding=1), (2,))
    array([[3, 0, 1],
           [1, 2, 3]])
    """
    size, ndim = geometry.output_size(input_size), geometry.ndim
    check_memory((prod(input_size), prod(geometry.kernel_size)), np.dtype(np.intp), "products")
    cell: Array = np.zeros((1,) * (2 * ndim), np.intp)
    inside: Array = np.ones_like(cell, bool)
    for number, (axis, n, length) in enumerate(zip(geometry.axes, input_size, size, strict=True)):
        first = np.array([axis.output_index(i, 0) for i in range(n)])
        meets = first[:, None] + [axis.canvas_index(0, tap) for tap in range(axis.kernel_size)]
        along = [1] * (2 * ndim)
        along[number], along[ndim + number] = meets.shape
        cell = cell * length + meets.reshape(along)
        inside = inside & ((meets >= 0) & (meets < length)).reshape(along)
    return np.where(inside, cell, prod(size)).reshape(prod(input_size), -1)
