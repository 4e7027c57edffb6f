"""Scatter: every input cell stamps the kernel onto the canvas; then the crop, then the bias."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np

from ..engine.arrays import Array
from ..engine.conv_transpose import crop
from ..engine.places import places
from ..geometry import Geometry
from .order import sides, source_of
from .plane import Plane
from .steps import Bias, Canvas, Crop, Extend, Frame, Scatter, Step


def phases(plane: Plane) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("canvas", 1),
        ("scatter", plane.input.size),
        ("crop", len(sides(plane.geometry.padding))),
        ("extend", len(extensions(plane.geometry))),
        ("bias", int(plane.bias is not None)),
    ]


def step(plane: Plane, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "canvas":
        return Canvas(index, plane.geometry.full_size(plane.input_size))
    if phase == "scatter":
        return _stamp(plane, k, index)
    if phase == "crop":
        return Crop(index, *sides(plane.geometry.padding)[k])
    if phase == "extend":
        return Extend(index, *extensions(plane.geometry)[k])
    assert plane.bias is not None
    return Bias(index, plane.bias)


def frame(plane: Plane, phase: str, k: int) -> Frame:
    """Return the canvas, and the part of it that is kept, after the k-th step of a phase."""
    done = {"canvas": 0, "scatter": k + 1}.get(phase, plane.input.size)
    canvas = canvas_after(plane, done)
    output = crop(canvas, plane.geometry, plane.input_size)
    if phase == "bias":
        output = output + plane.bias
    return Frame(canvas, output, done, window=window_after(plane, phase, k))


@lru_cache(maxsize=64)
def extensions(geometry: Geometry) -> list[tuple[int, int, int]]:
    """Return (axis, kept, beyond) of every axis that output_padding extends."""
    return [
        (number, *axis.given_back)
        for number, axis in enumerate(geometry.axes)
        if axis.output_padding
    ]


def window_after(plane: Plane, phase: str, k: int) -> tuple[tuple[int, int], ...]:
    """Return the (start, stop) of every axis of the canvas that is still kept."""
    window = [[0, size] for size in plane.canvas.shape]
    done = {"canvas": 0, "scatter": 0, "crop": k + 1}.get(phase)
    for axis, side, count in sides(plane.geometry.padding)[:done]:
        window[axis][side] += count if side == 0 else -count
    done = {"extend": k + 1, "bias": None}.get(phase, 0)
    for axis, kept, beyond in extensions(plane.geometry)[:done]:
        window[axis][1] += kept + beyond
    return tuple((start, stop) for start, stop in window)


def canvas_after(plane: Plane, done: int) -> Array:
    """Return the canvas after the first stamps, bitwise as the loop over them would leave it.

    Rows that no later input reaches are taken from the finished canvas; only the band that the
    last rows of inputs still reach is stamped again.
    """
    if done in (0, plane.input.size):
        return plane.canvas.copy() if done else np.zeros(plane.canvas.shape)
    axis, row_size = plane.geometry.axes[0], plane.input.size // plane.input_size[0]
    row = (done - 1) // row_size
    final = axis.final_until(row)
    first = axis.first_reaching(final)
    canvas = np.zeros(plane.canvas.shape)
    _stamp_rows(plane, canvas[axis.final_until(first) :], first, row + 1, done - first * row_size)
    canvas[:final] = plane.canvas[:final]
    return canvas


def _stamp_rows(plane: Plane, band: Array, first: int, stop: int, count: int) -> None:
    """Stamp the first inputs of some rows, one product after the other, onto a band of zeros."""
    block = plane.input[:, first:stop].reshape(plane.channels, -1).T[:, :, None]
    products = block * plane.weight.reshape(plane.channels, -1)
    where = places(plane.geometry.whole, (stop - first, *plane.input_size[1:]))
    where = where.repeat(plane.channels, axis=0) if plane.channels > 1 else where
    stamps = products.reshape(where.shape)[:count]
    np.add.at(band.reshape(-1), where[:count].reshape(-1), stamps.reshape(-1))


def _stamp(plane: Plane, k: int, index: int) -> Scatter:
    channel, source = source_of(plane, k)
    value = float(plane.input[(channel, *source)])
    axes = list(zip(plane.geometry.whole.axes, source, strict=True))
    targets = ([axis.output_index(i, tap) for tap in range(axis.kernel_size)] for axis, i in axes)
    held: Array = np.array(channel > 0)
    for axis, i in axes:
        held = np.logical_or.outer(held, [axis.held(i, tap) for tap in range(axis.kernel_size)])
    return Scatter(
        index,
        channel,
        source,
        value,
        tuple((value * plane.weight[channel]).ravel().tolist()),
        tuple(product(*targets)),
        tuple(held.ravel().tolist()),
    )
