"""Small whole numbers to start from: fixed data, the same for every size and in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..geometry.arguments import per_axis, whole_number
from ..tables import table
from .arrays import Array
from .layer import check_memory


def example_input(size: Sequence[int], channels: int = 1) -> Array:
    r"""Return a real array (channels, \*size) of whole numbers from 0 to 3.

    A cell holds the same number whatever the size, so that only a parameter's effect moves.

    Examples
    --------
    >>> example_input((3, 3))[0]
    array([[1., 3., 0.],
           [2., 2., 1.],
           [0., 1., 3.]])
    """
    return _tiled("input", size, channels)


def example_weight(kernel_size: Sequence[int], channels: int = 1) -> Array:
    r"""Return a real array (channels, \*kernel_size), asymmetric so that its turn can be seen.

    Examples
    --------
    >>> example_weight((3, 3))[0]
    array([[1., 2., 0.],
           [0., 1., 3.],
           [2., 0., 1.]])
    """
    return _tiled("weight", kernel_size, channels)


def resized(data: ArrayLike, size: Sequence[int], name: str) -> Array:
    r"""Return one's own data at another size: cells inside keep their numbers.

    Parameters
    ----------
    data
        Shape (channels, \*old_size).
    size
        The new size, as many axes as before. Cells that were not there take the example's digits.
    name
        "input" or "weight": whose example.

    Examples
    --------
    >>> resized([[[7.0, 8.0]]], (2, 3), "input")[0]
    array([[7., 8., 0.],
           [2., 2., 1.]])
    """
    old = np.asarray(data, dtype=float)
    new = _tiled(name, size, len(old))
    kept = (slice(None), *(slice(min(pair)) for pair in zip(old.shape[1:], size, strict=True)))
    new[kept] = old[kept]
    return new


def _tiled(name: str, size: Sequence[int], channels: int) -> Array:
    """Read the tile; each repetition is shifted sideways, so that no period shows."""
    shape = (whole_number("channels", channels, 0), *per_axis("size", size, None, least=1))
    check_memory((max(1, shape[0]), *shape[1:]), np.dtype(float), "the example")
    tile = np.array(table("example")[name], float)
    grid: tuple[Any, ...] = np.indices(shape, sparse=True)
    channel, (depth, row, column) = grid[0], (0, 0, *grid[1:])[-3:]
    down, again = row + 2 * depth + 3 * channel, len(tile)
    found: Array = tile[down % again, (column + 2 * (down // again) + column // again) % again]
    return found
