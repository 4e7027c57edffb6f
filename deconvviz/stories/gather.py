"""Gather: zeros open the input, a border surrounds it, the kernel turns, a window visits all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np

from ..geometry import Extent, Geometry, Index
from ..layer import Array
from ..steps import Bias, Flip, Frame, Gather, InsertZeros, Pad, Step

if TYPE_CHECKING:
    from ..trace import Trace


def phases(trace: Trace) -> list[tuple[str, int]]:
    """Return the name and number of steps of every phase."""
    return [
        ("insert_zeros", len(gaps(trace.geometry, trace.input_size))),
        ("pad", len(borders(trace.geometry))),
        ("flip", 1),
        ("gather", trace.sums.size),
        ("bias", int(trace.bias is not None)),
    ]


def step(trace: Trace, phase: str, k: int, index: int) -> Step:
    """Return the k-th step of a phase."""
    if phase == "insert_zeros":
        axis, gap = gaps(trace.geometry, trace.input_size)[k]
        return InsertZeros(index, axis, gap, trace.geometry.stride[axis] - 1)
    if phase == "pad":
        return Pad(index, *borders(trace.geometry)[k])
    if phase == "flip":
        return Flip(index)
    if phase == "gather":
        return _collect(trace, k, index)
    assert trace.bias is not None
    return Bias(index, trace.bias)


def frame(trace: Trace, phase: str, k: int) -> Frame:
    """Return the map under the window, and the outputs so far, after a step."""
    done = {"gather": k + 1, "bias": trace.sums.size}.get(phase, 0)
    extents = extents_after(trace, phase, k)
    return Frame(
        map_after(trace, extents),
        output_after(trace, done, phase == "bias"),
        done,
        extents=extents,
        turned=phase in ("flip", "gather", "bias"),
    )


def gaps(geometry: Geometry, input_size: Index) -> list[tuple[int, int]]:
    """Return (axis, gap) of every gap between neighbours that stride opens."""
    return [
        (axis, gap)
        for axis, (stride, size) in enumerate(zip(geometry.stride, input_size, strict=True))
        if stride > 1
        for gap in range(size - 1)
    ]


def borders(geometry: Geometry) -> list[tuple[int, int, int]]:
    """Return (axis, side, count) of every side that the border changes; negative crops."""
    return [
        (axis, side, count)
        for axis, pair in enumerate(geometry.border())
        for side, count in enumerate(pair)
        if count
    ]


def extents_after(trace: Trace, phase: str, k: int) -> tuple[Extent, ...]:
    """Return how far the map has grown along every axis."""
    extents = [[0, 0, 0] for _ in trace.input_size]
    for axis, _ in gaps(trace.geometry, trace.input_size)[
        : k + 1 if phase == "insert_zeros" else None
    ]:
        extents[axis][0] += 1
    opened = {"insert_zeros": 0, "pad": k + 1}.get(phase)
    for axis, side, count in borders(trace.geometry)[:opened]:
        extents[axis][1 + side] = count
    return tuple(Extent(*extent) for extent in extents)


def map_after(trace: Trace, extents: tuple[Extent, ...]) -> Array:
    r"""Return the map at one moment of its growth, shape (C, \*size)."""
    values = trace.input
    for number, (axis, size, extent) in enumerate(
        zip(trace.geometry.axes, trace.input_size, extents, strict=True), start=1
    ):
        sources = [axis.map_source(q, size, extent) for q in range(axis.map_size(size, extent))]
        kept = [source if isinstance(source, int) else size for source in sources]
        zeros = np.zeros_like(values.take([0], axis=number))
        values = np.concatenate([values, zeros], axis=number).take(kept, axis=number)
    return values


def output_after(trace: Trace, done: int, biased: bool) -> Array:
    """Return the output with only its first cells computed."""
    output = np.zeros_like(trace.sums)
    output.flat[:done] = trace.sums.flat[:done]
    return output + trace.bias if biased and trace.bias is not None else output


def window_sources(trace: Trace, target: Index) -> list[Index | str]:
    """Return, per window cell in raster order, the input index there or what zero it is.

    A cell is "padded" as soon as one axis lies in the border, else "inserted" if one is a gap.
    """
    axes = zip(trace.geometry.axes, trace.input_size, target, strict=True)
    lines = []
    for axis, size, o in axes:
        window = [axis.map_cell(o, tap) for tap in reversed(range(axis.kernel_size))]
        lines.append([axis.map_source(q, size, axis.grown(size)) for q in window])
    return [
        _kind(tuple(line[t] for line, t in zip(lines, tap, strict=True)))
        for tap in trace.geometry.taps()
    ]


def _kind(sources: tuple[int | str, ...]) -> Index | str:
    zeros = [source for source in sources if isinstance(source, str)]
    if not zeros:
        return tuple(source for source in sources if isinstance(source, int))
    return "padded" if "padded" in zeros else "inserted"


def _collect(trace: Trace, k: int, index: int) -> Gather:
    target = cells_at(trace.output_size, k)
    sources = window_sources(trace, target)
    products = [
        float(trace.input[(channel, *source)] * kernel[tap]) if isinstance(source, tuple) else 0.0
        for source, tap in zip(sources, reversed(trace.geometry.taps()), strict=True)
        for channel, kernel in enumerate(trace.weight)
    ]
    return Gather(index, target, tuple(sources), tuple(products), in_order(products))


def in_order(products: Sequence[float]) -> float:
    """Add from left to right. ``sum`` compensates since Python 3.12, which the stamps do not."""
    return reduce(add, products, 0.0)


def cells_at(size: Index, k: int) -> Index:
    """Return the k-th cell of a grid in raster order."""
    return tuple(int(i) for i in np.unravel_index(k, size))
