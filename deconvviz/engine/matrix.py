"""C, the direct convolution as a matrix: its transpose is the transposed convolution."""

from __future__ import annotations

from importlib import import_module
from math import prod
from typing import Any, Literal, NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike

from ..errors import GeometryError
from ..geometry import Geometry
from ..geometry.arguments import flag, instance
from .arrays import Array, in_double, numbers
from .fit import check_channels
from .layer import allocate, check_memory
from .places import places


class Coordinates(NamedTuple):
    """A sparse matrix as three arrays: ``data[n]`` stands in row ``row[n]``, column ``col[n]``."""

    data: Array
    row: Array
    col: Array
    shape: tuple[int, int]

    def toarray(self) -> Array:
        """Return the matrix with its zeros."""
        matrix = allocate(self.shape, self.data.dtype, "matrix")
        matrix[self.row, self.col] = self.data
        return matrix


class InverseCheck(NamedTuple):
    """How far the transpose is from an inverse.

    The matrix could be undone only if ``rank`` reached ``columns``, and its transpose would undo it
    only if ``distance``, the largest number in C.T @ C minus the identity, were 0.
    """

    rank: int
    columns: int
    distance: float


@overload
def convolution_matrix(
    geometry: Geometry, weight: ArrayLike, input_size: Any, sparse: Literal[False] = False
) -> Array: ...
@overload
def convolution_matrix(
    geometry: Geometry, weight: ArrayLike, input_size: Any, sparse: Literal[True]
) -> Any: ...
def convolution_matrix(
    geometry: Geometry, weight: ArrayLike, input_size: Any, sparse: bool = False
) -> Any:
    r"""Return C: ``C @ y.ravel()`` is the direct convolution, ``C.T @ x.ravel()`` ours.

    Each row is one position of the direct convolution, which is one input cell of ours; each
    column one output cell. Dumoulin and Visin (2016), section 4.1, draw it.

    Parameters
    ----------
    geometry
        The parameters of the transposed convolution.
    weight
        One kernel, shape ``kernel_size``; or all kernels of a layer without groups, shape
        (C_in, C_out, \*kernel_size). Channels come first in rows and columns, as in ``ravel``.
    input_size
        Size of x, the input of the transposed convolution.
    sparse
        Return ``scipy.sparse.csr_array``, or :class:`.Coordinates` where scipy is not installed.

    Returns
    -------
    ndarray or sparse matrix
        Shape (C_in * input cells, C_out * output cells), of the type that ``conv_transpose``
        returns.

    Raises
    ------
    GeometryError
        If the weight does not have the geometry's kernel size, or C would not fit in memory.

    Examples
    --------
    >>> convolution_matrix(Geometry((2,), stride=2), [5, 7], 2)
    array([[5, 7, 0, 0],
           [0, 0, 5, 7]])
    """
    instance("geometry", geometry, Geometry, "not_a_geometry")
    kernels, size = _kernels(geometry, weight), geometry.input_size(input_size)
    coordinates = _coordinates(geometry, kernels, size)
    if not flag("sparse", sparse):
        return coordinates.toarray()
    try:
        scipy = import_module("scipy.sparse")
    except ImportError:
        return coordinates
    data, row, col, shape = coordinates
    return scipy.csr_array((data, (row, col)), shape=shape)


def inverse_check(matrix: ArrayLike) -> InverseCheck:
    """Say in numbers that the transpose of C does not undo it.

    Examples
    --------
    >>> inverse_check(convolution_matrix(Geometry(3), np.ones((3, 3)), 2))
    InverseCheck(rank=4, columns=16, distance=4.0)
    """
    c = in_double(numbers("matrix", matrix, finite=True))
    if c.ndim != 2 or 0 in c.shape:
        raise GeometryError("matrix_axes", shape=c.shape)
    distance = np.abs(c.T @ c - np.eye(c.shape[1])).max()
    return InverseCheck(int(np.linalg.matrix_rank(c)), c.shape[1], float(distance))


def _kernels(geometry: Geometry, weight: ArrayLike) -> Array:
    given = numbers("weight", weight)
    kernels = given[None, None] if given.ndim == geometry.ndim else given
    if kernels.ndim != geometry.ndim + 2 or kernels.shape[2:] != geometry.kernel_size:
        raise GeometryError("kernels", shape=given.shape, expected=geometry.kernel_size)
    check_channels(kernels.shape)
    return kernels


def _coordinates(geometry: Geometry, kernels: Array, size: tuple[int, ...]) -> Coordinates:
    outputs = prod(geometry.output_size(size))
    check_memory((kernels.shape[1], outputs), kernels.dtype)
    where = places(geometry, size)
    cell, tap = np.nonzero(where < outputs)
    ins, outs = (np.arange(n)[:, None] for n in kernels.shape[:2])
    rows, cols = ins * len(where) + cell, outs * outputs + where[cell, tap]
    data = kernels.reshape(*kernels.shape[:2], -1)[:, :, tap]
    row = np.broadcast_to(rows[:, None], data.shape).ravel()
    col = np.broadcast_to(cols[None], data.shape).ravel()
    return Coordinates(data.ravel(), row, col, (len(ins) * len(where), len(outs) * outputs))
