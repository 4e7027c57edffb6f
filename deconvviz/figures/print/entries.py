"""C and its transpose, drawn for print."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ...engine.arrays import Array, reals
from ...engine.matrix import convolution_matrix
from ...geometry import Geometry, Index
from ...geometry.arguments import below, instance
from ...trace import Trace
from ..scenes import matrices, taps_of
from .grid import sheet_of


def matrix(
    of: Trace | Geometry,
    weight: ArrayLike | None = None,
    input_size: Any = None,
    *,
    column: int | None = None,
    theme: str = "light",
    lang: str = "en",
    ax: Axes | None = None,
) -> Axes:
    r"""Draw C, the direct convolution as a matrix, and its transpose, which is ours.

    Each row of C is one position of the direct convolution, which is one input cell of ours:
    Dumoulin and Visin (2016), section 4.1. Taps have the kernel's colours, also those that are
    zero; entries without a tap are dots. A matrix of many entries is drawn as an image.

    Parameters
    ----------
    of
        A trace, or a geometry with ``weight``, one kernel of shape ``kernel_size``, and
        ``input_size``. A trace of several input channels has one row of C for each.
    column
        Follow this column of the transpose: it is framed, and so is the row of C that it was.
        Folded to the output's size it is the stamp of one input, which stands below C.
    theme
        "light" or "dark".
    lang
        Language of the captions.
    ax
        Where to draw; by default on a new figure of pyplot's.

    Returns
    -------
    Axes
        Its unit is a cell, y downwards.

    Raises
    ------
    GeometryError
        If the weight does not have the geometry's kernel size, C would not fit in memory, or its
        transpose has no such column.
    TypeError
        If a geometry comes without a weight or an input size.
    MissingExtra
        If matplotlib is not installed.

    Examples
    --------
    >>> ax = matrix(Geometry((2,), stride=2), [5, 7], 2)
    >>> [text.get_text() for text in ax.texts if text.get_text() in "57"]
    ['5', '7', '5', '7', '5', '7', '5', '7']
    """
    geometry, kernels, size = _parts(of, weight, input_size)
    planes = [convolution_matrix(geometry, kernel, size) for kernel in kernels]
    entries = np.stack(planes, axis=1).reshape(-1, planes[0].shape[1])
    if column is not None:
        below("column", column, len(entries))
    taps, folded = taps_of(geometry, size, len(planes)), geometry.output_size(size)
    panels = matrices(entries, taps, lang, column, folded)
    return sheet_of(panels, theme, ax)


def _parts(
    of: Trace | Geometry, weight: ArrayLike | None, input_size: Any
) -> tuple[Geometry, Array, Index]:
    if isinstance(of, Trace):
        return of.geometry, of.weight, of.input_size
    instance("of", of, Geometry, "not_a_geometry")
    if weight is None or input_size is None:
        raise TypeError("matrix(geometry) needs a weight and an input_size, or takes a trace alone")
    return of, reals("weight", weight)[None], of.input_size(input_size)
