"""Matrix: C of the direct convolution, row by row; transposed; times the input as a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..layer import Array
from ..matrix import convolution_matrix
from ..steps import Bias, Flatten, Frame, Multiply, Reshape, Step, Transpose, Unroll
from .gather import cells_at, in_order, output_after
from .scatter import source_of

if TYPE_CHECKING:
    from ..trace import Trace


def phases(trace: Trace) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("unroll", trace.input.size),
        ("transpose", 1),
        ("flatten", 1),
        ("multiply", trace.sums.size),
        ("reshape", 1),
        ("bias", int(trace.bias is not None)),
    ]


def step(trace: Trace, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "unroll":
        return Unroll(index, k, *source_of(trace, k))
    if phase == "transpose":
        return Transpose(index, trace.input.size, trace.sums.size)
    if phase == "flatten":
        return Flatten(index, trace.input.size)
    if phase == "multiply":
        return _multiply(trace, k, index)
    if phase == "reshape":
        return Reshape(index, trace.output_size)
    assert trace.bias is not None
    return Bias(index, trace.bias)


def frame(trace: Trace, phase: str, k: int) -> Frame:
    """Return C as far as it is written, or C transposed, and the outputs so far."""
    rows = k + 1 if phase == "unroll" else trace.input.size
    matrix = rows_after(trace, rows)
    done = {"unroll": 0, "transpose": 0, "flatten": 0, "multiply": k + 1}.get(
        phase, trace.sums.size
    )
    output = output_after(trace, done, phase == "bias")
    return Frame(matrix if phase == "unroll" else matrix.T, output, done)


def rows_after(trace: Trace, done: int) -> Array:
    """Return C with only its first rows written; rows are (input cell, channel) in raster order."""
    matrix = convolution_matrix(trace.geometry, trace.weight[:, None], trace.input_size)
    by_channel = matrix.reshape(trace.channels, -1, trace.sums.size)
    matrix = by_channel.swapaxes(0, 1).reshape(trace.input.size, trace.sums.size)
    matrix[done:] = 0
    return matrix


def _multiply(trace: Trace, k: int, index: int) -> Multiply:
    target = cells_at(trace.output_size, k)
    columns, products = [], []
    for source, tap in trace.geometry.contributors(target, trace.input_size):
        cell = int(np.ravel_multi_index(source, trace.input_size))
        for channel in range(trace.channels):
            columns.append(cell * trace.channels + channel)
            products.append(float(trace.input[(channel, *source)] * trace.weight[(channel, *tap)]))
    return Multiply(index, k, target, tuple(columns), tuple(products), in_order(products))
