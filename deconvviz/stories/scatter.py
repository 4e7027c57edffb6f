"""Scatter: every input cell stamps the kernel onto the canvas; then the crop, then the bias."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..engine import crop
from ..geometry import Geometry, Index
from ..layer import Array
from ..places import places
from ..steps import Bias, Canvas, Crop, Extend, Frame, Scatter, Step

if TYPE_CHECKING:
    from ..trace import Trace


def phases(trace: Trace) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("canvas", 1),
        ("scatter", trace.input.size),
        ("crop", len(crops(trace.geometry))),
        ("extend", len(extensions(trace.geometry))),
        ("bias", int(trace.bias is not None)),
    ]


def step(trace: Trace, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "canvas":
        return Canvas(index, trace.geometry.full_size(trace.input_size))
    if phase == "scatter":
        return _stamp(trace, k, index)
    if phase == "crop":
        return Crop(index, *crops(trace.geometry)[k])
    if phase == "extend":
        return Extend(index, *extensions(trace.geometry)[k])
    assert trace.bias is not None
    return Bias(index, trace.bias)


def frame(trace: Trace, phase: str, k: int) -> Frame:
    """Return the canvas, and the part of it that is kept, after the k-th step of a phase."""
    done = {"canvas": 0, "scatter": k + 1}.get(phase, trace.input.size)
    canvas = canvas_after(trace, done)
    output = crop(canvas, trace.geometry, trace.input_size)
    if phase == "bias":
        output = output + trace.bias
    return Frame(canvas, output, done, window=window_after(trace, phase, k))


def source_of(trace: Trace, k: int) -> tuple[int, Index]:
    """Return (channel, input index) of the k-th stamp: raster order, channels innermost."""
    cell, channel = divmod(k, trace.channels)
    return channel, tuple(int(i) for i in np.unravel_index(cell, trace.input_size))


@lru_cache(maxsize=64)
def crops(geometry: Geometry) -> list[tuple[int, int, int]]:
    """Return (axis, side, count) of every side that padding crops."""
    return [
        (axis, side, count)
        for axis, pair in enumerate(geometry.padding)
        for side, count in enumerate(pair)
        if count
    ]


@lru_cache(maxsize=64)
def extensions(geometry: Geometry) -> list[tuple[int, int, int]]:
    """Return (axis, kept, beyond) of every axis that output_padding extends."""
    return [
        (number, *axis.given_back)
        for number, axis in enumerate(geometry.axes)
        if axis.output_padding
    ]


def window_after(trace: Trace, phase: str, k: int) -> tuple[tuple[int, int], ...]:
    """Return the (start, stop) of every axis of the canvas that is still kept."""
    window = [[0, size] for size in trace.canvas.shape]
    done = {"canvas": 0, "scatter": 0, "crop": k + 1}.get(phase)
    for axis, side, count in crops(trace.geometry)[:done]:
        window[axis][side] += count if side == 0 else -count
    done = {"extend": k + 1, "bias": None}.get(phase, 0)
    for axis, kept, beyond in extensions(trace.geometry)[:done]:
        window[axis][1] += kept + beyond
    return tuple((start, stop) for start, stop in window)


def canvas_after(trace: Trace, done: int) -> Array:
    """Return the canvas after the first stamps, bitwise as the loop over them would leave it.

    Rows that no later input reaches are taken from the finished canvas; only the band that the
    last rows of inputs still reach is stamped again.
    """
    if done in (0, trace.input.size):
        return trace.canvas.copy() if done else np.zeros(trace.canvas.shape)
    axis, row_size = trace.geometry.axes[0], trace.input.size // trace.input_size[0]
    row = (done - 1) // row_size
    final = axis.final_until(row)
    first = axis.first_reaching(final)
    canvas = np.zeros(trace.canvas.shape)
    _stamp_rows(trace, canvas[axis.final_until(first) :], first, row + 1, done - first * row_size)
    canvas[:final] = trace.canvas[:final]
    return canvas


def _stamp_rows(trace: Trace, band: Array, first: int, stop: int, count: int) -> None:
    """Stamp the first inputs of some rows, one product after the other, onto a band of zeros."""
    block = trace.input[:, first:stop].reshape(trace.channels, -1).T[:, :, None]
    products = block * trace.weight.reshape(trace.channels, -1)
    where = places(trace.geometry.whole, (stop - first, *trace.input_size[1:]))
    where = where.repeat(trace.channels, axis=0) if trace.channels > 1 else where
    stamps = products.reshape(where.shape)[:count]
    np.add.at(band.reshape(-1), where[:count].reshape(-1), stamps.reshape(-1))


def _stamp(trace: Trace, k: int, index: int) -> Scatter:
    channel, source = source_of(trace, k)
    canvas = trace.geometry.whole
    value = float(trace.input[(channel, *source)])
    targets = tuple(canvas.output_index(source, tap) for tap in canvas.taps())
    firsts = (canvas.contributors(target, trace.input_size)[0].source for target in targets)
    return Scatter(
        index,
        channel,
        source,
        value,
        tuple((value * trace.weight[channel]).ravel().tolist()),
        targets,
        tuple(channel > 0 or first != source for first in firsts),
    )
