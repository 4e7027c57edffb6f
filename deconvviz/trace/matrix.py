"""Matrix: C of the direct convolution, row by row; transposed; times the input as a column."""

from __future__ import annotations

import numpy as np

from ..engine.arrays import Array
from ..engine.matrix import convolution_matrix
from .order import in_order, output_after, source_of, target_of
from .plane import Plane
from .steps import Bias, Flatten, Frame, Multiply, Reshape, Step, Transpose, Unroll


def phases(plane: Plane) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("unroll", plane.input.size),
        ("transpose", 1),
        ("flatten", 1),
        ("multiply", plane.sums.size),
        ("reshape", 1),
        ("bias", int(plane.bias is not None)),
    ]


def step(plane: Plane, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "unroll":
        return Unroll(index, k, *source_of(plane, k))
    if phase == "transpose":
        return Transpose(index, plane.input.size, plane.sums.size)
    if phase == "flatten":
        return Flatten(index, plane.input.size)
    if phase == "multiply":
        return _multiply(plane, k, index)
    if phase == "reshape":
        return Reshape(index, plane.output_size)
    assert plane.bias is not None
    return Bias(index, plane.bias)


def frame(plane: Plane, phase: str, k: int) -> Frame:
    """Return C as far as it is written, or C transposed, and the outputs so far."""
    rows = k + 1 if phase == "unroll" else plane.input.size
    matrix = rows_after(plane, rows)
    done = {"unroll": 0, "transpose": 0, "flatten": 0, "multiply": k + 1}.get(
        phase, plane.sums.size
    )
    output = output_after(plane, done, phase == "bias")
    return Frame(matrix if phase == "unroll" else matrix.T, output, done)


def rows_after(plane: Plane, done: int) -> Array:
    """Return C with only its first rows written; rows are (input cell, channel) in raster order."""
    matrix = convolution_matrix(plane.geometry, plane.weight[:, None], plane.input_size)
    by_channel = matrix.reshape(plane.channels, -1, plane.sums.size)
    matrix = by_channel.swapaxes(0, 1).reshape(plane.input.size, plane.sums.size)
    matrix[done:] = 0
    return matrix


def _multiply(plane: Plane, k: int, index: int) -> Multiply:
    target = target_of(plane, k)
    sources, taps = plane.met(target)
    cells = np.asarray(np.ravel_multi_index(sources, plane.input_size))[..., None]
    columns = cells * plane.channels + np.arange(plane.channels)
    products = plane.products(sources, taps).ravel().tolist()
    return Multiply(
        index, k, target, tuple(columns.ravel().tolist()), tuple(products), in_order(products)
    )
